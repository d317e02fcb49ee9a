"""The courses of relationships, and the days that their lines show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from django.utils import timezone

from touchline.core.prepared import DAY, KEYS, MOMENT, Prepared, one_of
from touchline.meetings.models import TOOK_PLACE, Call, OneToOne, State
from touchline.meetings.situation import Course
from touchline.relationships.cadence import Cadence
from touchline.relationships.line import BACK, Line
from touchline.relationships.models import Relationship


class Programme(NamedTuple):
    """What a course and a line need of a relationship, for pages that read a hundred of them.

    Its fields are the columns to ask for: ``values_list(*Programme._fields)``.
    """

    pk: int
    state: str
    begun_on: date
    paused_until: date | None
    held_before: int
    held_before_last_on: date | None
    meeting_days: int
    meeting_tolerance_days: int
    call_days: int | None
    call_tolerance_days: int
    took_place: int
    last_at: datetime | None
    next_at: datetime | None
    under_way: bool
    to_close_out: bool
    went_badly: bool
    last_call_on: date | None
    call_again_on: date | None

    @property
    def meetings(self) -> Cadence:
        """The cadence of one-to-ones."""
        return Cadence(self.meeting_days, self.meeting_tolerance_days)

    @property
    def calls_cadence(self) -> Cadence | None:
        """The cadence of calls, None where there are none between meetings."""
        return Cadence(self.call_days, self.call_tolerance_days) if self.call_days else None


@dataclass(slots=True)
class History:
    """The days of one relationship that its line shows, oldest first."""

    held: list[date] = field(default_factory=list)
    missed: list[date] = field(default_factory=list)
    planned: list[date] = field(default_factory=list)
    calls: list[date] = field(default_factory=list)

    def take(self, state: str, on: date) -> None:
        """Take in the next one-to-one; one cancelled or under way leaves no trace."""
        if state in TOOK_PLACE:
            self.held.append(on)
        elif state == State.PLANNED:
            self.planned.append(on)
        elif state == State.MISSED:
            self.missed.append(on)


_MEETINGS = Prepared(
    lambda at: (
        OneToOne.objects.filter(one_of("relationship_id", at.ids), starts_at__gte=at.since)
        .exclude(state=State.CANCELLED)
        .order_by("starts_at")
        .values_list("relationship_id", "state", "starts_at")
    ),
    ids=KEYS,
    since=MOMENT,
)
_CALLS = Prepared(
    lambda at: (
        Call.objects.filter(one_of("relationship_id", at.ids), on__gte=at.since)
        .order_by("on", "id")
        .values_list("relationship_id", "on")
    ),
    ids=KEYS,
    since=DAY,
)


def histories(ids: Sequence[int]) -> dict[int, History]:
    """Load the year of one-to-ones and calls that lines show, by relationship id.

    The relationships were fetched through the member, so their rows need no join to be seen.
    """
    found = {key: History() for key in ids}
    if not found:
        return found
    since = timezone.localtime() - BACK
    zone = timezone.get_current_timezone()
    for key, state, at in _MEETINGS(ids=ids, since=since):
        found[key].take(state, at.astimezone(zone).date())
    for key, on in _CALLS(ids=ids, since=since.date()):
        found[key].calls.append(on)
    return found


def last_met(relationship: Relationship | Programme, zone: tzinfo) -> date | None:
    """Return the day of the last one-to-one that took place, before the software included."""
    before, at = relationship.held_before_last_on, relationship.last_at
    if at is None:
        return before
    on = at.astimezone(zone).date()
    return max(on, before) if before else on


def course_of(relationship: Relationship | Programme, zone: tzinfo | None = None) -> Course:
    """Return the course of a relationship as stored with it.

    Moments are in ``zone``, the member's where it is not given: for a hundred of them it is
    quicker given.
    """
    zone = zone or timezone.get_current_timezone()
    met, spoken = last_met(relationship, zone), relationship.last_call_on
    # A day agreed on the phone stands until one has spoken or met since.
    again = relationship.call_again_on
    if again and any(again <= touched for touched in (met, spoken) if touched):
        again = None
    ahead = relationship.next_at
    return Course(
        state=relationship.state,
        begun_on=relationship.begun_on,
        meetings=relationship.meetings,
        calls=relationship.calls_cadence,
        took_place=relationship.held_before + relationship.took_place,
        last_met=met,
        next_planned=ahead.astimezone(zone) if ahead else None,
        under_way=relationship.under_way,
        to_close_out=relationship.to_close_out,
        went_well=False if relationship.went_badly else None,
        paused_until=relationship.paused_until,
        last_call=spoken,
        call_again_on=again,
    )


def line_of(
    relationship: Relationship | Programme, history: History, today: date, ended: date | None = None
) -> Line:
    """Return the line of a relationship from its loaded history."""
    met = last_met(relationship, timezone.get_current_timezone())
    since = met or relationship.begun_on
    first = since + timedelta(days=relationship.meeting_days)
    window = (first, first + timedelta(days=relationship.meeting_tolerance_days))
    last = max(filter(None, (relationship.begun_on, met)))
    until = relationship.paused_until if relationship.state == "paused" else None
    over = relationship.state == "ended"
    before = [relationship.held_before_last_on] if relationship.held_before_last_on else []
    return Line(
        today=today,
        begun=min([relationship.begun_on, *history.held[:1], *before]),
        held=(*before, *history.held),
        calls=tuple(history.calls),
        missed=tuple(history.missed),
        planned=tuple(history.planned),
        due=None if over or until else window,
        paused=(min(last, today), until) if until else None,
        ended=(ended or last) if over else None,
        past_windows=tuple(
            (
                on + timedelta(days=relationship.meeting_days),
                on
                + timedelta(days=relationship.meeting_days + relationship.meeting_tolerance_days),
            )
            for on in history.held[:-1]
        ),
    )
