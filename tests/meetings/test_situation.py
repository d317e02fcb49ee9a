"""Where a relationship stands, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.situation import Course, asks_for_second, call_standing, situation
from touchline.relationships.cadence import Cadence

TODAY = date(2026, 11, 19)
MET = Course(
    state="active",
    begun_on=date(2026, 1, 1),
    meetings=Cadence(28, 7),
    took_place=4,
    last_met=TODAY - timedelta(days=10),
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def planned(days: int) -> datetime:
    return datetime(2026, 11, 19, 9, 30, tzinfo=UTC) + timedelta(days=days)


@pytest.mark.parametrize(
    ("course", "text", "tone"),
    [
        (MET, "due Monday 7 December", "plain"),
        (MET._replace(last_met=ago(28)), "due today", "plain"),
        (MET._replace(last_met=ago(30)), "due now", "plain"),
        (MET._replace(last_met=ago(35)), "due now", "plain"),
        (MET._replace(last_met=ago(36)), "1 day late", "late"),
        (MET._replace(last_met=ago(63)), "4 weeks late", "late"),
        (MET._replace(next_planned=planned(0)), "today, 9:30", "now"),
        (MET._replace(next_planned=planned(1)), "tomorrow", "plain"),
        (MET._replace(last_met=ago(200), next_planned=planned(3)), "Sunday", "plain"),
        (MET._replace(to_close_out=True), "close out", "now"),
        (MET._replace(under_way=True, to_close_out=True), "under way", "now"),
        (MET._replace(state="ended"), "ended", "plain"),
        (MET._replace(state="paused", paused_until=TODAY), "back today", "now"),
        (MET._replace(state="paused", paused_until=ago(3)), "back", "now"),
        (
            MET._replace(state="paused", paused_until=date(2027, 1, 4)),
            "paused to 4 January 2027",
            "plain",
        ),
        (MET._replace(took_place=0, last_met=None, begun_on=ago(3)), "no date yet", "plain"),
        (MET._replace(took_place=0, last_met=None, begun_on=ago(40)), "5 days late", "late"),
        (MET._replace(took_place=1, last_met=ago(8)), "second not booked", "plain"),
    ],
)  # fmt: skip
def test_words(course: Course, text: str, tone: str) -> None:
    found = situation(course, TODAY)
    assert (found.text, found.tone) == (text, tone)


@pytest.mark.parametrize(
    ("course", "asked"),
    [
        (MET._replace(took_place=1, last_met=ago(6)), False),
        (MET._replace(took_place=1, last_met=ago(7)), True),
        (MET._replace(took_place=1, last_met=ago(7), went_well=True), True),
        (MET._replace(took_place=1, last_met=ago(7), went_well=False), False),
        (MET._replace(took_place=1, last_met=ago(7), next_planned=planned(20)), False),
        (MET._replace(took_place=2, last_met=ago(70)), False),
        (MET._replace(took_place=0, last_met=None), False),
    ],
)
def test_the_second_is_asked_for_from_a_week_after_a_first_that_went_well(
    course: Course, asked: bool
) -> None:
    assert asks_for_second(course, TODAY) is asked


@pytest.mark.parametrize(
    ("course", "due_on"),
    [
        (MET._replace(calls=Cadence(7, 3), last_call=ago(20)), ago(3)),
        (MET._replace(calls=Cadence(7, 3), last_call=ago(5)), TODAY + timedelta(days=2)),
        (MET._replace(calls=Cadence(7, 3), call_again_on=TODAY), TODAY),
        (MET._replace(call_again_on=TODAY + timedelta(days=4)), TODAY + timedelta(days=4)),
    ],
)
def test_a_call_is_due_after_the_last_touch_or_on_the_day_agreed(
    course: Course, due_on: date
) -> None:
    found = call_standing(course, TODAY)
    assert found is not None
    assert found.due_on == due_on


def test_without_calls_in_the_rhythm_none_is_due() -> None:
    assert call_standing(MET, TODAY) is None


@given(
    ideal=st.integers(1, 400),
    tolerance=st.integers(0, 200),
    elapsed=st.integers(0, 1500),
    took_place=st.integers(2, 30),
)
def test_late_is_said_exactly_when_the_window_has_closed(
    ideal: int, tolerance: int, elapsed: int, took_place: int
) -> None:
    course = MET._replace(
        meetings=Cadence(ideal, tolerance),
        last_met=TODAY - timedelta(days=elapsed),
        took_place=took_place,
    )
    found = situation(course, TODAY)
    assert (found.tone == "late") == (elapsed > ideal + tolerance)
    assert found.is_due == (elapsed >= ideal)
