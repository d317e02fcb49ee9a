"""One one-to-one: its page, and the steps it takes."""

from collections.abc import Sequence
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
from touchline.mail.gone_out import gone_out
from touchline.meetings.clock import Hour, hour
from touchline.meetings.common.loading import common_with
from touchline.meetings.common.matching import Told
from touchline.meetings.forms import LineForm, MoveForm
from touchline.meetings.holding.others import others
from touchline.meetings.meeting_page import MeetingPage, meeting_page
from touchline.meetings.models import Decision, NoteKind, OneToOne, Side, State
from touchline.meetings.models import Kind as OneToOneKind
from touchline.meetings.next_date import also_on, booked
from touchline.meetings.proposing import Booked, clash
from touchline.meetings.views.reaching import one_to_one_of, shared
from touchline.playbook.models import of
from touchline.playbook.playbook import Kind
from touchline.referrals.partnered import made_of
from touchline.sheets.arrivals.loading import before


def when(one: OneToOne) -> str:
    """Say when it is, in a sentence’s middle: *Thursday 26 November, 11:30*."""
    at = timezone.localtime(one.starts_at)
    return f"{full_day(at.date(), timezone.localdate())}, {clock(at)}"


def one_to_one(request: MemberRequest, pk: int) -> HttpResponse:
    """Show it: to come, at the table, or as the record of what was."""
    return meeting_response(request, one_to_one_of(request, pk))


def ideas_in(page: MeetingPage) -> list[int]:
    """Return the keys of the notes on a page of which a referral may be made."""
    notes = [line.note for line in page.lines if line.note]
    return [note.pk for note in notes if note.kind == NoteKind.IDEA]


def meeting_context(request: MemberRequest, one: OneToOne) -> dict[str, Any]:
    """Return what a one-to-one’s page shows, and what of it is asked for again and again."""
    member = request.member
    playbook = of(member.workspace)
    at_the_table = one.state in (State.UNDER_WAY, State.HELD)
    with_them = others(one, timezone.now())
    page = meeting_page(one, member, member.today())
    return {
        **shared(one),
        "page": page,
        "sides": page.sides.said(one.relationship.person.first),
        "kind": playbook.kind(one.kind),
        "state": one.state,
        "may_change": member.may_change,
        "today": member.today(),
        "which": ordinal(one.relationship.held_before + with_them.before + 1),
        "following": with_them.following if at_the_table else None,
        "meet_next": with_them.following if one.state == State.CLOSED_OUT else None,
        "listening": one.kind == OneToOneKind.LISTENING,
        "made_of": made_of(ideas_in(page), member),
    }


def meeting_response(
    request: MemberRequest, one: OneToOne, form: LineForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the page of a one-to-one, with a line as typed where it was refused."""
    member = request.member
    now = timezone.now()
    context = meeting_context(request, one) | {
        "begun": one.starts_at <= now,
        "is_today": timezone.localtime(one.starts_at).date() == member.today(),
        "leave_by": one.starts_at - timedelta(minutes=one.travel_minutes),
    }
    if one.state in (State.UNDER_WAY, State.HELD):
        kind = context["kind"]
        context |= {
            "form": form
            or LineForm(
                initial={
                    "what": request.GET.get("what", LineForm.NOTE),
                    "topic": request.GET.get("topic", ""),
                }
            ),
            "other_topics": [
                topic for topic in of(member.workspace).topics if topic not in kind.topics
            ],
            "now": now,
            "common": common_with(
                one.relationship,
                member,
                [Told(fact.text, fact.pk) for fact in context["page"].known],
            ),
            "hour": _hour(one, now, kind) if one.state == State.UNDER_WAY else None,
        }
    else:
        context["gone_out"] = gone_out(one, member)
        if one.state == State.PLANNED:
            context |= answered(request, one, now)
        else:
            context["decisions"] = Decision.objects.visible_to(member).filter(one_to_one=one)
    return render(request, "meetings/one_to_one.html", context, status=status)


def answered(request: MemberRequest, one: OneToOne, now: datetime) -> dict[str, Any]:
    """Return what the partner answered on their page, and the times they named, each weighed."""
    came = before(one, request.member.today(), now)
    times = came.standing.times if came.standing and one.state == State.PLANNED else ()
    taken = _taken(request, one, times) if times else []
    return {
        "came": came,
        "here": one.get_absolute_url(),
        "times": [(at, _beside(one, at, taken)) for at in times],
    }


def _taken(request: MemberRequest, one: OneToOne, times: Sequence[datetime]) -> list[Booked]:
    """Return the member’s other one-to-ones around some times."""
    around = timedelta(hours=24)
    length = timedelta(minutes=one.length_minutes)
    found = booked(request.member, min(times) - around, max(times) + length + around)
    return [other for other in found if other.name != one.relationship.person.name]


def _beside(one: OneToOne, starts_at: datetime, taken: Sequence[Booked]) -> str:
    """Say what a time runs into, or what else is on that day."""
    at = timezone.localtime(starts_at)
    other = clash(at, one.length_minutes, one.travel_minutes, taken)
    if other:
        return f"It runs into {other}, travel counted."
    return also_on(at.date(), taken)


def _hour(one: OneToOne, now: datetime, kind: Kind) -> Hour:
    """Share the meeting out as its kind’s shape says, from when it began."""
    parts = [(share.name, share.minutes) for share in kind.shape]
    began = timezone.localtime(one.began_at or one.starts_at)
    return hour(began, now, one.length_minutes, parts or [(kind.name, kind.length_minutes)])


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
        note = runs_into(request, one)
        messages.success(request, f"Moved to {when(one)}.{note}")
        return SeeOther(back(request, one.get_absolute_url()))
    status = 422 if request.method == "POST" else 200
    home = back(request, one.get_absolute_url())
    context = {**shared(one), "form": form, "home": home}
    return render(request, "meetings/move.html", context, status=status)


def runs_into(request: MemberRequest, one: OneToOne) -> str:
    """Say which other one-to-one of the member’s it runs into, travel included."""
    said = _beside(one, one.starts_at, _taken(request, one, [one.starts_at]))
    return f" {said}" if said else ""


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
