"""*Who are my dozen?*: a fast pass over everyone, and the same for several in the list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.keys import keys_in
from touchline.core.words import capital, count
from touchline.people.acquaintance import place, progress, say, waiting
from touchline.people.models import Acquaintance, Person
from touchline.people.views.people import chosen, ticked_again

AT_ONCE = 10
MARKS = [
    (Acquaintance.WELL, "Well"),
    (Acquaintance.A_LITTLE, "A little"),
    (Acquaintance.ONLY_A_NAME, "Only a name"),
]


@only_a_form
def acquaintance(request: MemberRequest) -> HttpResponse:
    """Show the next ten to say; a POST says one, or takes it back."""
    member = request.member
    if request.method == "POST":
        ids = keys_in([request.POST.get("person", "")])
        if not Person.objects.visible_to(member).filter(pk__in=ids).exists():
            messages.error(request, "That person is not here any more.")
            return SeeOther(reverse("people:acquaintance"))
        say(member, ids, request.POST.get("acquaintance", ""))
        return SeeOther(f"{reverse('people:acquaintance')}?said={ids[0]}")
    said = (
        Person.objects.visible_to(member)
        .filter(pk__in=keys_in([request.GET.get("said", "")]))
        .select_related("company")
        .first()
    )
    shown: list[Any] = []
    # The script only takes the one row; the others are on the page already.
    is_row = bool(said and getattr(request, "htmx", None))
    if not is_row:
        shown = waiting(member, AT_ONCE + 1, request.GET.get("after", ""))
    more = len(shown) > AT_ONCE
    shown = shown[:AT_ONCE]
    page = {
        "section": "people",
        "said": said if said and said.acquaintance != Acquaintance.NOT_SAID else None,
        # One taken back stands first, to be said anew.
        "people": _with(said, shown),
        "more_url": f"?after={place(shown[-1])}" if more else "",
        "progress": progress(member),
        "marks": MARKS,
        "is_first": "after" not in request.GET,
        "is_row": is_row,
    }
    return render(request, "people/acquaintance.html", page)


def _with(said: Person | None, shown: list[Any]) -> list[Any]:
    if said is None or said.acquaintance != Acquaintance.NOT_SAID:
        return shown
    return [said, *(one for one in shown if one.pk != said.pk)]


@change
def acquaintances(request: MemberRequest) -> HttpResponse:
    """Say how well one knows those ticked in the list."""
    if request.method != "POST":
        return redirect("people:people")
    ids = chosen(request)
    given = request.POST.get("acquaintance", "")
    done = say(request.member, ids, given)
    label = Acquaintance(given).label.lower()
    messages.success(request, f"“{capital(label)}” said of {count(done, 'person', 'people')}.")
    return SeeOther(ticked_again(request, ids))
