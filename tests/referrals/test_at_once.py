"""Two who change one referral at the same moment, on the database that lets both begin."""

from datetime import date

import pytest
from django.db import connection

from tests.at_once import at_once
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.models import Referral, Step
from touchline.referrals.states import State

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite takes its write lock at the start"
    ),
]
ROUNDS = 5


@pytest.fixture
def member() -> Member:
    return makers.a_member(makers.a_workspace(), "alice@example.org", "Alice Hill", Role.OWNER)


@pytest.fixture
def today(member: Member) -> date:
    return member.today()


def two_tabs(member: Member, state: str = "idea") -> tuple[Referral, Referral]:
    """Return one referral as two tabs have read it."""
    partner = makers.a_relationship(member, "Ann Lee")
    made = a_referral(partner, member, state=state)
    return Referral.objects.get(pk=made.pk), Referral.objects.get(pk=made.pk)


def test_both_consents_at_once_are_put_down_one_after_the_other(
    member: Member, today: date
) -> None:
    for _ in range(ROUNDS):
        one, other = two_tabs(member)
        came = at_once(
            lambda one=one: one.answer(member, "receiver", "yes", on=today),
            lambda other=other: other.answer(member, "prospect", "yes", on=today),
        )
        assert sorted(each == "done" for each in came) == [False, True], came
        found = Referral.objects.get(pk=one.pk)
        assert found.state == State.ASKING
        assert sorted([found.receiver_answer, found.prospect_answer]) == ["", "yes"]


def test_a_yes_never_lands_on_somebody_else(member: Member, today: date) -> None:
    eve = makers.a_person(member, "Eve Moss")
    for _ in range(ROUNDS):
        one, other = two_tabs(member)
        at_once(
            lambda one=one: one.answer(member, "prospect", "yes", on=today),
            lambda other=other: other.change(member, person=eve),
        )
        found = Referral.objects.get(pk=one.pk)
        assert (found.person == eve) != (found.prospect_answer == "yes")


def test_what_is_deleted_meanwhile_takes_no_step(member: Member, today: date) -> None:
    for _ in range(ROUNDS):
        one, other = two_tabs(member)
        came = at_once(
            lambda one=one: one.ask(member, "receiver", on=today),
            lambda other=other: other.delete_by(member),
        )
        assert "done" in came
        assert all(came), came
        there = Referral.objects.filter(pk=one.pk).exists()
        assert there == Step.objects.filter(referral=one.pk).exists()
        assert came.count("done") == 1, came
