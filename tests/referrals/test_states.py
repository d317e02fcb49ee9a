"""Where a referral may stand: the table, and the verbs against it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.models import Referral
from touchline.referrals.states import BEFORE, CLOSED, OUTCOMES, STATES, UNDER_WAY, State

pytestmark = pytest.mark.django_db


@given(st.lists(st.sampled_from(sorted(STATES.table)), max_size=12))
def test_no_way_leads_round_the_consents(verbs: list[str]) -> None:
    """A referral given is never past the introduction without having been agreed."""
    state, been = str(State.IDEA), {str(State.IDEA)}
    for verb in verbs:
        if verb != "receive" and STATES.allows(verb, state):
            state = STATES.after(verb, state)
            been.add(state)
    if state in (*UNDER_WAY, *OUTCOMES, State.THANKED) and state != State.NO_ANSWER:
        assert State.AGREED in been or State.NO_ANSWER in been
    if been & set(UNDER_WAY):
        assert State.AGREED in been


def test_every_state_is_one_of_a_group() -> None:
    grouped = {*BEFORE, *UNDER_WAY, *OUTCOMES, *CLOSED}
    assert grouped == set(State) == STATES.states


@pytest.mark.parametrize(
    ("direction", "state"),
    [
        (direction, state)
        for direction in ("given", "received")
        for state in State.values
        # Before it is passed on, a no is the giver’s to hear.
        if (direction, state) != ("received", State.DECLINED)
    ],
)
def test_each_state_is_reached_and_gone_back_from(
    alice: Member, state: str, direction: str
) -> None:
    partner = makers.a_relationship(alice, "Ann Lee")
    made = a_referral(partner, alice, direction, state=state)
    assert made.state == state
    while made.steps.filter(gone_back_on=None).exclude(verb="begin").exists():
        made.go_back(alice, reason="Entered by mistake")
    assert made.state == State.IDEA
    assert made.introduced_on is made.outcome_on is None
    assert Referral.objects.get(pk=made.pk).state == State.IDEA


def test_two_tabs_take_one_step(alice: Member) -> None:
    partner = makers.a_relationship(alice, "Ann Lee")
    made = a_referral(partner, alice, state="introduced")
    other = Referral.objects.get(pk=made.pk)
    seen, today = made.version, alice.today()
    made.contact(alice, on=today, seen=seen)
    with pytest.raises(Refused, match="contacted"):
        Referral.objects.get(pk=made.pk).contact(alice, on=today, seen=seen)
    with pytest.raises(Refused, match="has changed since"):
        Referral.objects.get(pk=made.pk).meet(alice, on=today, seen=seen)
    with pytest.raises(Refused, match="contacted"):
        other.contact(alice, on=today)


def test_one_that_is_deleted_meanwhile_takes_no_step(alice: Member) -> None:
    made = a_referral(makers.a_relationship(alice, "Ann Lee"), alice)
    other, again = Referral.objects.get(), Referral.objects.get()
    other.ask(alice, "receiver", on=alice.today())
    with pytest.raises(Refused, match="just changed"):
        made.delete_by(alice)
    other.go_back(alice, reason="Not yet")
    Referral.objects.get().delete_by(alice)
    with pytest.raises(Refused, match="just deleted this referral"):
        again.ask(alice, "receiver", on=alice.today())


def test_a_step_is_neither_ahead_nor_before_the_last(alice: Member) -> None:
    partner = makers.a_relationship(alice, "Ann Lee")
    made = a_referral(partner, alice, state="introduced")
    with pytest.raises(Refused, match="still to come"):
        made.contact(alice, on=alice.today() + timedelta(days=1))
    with pytest.raises(Refused, match="can’t be earlier"):
        made.contact(alice, on=made.introduced_on - timedelta(days=1))


@pytest.mark.parametrize("verb", ["contact", "meet", "quote"])
def test_a_first_day_stays_when_it_is_taken_up_again(alice: Member, verb: str) -> None:
    one = makers.a_relationship(alice, makers.a_person(alice, "Ann Pole"))
    long_ago = alice.today() - timedelta(days=90)
    referral = a_referral(one, alice, state=State.INTRODUCED, on=long_ago)
    first, later = referral.state_on + timedelta(days=5), alice.today()
    column = {"contact": "contacted_on", "meet": "met_on", "quote": "quoted_on"}[verb]
    getattr(referral, verb)(alice, on=first)
    referral.end_as(alice, "postpone", on=first + timedelta(days=10))
    getattr(referral, verb)(alice, on=later)
    referral.refresh_from_db()
    assert (getattr(referral, column), referral.state_on) == (first, later)
    referral.go_back(alice, reason="A slip")
    referral.refresh_from_db()
    assert (referral.state, getattr(referral, column)) == (State.NOT_YET, first)
    referral.go_back(alice, reason="That too")
    referral.go_back(alice, reason="And that")
    assert (referral.state, getattr(referral, column)) == (State.INTRODUCED, None)
