"""What is done with a programme between meetings: decide, step, call, note."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.refusal import Refused
from touchline.core.words import full_day
from touchline.meetings import calling, capturing, stepping
from touchline.meetings.deciding import decide
from touchline.meetings.decision_options import deliberate
from touchline.meetings.models import Choice
from touchline.playbook.models import of
from touchline.playbook.playbook import STAGES
from touchline.referrals.views.balances import beside
from touchline.relationships.forms import CallForm
from touchline.relationships.models import Relationship, State
from touchline.relationships.views.reaching import relationship_of
from touchline.sheets.arrivals.loading import going
from touchline.sheets.arrivals.weighing import weighed


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


@only_a_form
def decisions(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether this is still right for both; a POST records the decision with its effects."""
    relationship = relationship_of(request, pk)
    today = request.member.today()
    given = request.POST
    error = ""
    if request.method == "POST":
        try:
            _decide(relationship, request, today)
        except Refused as refused:
            error = str(refused)
            relationship = relationship_of(request, pk)
        else:
            weighed(relationship, request.member, request.POST.get("going"), now=timezone.now())
            messages.success(request, "The decision is recorded, and what it changes is changed.")
            return SeeOther(relationship.get_absolute_url())
    said = going(relationship.pk)
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "going": said,
        "deliberation": deliberate(relationship, request.member, today=today),
        "balance": beside(relationship, request.member),
        "choice": given.get("choice", ""),
        "reason": given.get("reason", ""),
        "their_view": given.get("their_view", said.text if said else ""),
        "until": given.get("until", ""),
        "decision_error": error,
        "ended": relationship.state == State.ENDED,
    }
    return render(request, "relationships/decisions.html", page, status=422 if error else 200)


def _decide(relationship: Relationship, request: MemberRequest, today: date) -> None:
    choice = request.POST.get("choice", "")
    if choice not in Choice.values:
        raise Refused("Choose one of the five answers.")
    until = request.POST.get("until", "")
    day = _day(until)
    if choice == Choice.PAUSE and until and day is None:
        raise Refused("Until: give a day, such as 12 March 2027.")
    decide(
        relationship,
        request.member,
        choice,
        on=today,
        reason=request.POST.get("reason", "").strip()[:2000],
        their_view=request.POST.get("their_view", "").strip()[:2000],
        until=day,
    )


@change
def steps(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the dated step to another stage."""
    relationship = relationship_of(request, pk)
    if request.method != "POST":
        return redirect(relationship)
    to = request.POST.get("to", "")
    if to not in STAGES:
        raise Refused("Choose the stage to step to.")
    reason = request.POST.get("reason", "").strip()[:2000]
    today = request.member.today()
    stepping.step(relationship, request.member, to, on=today, reason=reason)
    stage = of(request.member.workspace).stage(to).name
    messages.success(
        request, f"{relationship.person.name} is at “{stage}” from {full_day(today, today)}."
    )
    return SeeOther(relationship.get_absolute_url())


@only_a_form
def new_call(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the one line that logs a call."""
    relationship = relationship_of(request, pk)
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "call": CallForm(),
    }
    return render(request, "relationships/new_call.html", page)


@change
def calls(request: MemberRequest, pk: int) -> HttpResponse:
    """Log a call from its line, the fields beside it correcting what was understood."""
    relationship = relationship_of(request, pk)
    if request.method != "POST":
        return redirect("relationships:new_call", pk)
    today = request.member.today()
    form = CallForm(request.POST)
    read = form.is_valid()
    error = ""
    if read:
        said = form.cleaned_data
        corrected = calling.Corrected(said["on"], said["minutes"], said["again_on"])
        try:
            call = calling.log(
                relationship,
                request.member,
                said["line"],
                now=timezone.now(),
                today=today,
                corrected=corrected,
            )
        except Refused as refused:
            error = str(refused)
        else:
            spoken = calling.to_come(call, said["line"], request.member, today)
            messages.success(request, f"The call is logged.{spoken}")
            return SeeOther(back(request, relationship.get_absolute_url()))
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "call": form,
        "error": error,
    }
    return render(request, "relationships/new_call.html", page, status=422)


@change
def notes(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a note between meetings."""
    relationship = relationship_of(request, pk)
    if request.method != "POST":
        return redirect(f"{relationship.get_absolute_url()}#note")
    capturing.note(
        relationship,
        request.member,
        request.POST.get("text", "")[:20_000],
        at=timezone.now(),
        topic=_topic(request),
        private=bool(request.POST.get("private")),
    )
    return SeeOther(back(request, relationship.get_absolute_url()))


def _topic(request: MemberRequest) -> str:
    """Return the topic given, where the playbook has it."""
    given = request.POST.get("topic", "")
    return given if of(request.member.workspace).topic(given) else ""
