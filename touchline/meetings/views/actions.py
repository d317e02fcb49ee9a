"""Promises: kept, dropped, opened again, corrected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.meetings.forms import ActionForm
from touchline.meetings.meeting_page import owe, owed_by_week
from touchline.meetings.models import Action, Side
from touchline.meetings.views.reaching import short_name


def _action_of(request: MemberRequest, pk: int) -> Action:
    actions = Action.objects.visible_to(request.member)
    found: Action = get_object_or_404(
        actions.select_related("relationship__person", "one_to_one"), pk=pk
    )
    return found


def _home(request: MemberRequest, action: Action) -> str:
    owner = action.one_to_one or action.relationship
    return back(request, owner.get_absolute_url())


@only_a_form
def action(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a promise."""
    found = _action_of(request, pk)
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        initial={"text": found.text, "whose": found.whose, "due_on": found.due_on},
    )
    home = _home(request, found)
    if request.method == "POST" and form.is_valid():
        found.change(request.member, **form.cleaned_data)
        messages.success(request, "The promise is changed.")
        return SeeOther(home)
    context = {
        "action": found,
        "person": found.relationship.person,
        "short_name": short_name(found.relationship.person),
        "form": form,
        "home": home,
        "weeks": _weeks(request),
        "section": "today",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/action.html", context, status=status)


def _weeks(request: MemberRequest) -> list[str]:
    """Say what is owed already in the weeks ahead, soonest first."""
    weeks = sorted(owed_by_week(request.member, request.member.today()).items())
    return [
        owe(many, f"in the week of {monday.day} {monday:%B}") + "." for monday, many in weeks[:4]
    ]


@change
def action_keeping(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it was kept."""
    found = _action_of(request, pk)
    if request.method == "POST":
        found.keep(request.member, on=request.member.today())
        whose = "You" if found.whose == Side.MINE else found.relationship.person.first
        messages.success(request, f"{whose} kept it: {found.text}")
    return SeeOther(_home(request, found))


@change
def action_dropping(request: MemberRequest, pk: int) -> HttpResponse:
    """Let it go; ``agreed`` is 1 where the other side agreed."""
    found = _action_of(request, pk)
    if request.method == "POST":
        agreed = request.POST.get("agreed") == "1"
        found.drop(request.member, on=request.member.today(), agreed=agreed)
        counts = "it counts neither way." if agreed else "it counts as not kept."
        messages.success(request, f"Dropped; {counts}")
    return SeeOther(_home(request, found))


@change
def action_reopening(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a keep or a drop back."""
    found = _action_of(request, pk)
    if request.method == "POST":
        found.reopen(request.member)
        messages.success(request, "Open again.")
    return SeeOther(_home(request, found))
