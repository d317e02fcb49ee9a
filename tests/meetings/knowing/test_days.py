"""When the days that people have come up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.knowing.days import (
    Occasion,
    next_birthday,
    next_occurrence,
    stretches,
    upcoming,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1920, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("dated_on", "today", "yearly", "expected"),
    [
        (date(2026, 11, 24), TODAY, False, date(2026, 11, 24)),
        (TODAY, TODAY, False, TODAY),
        (date(2026, 11, 21), TODAY, False, None),
        (date(1970, 11, 24), TODAY, True, date(2026, 11, 24)),
        (date(1970, 11, 22), TODAY, True, TODAY),
        (date(1970, 11, 21), TODAY, True, date(2027, 11, 21)),
        (date(1970, 1, 2), date(2026, 12, 30), True, date(2027, 1, 2)),
        # Born on the 29th of February: kept on the 28th, and on the day itself where there is one.
        (date(1976, 2, 29), date(2027, 2, 22), True, date(2027, 2, 28)),
        (date(1976, 2, 29), date(2027, 2, 28), True, date(2027, 2, 28)),
        (date(1976, 2, 29), date(2027, 3, 1), True, date(2028, 2, 29)),
        (date(1976, 2, 29), date(2028, 2, 28), True, date(2028, 2, 29)),
        (date(2030, 5, 1), TODAY, True, date(2030, 5, 1)),
        (date(1970, 5, 1), date(9999, 12, 31), True, None),
    ],
)
def test_next_occurrence(dated_on: date, today: date, yearly: bool, expected: date | None) -> None:
    assert next_occurrence(dated_on, today, yearly=yearly) == expected


@given(DAYS, DAYS)
def test_what_comes_round_comes_within_a_year(dated_on: date, today: date) -> None:
    found = next_occurrence(dated_on, today, yearly=True)
    assert found is not None
    assert found >= today
    if dated_on <= today:
        assert found - today <= timedelta(days=366)
    if (dated_on.month, dated_on.day) != (2, 29):
        assert (found.month, found.day) == (dated_on.month, dated_on.day)
    else:
        assert (found + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("1970-11-24", (date(2026, 11, 24), 1970)),
        ("--11-24", (date(2026, 11, 24), None)),
        ("--02-29", (date(2027, 2, 28), None)),
        ("", None),
        ("1970-13-01", None),
        ("1970-02-30", None),
        ("next week", None),
        ("0000-05-09", (date(2027, 5, 9), 0)),
    ],
)
def test_next_birthday(stored: str, expected: tuple[date, int | None] | None) -> None:
    assert next_birthday(stored, TODAY) == expected


@pytest.mark.parametrize(
    ("occasion", "said"),
    [
        (Occasion(TODAY, "", birthday=True), "Anwen’s birthday is today"),
        (Occasion(TODAY + timedelta(days=1), "", birthday=True), "Anwen’s birthday is tomorrow"),
        (Occasion(date(2026, 11, 26), "", birthday=True), "Anwen’s birthday is on Thursday"),
        (
            Occasion(date(2026, 11, 26), "", birthday=True, since=1976),
            "Anwen’s 50th birthday is on Thursday",
        ),
        (
            Occasion(date(2026, 11, 26), "", birthday=True, since=1977),
            "Anwen’s birthday is on Thursday",
        ),
        (Occasion(date(2026, 11, 26), "Kitty’s exam."), "Kitty’s exam, on Thursday (Anwen)"),
    ],
)
def test_said(occasion: Occasion, said: str) -> None:
    assert occasion.said("Anwen", TODAY) == said


def test_my_own_is_yours() -> None:
    assert Occasion(TODAY, "", birthday=True).said("you", TODAY) == "Your birthday is today"


@given(DAYS, DAYS)
def test_the_stretches_hold_every_day_that_comes_up(born: date, today: date) -> None:
    """What the database is asked for is at least what is shown, and hardly more."""
    first, last, first_next, last_next = stretches(today)
    of_year = f"{born:%m-%d}"
    asked = first <= of_year <= last or first_next <= of_year <= last_next
    on = next_occurrence(born.replace(year=1904), today, yearly=True)
    if upcoming(on, today):
        assert asked
    if asked and of_year != "02-29":
        assert upcoming(on, today)
