"""The decision on *is this relationship still right for us* (M6), with all it changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings.models import Choice, Decision, OneToOne
from touchline.relationships import load
from touchline.relationships.cadence import Cadence, less_often, more_often
from touchline.relationships.models import Relationship, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned one-to-one as the decision sees it; ``starts_at`` in the member's zone."""

    key: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision does to one planned one-to-one: a new time, or None for cancelled."""

    key: int
    before: datetime
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a decision changes: rhythm in days, planned meetings, and load in minutes a week."""

    choice: str
    meetings: Cadence
    planned: tuple[Effect, ...]
    load: load.Change


def rhythm_after(choice: str, cadence: Cadence) -> Cadence:
    """Return the cadence of meetings after a choice."""
    if choice == Choice.MEET_MORE:
        return more_often(cadence)
    if choice == Choice.MEET_LESS:
        return less_often(cadence)
    return cadence


def planned_after(
    choice: str,
    planned: Iterable[Planned],
    *,
    cadence: Cadence,
    last: date,
    until: date | None,
    today: date,
) -> tuple[Effect, ...]:
    """Return what a choice does to the planned one-to-ones; those it leaves are not named.

    One whose day has gone by is left alone: it is still to be said what became of it. End
    cancels all others, a pause those before its day. Meeting less moves the first one, where it
    would come before the new due day, to the same weekday and time on or after that day;
    meeting more moves the first one, where it would come after the new window, to the same
    weekday and time within it where there is one, never to a day before tomorrow. ``cadence``
    is the new one, ``last`` the day of the last one-to-one that took place.
    """
    upcoming = sorted(
        (one for one in planned if one.starts_at.date() >= today), key=lambda one: one.starts_at
    )
    if choice == Choice.END:
        return tuple(Effect(one.key, one.starts_at, None) for one in upcoming)
    if choice == Choice.PAUSE:
        return tuple(
            Effect(one.key, one.starts_at, None)
            for one in upcoming
            if until is None or one.starts_at.date() < until
        )
    if choice not in (Choice.MEET_MORE, Choice.MEET_LESS) or not upcoming:
        return ()
    first = upcoming[0]
    day = first.starts_at.date()
    due = last + timedelta(days=cadence.ideal_days)
    ends = due + timedelta(days=cadence.tolerance_days)
    if (choice == Choice.MEET_LESS and day >= due) or (choice == Choice.MEET_MORE and day <= ends):
        return ()
    earliest = max(due, today + timedelta(days=1))
    shifted = earliest + timedelta(days=(first.starts_at.weekday() - earliest.weekday()) % 7)
    if shifted == day or (choice == Choice.MEET_MORE and shifted > day):
        return ()
    after = datetime.combine(shifted, first.starts_at.timetz())
    return (Effect(first.key, first.starts_at, after),)


def load_after(
    choice: str, relationship: Relationship, cadence: Cadence, everything: Sequence[load.Commitment]
) -> load.Change:
    """Return the main contact's weekly load before and after a choice."""
    own = relationship.commitment
    stays = choice not in (Choice.PAUSE, Choice.END)
    changed = load.Commitment(
        own.name,
        own.length_minutes,
        own.travel_minutes,
        own.preparation_minutes,
        cadence.ideal_days,
        own.call_minutes,
        own.call_days,
        own.key,
    )
    return load.change(
        everything,
        relationship.main_contact.weekly_budget_minutes,
        starts=[changed] if stays else [],
        stops=[own.key],
    )


def commitments(member: "Member") -> list[load.Commitment]:
    """Return what the active relationships of a member ask of each week."""
    # Six columns of each, for there may be hundreds and the model has thirty.
    mine = Relationship.objects.visible_to(member).led_by(member).active()
    return [
        load.Commitment(
            name=name,
            length_minutes=length,
            travel_minutes=travel,
            preparation_minutes=member.preparation_minutes,
            meeting_days=meeting_days,
            call_minutes=member.call_minutes,
            call_days=call_days,
            key=key,
        )
        for key, name, length, travel, meeting_days, call_days in mine.values_list(
            "pk", "person__name", "length_minutes", "travel_minutes", "meeting_days", "call_days"
        )
    ]


def last_met(relationship: Relationship) -> date | None:
    """Return the day of the last one-to-one that took place, before the software included."""
    latest = (
        relationship.one_to_ones.took_place()
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    return last_of(relationship, [latest] if latest else [])


def last_of(relationship: Relationship, took_place: Iterable[datetime]) -> date | None:
    """Return the last day among moments at which one met, before the software included."""
    days = [timezone.localtime(at).date() for at in took_place]
    if relationship.held_before_last_on:
        days.append(relationship.held_before_last_on)
    return max(days, default=None)


def effects(
    relationship: Relationship,
    choice: str,
    *,
    until: date | None = None,
    today: date | None = None,
    last: date | None = None,
    planned: Iterable[OneToOne] | None = None,
    everything: Sequence[load.Commitment] | None = None,
) -> Effects:
    """Work out what a choice would change, changing nothing: what is shown before.

    What the caller has at hand already (the last day met, the planned one-to-ones, all the
    commitments) need not be fetched again; ``today`` is the member's day where not given.
    """
    cadence = rhythm_after(choice, relationship.meetings)
    if planned is None:
        planned = relationship.one_to_ones.planned()
    rows = [Planned(one.pk, timezone.localtime(one.starts_at)) for one in planned]
    if everything is None:
        everything = commitments(relationship.main_contact)
    since = last or last_met(relationship) or relationship.begun_on
    return Effects(
        choice,
        cadence,
        planned_after(
            choice,
            rows,
            cadence=cadence,
            last=since,
            until=until,
            today=today or timezone.localdate(),
        ),
        load_after(choice, relationship, cadence, everything),
    )


@transaction.atomic
def decide(
    relationship: Relationship,
    by: "Member",
    choice: str,
    *,
    on: date,
    reason: str = "",
    their_view: str = "",
    until: date | None = None,
    one_to_one: OneToOne | None = None,
) -> Decision:
    """Record the decision and change cadence, planned one-to-ones and load with it.

    Raises Refused where a pause has no day to come, an end no reason, or an ended programme
    is decided on.
    """
    if choice == Choice.PAUSE and until is None:
        raise Refused("Say until when it rests.")
    if choice not in (Choice.PAUSE, Choice.END) and relationship.state == State.ENDED:
        raise Refused("This programme has ended. Take it up again first.")
    foreseen = effects(relationship, choice, until=until, today=on)
    before = relationship.meeting_days
    if choice == Choice.PAUSE and until is not None:
        relationship.pause(by, until=until, today=on)
    elif choice == Choice.END:
        # One held before it ended is still closed out; the end itself stands.
        if relationship.state != State.ENDED:
            relationship.end(by, reason=reason)
    else:
        if relationship.state == State.PAUSED:
            relationship.resume(by)
        if foreseen.meetings.ideal_days != before:
            relationship.set_rhythm(by, foreseen.meetings, relationship.calls_cadence)
    rows = {one.pk: one for one in relationship.one_to_ones.planned()}
    for effect in foreseen.planned:
        one = rows[effect.key]
        one.relationship = relationship
        if effect.after is None:
            one.cancel(by, reason=Choice(choice).label)
        else:
            one.move(by, starts_at=effect.after)
    decision: Decision = Decision.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        one_to_one=one_to_one,
        by=by,
        on=on,
        choice=choice,
        reason=reason,
        their_view=their_view,
        until=until if choice == Choice.PAUSE else None,
        meeting_days_before=before,
        meeting_days_after=relationship.meeting_days,
        load_before=foreseen.load.before,
        load_after=foreseen.load.after,
    )
    record(by, "decide", decision, person_id=relationship.person_id, choice=choice)
    return decision
