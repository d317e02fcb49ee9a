"""How a referral comes to be: begun now, or entered as it happened before the software."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.core.words import full_day
from touchline.journal.models import record
from touchline.referrals.models import Referral, Step
from touchline.referrals.models.prospects import unless_partner
from touchline.referrals.states import DATED, OUTCOMES, Direction, State
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# The way that history is told in; one outcome at most, and thanks at the end.
ORDER = (
    State.IDEA, State.INTRODUCED, State.CONTACTED, State.MET, State.QUOTED, *OUTCOMES,
    State.THANKED,
)  # fmt: skip


@transaction.atomic
def begin(
    by: "Member", relationship: Relationship, direction: str, *, need: str, on: date, **fields: Any
) -> Referral:
    """Begin a referral as an idea, on a day that has been.

    ``fields`` are columns of ``Referral``: prospect, source, need's day and place. Raises
    Refused without a need, for a day to come, or where the prospect is the partner or is marked
    do not contact.
    """
    referral = _made(by, relationship, direction, need=need, on=on, **fields)
    referral.unless_left_alone()
    referral.state, referral.state_on = State.IDEA, on
    return _kept(by, referral, [(State.IDEA, on)])


@transaction.atomic
def enter_history(
    by: "Member",
    relationship: Relationship,
    direction: str,
    *,
    need: str,
    days: Mapping[State, date],
    **fields: Any,
) -> Referral:
    """Enter one that happened before the software, with the day of each state that is known.

    ``days`` has at least the day of its introduction. Asked for none of the readiness list, so
    one that is given lies before the workspace was begun. Raises Refused where it does not, or
    where the days are not in the order of ``ORDER``, are still to come, or name two outcomes.
    """
    if State.INTRODUCED not in days:
        raise Refused("Give at least the day on which they were introduced.")
    since = by.workspace.created_at.astimezone(by.zone).date()
    if direction == Direction.GIVEN and since < days[State.INTRODUCED] <= by.today():
        raise Refused(
            f"You have been here since {full_day(since)}. Begin what was passed after that as an "
            f"idea, and put down what both said, on the days they did."
        )
    if unknown := days.keys() - set(ORDER):
        raise Refused(f"History has no day for “{State(min(unknown)).label.lower()}”.")
    if len(outcomes := [state for state in OUTCOMES if state in days]) > 1:
        raise Refused("One thing came of it: give the day of one outcome.")
    told = [(state, days[state]) for state in ORDER if state in days]
    for (earlier, one), (later, other) in pairwise(told):
        if other < one:
            raise Refused(
                f"“{State(later).label}” on {full_day(other)} would be before "
                f"“{State(earlier).label}” on {full_day(one)}. Check the days."
            )
    if State.THANKED in days and not outcomes:
        raise Refused("Say what came of it, where it was thanked for and closed.")
    first = told[0][1]
    referral = _made(by, relationship, direction, need=need, on=first, **fields)
    referral.is_history = True
    referral.state, referral.state_on = told[-1]
    referral.outcome = outcomes[0] if outcomes else ""
    for state, on in told:
        if on > by.today():
            raise Refused("A day of history has been. Check the days.")
        if state in DATED:
            setattr(referral, DATED[state], on)
    return _kept(by, referral, told)


def _made(
    by: "Member", relationship: Relationship, direction: str, *, need: str, on: date, **fields: Any
) -> Referral:
    if direction not in Direction.values:
        raise Refused("Say whether it is given or received.")
    if not need.strip():
        raise Refused("Say in a sentence what the prospect needs.")
    if on > by.today():
        raise Refused("That day is still to come. Give the day that it was.")
    unless_partner(
        fields.get("person"), fields.get("company"), relationship,
        given=direction == Direction.GIVEN,
    )  # fmt: skip
    third = fields.get("third")
    if third and third.pk == relationship.pk:
        raise Refused("A third partner is somebody else than the partner.")
    return Referral(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        direction=direction,
        need=need.strip()[:300],
        **{"member": by, **fields},
    )


def _kept(by: "Member", referral: Referral, told: list[tuple[State, date]]) -> Referral:
    referral.save()
    steps = [
        Step(
            workspace_id=referral.workspace_id, referral=referral, verb="begin", to_state=state,
            from_state=told[place - 1][0] if place else "", on=on, by=by,
        )
        for place, (state, on) in enumerate(told)
    ]  # fmt: skip
    Step.objects.bulk_create(steps)
    record(
        by, "begin", referral, person_id=referral.relationship.person_id, to=referral.state,
        history=referral.is_history,
    )  # fmt: skip
    return referral
