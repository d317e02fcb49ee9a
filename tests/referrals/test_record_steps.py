"""What may be said of a referral in each state, and what comes next: against the one table."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.states import BEFORE, CLOSED, STATES, State
from touchline.referrals.stepping import Standing, Step, awaited, steps
from touchline.referrals.story import story
from touchline.referrals.taking import standing_of, take

ANSWERS = st.sampled_from(["", "yes"])
STANDINGS = st.builds(
    Standing,
    state=st.sampled_from(State.values),
    given=st.booleans(),
    partner=st.just("Ann"),
    prospect=st.just("Tom"),
    known=st.booleans(),
    silent=st.booleans(),
    receiver_asked=st.booleans(),
    receiver_answer=ANSWERS,
    prospect_asked=st.booleans(),
    prospect_answer=ANSWERS,
    thanked=st.booleans(),
    told=st.frozensets(st.sampled_from(["feedback", "material", "checked"])),
    material=st.sampled_from(["", "The brochure"]),
).map(
    # Two yeses are what *agreed* is, whatever was drawn.
    lambda at: (
        replace(at, receiver_answer="yes", prospect_answer="yes")
        if at.state == State.AGREED
        else replace(at, prospect_answer="")
        if at.state in BEFORE
        else at
    )
)
AT = Standing(state=State.IDEA, given=True, partner="Ann", prospect="Tom")


@given(STANDINGS)
def test_the_table_allows_all_that_is_offered(at: Standing) -> None:
    offered = steps(at)
    assert len({step.key for step in offered.all}) == len(offered.all)
    for step in offered.all:
        verb, _, about = step.key.partition(":")
        assert STATES.allows({"yes": "ask", "no": "decline"}.get(verb, verb), at.state), step
        assert step.label
        assert awaited(step.key, at)
        if about == "prospect":
            assert at.known
            assert not at.silent
    if at.silent:
        assert "introduce" not in {step.key for step in offered.all}


@given(STANDINGS)
def test_something_comes_next_or_it_is_said_why_not(at: Standing) -> None:
    offered = steps(at)
    if offered.next is None:
        assert at.state in CLOSED or at.silent or not at.known
    assert offered.why


@pytest.mark.parametrize(
    ("at", "key", "label"),
    [
        (AT, "ask:receiver", "I have asked Ann"),
        (replace(AT, state="asking", receiver_asked=True), "yes:receiver", "Ann says yes"),
        (replace(AT, state="asking", receiver_answer="yes"), "ask:prospect", "I have asked Tom"),
        (
            replace(AT, state="asking", receiver_answer="yes", prospect_asked=True),
            "yes:prospect",
            "Tom says yes",
        ),
        (
            replace(AT, state="agreed", receiver_answer="yes", prospect_answer="yes"),
            "introduce",
            "I have introduced them",
        ),
        (replace(AT, state="introduced"), "contact", "Ann has contacted Tom"),
        (replace(AT, state="contacted"), "meet", "They have met"),
        (replace(AT, state="met"), "quote", "Ann has made a quote"),
        (replace(AT, state="quoted"), "win", "It became business"),
        (replace(AT, state="won"), "thank", "Ann has thanked me"),
        (replace(AT, state="won", thanked=True), "thank", "Close it"),
        (replace(AT, state="not_yet"), "contact", "Ann has contacted Tom"),
        (replace(AT, given=False), "receive", "Ann has introduced us"),
        (replace(AT, given=False, state="introduced"), "contact", "I have contacted Tom"),
        (replace(AT, given=False, state="dud"), "thank", "I have thanked Ann"),
    ],
)
def test_what_comes_next(at: Standing, key: str, label: str) -> None:
    step = steps(at).next
    assert step is not None
    assert (step.key, step.label) == (key, label)


def test_what_is_done_or_the_other_sides_is_not_offered() -> None:
    under_way = replace(AT, state="met", thanked=True, told=frozenset({"feedback"}))
    keys = {step.key for step in steps(under_way).all}
    assert keys & {"thank", "tell:feedback", "tell:material", "contact", "receive"} == set()
    assert "tell:checked" in keys
    received = {step.key for step in steps(replace(under_way, given=False)).all}
    assert "tell:checked" not in received
    assert "tell:material" in {s.key for s in steps(replace(under_way, material="A plan")).all}


@pytest.mark.django_db
@pytest.mark.parametrize("direction", ["given", "received"])
@pytest.mark.parametrize("state", State.values)
def test_each_step_that_is_offered_can_be_taken(alice: Member, state: str, direction: str) -> None:
    """The model refuses none of them, from every state, in both directions."""
    if (direction, state) == ("received", State.DECLINED):
        return
    partner = makers.a_relationship(alice, "Ann Lee")
    made = a_referral(partner, alice, direction, state=state, material="The brochure")
    for step in steps(standing_of(made)).all:
        made.refresh_from_db()
        before = made.version
        take(made, alice, step.key, on=alice.today(), said="A line", how="phone", gaps=[])
        assert made.version == before + 1, step
        assert story(made.steps.all(), standing_of(made), {})[-1].here
        made.go_back(alice, reason="Only tried out")
        assert made.state == state
    if state in BEFORE:
        assert steps(standing_of(made)).next


@pytest.mark.django_db
def test_what_is_no_step_is_refused(alice: Member) -> None:
    made = a_referral(makers.a_relationship(alice, "Ann Lee"), alice)
    for key in ("", "sell", "ask:", "ask:nobody", "tell:lies", "yes:", "no:everybody"):
        with pytest.raises(Refused):
            take(made, alice, key, on=alice.today())
    assert made.steps.count() == 1


@pytest.mark.django_db
def test_the_story_says_who_said_what_and_what_was_taken_back(alice: Member) -> None:
    partner = makers.a_relationship(alice, "Ann Lee")
    today = alice.today()
    made = a_referral(partner, alice, on=today - timedelta(days=9))
    take(made, alice, "ask:receiver", on=today, how="mail")
    take(made, alice, "yes:receiver", on=today, how="phone")
    take(made, alice, "no:prospect", on=today)
    made.go_back(alice, reason="It was another Tom")
    told = story(made.steps.all(), standing_of(made), {"receiver": made.receiver_how})
    assert [one.text for one in told] == [
        "The idea", "I have asked Ann, on the phone", "Ann says yes, on the phone", "Tom says no",
    ]  # fmt: skip
    assert told[-1].gone_back_reason == "It was another Tom"
    assert [one.here for one in told] == [False, False, True, False]


def test_nothing_is_asked_of_what_was_over_before() -> None:
    won = replace(AT, state="won", is_history=True)
    assert steps(won).next is None
    assert "thank" in {step.key for step in steps(won).others}
    assert steps(replace(won, is_history=False)).next == Step("thank", "Ann has thanked me")
