"""Loads the courses and lines of many relationships in two queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

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
    """The days of one relationship, as lists and lines need them."""

    held: list[date] = field(default_factory=list)
    missed: list[date] = field(default_factory=list)
    planned: list[datetime] = field(default_factory=list)
    calls: list[date] = field(default_factory=list)
    under_way: bool = False
    to_close_out: bool = False
    went_well: bool | None = None
    again_on: date | None = None

    def take(self, state: str, at: datetime, went_well: bool | None) -> None:
        """Take in the next one-to-one, in the order of time; one cancelled leaves no trace.

        ``at`` is in the member's zone.
        """
        if state in TOOK_PLACE:
            self.held.append(at.date())
            self.went_well = went_well
            self.to_close_out |= state == State.HELD
        elif state == State.PLANNED:
            self.planned.append(at)
        elif state == State.MISSED:
            self.missed.append(at.date())
        elif state == State.UNDER_WAY:
            self.under_way = True

    def spoke(self, on: date, again_on: date | None) -> None:
        """Take in the next call, and the day they agreed in it to speak again."""
        self.calls.append(on)
        self.again_on = max(filter(None, (self.again_on, again_on)), default=None)


def histories(ids: Sequence[int]) -> dict[int, History]:
    """Load the one-to-ones and calls of relationships, oldest first, by relationship id.

    The relationships were fetched through the member, so their rows need no join to be seen.
    """
    found = {key: History() for key in ids}
    rows = (
        OneToOne.objects.filter(relationship__in=ids)
        .exclude(state=State.CANCELLED)
        .order_by("starts_at")
        .values_list("relationship_id", "state", "starts_at", "went_well")
    )
    zone = timezone.get_current_timezone()
    for key, state, at, went_well in rows:
        found[key].take(state, at.astimezone(zone), went_well)
    since = timezone.localdate() - BACK
    calls = (
        Call.objects.filter(relationship__in=ids, on__gte=since)
        .order_by("on", "id")
        .values_list("relationship_id", "on", "again_on")
    )
    for key, on, again_on in calls:
        found[key].spoke(on, again_on)
    return found


def course_of(
    relationship: Relationship | Programme, history: History, took_place: int | None = None
) -> Course:
    """Return the course of a relationship from its loaded history.

    ``took_place`` counts the one-to-ones that did where the history has the last one alone.
    """
    days = [on for on in (relationship.held_before_last_on, *history.held[-1:]) if on]
    # A day agreed on the phone stands until one has spoken or met since.
    touched = max([*history.calls[-1:], *days], default=None)
    again = history.again_on
    if again and touched and again <= touched:
        again = None
    return Course(
        state=relationship.state,
        begun_on=relationship.begun_on,
        meetings=relationship.meetings,
        calls=relationship.calls_cadence,
        took_place=relationship.held_before
        + (len(history.held) if took_place is None else took_place),
        last_met=max(days, default=None),
        next_planned=history.planned[0] if history.planned else None,
        under_way=history.under_way,
        to_close_out=history.to_close_out,
        went_well=history.went_well,
        paused_until=relationship.paused_until,
        last_call=history.calls[-1] if history.calls else None,
        call_again_on=again,
    )


def line_of(
    relationship: Relationship | Programme, history: History, today: date, ended: date | None = None
) -> Line:
    """Return the line of a relationship from its loaded history."""
    course = course_of(relationship, history)
    since = course.last_met or course.begun_on
    first = since + timedelta(days=relationship.meeting_days)
    window = (first, first + timedelta(days=relationship.meeting_tolerance_days))
    last = max([relationship.begun_on, *history.held[-1:]])
    rests = course.state == "paused" and course.paused_until is not None
    over = course.state == "ended"
    before = [relationship.held_before_last_on] if relationship.held_before_last_on else []
    return Line(
        today=today,
        begun=min([relationship.begun_on, *history.held[:1], *before]),
        held=(*before, *history.held),
        calls=tuple(history.calls),
        missed=tuple(history.missed),
        planned=tuple(at.date() for at in history.planned),
        due=None if over or rests else window,
        paused=(min(last, today), course.paused_until) if rests and course.paused_until else None,
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


def courses(relationships: Iterable[Relationship | Programme]) -> dict[int, Course]:
    """Load the courses of many relationships without every single meeting: two grouped queries.

    They are answered from indexes alone, which is why they name no workspace; the
    relationships were fetched through the member.
    """
    rows = list(relationships)
    ids = [relationship.pk for relationship in rows]
    found = {key: History() for key in ids}
    counts = dict.fromkeys(ids, 0)
    grouped = (
        OneToOne.objects.filter(
            relationship__in=ids,
            state__in=[*TOOK_PLACE, State.PLANNED, State.UNDER_WAY],
        )
        .order_by()
        .values_list("relationship_id", "state")
        .annotate(
            many=Count("id"),
            first=Min("starts_at"),
            last=Max("starts_at"),
            badly=Count("id", filter=Q(went_well=False)),
        )
    )
    zone = timezone.get_current_timezone()
    for key, state, many, first, last, badly in grouped:
        history = found[key]
        if state in TOOK_PLACE:
            counts[key] += many
            history.held = [max([*history.held, last.astimezone(zone).date()])]
            history.to_close_out |= state == State.HELD
            # Only asked of a first meeting (M3), where any is the only one.
            history.went_well = False if badly else history.went_well
        elif state == State.PLANNED:
            history.planned = [first.astimezone(zone)]
        elif state == State.UNDER_WAY:
            history.under_way = True
    spoken = (
        Call.objects.filter(relationship__in=ids)
        .order_by()
        .values_list("relationship_id")
        .annotate(Max("on"), Max("again_on"))
    )
    for key, last_on, again_on in spoken:
        found[key].calls, found[key].again_on = [last_on], again_on
    return {one.pk: course_of(one, found[one.pk], counts[one.pk]) for one in rows}
