"""Capture: one line at a time, each saved at once, each open to correction."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.meetings import capturing
from touchline.meetings.forms import CorrectionForm, LineForm, NoteForm
from touchline.meetings.models import Fact, Note, NoteKind, OneToOne, Side, State
from touchline.meetings.one_line import parse_promise
from touchline.meetings.views.one_to_ones import meeting_response
from touchline.meetings.views.reaching import one_to_one_of
from touchline.playbook.models import of

# A promise without a day is due in a week; the line says so and can be changed.
UNSAID = timedelta(days=7)
OPEN = (State.UNDER_WAY, State.HELD)


@change
def lines(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a line down."""
    one = one_to_one_of(request, pk)
    if request.method != "POST":
        return SeeOther(one.get_absolute_url())
    if one.state not in OPEN:
        raise Refused(
            "Lines are taken down while a one-to-one is under way or held. Open it first."
        )
    form = LineForm(request.POST)
    if form.is_valid():
        try:
            _take(request, one, form)
        except Refused as refused:
            form.add_error("text", str(refused))
    if form.errors:
        return meeting_response(request, one, form, status=422)
    kept = {key: form.cleaned_data[key] for key in ("what", "topic") if form.cleaned_data[key]}
    if kept.get("what") in (None, LineForm.NOTE) and "topic" not in kept:
        return SeeOther(one.get_absolute_url())
    return SeeOther(f"{one.get_absolute_url()}?{urlencode(kept)}")


def _take(request: MemberRequest, one: OneToOne, form: LineForm) -> None:
    member, data = request.member, form.cleaned_data
    relationship, text, what = one.relationship, data["text"], data["what"]
    today = member.today()
    known = {topic.key for topic in of(member.workspace).topics}
    if data["topic"] and data["topic"] not in known:
        raise Refused("That topic is not in the playbook any more: choose another.")
    if what == LineForm.FACT:
        on = timezone.localtime(one.starts_at).date()
        capturing.fact(
            relationship, member, text, topic=data["topic"], on=min(on, today), one_to_one=one
        )
    elif what in (LineForm.MINE, LineForm.THEIRS):
        read = parse_promise(text, today)
        if not read.text:
            raise Refused("That is a day, not yet a promise. Say what is to be done by then.")
        if read.due_on is not None and read.due_on < today:
            raise Refused("That day has gone by. Say a day to come, or leave it out.")
        capturing.promise(
            relationship,
            member,
            read.text,
            whose=Side.MINE if what == LineForm.MINE else Side.THEIRS,
            due_on=read.due_on or today + UNSAID,
            on=today,
            one_to_one=one,
        )
    else:
        capturing.note(
            relationship,
            member,
            text,
            at=timezone.now(),
            one_to_one=one,
            topic=data["topic"],
            private=data["private"],
            kind=NoteKind.IDEA if what == LineForm.IDEA else NoteKind.NOTE,
        )


@change
def topics(request: MemberRequest, pk: int) -> HttpResponse:
    """Tick a topic of the meeting as covered, or take the tick back."""
    one = one_to_one_of(request, pk)
    if request.method == "POST":
        topic = request.POST.get("topic", "")
        kind = of(request.member.workspace).kind(one.kind)
        if topic not in {each.key for each in kind.topics}:
            raise Refused("That topic does not belong to this kind of meeting.")
        one.cover_topic(request.member, topic, covered=request.POST.get("covered") == "1")
    return SeeOther(back(request, one.get_absolute_url()))


def _note_of(request: MemberRequest, pk: int) -> Note:
    notes = Note.objects.visible_to(request.member)
    note: Note = get_object_or_404(
        notes.select_related("relationship__person", "one_to_one"), pk=pk
    )
    return note


def _home(note: Note) -> str:
    owner = note.one_to_one or note.relationship
    return owner.get_absolute_url()


@only_a_form
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a note."""
    found = _note_of(request, pk)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"text": found.text, "topic": found.topic, "private": found.private},
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["private"] and found.author_id != request.member.pk:
            raise Refused("Only its author can keep a note private.")
        found.edit(request.member, **form.cleaned_data)
        return SeeOther(back(request, _home(found)))
    context = {
        "note": found,
        "person": found.relationship.person,
        "topics": of(request.member.workspace).topics,
        "form": form,
        "home": back(request, _home(found)),
        "section": "today",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/note.html", context, status=status)


@change
def note_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a note away."""
    found = _note_of(request, pk)
    home = back(request, _home(found))
    if request.method == "POST":
        found.delete_by(request.member)
        messages.success(request, "The note is gone.")
    return SeeOther(home)


def _fact_of(request: MemberRequest, pk: int) -> Fact:
    facts = Fact.objects.visible_to(request.member).select_related("person", "one_to_one")
    fact: Fact = get_object_or_404(facts, pk=pk)
    return fact


def _meeting_in(request: MemberRequest, fact: Fact) -> OneToOne | None:
    """Return the one-to-one a fact is corrected in: the one the form names, of that person."""
    key = key_in(request.POST.get("one_to_one", ""))
    if key is None:
        return None
    ours = OneToOne.objects.visible_to(request.member)
    found: OneToOne | None = ours.filter(pk=key, relationship__person_id=fact.person_id).first()
    return found


@change
def fact_confirmation(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a fact is still so."""
    found = _fact_of(request, pk)
    if request.method == "POST":
        found.confirm(request.member, on=request.member.today())
        messages.success(request, "Noted: still so.")
    return SeeOther(back(request, found.get_absolute_url()))


@only_a_form
def fact_correction(request: MemberRequest, pk: int) -> HttpResponse:
    """Put another fact in a fact’s place; the old one stays behind it."""
    found = _fact_of(request, pk)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, initial={"text": found.text}
    )
    home = back(request, found.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        found.correct(
            request.member,
            text=form.cleaned_data["text"],
            on=request.member.today(),
            one_to_one=_meeting_in(request, found),
        )
        return SeeOther(home)
    context = {
        "fact": found,
        "person": found.person,
        "topic": of(request.member.workspace).topic_name(found.topic),
        "one_to_one": request.GET.get("one_to_one", request.POST.get("one_to_one", "")),
        "form": form,
        "home": home,
        "section": "today",
    }
    status = 422 if request.method == "POST" else 200
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
