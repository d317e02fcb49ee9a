"""One one-to-one: its page, and the steps it takes."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.refusal import Refused
from touchline.core.words import clock, full_day, ordinal
from touchline.meetings.clock import Hour, hour
from touchline.meetings.forms import LineForm, MoveForm
from touchline.meetings.meeting_page import meeting_page
from touchline.meetings.models import Decision, OneToOne, Side, State
from touchline.meetings.next_date import also_on, booked
from touchline.meetings.proposing import clash
from touchline.meetings.views.reaching import one_to_one_of, shared
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook


def when(one: OneToOne) -> str:
    """Say when it is, in a sentence’s middle: *Thursday 26 November, 11:30*."""
    at = timezone.localtime(one.starts_at)
    return f"{full_day(at.date(), timezone.localdate())}, {clock(at)}"


def which(one: OneToOne) -> str:
    """Say which of the relationship it is: *third*, those before the software included."""
    earlier = one.relationship.one_to_ones.took_place().filter(starts_at__lt=one.starts_at)
    return ordinal(one.relationship.held_before + earlier.exclude(pk=one.pk).count() + 1)


def one_to_one(request: MemberRequest, pk: int) -> HttpResponse:
    """Show it: to come, at the table, or as the record of what was."""
    return meeting_response(request, one_to_one_of(request, pk))


def meeting_response(
    request: MemberRequest, one: OneToOne, form: LineForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the page of a one-to-one, with a line as typed where it was refused."""
    member = request.member
    now = timezone.now()
    playbook = of(member.workspace)
    context: dict[str, Any] = {
        **shared(one),
        "page": meeting_page(one, member, member.today()),
        "kind": playbook.kind(one.kind),
        "which": which(one),
        "state": one.state,
        "begun": one.starts_at <= now,
        "is_today": timezone.localtime(one.starts_at).date() == member.today(),
        "may_change": member.may_change,
        "today": member.today(),
        "leave_by": one.starts_at - timedelta(minutes=one.travel_minutes),
    }
    if one.state in (State.UNDER_WAY, State.HELD):
        topics = playbook.kind(one.kind).topics
        context |= {
            "form": form
            or LineForm(
                initial={
                    "what": request.GET.get("what", LineForm.NOTE),
                    "topic": request.GET.get("topic", ""),
                }
            ),
            "other_topics": [topic for topic in playbook.topics if topic not in topics],
            "hour": _hour(one, now, playbook) if one.state == State.UNDER_WAY else None,
        }
    elif one.state != State.PLANNED:
        context["decisions"] = Decision.objects.visible_to(member).filter(one_to_one=one)
    return render(request, "meetings/one_to_one.html", context, status=status)


def _hour(one: OneToOne, now: datetime, playbook: Playbook) -> Hour:
    """Share the hour out: the topics of a first or second meeting, else both sides’ items."""
    if one.kind in ("getting_to_know_you", "tell_me_the_detail"):
        parts = [(topic.name, 6) for topic in playbook.kind(one.kind).topics]
    else:
        name = one.relationship.person.first
        parts = [("Last time", 5), (f"What {name} wants", 20), ("What you want", 15)]
    parts.append(("Next date", 5))
    return hour(one.began_at or one.starts_at, now, one.length_minutes, parts)


@only_a_form
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Move it to another time or place."""
    one = one_to_one_of(request, pk)
    if one.state != State.PLANNED:
        messages.error(request, "Only a planned one-to-one can be moved.")
        return SeeOther(one.get_absolute_url())
    at = timezone.localtime(one.starts_at)
    form = MoveForm(
        request.POST or None,
        initial={
            "on": at.date(),
            "at": at.time(),
            "length_minutes": one.length_minutes,
            "place": one.place,
            "video_url": one.video_url,
            "travel_minutes": one.travel_minutes,
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        one.move(
            request.member,
            **{key: value for key, value in data.items() if key not in ("on", "at")},
        )
        note = _runs_into(request, one)
        messages.success(request, f"Moved to {when(one)}.{note}")
        return SeeOther(one.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/move.html", {**shared(one), "form": form}, status=status)


def _runs_into(request: MemberRequest, one: OneToOne) -> str:
    """Say which other one-to-one of the member’s it runs into, travel included."""
    around = timedelta(hours=24)
    taken = [
        other
        for other in booked(request.member, one.starts_at - around, one.ends_at + around)
        if other.name != one.relationship.person.name
    ]
    at = timezone.localtime(one.starts_at)
    other = clash(at, one.length_minutes, one.travel_minutes, taken)
    if other:
        return f" It runs into {other}, travel counted."
    beside = also_on(at.date(), taken)
    return f" {beside}" if beside else ""


def _step(request: MemberRequest, pk: int, verb: str, said: str, **given: Any) -> HttpResponse:
    """Take one step of the table and come back to the page."""
    one = one_to_one_of(request, pk)
    if request.method == "POST":
        getattr(one, verb)(request.member, **given)
        if said:
            messages.success(request, said)
    return SeeOther(back(request, one.get_absolute_url()))


@change
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    """Call it off."""
    reason = request.POST.get("reason", "").strip()[:300]
    return _step(request, pk, "cancel", "Cancelled. It can be put back.", reason=reason)


@change
def miss(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that one side did not come."""
    one_to_one_of(request, pk)
    whose = request.POST.get("whose", "")
    if request.method == "POST" and whose not in Side.values:
        raise Refused("Say who missed it: you or they.")
    said = "Marked as missed. Plan another when it suits."
    return _step(request, pk, "miss", said, whose=whose, now=timezone.now())


@change
def beginning(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin it."""
    return _step(request, pk, "begin", "", now=timezone.now())


@change
def holding(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it took place."""
    return _step(request, pk, "hold", "", now=timezone.now())


@change
def reinstatement(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back a cancel, a miss or a begin."""
    return _step(request, pk, "reinstate", "Put back as planned.")


@change
def reopening(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a close-out again, to correct it."""
    return _step(
        request, pk, "reopen", "Open again. Close it out when it is right; nothing was lost."
    )
