"""How old is too old, by topic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.knowing.freshness import Freshness, freshness, months_before
from touchline.playbook.playbook import parse, shipped

TODAY = date(2026, 11, 22)
PLAYBOOK = parse(shipped())
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(1, 5, 1), 12, date.min),
    ],
)
def test_months_before(on: date, months: int, expected: date) -> None:
    assert months_before(on, months) == expected


@given(DAYS, st.integers(1, 120))
def test_months_before_is_earlier_and_of_the_month_meant(on: date, months: int) -> None:
    found = months_before(on, months)
    assert found < on
    assert (on.year - found.year) * 12 + on.month - found.month == months
    assert found.day == on.day or (found + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("topic", "age", "stale"),
    [
        ("family", 180, False),
        ("family", 190, True),
        ("experience", 400, False),
        ("experience", 740, True),
        ("gone_from_the_playbook", 360, False),
        ("gone_from_the_playbook", 366, True),
    ],
)
def test_family_ages_faster_than_history(topic: str, age: int, stale: bool) -> None:
    fresh = freshness(PLAYBOOK, TODAY)
    assert fresh.is_stale(topic, TODAY - timedelta(days=age)) is stale


@pytest.mark.parametrize(
    ("dated_on", "confirmed_on", "yearly", "stale"),
    [
        (TODAY + timedelta(days=9), TODAY - timedelta(days=2), False, False),
        (TODAY, TODAY - timedelta(days=2), False, False),
        (TODAY - timedelta(days=1), TODAY - timedelta(days=2), False, True),
        (TODAY - timedelta(days=1), TODAY, False, False),
        (date(1970, 5, 9), date(2001, 1, 1), True, False),
        (TODAY + timedelta(days=9), date(2020, 1, 1), False, True),
    ],
)
def test_what_is_about_a_day_is_asked_after_once_it_is_over(
    dated_on: date, confirmed_on: date, yearly: bool, stale: bool
) -> None:
    fresh = Freshness(TODAY, {}, months_before(TODAY, 12))
    assert fresh.is_stale("family", confirmed_on, dated_on, yearly=yearly) is stale


@given(DAYS, DAYS, st.none() | DAYS, st.booleans())
def test_confirming_today_makes_it_fresh(
    today: date, confirmed_on: date, dated_on: date | None, yearly: bool
) -> None:
    fresh = freshness(PLAYBOOK, today)
    assert not fresh.is_stale("goals", today, dated_on, yearly=yearly)
    # And it only ever ages: what is stale on a day was no fresher for being older.
    if fresh.is_stale("goals", confirmed_on) and confirmed_on > date(1990, 1, 2):
        assert fresh.is_stale("goals", confirmed_on - timedelta(days=1))
