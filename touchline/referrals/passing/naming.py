"""What a partner may see of a referral, and which names must not reach them.

The prospect of one that we give stays unnamed to its partner until they said yes
(``Referral.may_be_named``). docs/domain/readiness.md says where that is asked.
"""

from collections.abc import Iterable, Set
from dataclasses import replace

from django.db.models import Q

from touchline.core.fold import words
from touchline.core.refusal import Refused
from touchline.people.models import Company, ContactPoint, Person, PointKind
from touchline.referrals.models import Referral, Third
from touchline.referrals.passing.named import ForPartner
from touchline.referrals.passing.telling import SOMEBODY, Told, find, masked, told
from touchline.relationships.models import Relationship

# Where a need is masked away whole.
SOME_NEED = "Something that may be for you"


def for_partner(referral: Referral) -> ForPartner:
    """Return what its partner may see of a referral, person and company loaded.

    Unnamed, the need is without whatever in it tells of the prospect.
    """
    named = referral.may_be_named
    need = referral.need if named else masked(referral.need, told_of(referral)).strip()
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


def unnamed(relationship: Relationship) -> tuple[Told, ...]:
    """Return what tells of the prospects whom a partner must not know of, in two to four queries.

    Somebody who agreed to be named to them in another referral is known to them.
    """
    referrals = list(
        Referral.objects.filter(relationship=relationship).select_related(
            "person__company", "company", "third__person__company"
        )
    )
    people, companies = _of(each for each in referrals if not each.may_be_named)
    known_people, known_companies = _of(each for each in referrals if each.may_be_named)
    for pk in known_people.keys() & people.keys():
        del people[pk]
    for pk in known_companies.keys() & companies.keys():
        del companies[pk]
    alone = _alone(each for each in referrals if not each.may_be_named) & companies.keys()
    return _told(relationship, people, companies, alone, known_people.keys())


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
    points = ContactPoint.objects.filter(
        Q(person__in=people) | Q(company__in=companies), workspace_id=relationship.workspace_id
    )
    ways: dict[tuple[int | None, int | None], list[ContactPoint]] = {}
    for point in points.order_by():
        ways.setdefault((point.person_id, point.company_id), []).append(point)
    known = [
        partner.name, partner.given, partner.family, str(relationship.main_contact),
        partner.company.name if partner.company else "",
    ]  # fmt: skip
    found = []
    for pk, person in people.items():
        addresses, numbers = _ways(ways.get((pk, None), []))
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
        addresses, numbers = _ways(ways.get((None, pk), []))
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
    return (*found, *_staff(alone & companies.keys(), besides, known))


def _staff(companies: Set[int], besides: set[int], known: Iterable[str]) -> list[Told]:
    """Return what tells of those who work at companies: the whole name, and what is written to.

    A name of theirs alone tells of nobody: somebody else may be called so.
    """
    if not companies:
        return []
    heard = {tuple(words(each)) for each in known}
    there = Person.objects.filter(company__in=companies).exclude(pk__in=besides)
    emails = ContactPoint.objects.filter(person__in=there, kind=PointKind.EMAIL).order_by()
    written: dict[int, list[str]] = {}
    for pk, value in emails.values_list("person_id", "value"):
        written.setdefault(pk, []).append(value)
    return [
        replace(
            told(one.name, addresses=written.get(one.pk, ())),
            phrases=() if len(row := tuple(words(one.name))) < 2 or row in heard
            else ((row, SOMEBODY),),
        )
        for one in there.only("name")
    ]  # fmt: skip


def _ways(points: Iterable[ContactPoint]) -> tuple[list[str], list[str]]:
    """Return addresses of any kind, and telephone numbers."""
    numbers = [each.value for each in points if each.kind == PointKind.PHONE]
    return [each.value for each in points if each.kind != PointKind.PHONE], numbers


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
