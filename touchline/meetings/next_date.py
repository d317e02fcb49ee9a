"""Loads what a next date is chosen from: proposals, what is on those days, those weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone

from touchline.core.prepared import MEMBER, MOMENT, Prepared
from touchline.core.words import clock, listed, short_day, span, week_of
from touchline.meetings.models import OneToOne, State
from touchline.meetings.proposing import (
    Booked,
    Hours,
    Window,
    held_by_week,
    makes_room,
    on_day,
    propose,
    week_load,
    window,
)
from touchline.relationships import load, ruler
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Proposal:
    """A time to meet: its value in the form, and in words what speaks for and against it."""

    value: str
    starts_at: datetime
    also_on: str
    ruler: ruler.Ruler
    week: str
    over: str


@dataclass(frozen=True, slots=True)
class NextDate:
    """What the next date is chosen from; ``due`` says the window in words."""

    proposals: tuple[Proposal, ...]
    due: str
    usual: datetime | None
    window: Window


_BOOKED = Prepared(
    # By main contact alone, who is of one workspace: by that as well SQLite would read the
    # one-to-ones of all members.
    lambda at: (
        OneToOne.objects.planned()
        .filter(relationship__main_contact=at.member.pk, relationship__next_at__lte=at.until)
        .filter(relationship__person__deleted_at=None, relationship__person__merged_into=None)
        .filter(starts_at__gte=at.since, starts_at__lte=at.until)
        .order_by("starts_at")
        .values_list("relationship__person__name", "starts_at", "length_minutes", "travel_minutes")
    ),
    member=MEMBER,
    since=MOMENT,
    until=MOMENT,
)


def booked(member: "Member", since: datetime, until: datetime) -> list[Booked]:
    """Return the member's planned one-to-ones between two moments, in the member's zone."""
    zone = timezone.get_current_timezone()
    rows = _BOOKED(member=member, since=since, until=until)
    return [
        Booked(
            name,
            starts_at.astimezone(zone),
            length,
            travel,
            length + 2 * travel + member.preparation_minutes,
        )
        for name, starts_at, length, travel in rows
    ]


def also_on(on: date, taken: Iterable[Booked]) -> str:
    """Say what else is on that day; empty where nothing is."""
    others = [f"{one.name} at {clock(one.starts_at)}" for one in on_day(on, taken)]
    return f"That day also {listed(others)}." if others else ""


def next_date(
    relationship: Relationship,
    by: "Member",
    *,
    now: datetime,
    meetings: Sequence[OneToOne],
    everything: Sequence[load.Commitment],
    counting: OneToOne | None = None,
) -> NextDate:
    """Propose the next date.

    ``meetings`` are the relationship's one-to-ones, ``everything`` the member's commitments;
    ``counting`` is the one under way that counts as having taken place. One query.
    """
    here = timezone.localtime(now)
    happened = sorted(
        (one for one in meetings if one.took_place or one == counting),
        key=lambda one: one.starts_at,
    )
    usual = timezone.localtime(happened[-1].starts_at) if happened else None
    days = [usual.date()] if usual else []
    if relationship.held_before_last_on:
        days.append(relationship.held_before_last_on)
    within = window(
        relationship.meetings,
        took_place=relationship.held_before + len(happened),
        last=max(days, default=None),
        begun=relationship.begun_on,
        today=here.date(),
    )
    # Another week on either side, so that the weeks of all proposals are whole.
    taken = booked(by, now - timedelta(days=7), now + (within.closes - here.date()) + 21 * DAY)
    adds = relationship.length_minutes + 2 * relationship.travel_minutes + by.preparation_minutes
    calls = sum(one.call_minutes * 7 / one.call_days for one in everything if one.call_days)

    held = held_by_week(taken)

    @cache
    def in_week(monday: date) -> load.Change:
        return week_load(monday, held, calls=calls, adds=adds, budget=by.weekly_budget_minutes)

    moments = propose(
        within,
        usual,
        taken,
        Hours(frozenset(map(int, by.usual_weekdays)), by.usual_from, by.usual_until),
        minutes=relationship.length_minutes,
        around=relationship.travel_minutes,
        zone_of=here,
        fits=lambda on: in_week(week_of(on)).over <= 0,
    )
    found = []
    for moment in moments:
        change = in_week(week_of(moment.date()))
        found.append(
            Proposal(
                f"{moment:%Y-%m-%dT%H:%M}",
                moment,
                also_on(moment.date(), taken),
                ruler.ruler(change),
                f"That week {span(change.before)}, with this {span(change.after)}",
                _over(change, makes_room(moment.date(), taken, change.over)),
            )
        )
    due = f"{short_day(within.opens, within.closes)} to {short_day(within.closes, here.date())}"
    return NextDate(tuple(found), due, usual, within)


def _over(change: load.Change, relief: str) -> str:
    """Say how far a week goes over what is allowed, and what makes room."""
    if round(change.over) <= 0:
        return ""
    room = f" Moving {relief} to another week makes room." if relief else ""
    return f"{span(change.over)} over.{room}"


def planned_ahead(meetings: Iterable[OneToOne], now: datetime) -> OneToOne | None:
    """Return the first one planned for a time to come."""
    ahead = [one for one in meetings if one.state == State.PLANNED and one.starts_at > now]
    return min(ahead, key=lambda one: one.starts_at, default=None)


DAY = timedelta(days=1)
