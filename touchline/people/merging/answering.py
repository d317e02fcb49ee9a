"""Who answers for somebody merged into another, and what was passed over when they were."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from touchline.core.fold import fold
from touchline.people.models import Company, Merge, Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# What a contact file says of a person, and what it would write over or fill.
TOLD = ("given", "family", "title", "company", "birthday")
PassedOver = dict[str, set[str]]


def answering(member: "Member", person_id: int) -> Person | None:
    """Return who answers for somebody merged into another; None where that is nobody."""
    found = Person.objects.merged_for(member).filter(pk=person_id).first()
    if found is None:
        return None
    while found.merged_into_id:
        found = Person.objects.get(pk=found.merged_into_id)
    there: Person | None = Person.objects.visible_to(member).filter(pk=found.pk).first()
    return there


def passed_over(people: Iterable[int]) -> dict[int, PassedOver]:
    """Return, of those who answer for others too, the folded values that were not chosen.

    By field of TOLD. A file that knows one of the records only by such a value says nothing
    new: it was looked at when the two were merged, and another value stands.
    """
    found: dict[int, PassedOver] = {}
    answers = {pk: pk for pk in people}
    while answers:
        merges = Merge.objects.filter(kept__in=list(answers)).select_related("other__company")
        below: dict[int, int] = {}
        for one in merges:
            kept = answers[one.kept_id]
            below[one.other_id] = kept
            values = found.setdefault(kept, {name: set() for name in TOLD})
            for name, value in _said(one.other).items():
                values[name].add(fold(value))
            for _, _, changed in one.changes:
                for name in TOLD:
                    if name in changed:
                        values[name].add(fold(str(changed[name][0])))
                if before := changed.get("company_id", [None])[0]:
                    values["company"] |= {fold(name) for name in _companies(before)}
        answers = below
    return found


def _said(person: Person) -> dict[str, str]:
    said = {name: getattr(person, name) for name in TOLD if name != "company"}
    return {**said, "company": person.company.name if person.company else ""}


def _companies(pk: int) -> list[str]:
    return list(Company.objects.filter(pk=pk).values_list("name", flat=True))
