"""What a partner may see of a referral, and which names must not reach them.

The prospect of one that we give stays unnamed to its partner until they said yes
(``Referral.may_be_named``). docs/domain/readiness.md says where that is asked.
"""

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import Any

from django.db.models import BigIntegerField, CharField, Q, Value
from django.db.models.functions import Cast, Coalesce

from touchline.core.fold import words
from touchline.core.prepared import KEY, KEYS, Prepared, one_of
from touchline.core.refusal import Refused
from touchline.people.models import Company, ContactPoint, Person, PointKind
from touchline.referrals.models import Referral, Third
from touchline.referrals.passing.named import ForPartner
from touchline.referrals.passing.telling import SOMEBODY, Told, find, masked, told
from touchline.relationships.models import Relationship

# Where a need is masked away whole.
SOME_NEED = "Something that may be for you"

# Kind and value of what reaches a person or a company, by the key of either.
_Ways = dict[tuple[int | None, int | None], list[tuple[str, str]]]


def for_partner(referral: Referral, names: tuple[Told, ...] | None = None) -> ForPartner:
    """Return what its partner may see of a referral, person and company loaded.

    Unnamed, the need is without whatever in it tells of the prospect; with ``names``, those of
    ``unnamed``, it is without what tells of any of them, and nothing is asked of the database.
    """
    named = referral.may_be_named
    names = told_of(referral) if names is None else (*names, *_by_name(referral))
    need = masked(referral.need, names).strip() if names else referral.need
    company = referral.company or (referral.person.company if referral.person else None)
    return ForPartner(
        direction=referral.direction,
        need=need or SOME_NEED,
        prospect=referral.person.name if named and referral.person else "",
        company=company.name if named and company else "",
        asked_on=referral.receiver_asked_on,
        answer=referral.receiver_answer,
        introduced_on=referral.introduced_on,
    )


def told_of(referral: Referral) -> tuple[Told, ...]:
    """Return what tells of the prospect of one referral, for as long as they are unnamed."""
    if referral.may_be_named:
        return ()
    return _told(referral.relationship, *_of([referral]), _alone([referral]))


def with_names(relationship: Relationship) -> list[Referral]:
    """Load the referrals of a relationship with all that tells who they are about."""
    return _BETWEEN(relationship=relationship.pk)


_BETWEEN = Prepared(
    lambda at: Referral.objects.filter(relationship=at.relationship).select_related(
        "person__company", "company", "third__person__company"
    ),
    relationship=KEY,
)


def unnamed(
    relationship: Relationship, referrals: list[Referral] | None = None
) -> tuple[Told, ...]:
    """Return what tells of the prospects whom a partner must not know of, in two queries.

    Somebody who agreed to be named to them in another referral is known to them. ``referrals``
    are all of the relationship ``with_names``, where they are loaded already: that spares one.
    """
    referrals = with_names(relationship) if referrals is None else referrals
    people, companies = _of(each for each in referrals if not each.may_be_named)
    known_people, known_companies = _of(each for each in referrals if each.may_be_named)
    for pk in known_people.keys() & people.keys():
        del people[pk]
    for pk in known_companies.keys() & companies.keys():
        del companies[pk]
    alone = _alone(each for each in referrals if not each.may_be_named) & companies.keys()
    return _told(relationship, people, companies, alone, known_people.keys())


def _by_name(referral: Referral) -> tuple[Told, ...]:
    """Return the names alone that tell of an unnamed prospect, as they are loaded.

    Somebody whom they know by another referral stays unnamed in this one.
    """
    if referral.may_be_named:
        return ()
    people, companies = _of([referral])
    return (
        *(
            told(one.name, name=one.name, given=one.given, family=one.family)
            for one in people.values()
        ),
        *(told(one.name, companies=[one.name]) for one in companies.values()),
    )


def _alone(referrals: Iterable[Referral]) -> set[int]:
    """Return the companies that are a prospect themselves: who works there tells of them."""
    return {each.company.pk for each in referrals if each.company and not each.person_id}


def _of(referrals: Iterable[Referral]) -> tuple[dict[int, Person], dict[int, Company]]:
    """Return the prospects of some referrals, and the companies that tell of them."""
    people: dict[int, Person] = {}
    companies: dict[int, Company] = {}
    for each in referrals:
        if each.company:
            companies[each.company.pk] = each.company
        persons = [each.person]
        if each.third and each.third_is == Third.INTRODUCED:
            persons.append(each.third.person)
        for person in persons:
            if person:
                people[person.pk] = person
                if person.company:
                    companies[person.company.pk] = person.company
    return people, companies


def _told(
    relationship: Relationship,
    people: dict[int, Person],
    companies: dict[int, Company],
    alone: Set[int] = frozenset(),
    familiar: Iterable[int] = (),
) -> tuple[Told, ...]:
    if not people and not companies:
        return ()
    partner = relationship.person
    if partner.company_id:
        companies = {pk: one for pk, one in companies.items() if pk != partner.company_id}
    people = {pk: one for pk, one in people.items() if pk != partner.pk}
    alone = alone & companies.keys()
    ways, staff = _reached(relationship.workspace_id, people, companies, alone)
    known = [
        partner.name, partner.given, partner.family, str(relationship.main_contact),
        partner.company.name if partner.company else "",
    ]  # fmt: skip
    found = []
    for pk, person in people.items():
        addresses, numbers = _apart(ways.get((pk, None), []))
        found.append(
            told(
                person.name,
                name=person.name,
                given=person.given,
                family=person.family,
                addresses=addresses,
                numbers=numbers,
                known=known,
            )
        )
    for pk, company in companies.items():
        addresses, numbers = _apart(ways.get((None, pk), []))
        found.append(
            told(
                company.name,
                companies=[company.name],
                addresses=addresses,
                numbers=numbers,
                known=known,
            )
        )
    besides = {*people, *familiar, partner.pk}
    there = ((pk, name) for pk, name in staff.items() if pk not in besides)
    return (*found, *(_staff(name, ways.get((pk, None), []), known) for pk, name in there))


def _reached(
    workspace: int, people: Iterable[int], companies: Iterable[int], alone: Set[int]
) -> tuple[_Ways, dict[int, str]]:
    """Return the ways to reach people and companies, and who works at those ``alone``.

    In one query. Of who works there, with the ways to them, the name by key.
    """
    given = {"workspace": workspace, "people": list(people), "companies": list(companies)}
    rows = _POINTS_AND_STAFF(**given, alone=list(alone)) if alone else _POINTS(**given)
    ways: _Ways = {}
    staff: dict[int, str] = {}
    for person, company, name, kind, value in rows:
        if name:
            staff[person] = name
        if value:
            ways.setdefault((person, company), []).append((kind, value))
    return ways, staff


def _points(at: Any) -> Any:
    there = Q(one_of("person_id", at.people)) | Q(one_of("company_id", at.companies))
    points = ContactPoint.objects.filter(there, workspace=at.workspace)
    nobody = Value("", output_field=CharField())
    return points.order_by().values_list("person_id", "company_id", nobody, "kind", "value")


def _points_and_staff(at: Any) -> Any:
    nothing = Value("", output_field=CharField())
    staff = Person.objects.filter(one_of("company_id", at.alone)).order_by()
    return _points(at).union(
        staff.values_list(
            "pk", Cast(Value(None), BigIntegerField()), "name",
            Coalesce("points__kind", nothing), Coalesce("points__value", nothing),
        ),
        all=True,
    ).order_by("person_id", "company_id", "kind", "value")  # fmt: skip


_SLOTS: dict[str, Any] = {"workspace": KEY, "people": KEYS, "companies": KEYS}
_POINTS = Prepared(_points, **_SLOTS)
_POINTS_AND_STAFF = Prepared(_points_and_staff, **_SLOTS, alone=KEYS)


def _staff(name: str, ways: list[tuple[str, str]], known: Iterable[str]) -> Told:
    """Return what tells of who works at a company: the whole name, and what is written to.

    A name of theirs alone tells of nobody: somebody else may be called so.
    """
    row = tuple(words(name))
    heard = len(row) < 2 or row in {tuple(words(each)) for each in known}
    written = [value for kind, value in ways if kind == PointKind.EMAIL]
    return replace(told(name, addresses=written), phrases=() if heard else ((row, SOMEBODY),))


def _apart(ways: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return addresses of any kind, and telephone numbers."""
    ways = list(ways)
    numbers = [value for kind, value in ways if kind == PointKind.PHONE]
    return [value for kind, value in ways if kind != PointKind.PHONE], numbers


def tells(text: str, everybody: Iterable[Told]) -> str:
    """Return whom a text tells of first, as we call them; empty where of none of them."""
    found = find(text, everybody)
    return found[0].who if found else ""


def refuse_names(text: str, referral: Referral) -> None:
    """Raise Refused, with the word, where a text for the partner tells who the prospect is."""
    if found := find(text, told_of(referral)):
        first, partner = found[0], referral.relationship.person.first
        raise Refused(
            f"“{first.text}” tells {partner} who it is, and {first.who} has not agreed to that. "
            "Say it without."
        )
