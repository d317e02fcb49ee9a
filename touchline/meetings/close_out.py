"""Closing out a one-to-one (M5, M6): everything in one transaction, or nothing."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.meetings import deciding, planning, stepping
from touchline.meetings.basis import basis_of
from touchline.meetings.models import Action, ActionState, Choice, Decision, OneToOne
from touchline.relationships.models import State, Step

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True)
class CloseOut:
    """What was agreed at the end.

    ``unconfirmed`` are the ids of actions of this meeting that turned out not to be
    promises. Exactly one of ``next_at`` and ``no_next_reason`` is given, unless the programme
    pauses or ends, or one is planned already (``next_planned``).
    """

    choice: str
    reason: str = ""
    their_view: str = ""
    until: date | None = None
    went_well: bool | None = None
    they_expect: str = ""
    we_expect: str = ""
    unconfirmed: Collection[int] = field(default_factory=frozenset)
    covered_topics: Collection[str] = field(default_factory=tuple)
    next_at: datetime | None = None
    next_place: str | None = None
    next_video_url: str = ""
    next_length_minutes: int | None = None
    no_next_reason: str = ""
    step_to: str = ""


@dataclass(frozen=True)
class Closed:
    """What came of it."""

    one_to_one: OneToOne
    decision: Decision
    next: OneToOne | None
    step: Step | None


@transaction.atomic
def close_out(one_to_one: OneToOne, by: "Member", done: CloseOut, *, now: datetime) -> Closed:
    """Close a one-to-one out.

    Raises Refused, with nothing changed, where neither a next date nor a reason is given, or
    where a verb it calls refuses.
    """
    relationship = one_to_one.relationship
    today = by.today(now)
    resting = done.choice in (Choice.PAUSE, Choice.END)
    ahead = relationship.one_to_ones.ahead(now).exists()
    if not (done.next_at or done.no_next_reason.strip() or resting or ahead):
        raise Refused("Book the next date, or say in a line why there is none yet.")
    one_to_one.close_out(
        by,
        now=now,
        went_well=done.went_well,
        they_expect=done.they_expect,
        we_expect=done.we_expect,
        covered_topics=sorted({*one_to_one.covered_topics, *done.covered_topics}),
        no_next_reason="" if done.next_at else done.no_next_reason.strip(),
    )
    relationship.they_expect, relationship.we_expect = done.they_expect, done.we_expect
    relationship.save(update_fields=["they_expect", "we_expect"])
    mistaken = Action.objects.filter(
        one_to_one=one_to_one, pk__in=done.unconfirmed, state=ActionState.OPEN
    )
    for action in mistaken.select_related("relationship"):
        action.drop(by, on=today, agreed=True)
    decision = deciding.decide(
        relationship,
        by,
        done.choice,
        on=today,
        reason=done.reason,
        their_view=done.their_view,
        until=done.until,
        one_to_one=one_to_one,
    )
    following = None
    if done.next_at and not resting:
        more: dict[str, Any] = {}
        if done.next_place is not None:
            more["place"] = done.next_place
        if done.next_length_minutes:
            more["length_minutes"] = done.next_length_minutes
        following = planning.plan(
            relationship,
            by,
            starts_at=done.next_at,
            now=now,
            video_url=done.next_video_url,
            **more,
        )
    step = None
    if done.step_to:
        step = stepping.step(relationship, by, done.step_to, on=today)
    return Closed(one_to_one, decision, following, step)


NOTHING = "Met, nothing to note."


def nothing_to_note(one_to_one: OneToOne, by: "Member", *, now: datetime) -> Closed:
    """Close a one-to-one out in one step: all stays as it is, and no date is booked.

    What rests goes on resting until its day, what has ended stays ended, and the answer of a
    close-out that was opened again is given once more.
    """
    relationship, today = one_to_one.relationship, by.today(now)
    former = basis_of(relationship, one_to_one).former
    resting = relationship.paused_until is not None and relationship.paused_until > today
    over = relationship.state == State.ENDED
    choice: str = Choice.CONTINUE
    if over or resting:
        choice = Choice.END if over else Choice.PAUSE
    elif former and former.choice != Choice.PAUSE:
        choice = former.choice
    done = CloseOut(
        choice=choice,
        reason=former.reason if former else NOTHING if over else "",
        their_view=former.their_view if former else "",
        until=relationship.paused_until if resting else None,
        went_well=one_to_one.went_well,
        they_expect=relationship.they_expect,
        we_expect=relationship.we_expect,
        no_next_reason=one_to_one.no_next_reason or NOTHING,
    )
    return close_out(one_to_one, by, done, now=now)
