"""The decision on *is this relationship still right for us* (M6), with all it changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from touchline.core.prepared import MEMBER, Prepared
from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings.basis import Basis, basis_of, rhythm_after
from touchline.meetings.models import Choice, Decision, OneToOne
from touchline.relationships import load
from touchline.relationships.cadence import Cadence
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
    choice: str,
    relationship: Relationship,
    basis: Basis,
    cadence: Cadence,
    everything: Sequence[load.Commitment],
) -> load.Change:
    """Return the main contact's weekly load as it is on this basis, and after a choice."""
    own = relationship.commitment
    before = [one for one in everything if one.key != own.key]
    if basis.state == State.ACTIVE:
        before.append(replace(own, meeting_days=basis.meetings.ideal_days))
    stays = choice not in (Choice.PAUSE, Choice.END)
    return load.change(
        before,
        relationship.main_contact.weekly_budget_minutes,
        starts=[replace(own, meeting_days=cadence.ideal_days)] if stays else [],
        stops=[own.key],
    )


# Six columns of each, for there may be hundreds and the model has thirty.
_ASKED = Prepared(
    lambda at: (
        Relationship.objects.visible_to(at.member)
        .filter(main_contact=at.member.pk)
        .active()
        .values_list(
            "pk", "person__name", "length_minutes", "travel_minutes", "meeting_days", "call_days"
        )
    ),
    member=MEMBER,
)


def commitments(member: "Member") -> list[load.Commitment]:
    """Return what the active relationships of a member ask of each week."""
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
        for key, name, length, travel, meeting_days, call_days in _ASKED(member=member)
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
    basis: Basis | None = None,
    until: date | None = None,
    today: date | None = None,
    last: date | None = None,
    planned: Iterable[OneToOne] | None = None,
    everything: Sequence[load.Commitment] | None = None,
) -> Effects:
    """Work out what a choice would change, changing nothing: what is shown before.

    What the caller has at hand already (the last day met, the planned one-to-ones, all the
    commitments) need not be fetched again; ``today`` is the member's day where not given.
    ``basis`` is what holds now where not given.
    """
    basis = basis or basis_of(relationship)
    cadence = rhythm_after(choice, basis.meetings)
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
            _leaning(choice, cadence, relationship.meetings),
            rows,
            cadence=cadence,
            last=since,
            until=until,
            today=today or timezone.localdate(),
        ),
        load_after(choice, relationship, basis, cadence, everything),
    )


def _leaning(choice: str, cadence: Cadence, now: Cadence) -> str:
    """Return the choice by which planned one-to-ones follow the rhythm.

    An answer given instead of a former one may quicken the rhythm without being *meet more*.
    What stands in the diary then follows the rhythm as it changes from today.
    """
    if choice in (Choice.PAUSE, Choice.END) or cadence.ideal_days == now.ideal_days:
        return choice
    return Choice.MEET_MORE if cadence.ideal_days < now.ideal_days else Choice.MEET_LESS


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
    """Record the decision and change state, cadence, planned one-to-ones and load with it.

    Given at a close-out opened again it takes the place of the former answer, see
    ``basis_of``; what that one cancelled stays cancelled. Raises Refused where a pause has no
    day to come, an end no reason, or an ended programme is decided on.
    """
    if choice == Choice.PAUSE and until is None:
        raise Refused("Say until when it rests.")
    basis = basis_of(relationship, one_to_one)
    if choice != Choice.END and basis.state == State.ENDED:
        raise Refused("This programme has ended. Take it up again first.")
    foreseen = effects(relationship, choice, basis=basis, until=until, today=on)
    # One held before it ended is still closed out; the end itself stands.
    if choice == Choice.END and relationship.state != State.ENDED:
        relationship.end(by, reason=reason)
    elif choice != Choice.END and relationship.state == State.ENDED:
        relationship.resume(by)
    if choice == Choice.PAUSE and until is not None:
        relationship.pause(by, until=until, today=on)
    elif choice != Choice.END and relationship.state == State.PAUSED:
        relationship.resume(by)
    if foreseen.meetings != relationship.meetings:
        relationship.set_rhythm(by, foreseen.meetings, relationship.calls_cadence)
    rows = {one.pk: one for one in relationship.one_to_ones.planned()}
    for effect in foreseen.planned:
        one = rows[effect.key]
        one.relationship = relationship
        if effect.after is None:
            one.cancel(by, reason=Choice(choice).label)
        else:
            one.move(by, starts_at=effect.after)
    return _decided(
        relationship,
        by,
        foreseen,
        basis,
        on=on,
        reason=reason,
        their_view=their_view,
        until=until if choice == Choice.PAUSE else None,
        one_to_one=one_to_one,
    )


@transaction.atomic
def take_up_again(relationship: Relationship, by: "Member", *, on: date) -> Decision:
    """Go on with a programme that rests or has ended, as the decision to continue that it is.

    Without it the history (M6) would end with the pause. Raises Refused where it is active.
    """
    basis = basis_of(relationship)
    foreseen = effects(relationship, Choice.CONTINUE, basis=basis, today=on)
    relationship.resume(by)
    return _decided(relationship, by, foreseen, basis, on=on)


def _decided(
    relationship: Relationship, by: "Member", done: Effects, basis: Basis, **said: Any
) -> Decision:
    """Keep an answer in the history, with what it changed."""
    decision: Decision = Decision.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        by=by,
        choice=done.choice,
        state_before=basis.state,
        meeting_days_before=basis.meetings.ideal_days,
        meeting_tolerance_days_before=basis.meetings.tolerance_days,
        meeting_days_after=done.meetings.ideal_days,
        load_before=done.load.before,
        load_after=done.load.after,
        **said,
    )
    record(by, "decide", decision, person_id=relationship.person_id, choice=done.choice)
    return decision
