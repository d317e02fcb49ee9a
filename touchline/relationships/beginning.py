"""Whom to begin with: those known well first, as many as the week has room for.

docs/domain/acquaintance.md
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When

from touchline.people.models import Acquaintance, Person
from touchline.relationships.load import Commitment, total, weekly

if TYPE_CHECKING:
    from touchline.accounts.models import Member

DOZEN = 12
OFFERED = 36

# A beginning for each (M15): somebody known only a little starts with the lightest rhythm.
SUGGESTED = {Acquaintance.WELL: "medium", Acquaintance.A_LITTLE: "low"}


def candidates(member: "Member") -> list[Person]:
    """Return at most 36 people known well, then a little, who have no programme yet.

    Those who asked not to be contacted are left out.
    """
    known = (
        Person.objects.visible_to(member)
        .filter(relationship=None, do_not_contact=False, acquaintance__in=list(SUGGESTED))
        .annotate(
            far=Case(
                When(acquaintance=Acquaintance.WELL, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
    )
    return list(known.select_related("company").order_by("far", "sort_key", "pk")[:OFFERED])


def suggested_tier(person: Person) -> str:
    """Return the key of the tier that somebody's programme may begin with."""
    return SUGGESTED.get(Acquaintance(person.acquaintance), "medium")


def fitting(
    everything: Sequence[Commitment], budget: int, starts: Sequence[Commitment], most: int = DOZEN
) -> int:
    """Return how many of ``starts``, from the first on, the budget in minutes a week has room
    for; at most ``most`` (M8)."""
    owed = total(everything)
    for number, one in enumerate(starts[:most]):
        owed += weekly(one)
        # As a page says it: to the minute.
        if round(owed) > budget:
            return number
    return min(most, len(starts))
