"""An answer beside what is known, and birthdays as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.knowing.days import next_occurrence, year_of_birth
from touchline.sheets.theirs.birthdays import birthday
from touchline.sheets.theirs.weighing import Known, Stands, Way, weigh
from touchline.sheets.theirs.words import progress

TODAY = date(2026, 11, 22)


def known(
    text: str, slot: str = "children", days: int = 30, dated_on: date | None = None, pk: int = 7
) -> Known:
    on = TODAY - timedelta(days=days)
    return Known(pk, slot, text, "them", on, on, dated_on)


@pytest.mark.parametrize(
    ("slot", "text", "facts", "stands", "value"),
    [
        ("children", "Two", [], Stands.NEW, "take"),
        ("children", "Two", [known("Two")], Stands.SAME, "same:7"),
        ("children", "two.", [known("Twö", slot="")], Stands.SAME, "same:7"),
        ("children", "Three", [known("Two")], Stands.OTHER, "instead:7"),
        ("children", "Three", [known("Two", days=-3)], Stands.OTHER, "later"),
        ("children", "Three", [known("Two"), known("One", pk=8)], Stands.OTHER, "later"),
        ("children", "Three", [known("Married", slot="partner")], Stands.NEW, "take"),
        ("children", "Three", [known("They have a girl", slot="")], Stands.NEW, "take"),
        ("animals", "A cat", [known("A dog", slot="animals")], Stands.OTHER, "take"),
        ("", "A cat", [known("A dog", slot="animals")], Stands.NEW, "take"),
    ],
)
def test_what_is_proposed(
    slot: str, text: str, facts: list[Known], stands: Stands, value: str
) -> None:
    found = weigh("family", slot, text, TODAY, facts)
    assert (found.stands, found.value) == (stands, value)


def test_what_is_known_stands_beside_newest_first_and_what_has_no_slot_last() -> None:
    facts = [known("One", days=90, pk=1), known("A girl", slot="", pk=2), known("Two", pk=3)]
    assert [one.pk for one in weigh("family", "children", "x", TODAY, facts).beside] == [3, 1, 2]


def test_one_birthday_in_two_ways_of_writing_is_the_same() -> None:
    fact = known("9.5.1970", slot="birthday", dated_on=date(1970, 5, 9))
    found = weigh("family", "birthday", "9 May", TODAY, [fact], date(2026, 5, 9))
    assert found.way == Way.SAME
    other = weigh("family", "birthday", "8 May", TODAY, [fact], date(2026, 5, 8))
    assert other.value == "instead:7"


@given(
    st.text(max_size=30),
    st.lists(st.builds(known, st.text(max_size=9), st.sampled_from(["", "children", "team"]))),
)
def test_nothing_is_replaced_that_does_not_stand_beside(text: str, facts: list[Known]) -> None:
    found = weigh("family", "children", text, TODAY, facts)
    assert found.fact in (None, *(one.pk for one in found.beside))
    assert (found.way == Way.TAKE) or found.beside


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9 May", date(2026, 5, 9)),
        ("9 May.", date(2026, 5, 9)),
        ("24 December", date(2025, 12, 24)),
        ("22 November", date(2026, 11, 22)),
        ("29 February", date(2024, 2, 29)),
        ("9 May 1970", date(1970, 5, 9)),
        ("the 9th of May, 1970", date(1970, 5, 9)),
        ("May 9, 1970", date(1970, 5, 9)),
        ("My birthday is on 3 Sept", date(2026, 9, 3)),
        ("9.5.1970", date(1970, 5, 9)),
        ("9/5", date(2026, 5, 9)),
        ("9.5.", date(2026, 5, 9)),
        ("1970-05-09", date(1970, 5, 9)),
        ("31 June", None),
        ("in spring", None),
        ("9 May 2030", None),
        ("9 May 70", None),
        ("", None),
        ("99999999999999999999", None),
        ("٩ May", date(2026, 5, 9)),
    ],
)
def test_a_birthday_is_read_or_left(text: str, day: date | None) -> None:
    assert birthday(text, TODAY) == day


@given(st.text(max_size=40), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_a_day_before_or_none(text: str, on: date) -> None:
    found = birthday(text, on)
    assert found is None or found <= on


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_without_a_year_it_comes_round_and_says_no_year(day: date, on: date) -> None:
    found = birthday(f"{day.day} {day:%B}", on)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert year_of_birth(found, on) is None
    ahead = next_occurrence(found, on, yearly=True)
    assert ahead is not None
    assert 0 <= (ahead - on).days <= 366


@pytest.mark.parametrize(
    ("answered", "asked", "words"),
    [
        (0, 12, "Twelve questions, any of which you can skip."),
        (0, 1, "One question. You can skip it."),
        (3, 12, "Three of twelve answered."),
        (12, 12, "All answered."),
        (1, 1, "Answered."),
        (0, 0, ""),
    ],
)
def test_progress_in_words(answered: int, asked: int, words: str) -> None:
    assert progress(answered, asked) == words
