"""The clocks: what is due on a referral, whose it is, from when on; and the words for it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.meetings.cast import anwen
from tests.referrals.cast import TODAY, ago, followed
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.playbook.clocks import Clocks
from touchline.referrals.clocks import rows as clock_rows
from touchline.referrals.clocks.clocks import Clock, Followed, clocks, due
from touchline.referrals.clocks.words import shown, words
from touchline.referrals.entering import enter_history
from touchline.referrals.learning.debriefing import learn, leave, told
from touchline.referrals.models import Referral
from touchline.referrals.states import (
    DEBRIEFED,
    OUTCOMES,
    STATES,
    UNDER_WAY,
    Direction,
    State,
)
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
DAYS = Clocks()
GIVEN, RECEIVED = Direction.GIVEN, Direction.RECEIVED


def found(of: Followed, days: Clocks = DAYS) -> dict[str, Clock]:
    return {one.kind: one for one in clocks(of, days, TODAY)}


# What a referral is, and what of it is due: mine or theirs, and in so many days from today.
TABLE: list[tuple[Followed, dict[str, tuple[bool, int]]]] = [
    (followed(state=State.IDEA), {}),
    (followed(state=State.ASKING), {}),
    (followed(state=State.DECLINED), {}),
    (followed(state=State.AGREED), {"introduce": (True, -10)}),
    (followed(RECEIVED, State.AGREED), {"introduce": (False, -10)}),
    (followed(state=State.AGREED, silent=True), {}),
    (followed(), {"contact": (False, -9), "checked": (True, 0), "feedback": (False, 4)}),
    (followed(RECEIVED), {"contact": (True, -9), "thanks": (True, -8), "feedback": (True, 4)}),
    (followed(RECEIVED, silent=True), {"thanks": (True, -8), "feedback": (True, 4)}),
    (followed(state=State.MET, checked_on=ago(1)), {"feedback": (False, 4)}),
    (followed(state=State.MET, checked_on=ago(1), feedback_on=ago(1)), {}),
    (
        followed(RECEIVED, State.CONTACTED, thanked_on=ago(9), feedback_on=ago(1), material="Plan"),
        {"material": (True, -3)},
    ),
    (followed(RECEIVED, State.QUOTED, thanked_on=ago(9), feedback_on=ago(1), material="Plan",
              material_on=ago(5)), {}),
    (
        followed(state=State.QUOTED, checked_on=ago(1), feedback_on=ago(1), material="The plan"),
        {"material": (False, -3)},
    ),
    # Feedback from before the outcome says nothing of the outcome; that it is not yet is no news.
    (
        followed(state=State.WON, feedback_on=ago(5)),
        {"thanks": (False, 0), "feedback": (False, 5), "debrief": (True, 5)},
    ),
    (followed(state=State.NOT_YET, feedback_on=ago(5)), {}),
    (followed(state=State.NOT_YET), {"feedback": (False, 5)}),
    (followed(RECEIVED, State.NOT_YET, thanked_on=ago(9)), {"feedback": (True, 5)}),
    # Thanks once more where business came of it, else where they were never said.
    (
        followed(RECEIVED, State.WON, thanked_on=ago(9), feedback_on=ago(2), told=State.WON),
        {"thanks": (True, 0)},
    ),
    (followed(RECEIVED, State.LOST, thanked_on=ago(9), feedback_on=ago(2), told=State.LOST), {}),
    (
        followed(RECEIVED, State.DUD, feedback_on=ago(2), told=State.DUD),
        {"thanks": (True, -8)},
    ),
    (followed(state=State.LOST, feedback_on=ago(2)), {"debrief": (True, 5)}),
    # What was said of another outcome counts no more; what is undecided waits.
    (followed(state=State.LOST, feedback_on=ago(1), told=State.WON), {"debrief": (True, 5)}),
    (
        followed(state=State.DUD, feedback_on=ago(1), told=State.DUD, undecided=True),
        {"debrief": (True, 5)},
    ),
    (followed(state=State.NO_ANSWER, feedback_on=ago(1)), {}),
    # One without an answer that was never passed has nothing to be told of.
    (followed(state=State.NO_ANSWER, introduced_on=None), {}),
    # Thanks close it, but for what it teaches.
    (followed(RECEIVED, State.THANKED), {"debrief": (True, 5)}),
    (followed(RECEIVED, State.THANKED, told=State.WON), {}),
]  # fmt: skip


@pytest.mark.parametrize(("of", "expected"), TABLE)
def test_what_is_due_and_whose(of: Followed, expected: dict[str, tuple[bool, int]]) -> None:
    assert {
        kind: (one.mine, (one.due_on - TODAY).days) for kind, one in found(of).items()
    } == expected


@pytest.mark.parametrize("of", [of for of, _ in TABLE])
def test_each_is_done_by_a_step_that_its_state_allows(of: Followed) -> None:
    for kind, one in found(of).items():
        if kind == "debrief":
            assert one.step == ""
        else:
            assert STATES.allows(one.step.partition(":")[0], of.state)


@pytest.mark.parametrize("of", [of for of, _ in TABLE])
def test_words_go_to_one_person_who_knows_of_it(of: Followed) -> None:
    for kind, one in found(of).items():
        messages = words(one, "Bea Low")
        by_page = kind == "debrief" or (kind == "introduce" and one.mine)
        assert bool(messages) is not by_page
        for message in messages:
            assert message.to in ("Ann", "Tom")
            assert message.text.startswith(f"Hello {message.to},\n\n")
            assert message.text.endswith("\n\nBea Low")
            assert (
                "Tom" in message.text
                if message.to == "Ann"
                else "Ann" in message.text or (kind == "material")
            )
            assert "\n" not in message.mailto
            assert "%0D%0A" in message.mailto


@pytest.mark.parametrize("key", ["introduce", "contact", "material", "checked", "thanks"])
@pytest.mark.parametrize("days", [0, 30])
def test_each_runs_as_long_as_the_playbook_says(key: str, days: int) -> None:
    direction = RECEIVED if key == "thanks" else GIVEN
    of = followed(direction, State.AGREED if key == "introduce" else State.INTRODUCED,
                  material="The plan")  # fmt: skip
    one = found(of, Clocks(**{key: days}))[key]
    assert one.due_on - one.since == timedelta(days=days)
    assert one.is_late(TODAY) is (days == 0)


def test_feedback_we_owe_runs_as_that_owed_to_us() -> None:
    for state in (*UNDER_WAY, *OUTCOMES):
        given_one = found(followed(GIVEN, state))["feedback"]
        received = found(followed(RECEIVED, state))["feedback"]
        assert (given_one.due_on, given_one.step) == (received.due_on, received.step)
        assert (given_one.mine, received.mine) == (False, True)
        assert (given_one.verb, received.verb) == ("Heard", "Told")


def test_sentences() -> None:
    said = {
        one.text
        for of in (
            followed(), followed(RECEIVED), followed(RECEIVED, State.WON),
            followed(state=State.LOST, told=State.LOST, undecided=True),
            followed(state=State.DUD), followed(state=State.AGREED),
            followed(state=State.MET, material="The plan."),
        )
        for one in clocks(of, DAYS, TODAY)
    }  # fmt: skip
    assert said >= {
        "Introduce Ann and Tom Hart",
        "Ann is to contact Tom Hart",
        "Contact Tom Hart",
        "Ask Ann and Tom Hart how it goes",
        "Ann is to send Tom Hart what was promised: The plan",
        "Thank Ann for introducing Tom Hart",
        "Thank Ann: it became business with Tom Hart",
        "Tell Ann how it goes with Tom Hart",
        "Tell Ann how it went with Tom Hart",
        "Ann is to tell you how it goes with Tom Hart",
        "Decide on what Tom Hart taught",
        "Say what Tom Hart taught: it was a dud",
    }


@pytest.mark.parametrize(
    ("of", "kinds"),
    [
        # Of what was before only what falls due from today on.
        (followed(RECEIVED, State.CONTACTED, is_history=True), {"feedback"}),
        (followed(RECEIVED, State.WON, is_history=True, thanked_on=ago(9)), {"thanks", "feedback"}),
        (followed(RECEIVED, State.WON, is_history=True, outcome_on=ago(900)), set()),
        # What starts with a step taken since is followed like any other.
        (
            followed(RECEIVED, State.WON, is_history=True, introduced_on=ago(900),
                     outcome_on=ago(20), thanked_on=ago(899), taken_up=ago(20)),
            {"thanks", "feedback"},
        ),
    ],
)  # fmt: skip
def test_history_is_not_late_for_what_was_before(of: Followed, kinds: set[str]) -> None:
    assert found(of).keys() == kinds


days = st.one_of(st.none(), st.dates(ago(400), TODAY))
any_followed = st.builds(
    followed,
    st.sampled_from(Direction.values),
    st.sampled_from(State.values),
    agreed_on=days, introduced_on=days, outcome_on=days, thanked_on=days, feedback_on=days,
    material=st.sampled_from(["", "The plan"]), material_on=days, checked_on=days,
    is_history=st.booleans(), taken_up=days, silent=st.sampled_from([None, True, False]),
    person=st.sampled_from([None, "Tom Hart"]), company=st.sampled_from([None, "Hart Foods"]),
    told=st.sampled_from([None, *DEBRIEFED]), undecided=st.booleans(),
)  # fmt: skip
lengths = st.builds(Clocks, *[st.integers(0, 365)] * 8)


@given(st.lists(any_followed, max_size=6), lengths)
def test_whatever_the_referrals(rows: list[Followed], each: Clocks) -> None:
    near = due(rows, each, TODAY)
    assert [not one.mine for one in near] == sorted(not one.mine for one in near)
    for mine in (True, False):
        on = [one.due_on for one in near if one.mine is mine]
        assert on == sorted(on)
    assert all(one.due_on <= TODAY + timedelta(days=7) for one in near)
    for row in rows:
        every = clocks(row, each, TODAY)
        assert len({one.kind for one in every}) == len(every), "each once"
        for one in every:
            assert one in near or one.due_on > TODAY + timedelta(days=7)
            assert one.since <= one.due_on
            assert row.state != State.THANKED or one.kind == "debrief"
            assert not row.is_history or one.kind != "debrief"
            assert not one.text.endswith(".")
            assert words(one, "Bea") or not one.step or one.step == "introduce"


@given(any_followed, lengths)
def test_what_is_said_is_not_due_again(row: Followed, each: Clocks) -> None:
    said = row._replace(
        feedback_on=TODAY, material_on=TODAY, checked_on=TODAY, told=row.outcome, undecided=False
    )
    kinds = {one.kind for one in clocks(said, each, TODAY)}
    assert not kinds & {"feedback", "material", "checked", "debrief"}


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return anwen(alice)


def of_alice(alice: Member) -> list[tuple[int, str]]:
    rows = clock_rows.of_member(alice, alice.today())
    return [(one.referral, one.kind) for one in shown(rows, DAYS, "Alice", alice.today())]


@pytest.mark.parametrize("direction", Direction.values)
@pytest.mark.parametrize("state", [one for one in State if one != State.THANKED])
def test_a_page_and_the_list_see_the_same(
    alice: Member, relationship: Relationship, direction: str, state: str
) -> None:
    """What is loaded for Today, for the brief and for the record has the same clocks."""
    if state == State.DECLINED or (direction == RECEIVED and state == State.NO_ANSWER):
        made = a_referral(relationship, alice, direction, state=State.INTRODUCED)
    else:
        made = a_referral(relationship, alice, direction, state=state)
    one = Referral.objects.select_related("relationship__person", "person", "company").get(
        pk=made.pk
    )
    page = clock_rows.of_one(one, list(one.steps.all()), told(one))
    assert clock_rows.of_partner(relationship.pk, date.min) == [page]
    loaded = clock_rows.of_member(alice, alice.today())
    if clocks(page, DAYS, alice.today()):
        assert loaded == [page]


def test_only_one_s_own_and_nothing_of_people_who_are_gone(
    alice: Member, stranger: Member, relationship: Relationship
) -> None:
    made = a_referral(relationship, alice, RECEIVED, state=State.WON)
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol")
    assert (made.pk, "feedback") in of_alice(alice)
    assert not of_alice(carol)
    assert not of_alice(stranger)
    relationship.person.delete_by(alice)
    assert not of_alice(alice)


def test_what_is_settled_or_has_rested_for_a_year_is_not_loaded(
    alice: Member, relationship: Relationship
) -> None:
    today = alice.today()
    won = a_referral(relationship, alice, RECEIVED, state=State.WON)
    a_referral(relationship, alice, state=State.CONTACTED, on=today - timedelta(days=400),
               person="Uma Old")  # fmt: skip
    assert {one.key for one in clock_rows.of_member(alice, today)} == {won.pk}
    won.tell(alice, "feedback", on=today)
    won.thank(alice, on=today)
    debrief = learn(alice, won, outcome="won", reason="phrase", line="We sign on Friday")
    for one in debrief.proposals.all():
        leave(alice, won, one)
    assert clock_rows.of_member(alice, today) == []


def test_history_taken_up_again_counts_from_there(
    alice: Member, relationship: Relationship
) -> None:
    today = alice.today()
    made = enter_history(
        alice, relationship, RECEIVED, need="A lease to be read",
        days={State.INTRODUCED: today - timedelta(days=100)},
    )  # fmt: skip
    assert not of_alice(alice)
    made.win(alice, on=today - timedelta(days=9))
    assert of_alice(alice) == [(made.pk, "feedback")]
    [row] = clock_rows.of_member(alice, today)
    assert row.taken_up == today - timedelta(days=9)
    made.go_back(alice, reason="It was another one")
    assert not of_alice(alice)


def test_loaded_in_one_query(alice: Member, relationship: Relationship) -> None:
    for number in range(8):
        a_referral(relationship, alice, RECEIVED, state=State.WON, person=f"Person {number}")
    clock_rows.of_member(alice, alice.today())
    with CaptureQueriesContext(connection) as queries:
        assert len(clock_rows.of_member(alice, alice.today())) == 8
        assert len(clock_rows.of_partner(relationship.pk, date.min)) == 8
    assert len(queries) == 2


def test_the_record_shows_what_is_due_with_its_words(
    alice: Member, bob: Member, relationship: Relationship, browser: Browser
) -> None:
    made = a_referral(relationship, alice, RECEIVED, state=State.CONTACTED)
    path = made.get_absolute_url()
    page = browser(alice).get(path)
    kinds = [one.kind for one in page.context["dues"]]
    assert sorted(kinds) == ["feedback", "thanks"]
    text = page.content.decode()
    assert "Tell Anwen how it goes with Tom Hart" in text
    assert "Hello Anwen,\n\nA word on Tom: we have spoken." in text
    client = browser(alice)
    posted = {"step": "tell:feedback", "seen": made.version, "back": path, "once": "a"}
    assert client.post(f"{path}steps/", posted).status_code == 303
    assert "Tell Anwen how it goes" not in client.get(path).content.decode()
    seen = browser(bob).get(path).content.decode()
    assert "Thank Anwen" in seen
    assert "dues__tap" not in seen
