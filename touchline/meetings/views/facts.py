"""Facts: kept, confirmed, corrected, taken away; and those about oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.keys import key_in
from touchline.meetings import capturing
from touchline.meetings.fact_form import FactForm
from touchline.meetings.knowing import listing
from touchline.meetings.models import Fact, OneToOne
from touchline.playbook.models import of


@change
def me(request: MemberRequest) -> HttpResponse:
    """Show what one keeps of oneself, for nobody else to see; a POST keeps something new."""
    member = request.member
    playbook = of(member.workspace)
    only = request.GET.get("topic", "")
    posted = request.POST if request.method == "POST" else None
    form = FactForm(playbook, posted, own=member)
    if posted is not None and form.is_valid():
        capturing.own_fact(
            member, form.cleaned_data["text"], on=member.today(), **form.filed(member)
        )
        return SeeOther(back(request, request.path))
    shelves = listing.own(member, only)
    known = {shelf.key for shelf in shelves}
    # What the first stage asks of others one should know of oneself.
    first = playbook.kinds[0].topics
    page = {
        "section": "more",
        "form": form,
        "shelves": shelves,
        "only": only,
        "unknown": [topic.name for topic in first if topic.key not in known and not only],
    }
    return render(request, "meetings/me.html", page, status=200 if posted is None else 422)


def _fact_of(request: MemberRequest, pk: int) -> Fact:
    facts = Fact.objects.visible_to(request.member)
    fact: Fact = get_object_or_404(facts.select_related("person", "company", "one_to_one"), pk=pk)
    return fact


def _meeting_in(request: MemberRequest, fact: Fact) -> OneToOne | None:
    """Return the one-to-one a fact is corrected in: the one the form names, of that person."""
    key = key_in(request.POST.get("one_to_one", ""))
    if key is None or fact.person_id is None:
        return None
    ours = OneToOne.objects.visible_to(request.member)
    found: OneToOne | None = ours.filter(pk=key, relationship__person_id=fact.person_id).first()
    return found


@change
def fact_confirmation(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a fact is still so."""
    found = _fact_of(request, pk)
    home = back(request, found.get_absolute_url())
    if request.method == "POST":
        found.confirm(request.member, on=request.member.today())
        messages.success(request, "Noted: still so.")
    return SeeOther(home)


@only_a_form
def fact_correction(request: MemberRequest, pk: int) -> HttpResponse:
    """Put another fact in a fact’s place; the old one stays behind it.

    Where only its place or its day is another, the same words are filed there.
    """
    found = _fact_of(request, pk)
    member = request.member
    playbook = of(member.workspace)
    home = back(request, found.get_absolute_url())
    posted = request.POST if request.method == "POST" else None
    form = FactForm(playbook, posted, own=member if found.of_member_id else None, fact=found)
    if posted is not None and form.is_valid():
        text, filing = form.cleaned_data["text"], form.filing(member)
        if text == found.text:
            found.file(member, filing)
        else:
            found.correct(
                member,
                text=text,
                on=member.today(),
                one_to_one=_meeting_in(request, found),
                filing=filing,
            )
        return SeeOther(home)
    context = {
        "fact": found,
        "person": found.person,
        "topic": playbook.topic_name(found.topic),
        "one_to_one": request.GET.get("one_to_one", request.POST.get("one_to_one", "")),
        "form": form,
        "home": home,
        "section": "people" if found.person_id else "more",
    }
    status = 200 if posted is None else 422
    return render(request, "meetings/fact_correction.html", context, status=status)


@change
def fact_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a fact away that was never so."""
    found = _fact_of(request, pk)
    home = back(request, found.get_absolute_url())
    if request.method == "POST":
        found.delete_by(request.member)
        messages.success(request, "The fact is gone.")
    return SeeOther(home)
