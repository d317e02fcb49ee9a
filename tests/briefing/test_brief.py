"""The brief: arranged purely, and loaded through what the member may see."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.briefing.loading import brief_for
from touchline.briefing.preparing import prepare, promise_words
from touchline.briefing.story import (
    Earlier,
    Item,
    Meeting,
    Promised,
    Said,
    Story,
)
from touchline.briefing.text import to_json, to_markdown
from touchline.demo import makers
from touchline.meetings import capturing
from touchline.meetings.asking.rows import FactRow
from touchline.meetings.models import State
from touchline.playbook.playbook import parse, shipped

TODAY = date(2026, 11, 19)
PLAYBOOK = parse(shipped())


def known(
    topic: str,
    text: str,
    said_by: str,
    on: date,
    confirmed_on: date,
    dated_on: date | None = None,
    yearly: bool = False,
) -> FactRow:
    """Make a fact outside any meeting, on no slot."""
    return FactRow(0, None, topic, "", None, text, said_by, on, confirmed_on, dated_on, yearly)


STORY = Story(
    name="Anwen Pritchard",
    first="Anwen",
    what="Partner, Pritchard Lloyd",
    took_place=2,
    meeting=Meeting(
        "referral_partner", datetime(2026, 11, 19, 11, 30, tzinfo=UTC), 60, "The Boathouse", "", 15
    ),
    last=Earlier(date(2026, 9, 24), "The Boathouse", ("Lowri becomes second partner in April",)),
    promises=(
        Promised(True, "Ask Martin to speak", TODAY, "open"),
        Promised(False, "Introduce Glyn Parry", TODAY - timedelta(days=9), "open"),
        Promised(False, "Send the page", date(2026, 10, 9), "kept", date(2026, 10, 2)),
    ),
    items=(
        Item(False, "How you would work with Lowri", TODAY),
        Item(True, "Her words of introduction", date(2026, 9, 24)),
    ),
    facts=(
        known("family", "Her mother lives in the annexe", "them", TODAY, TODAY),
        known("interests", "Sings alto", "them", date(2025, 9, 1), date(2025, 9, 1)),
    ),
    since=(Said(date(2026, 10, 30), "Her mother has just moved in"),),
    covered={"referral_partner": {"family"}},
    they_expect="A name a month",
    we_expect="",
    next_kind="referral_partner",
)


def test_a_full_story() -> None:
    brief = prepare(STORY, PLAYBOOK, TODAY)
    assert brief.position_words == "Third one-to-one"
    assert brief.when == "11:30 to 12:30 today"
    assert brief.leave_by == "15 min away: leave by 11:15"
    assert brief.lead == ("You still owe: ask Martin to speak. Her mother has just moved in.")
    owed = prepare(replace(STORY, promises=STORY.promises[1:]), PLAYBOOK, TODAY)
    assert owed.lead.startswith("Still owed to you: introduce Glyn Parry, 9 days over. ")
    assert [(line.text, line.words) for line in brief.theirs] == [
        ("Introduce Glyn Parry", "9 days over"),
        ("Send the page", "kept on 2 October"),
    ]
    assert [item.carried for item in brief.i_want] == ["carried over from September"]
    assert "Family" not in brief.topics_open
    assert brief.topics_open[0] == "Referrals in flight"
    assert [group.topic for group in brief.facts] == ["Family", "Interests"]
    assert brief.facts[1].facts[0].stale


def test_a_first_meeting_teaches() -> None:
    first = replace(
        STORY, took_place=0, last=None, promises=(), items=(), facts=(), since=(), covered={},
        they_expect="", meeting=None, next_kind="getting_to_know_you",
    )  # fmt: skip
    brief = prepare(first, PLAYBOOK, TODAY)
    assert brief.lead == "You have not met yet. Find out what drives Anwen, and what you share."
    assert brief.when == ""
    assert len(brief.questions) == len(brief.topics_open) == 5


@pytest.mark.parametrize(
    ("state", "due", "settled", "words"),
    [
        ("open", 0, None, "due today"),
        ("open", 1, None, "due tomorrow"),
        ("open", -1, None, "1 day over"),
        ("open", -15, None, "2 weeks over"),
        ("kept_late", -20, -2, "kept late on 17 November"),
        ("dropped", 5, 0, "dropped"),
    ],
)
def test_promises_in_words(state: str, due: int, settled: int | None, words: str) -> None:
    promise = Promised(
        True,
        "Send it",
        TODAY + timedelta(days=due),
        state,
        None if settled is None else TODAY + timedelta(days=settled),
    )
    assert promise_words(promise, TODAY) == words


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
promises = st.builds(
    Promised,
    st.booleans(),
    st.text(min_size=1, max_size=30),
    days,
    st.sampled_from(["open", "kept", "kept_late", "dropped"]),
    st.one_of(st.none(), days),
)
items = st.builds(Item, st.booleans(), st.text(min_size=1, max_size=30), days)
topics = st.sampled_from([topic.key for topic in PLAYBOOK.topics] + ["a_topic_removed"])
facts = st.builds(known, topics, st.text(min_size=1, max_size=30), st.just("them"), days, days)


@given(
    st.lists(promises, max_size=8),
    st.lists(items, max_size=8),
    st.lists(facts, max_size=12),
    st.sampled_from([kind.key for kind in PLAYBOOK.kinds]),
    st.sets(topics),
)
def test_nothing_open_is_left_out(
    promised: list[Promised], wanted: list[Item], known: list[FactRow], kind: str, covered: set[str]
) -> None:
    story = replace(
        STORY, promises=tuple(promised), items=tuple(wanted), facts=tuple(known),
        covered={kind: covered}, meeting=None, next_kind=kind,
    )  # fmt: skip
    brief = prepare(story, PLAYBOOK, TODAY)
    assert len(brief.mine) + len(brief.theirs) == len(promised)
    assert len(brief.they_want) + len(brief.i_want) == len(wanted)
    assert sum(len(group.facts) + group.more for group in brief.facts) == len(known)
    named = {topic.name for topic in PLAYBOOK.kind(kind).topics if topic.key not in covered}
    assert set(brief.topics_open) == named
    json.dumps(to_json(brief))
    assert to_markdown(brief).startswith("# Anwen Pritchard")


def test_loaded_in_few_queries_and_only_what_may_be_seen(alice: Member, bob: Member) -> None:
    today = alice.today()
    relationship = makers.a_relationship(alice, "Anwen Pritchard", on=today - timedelta(days=90))
    held = makers.a_one_to_one(
        relationship, alice, today - timedelta(days=30), state=State.CLOSED_OUT
    )
    for number in range(20):
        makers.a_note(
            relationship, alice, f"Said {number}", one_to_one=held, at=held.starts_at, topic="goals"
        )
        makers.a_fact(relationship, alice, "family", f"Fact {number}", one_to_one=held)
        makers.an_action(relationship, alice, "mine", f"Promise {number}", today)
        capturing.agenda_item(relationship, alice, f"Item {number}", side="theirs", on=today)
    makers.a_note(
        relationship, alice, "For my eyes", one_to_one=held, at=held.starts_at, private=True
    )
    ahead = makers.a_one_to_one(relationship, alice, today + timedelta(days=3))
    with CaptureQueriesContext(connection) as queries:
        mine = brief_for(relationship, alice, ahead)
    assert len(queries) <= 9
    assert "For my eyes" in mine.last
    theirs = brief_for(relationship, bob, ahead)
    assert "For my eyes" not in theirs.last
    assert len(theirs.last) == 20
    assert mine.position == 2
    assert "Family" not in mine.topics_open


def test_the_page_costs_at_most_twelve_queries_and_has_everything(
    alice: Member, stranger: Member, browser: Callable[[Member], Client]
) -> None:
    today = alice.today()
    person = makers.a_person(
        alice, "Anwen Pritchard", company="Lloyd", phone="07700 900123", birthday="--11-30"
    )
    relationship = makers.a_relationship(alice, person, on=today - timedelta(days=400))
    held = makers.a_one_to_one(
        relationship, alice, today - timedelta(days=30), state=State.CLOSED_OUT
    )
    makers.a_note(relationship, alice, "Sings alto", one_to_one=held, at=held.starts_at)
    makers.a_fact(relationship, alice, "interests", "Saints season ticket")
    makers.a_fact(relationship, alice, "family", "Lowri’s exam", dated_on=today + timedelta(days=3))
    capturing.own_fact(alice, "Plays rugby on Saturdays", topic="interests", on=today)
    other = makers.a_relationship(alice, "Glyn Parry", on=today)
    makers.a_fact(other, alice, "business", "Was a customer there", company=person.company)
    makers.a_call(relationship, alice, today - timedelta(days=2), text="Moving in March")
    makers.an_action(relationship, alice, "theirs", "Send the page", today - timedelta(days=1))
    makers.an_agenda_item(relationship, alice, "mine", "Her words")
    one = makers.a_one_to_one(
        relationship, alice, today + timedelta(days=3), place="The Boathouse", travel_minutes=20
    )
    met = makers.a_relationship(
        alice, makers.a_person(alice, "Ruth Abelson", company="Abel"), on=today
    )
    makers.a_one_to_one(met, alice, today + timedelta(days=4))
    client = browser(alice)
    client.get(f"/one-to-ones/{one.pk}/brief/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/one-to-ones/{one.pk}/brief/").content.decode()
    assert len(queries) <= 12
    for said in (
        "Sings alto", "Moving in March", "Send the page", "Her words", "leave by 9:40",
        "openstreetmap.org/search?query=The%20Boathouse", "tel:", "Call 07700 900123",
        "Rugby", "Saints season ticket", "Glyn Parry: Was a customer there", "Lowri’s exam",
        "Decide today", "/pitch-card/", "brief.pdf",
    ):  # fmt: skip
        assert said in page, said
    found = brief_for(relationship, alice, one)
    assert 3 <= len(found.questions) <= 6
    assert all(question.why for question in found.questions)
    assert next(said.text for said in found.coming) == "Lowri’s exam"


def test_the_next_step_is_the_decision_once_this_meeting_makes_it_possible() -> None:
    def decided(stage: str, took_place: int) -> tuple[str, list[bool]]:
        decision = prepare(
            replace(STORY, stage=stage, took_place=took_place), PLAYBOOK, TODAY
        ).decision
        return decision.question, [term.met for term in decision.terms]

    still = "Is it still right, for Anwen and for you?"
    assert decided("tell_me_the_detail", 2) == ("Is Anwen a referral partner?", [True, False])
    assert decided("tell_me_the_detail", 1) == (still, [False, False])
    assert decided("referral_partner", 8) == (still, [])
    assert decided("prospective", 0)[0] == "Step on to “Getting to know you”?"


def test_a_day_that_comes_up_is_named_and_one_that_is_far_is_not() -> None:
    facts = (
        known("family", "The exam", "them", TODAY, TODAY, TODAY + timedelta(days=30)),
        known("family", "The wedding", "them", TODAY, TODAY, TODAY + timedelta(days=31)),
        known("family", "Kitty’s birthday", "them", TODAY, TODAY, date(2014, 11, 21), True),
        known("family", "The move", "them", TODAY, TODAY, TODAY - timedelta(days=1)),
    )
    brief = prepare(replace(STORY, facts=facts, birthday="1976-12-01"), PLAYBOOK, TODAY)
    assert [(said.on, said.text) for said in brief.coming] == [
        (date(2026, 11, 21), "Kitty’s birthday"),
        (date(2026, 12, 1), "50th birthday"),
        (date(2026, 12, 19), "The exam"),
    ]
