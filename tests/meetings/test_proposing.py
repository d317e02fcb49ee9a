"""Proposed dates lie in the window, on working days, and run into nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.proposing import (
    Booked,
    Hours,
    Window,
    clash,
    held_by_week,
    makes_room,
    on_day,
    propose,
    week_load,
    window,
)
from touchline.relationships.cadence import Cadence

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("took_place", "last", "opens", "why"),
    [
        (0, None, date(2026, 11, 26), "the first one: as soon as it suits"),
        (1, date(2026, 11, 23), date(2026, 12, 7), "the second: soon after the first"),
        (1, date(2026, 1, 1), date(2026, 11, 26), "the second: soon after the first"),
        (2, date(2026, 11, 1), date(2026, 12, 13), "in the window that is due"),
        (2, date(2026, 10, 10), date(2026, 11, 26), "due now"),
        (5, date(2026, 1, 1), date(2026, 11, 26), "late already, so soon"),
    ],
)
def test_windows(took_place: int, last: date | None, opens: date, why: str) -> None:
    found = window(
        Cadence(42, 14), took_place=took_place, last=last, begun=date(2026, 1, 1), today=TODAY
    )
    assert (found.opens, found.why) == (opens, why)
    assert found.closes > found.opens


def test_the_usual_weekday_and_hour_come_first() -> None:
    found = propose(
        Window(date(2026, 12, 3), date(2026, 12, 24), ""),
        datetime(2026, 10, 6, 11, 37, tzinfo=UTC),
        [],
        Hours(),
        minutes=60,
        around=0,
        zone_of=NOW,
    )
    assert found == [datetime(2026, 12, day, 11, 30, tzinfo=UTC) for day in (8, 10, 15)]


USUAL = st.builds(
    lambda days, opens, long: Hours(frozenset(days), time(opens), time(opens + long)),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(6, 12),
    st.integers(1, 10),
)


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.integers(0, 60),
    st.integers(0, 23),
    st.lists(st.tuples(st.integers(0, 40), st.integers(7, 20)), max_size=30),
    USUAL,
    st.sets(st.integers(0, 52)),
)
def test_proposals_are_free_and_in_the_usual_hours(
    opens: date,
    wide: int,
    hour: int,
    taken: list[tuple[int, int]],
    hours: Hours,
    full: set[int],
) -> None:
    booked = [
        Booked(
            "X",
            datetime(opens.year, opens.month, opens.day, h, tzinfo=UTC) + timedelta(days=d),
            60,
            20,
            90,
        )
        for d, h in taken
    ]
    usual = datetime(2025, 5, 5, hour, tzinfo=UTC)
    within = Window(opens, opens + timedelta(days=wide), "")

    def fits(on: date) -> bool:
        return on.isocalendar().week not in full

    found = propose(within, usual, booked, hours, minutes=60, around=30, zone_of=NOW, fits=fits)
    assert len(found) == len({moment.date() for moment in found}) <= 3
    for moment in found:
        assert moment.weekday() in hours.weekdays
        assert hours.opens <= moment.time()
        assert (moment + timedelta(hours=1)).time() <= hours.closes
        assert moment.date() >= opens
        assert not clash(moment, 60, 30, booked)


def test_a_full_week_gives_way_while_the_window_lasts() -> None:
    within = Window(date(2026, 12, 7), date(2026, 12, 24), "")
    usual = datetime(2026, 10, 6, 11, tzinfo=UTC)

    def days(full: set[int]) -> list[int]:
        found = propose(
            within, usual, [], Hours(), minutes=60, around=0, zone_of=NOW,
            fits=lambda on: on.isocalendar().week not in full,
        )  # fmt: skip
        return [moment.day for moment in found]

    assert days(set()) == [8, 10, 15]
    assert days({50}) == [14, 15, 16]
    assert days({50, 51, 52}) == [8, 10, 15]  # no week has room: then the page says what it costs


@pytest.mark.parametrize(
    ("at", "minutes", "begins"),
    [(time(7), 60, time(9)), (time(11, 30), 60, time(11, 30)), (time(20), 60, time(16)),
     (time(16, 30), 50, time(16)), (time(10), 600, time(9))],
)  # fmt: skip
def test_the_nearest_time_of_the_usual_hours(at: time, minutes: int, begins: time) -> None:
    assert Hours().nearest(at, minutes) == begins


def test_an_hour_that_is_taken_gives_way_to_the_nearest() -> None:
    booked = [Booked("Peter", datetime(2026, 12, 8, 11, tzinfo=UTC), 90)]
    within = Window(date(2026, 12, 8), date(2026, 12, 8), "")
    usual = datetime(2026, 10, 6, 11, tzinfo=UTC)
    found = propose(within, usual, booked, Hours(), minutes=60, around=0, zone_of=NOW)
    assert found[0] == datetime(2026, 12, 8, 10, tzinfo=UTC)


def test_travel_is_part_of_a_clash() -> None:
    booked = [Booked("Peter", at(8, 10), 60)]
    assert clash(at(8, 11), 60, 0, booked) == ""
    assert clash(at(8, 11), 60, 20, booked) == "Peter"


def test_a_week_holds_its_meetings_and_its_calls() -> None:
    booked = [Booked("A", at(8), 60, 0, 70), Booked("B", at(16), 60, 0, 70)]
    change = week_load(date(2026, 12, 10), held_by_week(booked), calls=20, adds=90, budget=120)
    assert (change.before, change.after, change.over) == (90, 180, 60)


def test_room_is_made_by_the_least_that_suffices() -> None:
    booked = [Booked("A", at(8), 60, 0, 70), Booked("B", at(9), 90, 0, 120)]
    assert makes_room(date(2026, 12, 10), booked, 60) == "A"
    assert makes_room(date(2026, 12, 10), booked, 100) == "B"
    assert makes_room(date(2026, 12, 10), booked, 500) == ""
    assert makes_room(date(2026, 12, 17), booked, 10) == ""


def test_what_is_on_a_day_in_order() -> None:
    booked = [Booked("B", at(8, 14), 60), Booked("A", at(8, 9), 60), Booked("C", at(9, 9), 60)]
    assert [one.name for one in on_day(date(2026, 12, 8), booked)] == ["A", "B"]
