"""Due, late and in which order (M7): worked cases, and every day against a plain count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.relationships.cadence import (
    LADDER,
    LONGEST_TOLERANCE,
    Cadence,
    less_often,
    more_often,
    standing,
)

BEGUN = date(2026, 1, 1)
cadences = st.builds(Cadence, st.integers(1, 400), st.integers(0, 200))
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("ideal", "tolerance", "elapsed", "is_due", "days_late"),
    [
        (28, 14, 27, False, 0),
        (28, 14, 28, True, 0),
        (28, 14, 42, True, 0),
        (28, 14, 43, True, 1),
        (28, 0, 28, True, 0),
        (28, 0, 29, True, 1),
        (1, 0, 0, False, 0),
    ],
)
def test_worked_cases(
    ideal: int, tolerance: int, elapsed: int, is_due: bool, days_late: int
) -> None:
    found = standing(Cadence(ideal, tolerance), BEGUN, BEGUN, BEGUN + timedelta(days=elapsed))
    assert (found.is_due, found.is_late, found.days_late) == (is_due, days_late > 0, days_late)


def test_counts_from_the_beginning_where_nothing_took_place_yet() -> None:
    assert standing(Cadence(28, 14), None, BEGUN, BEGUN).due_on == BEGUN + timedelta(days=28)


def test_half_the_interval_over_goes_before_a_tenth_of_it() -> None:
    weekly = standing(Cadence(7, 3), BEGUN, BEGUN, BEGUN + timedelta(days=14))
    yearly = standing(Cadence(365, 90), BEGUN, BEGUN, BEGUN + timedelta(days=400))
    assert weekly.priority == 1.0
    assert weekly.priority > yearly.priority > 0


@given(cadences, days, st.integers(0, 900))
def test_agrees_with_counting_day_by_day(cadence: Cadence, last: date, elapsed: int) -> None:
    day, since, late = last, 0, 0
    for _ in range(elapsed):
        day += timedelta(days=1)
        since += 1
        if since > cadence.ideal_days + cadence.tolerance_days:
            late += 1
    found = standing(cadence, last, last, day)
    assert found.is_due == (since >= cadence.ideal_days)
    assert found.days_late == late
    assert found.is_late == (late > 0)
    assert (found.late_on - found.due_on).days == cadence.tolerance_days + 1
    assert (found.priority >= 0) == found.is_due


@given(cadences)
def test_the_ladder_never_turns_round(cadence: Cadence) -> None:
    quicker, slower = more_often(cadence), less_often(cadence)
    assert quicker.ideal_days <= cadence.ideal_days <= slower.ideal_days
    for found in (quicker, slower):
        assert found.ideal_days in LADDER or found.ideal_days == cadence.ideal_days
        assert 0 <= found.tolerance_days <= max(LONGEST_TOLERANCE, cadence.tolerance_days)
    if min(LADDER) < cadence.ideal_days:
        assert quicker.ideal_days < cadence.ideal_days
    if cadence.ideal_days < max(LADDER):
        assert slower.ideal_days > cadence.ideal_days
