"""Begins a programme with a person, or several at once."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people.models import Person
from touchline.playbook.models import of
from touchline.relationships.models import Relationship, Step

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@transaction.atomic
def start(
    person: Person,
    by: "Member",
    *,
    on: date,
    stage: str = "prospective",
    held_before: int = 0,
    held_before_last_on: date | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Relationship:
    """Begin a programme with ``person``, whose main contact ``by`` becomes.

    A person already known may begin at any stage whose minimum of one-to-ones
    ``held_before`` meets (M1). ``fields`` are further fields of the relationship; what they
    leave out of the rhythm comes from the tier of their alignment (M15), medium where none
    is said. Raises Refused with a sentence where the person has a programme already, or the
    stage needs more meetings than were held.
    """
    if Relationship.objects.filter(person=person).exists():
        raise Refused(f"{person.name} has a programme already.")
    if held_before and held_before_last_on is None:
        raise Refused("Say roughly when the last one was.")
    if held_before_last_on and held_before_last_on > on:
        raise Refused("The last one held can’t be in the future.")
    playbook = of(by.workspace)
    needed = playbook.stage(stage).minimum_meetings
    if held_before < needed:
        raise Refused(
            f"{playbook.stage(stage).name} takes {needed} one-to-ones that took place; "
            f"you have entered {held_before} for {person.name}."
        )
    given = dict(fields or {})
    tier = playbook.tier(given.get("alignment") or "medium")
    if tier is not None and "meeting_days" not in given:
        given["meeting_days"] = tier.meeting_days
        given["meeting_tolerance_days"] = tier.meeting_tolerance_days
        given.setdefault("call_days", tier.call_days)
        given.setdefault("call_tolerance_days", tier.call_tolerance_days)
    relationship: Relationship = Relationship(
        workspace_id=by.workspace_id,
        person=person,
        main_contact=by,
        stage=stage,
        begun_on=on,
        held_before=held_before,
        held_before_last_on=held_before_last_on,
        **given,
    )
    try:
        with transaction.atomic():
            relationship.save()
    except IntegrityError:
        # Somebody else began it between the look above and now.
        raise Refused(f"{person.name} has a programme already.") from None
    Step.objects.create(
        workspace_id=by.workspace_id,
        relationship=relationship,
        from_stage="",
        to_stage=stage,
        on=on,
        by=by,
        noted=f"Held before: {held_before}." if held_before else "",
    )
    record(by, "start", relationship, person_id=person.pk, stage=stage, held_before=held_before)
    return relationship
