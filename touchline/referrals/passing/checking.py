"""Brings together what the readiness list of one referral looks at, in four queries.

Beside them stand the partner's pitch card and ideal referral, loaded with the relationship.
"""

from typing import TYPE_CHECKING

from django.db.models import CharField, Q, Value

from touchline.core.money import Money
from touchline.meetings import coverage
from touchline.meetings.models import Fact, PitchCard
from touchline.people.models import ContactPoint, Person, PointKind
from touchline.playbook.models import of
from touchline.playbook.playbook import STAGES
from touchline.referrals.models import ONE, SEVERAL, IdealReferral, Referral
from touchline.referrals.passing.fitting import Known
from touchline.referrals.passing.readiness import readiness
from touchline.referrals.passing.shapes import (
    Consent,
    Item,
    Partner,
    Passing,
    Prospect,
    gaps,
)
from touchline.referrals.states import BEFORE
from touchline.referrals.taking import spoken
from touchline.referrals.twice import passed_already
from touchline.relationships.stages import terms

if TYPE_CHECKING:
    from touchline.accounts.models import Member

MOST_FACTS = 80
_WHERE = {"tag": "their tags", "fact": "what you know of them", "address": "their address"}


def asked_of(referral: Referral) -> bool:
    """Say whether a referral is asked for readiness: given, and not yet introduced."""
    return referral.is_given and not referral.is_history and referral.state in BEFORE


def readiness_of(referral: Referral, member: "Member") -> tuple[Item, ...]:
    """Return the readiness list of a referral, empty where none is asked for.

    Its partner, person and company are loaded.
    """
    if not asked_of(referral):
        return ()
    return readiness(
        _partner(referral, member),
        _prospect(referral, member),
        _passing(referral, member),
        member.today(),
    )


def gaps_of(referral: Referral, member: "Member") -> list[str]:
    """Return the sentences of what is not met: what ``introduce`` remembers."""
    return gaps(readiness_of(referral, member))


def _partner(referral: Referral, member: "Member") -> Partner:
    relationship, playbook = referral.relationship, of(member.workspace)
    held = list(
        relationship.one_to_ones.took_place().order_by().values_list("kind", "covered_topics")
    )
    took_place = relationship.held_before + len(held)
    covered = coverage.covered(relationship, held)
    missing, topics = [], []
    for stage in STAGES[1:]:
        short = [t for t in terms(playbook, stage, took_place, covered) if not (t.firm or t.met)]
        missing += [term.text for term in short]
        if short:
            have = covered.get(stage, frozenset())
            topics += [one.name for one in playbook.kind(stage).topics if one.key not in have]
    card: PitchCard | None = getattr(relationship, "pitch_card", None)
    ideal: IdealReferral | None = getattr(relationship, "ideal_referral", None)
    return Partner(
        name=relationship.person.first,
        took_place=took_place,
        least=playbook.stage(STAGES[-1]).minimum_meetings,
        before=relationship.held_before,
        unknown=tuple(missing),
        open_topics=tuple(dict.fromkeys(topics)),
        sentence=card.sentence if card else "",
        heard_on=card.heard_on if card else None,
        approved_on=card.approved_on if card else None,
        ideal={field: tuple(ideal.lines(field)) for field in (*SEVERAL, *ONE)} if ideal else {},
        not_to_send=_lines(card.not_to_send) if card else (),
        ask_first=card.ask_first if card else "",
        introduce=card.introduce if card else "",
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _prospect(referral: Referral, member: "Member") -> Prospect:
    person, company = referral.person, referral.company
    known = []
    if person:
        company = company or person.company
        known += [Known("their title", person.title), Known("your notes on them", person.notes)]
    if company:
        known += [Known("their company", company.name), Known("notes on it", company.notes)]
    known += _further(person, company.pk if company else None, member)
    return Prospect(
        name=spoken(referral),
        is_said=bool(person or company),
        left_alone=bool(person and person.do_not_contact),
        known=tuple(one for one in known if one.text.strip()),
    )


def _further(person: Person | None, company: int | None, member: "Member") -> list[Known]:
    """Return tags, facts and addresses, the visible ones, in one query."""

    def kind(name: str) -> Value:
        return Value(name, output_field=CharField())

    of_either = Q(company=company) if company else Q(pk=None)
    if person:
        of_either |= Q(person=person)
    points = ContactPoint.objects.visible_to(member).filter(of_either, kind=PointKind.ADDRESS)
    rows = points.order_by().values_list(kind("address"), "value")
    if person:
        facts = Fact.objects.visible_to(member).current().filter(person=person).order_by()
        rows = rows.union(
            facts.values_list(kind("fact"), "text"),
            person.tags.order_by().values_list(kind("tag"), "name"),
            all=True,
        )
    return [Known(_WHERE[where], text) for where, text in rows[:MOST_FACTS]]


def _passing(referral: Referral, member: "Member") -> Passing:
    found = passed_already(
        member,
        referral.need,
        person=referral.person,
        company=referral.company,
        besides=referral.pk,
    )
    others = [one for one in found if one.relationship_id != referral.relationship_id]
    where = referral.stated_where
    if not where and referral.one_to_one_id:
        where = "in a one-to-one"
    return Passing(
        need=referral.need,
        stated_on=referral.stated_on,
        stated_where=where,
        words=referral.words,
        words_agreed_on=referral.words_agreed_on,
        heat=referral.heat,
        expects_contact=referral.expects_contact,
        value=Money(referral.value_minor, referral.currency)
        if referral.value_minor is not None
        else None,
        country=member.workspace.country,
        fits=referral.fits,
        partner=_consent(referral, "receiver"),
        prospect=_consent(referral, "prospect"),
        elsewhere=tuple(each.relationship.person.name for each in others),
    )


def _consent(referral: Referral, whom: str) -> Consent:
    names = ("asked_on", "answer", "answered_on", "how")
    return Consent(**{name: getattr(referral, f"{whom}_{name}") for name in names})
