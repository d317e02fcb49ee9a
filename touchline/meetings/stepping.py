"""The dated step to another stage, checked against its terms (M1)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.meetings import coverage
from touchline.playbook.models import of
from touchline.playbook.playbook import STAGES
from touchline.relationships.models import Relationship, Step
from touchline.relationships.stages import Term, missing, terms

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def terms_for(relationship: Relationship, by: "Member", to: str) -> tuple[Term, ...]:
    """Return the terms of stepping to a stage, against what is on record."""
    return terms(
        of(by.workspace),
        to,
        coverage.took_place(relationship),
        coverage.covered(relationship),
    )


@transaction.atomic
def step(relationship: Relationship, by: "Member", to: str, *, on: date, reason: str = "") -> Step:
    """Take the step to stage ``to`` on a day.

    Forward, firm terms must be met, else Refused names what is missing; a term that is not
    firm may be passed over, and the step notes it. Backward takes a reason.
    """
    playbook = of(by.workspace)
    name = relationship.person.name
    if STAGES.index(to) < STAGES.index(relationship.stage):
        if not reason.strip():
            raise Refused("Say in a line why it goes back a stage.")
        return relationship.step(by, to, on=on, noted=reason)
    found = terms_for(relationship, by, to)
    lacking = missing(found, firm_only=True)
    if lacking:
        raise Refused(f"{name} can’t be at “{playbook.stage(to).name}” yet: {lacking}.")
    passed_over = missing(found)
    noted = ". ".join(
        part for part in (passed_over and f"Stepped anyway: {passed_over}", reason) if part
    )
    return relationship.step(by, to, on=on, noted=noted)


@transaction.atomic
def correct_held_before(
    relationship: Relationship, by: "Member", *, held_before: int, last_on: date | None
) -> None:
    """Correct how many one-to-ones were held before the software, and when the last was.

    Raises Refused where the stage would then rest on too few (M1), naming both numbers.
    """
    stage = of(by.workspace).stage(relationship.stage)
    remaining = coverage.took_place(relationship) - relationship.held_before + held_before
    if remaining < stage.minimum_meetings:
        raise Refused(
            f"“{stage.name}” takes {stage.minimum_meetings} one-to-ones that took place; that "
            f"would leave {remaining}. Take {relationship.person.first} back a stage first."
        )
    relationship.change(
        by, held_before=held_before, held_before_last_on=last_on if held_before else None
    )
