"""The ideal referral of a partner who was merged into another, whose own one stands.

The merge leaves it where it is (docs/domain/merging.md); here it is shown, and taken over.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from touchline.core.refusal import Refused
from touchline.referrals.models import ONE, SEVERAL, IdealReferral

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def others(ideal: IdealReferral, member: "Member") -> list[IdealReferral]:
    """Return those of people merged into the partner that say something this one does not."""
    if ideal.relationship is None or ideal.pk is None:
        return []
    person = ideal.relationship.person_id
    merged = Q(relationship__person__merged_into=person) | Q(
        relationship__person__merged_into__merged_into=person
    )
    rows = IdealReferral.objects.filter(merged, workspace_id=member.workspace_id)
    found = rows.select_related("relationship__person").order_by("pk")
    return [other for other in found if left_of(ideal, other)]


def left_of(ideal: IdealReferral, other: IdealReferral) -> dict[str, list[str]]:
    """Return the lines that only ``other`` has, by field. Pure."""
    left = {}
    for field in (*ONE, *SEVERAL):
        own = {line.casefold() for line in ideal.lines(field)}
        if lines := [line for line in other.lines(field) if line.casefold() not in own]:
            left[field] = lines
    return left


def taken(ideal: IdealReferral, other: IdealReferral) -> dict[str, str]:
    """Return what the fields say with what ``other`` adds to them. Pure.

    Lines come after one's own; of a field of one thing it fills what is empty, no more.
    """
    left = left_of(ideal, other)
    lines = {field: "\n".join(left[field]) for field in left if not getattr(ideal, field)}
    for field in SEVERAL:
        if field in left and field not in lines:
            lines[field] = "\n".join((*ideal.lines(field), *left[field]))
    return lines


def take(ideal: IdealReferral, other: IdealReferral, by: "Member", *, seen: int, on: date) -> None:
    """Take over what ``other`` adds; raises Refused where that is nothing, or too much."""
    words: dict[str, Any] = dict(taken(ideal, other))
    if not words:
        raise Refused("Nothing of it is left to be taken over.")
    ideal.write(by, seen=seen, on=on, **words)
