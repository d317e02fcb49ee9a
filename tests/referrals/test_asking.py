"""What referrals bring to the questions of a meeting."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from tests.meetings.cast import anwen
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.meetings.asking import standing
from touchline.meetings.asking.answering import answer
from touchline.meetings.asking.choosing import choice
from touchline.meetings.models import NoteKind, Outcome
from touchline.playbook.situation import Chosen
from touchline.referrals.entering import enter_history
from touchline.referrals.states import Direction, State
from touchline.relationships.models import Relationship

NEEDED = "A lease to be read before it is signed"


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    """A partner met thirty days ago, and to be met as referral partners in two days."""
    made = anwen(alice)
    today = alice.today()
    for ago in (90, 60, 30):
        makers.a_one_to_one(made, alice, today - timedelta(days=ago), state="held")
    makers.a_one_to_one(made, alice, today + timedelta(days=2), kind="referral_partner")
    return made


def asked(relationship: Relationship, member: Member) -> dict[str, Chosen]:
    found = choice(relationship, member, today=member.today())
    every: Iterable[Chosen] = (*found.chosen, *found.others)
    return {one.key: one for one in every}


@pytest.mark.parametrize("state", [State.WON, State.LOST, State.DUD, State.NOT_YET])
def test_an_outcome_since_we_met_is_asked_after(
    alice: Member, relationship: Relationship, state: str
) -> None:
    assert "referrals-2" not in asked(relationship, alice)
    made = a_referral(relationship, alice, state=state, on=alice.today() - timedelta(days=20))
    found = asked(relationship, alice)["referrals-2"]
    said = State(state).label.lower()
    assert found.text.startswith(f"“Tom Hart: {NEEDED}, {said}”.")
    assert found.about == f"referral:{made.pk}:{state}"
    assert found.why.startswith(f"It was put down as {said} on ")


def test_what_we_have_spoken_of_is_not_asked_after_again(
    alice: Member, relationship: Relationship
) -> None:
    today = alice.today()
    a_referral(relationship, alice, state=State.WON, on=today - timedelta(days=80))
    enter_history(alice, relationship, Direction.GIVEN, need="An old one", days={
        State.INTRODUCED: today - timedelta(days=9), State.WON: today - timedelta(days=3),
    })  # fmt: skip
    assert "referrals-2" not in asked(relationship, alice)
    a_referral(relationship, alice, state=State.WON, on=today - timedelta(days=20), person="Una")
    found = asked(relationship, alice)["referrals-2"]
    answer(relationship, alice, prompt=found.key, about=found.about, outcome=Outcome.ANSWERED,
           on=today - timedelta(days=1), one_to_one=None)  # fmt: skip
    assert "referrals-2" not in asked(relationship, alice)


def test_the_newest_that_was_passed_comes_before_ideas(
    alice: Member, relationship: Relationship
) -> None:
    first = relationship.one_to_ones.took_place().first()
    makers.a_note(relationship, alice, "Sam for the barn", kind=NoteKind.IDEA, one_to_one=first)
    a_referral(relationship, alice, state=State.ASKING, person="Una Secret")
    assert "“Sam for the barn”" in asked(relationship, alice)["referrals-1"].text
    today = alice.today()
    for name, ago in (("Tom Hart", 20), ("Ida Rowe", 40)):
        a_referral(relationship, alice, Direction.RECEIVED, state=State.CONTACTED, person=name,
                   on=today - timedelta(days=ago))  # fmt: skip
    assert f"“Tom Hart: {NEEDED}”" in asked(relationship, alice)["referrals-1"].text
    assert all("Secret" not in one.text for one in asked(relationship, alice).values())


def test_another_partner_s_and_a_stranger_s_are_not_asked_about(
    alice: Member, stranger: Member, relationship: Relationship
) -> None:
    for member in (alice, stranger):
        other = makers.a_relationship(member, makers.a_person(member, "Ruth Abel"))
        a_referral(other, member, state=State.WON, on=member.today() - timedelta(days=20))
    found = asked(relationship, alice)
    assert not {"referrals-1", "referrals-2"} & found.keys()


def test_only_a_placeholder_that_there_is_can_be_filled() -> None:
    def source(_: Any) -> None:
        return None

    with pytest.raises(ValueError, match="last_referral"):
        standing.filled_by("full_moon", source)
