"""Makes many referrals: fifty thousand with three hundred partners, over ten years.

Rows go in by bulk, without journal and without verbs; their shares (how many are under way, won,
a dud, without feedback) are those of partners who refer, so that each page shows what it would.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction

from tests.bench.many import BATCH, WORDS, _store
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.people.models import Person
from touchline.referrals.models import Help, Referral
from touchline.referrals.states import BEFORE, State
from touchline.relationships.models import Relationship

PARTNERS, REFERRALS, TURNS = 300, 50_000, 3_000
DAYS = 3_652
# What becomes of twenty that were passed long ago.
_ENDS = (
    *(State.THANKED,) * 7, *(State.WON,) * 2, *(State.LOST,) * 4, *(State.DUD,) * 2,
    State.NO_ANSWER, State.NOT_YET, State.DECLINED, State.THANKED, State.LOST,
)  # fmt: skip
_PARTS = ("introduced", "introducer")
_BEGUN = (*BEFORE, State.INTRODUCED, State.CONTACTED, State.MET, State.QUOTED)


@transaction.atomic
def fifty_thousand(member: Member, *, partners: int = PARTNERS, referrals: int = REFERRALS) -> None:
    """Make referrals and other help with ``partners`` of the member's, programmes where need be.

    Spread evenly over ten years to the member's today; the same workspace gets the same rows.
    """
    chance, today = Random(23), member.today()
    mine = _partners(member, partners, today)
    people = list(
        Person.objects.visible_to(member).order_by("pk").values_list("pk", flat=True)[:5_000]
    )
    _store(Referral, _referrals(member, mine, people, referrals, chance, today))
    _store(Help, _help(member, mine, chance, today))


def _partners(member: Member, many: int, today: date) -> list[Relationship]:
    found = list(Relationship.objects.visible_to(member).led_by(member).order_by("pk")[:many])
    free = Person.objects.visible_to(member).filter(relationship=None).order_by("pk")
    people = list(free[: many - len(found)])
    while len(found) + len(people) < many:
        people.append(makers.a_person(member, f"Partner {len(people)}"))
    rows = [
        Relationship(
            workspace_id=member.workspace_id,
            person=person,
            main_contact=member,
            stage="referral_partner",
            begun_on=today - timedelta(days=DAYS),
        )
        for person in people
    ]
    return found + Relationship.objects.bulk_create(rows, BATCH)


def _referrals(
    member: Member,
    partners: list[Relationship],
    people: list[int],
    many: int,
    chance: Random,
    today: date,
) -> Iterator[Referral]:
    for number in range(many):
        begun = today - timedelta(days=DAYS - number * DAYS // many)
        # Those of the last two months are still under way.
        recent = (today - begun).days < 60
        state = _BEGUN[number % 7] if recent else _ENDS[chance.randrange(len(_ENDS))]
        one = partners[number % len(partners)]
        third = chance.choice(partners) if number % 25 == 0 else None
        yield _referral(
            member, one, state, begun, chance, today,
            person_id=people[number * 31 % len(people)] if people else None,
            third=third if third != one else None,
            third_is=chance.choice(_PARTS) if third not in (None, one) else "",
        )  # fmt: skip


def _referral(
    member: Member,
    one: Relationship,
    state: State,
    begun: date,
    chance: Random,
    today: date,
    **fields: Any,
) -> Referral:
    def later(on: date, most: int) -> date:
        return min(on + timedelta(days=chance.randrange(most)), today)

    given = chance.random() < 0.5
    outcome = State.WON if state == State.THANKED else state
    ended = outcome if state not in _BEGUN and state != State.DECLINED else ""
    days: dict[str, date] = {}
    order = ("introduced", "contacted", "met", "quoted")
    steps = {
        State.INTRODUCED: 1, State.CONTACTED: 2, State.MET: 3, State.NO_ANSWER: 1, State.DUD: 2
    }.get(outcome, 4)  # fmt: skip
    if state in BEFORE or state == State.DECLINED:
        steps = 0
    last = begun
    for name in order[:steps]:
        last = days[f"{name}_on"] = later(last, 6)
    if ended or state == State.DECLINED:
        last = days["outcome_on"] = later(last, 60)
    if ended and chance.random() < 0.7:
        days["feedback_on"] = later(last, 20)
    if state == State.THANKED:
        last = days["thanked_on"] = later(last, 20)
    agreed = state not in BEFORE and state != State.DECLINED
    worth = outcome == State.WON and chance.random() < 0.9
    return Referral(
        workspace_id=member.workspace_id,
        relationship=one,
        direction="given" if given else "received",
        member=member,
        need=" ".join(chance.choices(WORDS, k=7)).capitalize(),
        stated_on=begun,
        heat=chance.randrange(1, 6),
        value_minor=chance.randrange(5_000, 900_000) if worth else None,
        currency=("EUR" if chance.random() < 0.1 else "GBP") if worth else "",
        state=state,
        state_on=last,
        outcome=ended,
        receiver_answer="yes" if agreed else "",
        prospect_answer="yes" if agreed else "no" if state == State.DECLINED else "",
        **days,
        **fields,
    )


def _help(
    member: Member, partners: list[Relationship], chance: Random, today: date
) -> Iterator[Help]:
    for number in range(TURNS):
        yield Help(
            workspace_id=member.workspace_id,
            relationship=partners[number % len(partners)],
            direction="given" if number % 2 else "received",
            text=" ".join(chance.choices(WORDS, k=5)).capitalize(),
            on=today - timedelta(days=chance.randrange(DAYS)),
            by=member,
        )
