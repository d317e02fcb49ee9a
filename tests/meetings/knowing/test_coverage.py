"""What is known, stale and unknown, by stage and topic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.knowing.coverage import OfTopic, State, Told, coverage
from touchline.meetings.knowing.freshness import freshness
from touchline.playbook.playbook import STAGES, parse, shipped

TODAY = date(2026, 11, 22)
PLAYBOOK = parse(shipped())
FRESH = freshness(PLAYBOOK, TODAY)
NEW, OLD = TODAY - timedelta(days=9), TODAY - timedelta(days=2000)
KEYS = [(topic.key, slot.key) for topic in PLAYBOOK.topics for slot in topic.slots]


def family(*told: Told) -> OfTopic:
    stages = coverage(PLAYBOOK, told, FRESH)
    return next(topic for stage in stages for topic in stage.topics if topic.key == "family")


@pytest.mark.parametrize(
    ("told", "state", "children", "fresh", "old"),
    [
        ([], State.UNKNOWN, State.UNKNOWN, 0, 0),
        ([("children", NEW)], State.KNOWN, State.KNOWN, 0, 0),
        ([("children", OLD)], State.STALE, State.STALE, 0, 0),
        ([("children", OLD), ("children", NEW)], State.KNOWN, State.KNOWN, 0, 0),
        ([("children", NEW), ("children", OLD)], State.KNOWN, State.KNOWN, 0, 0),
        ([("", NEW)], State.KNOWN, State.UNKNOWN, 1, 0),
        ([("", OLD), ("no_such_slot", OLD)], State.STALE, State.UNKNOWN, 0, 2),
        ([("", OLD), ("partner", NEW)], State.KNOWN, State.UNKNOWN, 0, 1),
    ],
)
def test_one_topic(
    told: list[tuple[str, date]], state: State, children: State, fresh: int, old: int
) -> None:
    found = family(*(Told("family", slot, on) for slot, on in told))
    assert found.state == state
    assert {slot.key: slot.state for slot in found.slots}["children"] == children
    assert (found.fresh, found.old) == (fresh, old)


def test_each_topic_stands_under_the_first_stage_that_has_it() -> None:
    stages = coverage(PLAYBOOK, [], FRESH)
    assert [stage.key for stage in stages] == [*STAGES[1:], ""]
    first = {topic.key for topic in stages[0].topics}
    assert {"family", "interests"} <= first
    assert not first & {topic.key for topic in stages[2].topics}


def test_a_birthday_is_known_for_good_and_an_exam_until_it_is_over() -> None:
    birthday = Told("family", "birthday", OLD, date(1970, 5, 9), yearly=True)
    exam = Told("family", "children", NEW, TODAY - timedelta(days=1))
    states = {slot.key: slot.state for slot in family(birthday, exam).slots}
    assert (states["birthday"], states["children"]) == (State.KNOWN, State.STALE)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*KEYS, ("family", ""), ("gone", ""), ("gone", "x")]),
            st.dates(date(2015, 1, 1), TODAY),
        ),
        max_size=40,
    )
)
def test_every_topic_once_and_no_fact_lost(rows: list[tuple[tuple[str, str], date]]) -> None:
    told = [Told(topic, slot, on) for (topic, slot), on in rows]
    stages = coverage(PLAYBOOK, told, FRESH)
    topics = {topic.key: topic for stage in stages for topic in stage.topics}
    assert len(topics) == sum(len(stage.topics) for stage in stages)
    assert set(topics) == {one.key for one in PLAYBOOK.topics} | {one.topic for one in told}
    for topic in topics.values():
        slots = {slot.key: slot.state for slot in topic.slots}
        own = [one for one in told if one.topic == topic.key]
        assert topic.fresh + topic.old == sum(one.slot not in slots for one in own)
        for slot, state in slots.items():
            ages = [FRESH.is_stale(topic.key, one.confirmed_on) for one in own if one.slot == slot]
            expected = State.UNKNOWN if not ages else State.STALE if all(ages) else State.KNOWN
            assert state == expected
        assert (topic.state == State.UNKNOWN) == (not own)
