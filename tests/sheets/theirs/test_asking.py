"""What a partner is asked: about a dozen, in plain words, and next time what is old or new."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.knowing.coverage import Told
from touchline.playbook.playbook import Playbook, parse, shipped
from touchline.sheets.theirs.asking import MOST, Form, Said, asking
from touchline.sheets.theirs.wording import WORDED, questions

TODAY = date(2026, 11, 22)
PLAYBOOK = parse(shipped())
CHILDREN, TEAM, BIRTHDAY = ("family", "children"), ("interests", "team"), ("family", "birthday")
LONG_AGO = TODAY - timedelta(days=800)


def ask(playbook: Playbook = PLAYBOOK, **given: Any) -> Form:
    return asking(playbook, TODAY, said=given.pop("said", {}), now=given.pop("now", {}), **given)


def slots(form: Form) -> set[tuple[str, str]]:
    return {one.question.of for one in form.asked}


def changed(change: Any) -> Playbook:
    data = shipped()
    change({topic["key"]: topic for topic in data["topics"]})
    return parse(data)


def test_every_question_is_worded_for_a_slot_of_the_shipped_playbook() -> None:
    assert [one.of for one in questions(PLAYBOOK)] == [one.of for one in WORDED]
    assert len({one.of for one in WORDED}) == len(WORDED)
    for one in WORDED:
        assert one.text.endswith("?")
        assert len(one.text) <= 60


def test_at_first_a_dozen_are_asked_and_nothing_is_shown() -> None:
    form = ask()
    assert len(form.asked) == MOST == 12
    assert {CHILDREN, TEAM, BIRTHDAY} < slots(form)
    assert form.told == ()
    assert {one.text for one in form.asked} == {""}


@pytest.mark.parametrize(
    ("confirmed_on", "asked"), [(TODAY - timedelta(days=30), False), (LONG_AGO, True)]
)
def test_what_they_told_us_otherwise_is_not_asked_while_fresh_and_never_shown(
    confirmed_on: date, asked: bool
) -> None:
    form = ask(known=[Told(*CHILDREN, confirmed_on)])
    assert (CHILDREN in slots(form)) is asked
    assert all(one.text == "" and one.before is None for one in (*form.asked, *form.told))


def test_a_fact_on_a_topic_without_a_slot_answers_no_question() -> None:
    assert CHILDREN in slots(ask(known=[Told("family", "", TODAY)]))


def test_what_they_said_stands_apart_while_fresh_and_is_asked_again_once_old() -> None:
    fresh = ask(said={CHILDREN: Said("Two", TODAY - timedelta(days=30))})
    assert CHILDREN not in slots(fresh)
    assert [(one.question.of, one.text) for one in fresh.told] == [(CHILDREN, "Two")]
    old = ask(said={CHILDREN: Said("Two", LONG_AGO)})
    again = next(one for one in old.asked if one.question.of == CHILDREN)
    assert (again.text, again.before, again.kept) == ("Two", LONG_AGO, False)
    assert old.answered == 0


def test_what_they_said_and_confirmed_in_a_meeting_since_is_not_asked() -> None:
    form = ask(said={CHILDREN: Said("Two", LONG_AGO)}, known=[Told(*CHILDREN, TODAY)])
    assert CHILDREN not in slots(form)
    assert form.told == ()


def test_a_birthday_never_grows_old() -> None:
    form = ask(said={BIRTHDAY: Said("9 May", LONG_AGO)})
    assert [one.question.of for one in form.told] == [BIRTHDAY]


def test_what_is_changed_of_what_they_told_stays_where_it_was() -> None:
    form = ask(said={CHILDREN: Said("Two", TODAY)}, now={CHILDREN: "Three"})
    assert [(one.text, one.kept) for one in form.told] == [("Three", True)]
    assert len(form.asked) == MOST


def test_a_slot_that_was_renamed_or_added_is_asked_by_its_name() -> None:
    def change(topics: Any) -> None:
        slots_of = topics["interests"]["slots"]
        next(slot for slot in slots_of if slot["key"] == "team")["name"] = "favourite choir"
        slots_of.append({"key": "castle", "name": "favourite castle"})

    found = {one.of: one for one in questions(changed(change))}
    assert found[TEAM].text == "Favourite choir"
    assert found["interests", "castle"].text == "Favourite castle"


def test_a_slot_that_is_gone_is_not_asked_and_another_takes_its_place() -> None:
    data = shipped()
    family = next(topic for topic in data["topics"] if topic["key"] == "family")
    family["slots"] = []
    data["prompts"] = [one for one in data["prompts"] if one["topic"] != "family"]
    form = ask(parse(data))
    assert not [one for one in form.asked if one.question.topic == "family"]
    assert len(form.asked) == MOST


def test_what_asks_for_trust_is_left_to_a_meeting() -> None:
    asked = {one.of for one in questions(PLAYBOOK)}
    assert not asked & {("us", "fair"), ("experience", "lesson"), ("goals", "in_the_way")}


SLOTS = st.sampled_from([one.of for one in WORDED])
DAYS = st.integers(0, 1000).map(lambda days: TODAY - timedelta(days=days))
WORDS = st.text(min_size=1, max_size=5).filter(str.strip)


@given(
    said=st.dictionaries(SLOTS, st.builds(Said, WORDS, DAYS)),
    now=st.dictionaries(SLOTS, WORDS),
    known=st.lists(st.builds(lambda of, on: Told(of[0], of[1], on), SLOTS, DAYS)),
    extra=SLOTS,
)
def test_answering_moves_nothing_and_nothing_unsaid_is_shown(
    said: dict[Any, Said], now: dict[Any, str], known: list[Told], extra: Any
) -> None:
    form = ask(said=said, now=now, known=known)
    every = [*form.asked, *form.told]
    assert len({one.question.of for one in every}) == len(every)
    own = {*now.values(), *(one.text for one in said.values()), ""}
    assert {one.text for one in every} <= own
    assert len(form.asked) <= MOST
    # What is typed now is always there to be seen.
    assert set(list(now)[:MOST]) <= {one.question.of for one in every} or len(now) > MOST
    # Answering one that is asked leaves all where they are.
    if extra in slots(form):
        after = ask(said=said, now={**now, extra: "x"}, known=known)
        assert [one.question.of for one in after.asked] == [one.question.of for one in form.asked]
        assert [replace(one, text="", kept=False) for one in after.told] == [
            replace(one, text="", kept=False) for one in form.told
        ]


@pytest.mark.parametrize("on", [None, LONG_AGO])
def test_what_they_take_back_on_this_sheet_stays_where_it_is_and_empty(on: date | None) -> None:
    said = {TEAM: Said("Saints", on)} if on else {}
    # Known and fresh, it would not be asked.
    form = ask(said=said, now={TEAM: ""}, known=[Told(*TEAM, TODAY)])
    one = next(one for one in form.asked if one.question.of == TEAM)
    assert (one.text, one.before, one.kept, one.emptied) == ("", None, False, True)
    assert form.answered == 0


def test_what_they_took_back_before_stands_apart_and_is_asked_anew_once_old() -> None:
    lately = TODAY - timedelta(days=30)
    for now in ({}, {TEAM: ""}):
        form = ask(said={TEAM: Said("" if not now else "Saints", lately)}, now=now)
        assert [(one.text, one.emptied) for one in form.told] == [("", True)]
    old = ask(said={TEAM: Said("", LONG_AGO)})
    one = next(one for one in old.asked if one.question.of == TEAM)
    assert (one.text, one.before, one.emptied) == ("", None, False)
