"""The weekly load (M8), the easing it suggests, and its picture."""

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from touchline.relationships.load import (
    LONGEST,
    Change,
    Commitment,
    Relief,
    change,
    relief,
    total,
    weekly,
)
from touchline.relationships.ruler import over, room, ruler, said


def a_commitment(key: int = 1, days: int = 28, **given: int | None) -> Commitment:
    values = {
        "length_minutes": 60, "travel_minutes": 20, "preparation_minutes": 10,
        "call_minutes": 10, "call_days": None, **given,
    }  # fmt: skip
    return Commitment(name=f"Person {key}", meeting_days=days, key=key, **values)  # type: ignore[arg-type]


commitments = st.lists(
    st.builds(
        Commitment,
        name=st.just("Somebody"),
        length_minutes=st.integers(5, 480),
        travel_minutes=st.integers(0, 600),
        preparation_minutes=st.integers(0, 240),
        meeting_days=st.integers(1, LONGEST),
        call_minutes=st.integers(1, 240),
        call_days=st.none() | st.integers(1, 400),
        key=st.integers(1, 10**6),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)


@pytest.mark.parametrize(
    ("one", "minutes"),
    [
        (a_commitment(days=7), 110),
        (a_commitment(days=28), 27.5),
        (a_commitment(days=7, travel_minutes=0), 70),
        (a_commitment(days=7, travel_minutes=0, call_days=7), 80),
        (a_commitment(days=7, travel_minutes=0, call_days=14), 75),
    ],
)
def test_worked_cases(one: Commitment, minutes: float) -> None:
    assert weekly(one) == minutes


@given(commitments)
def test_agrees_with_counting_a_long_time_minute_by_minute(rows: list[Commitment]) -> None:
    weeks = 100
    spent = 0.0
    for one in rows:
        meetings = weeks * 7 / one.meeting_days
        spent += meetings * (one.length_minutes + one.preparation_minutes)
        spent += meetings * one.travel_minutes + meetings * one.travel_minutes
        if one.call_days is not None:
            spent += weeks * 7 / one.call_days * one.call_minutes
    assert total(rows) == pytest.approx(spent / weeks)


def test_changing_a_commitment_is_stopping_it_and_starting_it_anew() -> None:
    rows = [a_commitment(1, 7), a_commitment(2, 7)]
    found = change(rows, 240, starts=[a_commitment(1, 14)], stops=[1])
    assert (found.before, found.after, found.over) == (220, 165, 0)


@given(commitments, st.integers(15, 3600), st.data())
def test_stopping_and_starting_the_same_changes_nothing(
    rows: list[Commitment], budget: int, data: st.DataObject
) -> None:
    assume(rows)
    one = data.draw(st.sampled_from(rows))
    found = change(rows, budget, starts=[one], stops=[one.key])
    assert found.after == pytest.approx(found.before)
    assert found.over == pytest.approx(max(0, total(rows) - budget))


@given(commitments, st.floats(0.1, 2000))
def test_relief_suggests_the_fewest_that_suffice(rows: list[Commitment], wanted: float) -> None:
    frees = {}
    for one in rows:
        eased = Commitment(
            one.name, one.length_minutes, one.travel_minutes, one.preparation_minutes,
            2 * one.meeting_days, one.call_minutes, one.call_days, one.key,
        )  # fmt: skip
        if eased.meeting_days <= LONGEST:
            frees[one.key] = weekly(one) - weekly(eased)
    found = relief(rows, wanted, most=3)
    assert {each.key for each in found} <= set(frees)
    freed = sum(frees[each.key] for each in found)
    fewest = next(
        (
            size
            for size in range(1, 4)
            if any(sum(some) >= wanted + 1e-6 for some in combinations(frees.values(), size))
        ),
        None,
    )
    if fewest is not None:
        assert len(found) <= fewest
        assert freed >= wanted - 1e-6
    if fewest == 1:
        assert freed == pytest.approx(min(each for each in frees.values() if each >= wanted))


def test_relief_spares_what_is_being_started_and_what_cannot_be_eased() -> None:
    rows = [a_commitment(1, 7), a_commitment(2, LONGEST)]
    assert relief(rows, 10, sparing=[1]) == []
    assert relief(rows, 0) == []


@pytest.mark.parametrize(
    ("before", "after", "sentence", "beyond"),
    [
        (260, 275, "Your week goes from 4 h 20 to 4 h 35 of 6 h.", ""),
        (260, 260, "Your week stays at 4 h 20 of 6 h.", ""),
        (340, 385, "Your week goes from 5 h 40 to 6 h 25 of 6 h.", "25 min a week over"),
    ],
)
def test_says_the_load_in_a_sentence(
    before: float, after: float, sentence: str, beyond: str
) -> None:
    found = Change(before, after, 360)
    assert said(found) == sentence
    assert over(found) == beyond


def test_says_what_would_make_room() -> None:
    found = [Relief(1, "Peter Vance", 56, 20), Relief(2, "Ruth", 182, 10)]
    ways = "Peter Vance every eight weeks and Ruth twice a year"
    assert room(found, 30) == f"Meeting {ways} would make room."
    assert room(found, 31) == f"Even meeting {ways} would free only 30 min."
    assert room([], 30) == ""


@given(st.floats(0, 5000), st.floats(0, 5000), st.integers(15, 3600))
def test_the_ruler_stays_on_the_page_and_in_order(before: float, after: float, budget: int) -> None:
    found = ruler(Change(before, after, budget))

    def at(text: str) -> float:
        return float(text.removesuffix("%"))

    places = [at(found.owed), at(found.added), at(found.excess)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in [*places, at(found.freed), at(found.limit)])
    assert at(found.owed) <= at(found.freed)
    assert len(found.ticks) <= 40
    if after <= budget:
        assert found.added == found.excess
