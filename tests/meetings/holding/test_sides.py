"""Whose the time was: up to each tick it goes to the side whose item it was."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.holding.sides import Sides, Tick, sides

BEGAN = datetime(2026, 11, 24, 10, tzinfo=UTC)


def ticks(*told: tuple[int, bool]) -> list[Tick]:
    return [Tick(BEGAN + timedelta(minutes=minutes), mine) for minutes, mine in told]


@pytest.mark.parametrize(
    ("told", "theirs", "mine", "said"),
    [
        ((), 0, 0, ""),
        (((18, False),), 18, 0, "So far 18 minutes Ruth’s, none yours."),
        (((18, False), (30, True)), 18, 12, "So far 18 minutes Ruth’s, 12 yours."),
        (((18, False), (19, True)), 18, 1, "So far 18 minutes Ruth’s, one yours."),
        (((30, True), (18, False)), 18, 12, "So far 18 minutes Ruth’s, 12 yours."),
        (((10, True),), 0, 10, "So far ten minutes yours, none Ruth’s."),
        (((-5, True), (5, False)), 5, 0, "So far five minutes Ruth’s, none yours."),
        (((5, False), (5, True)), 5, 0, "So far five minutes Ruth’s, none yours."),
    ],
)
def test_the_time_up_to_each_tick(
    told: tuple[tuple[int, bool], ...], theirs: int, mine: int, said: str
) -> None:
    shared = sides(BEGAN, ticks(*told))
    assert shared == Sides(theirs, mine)
    assert shared.said("Ruth") == said


@given(st.lists(st.tuples(st.integers(-10, 240), st.booleans())))
def test_both_together_are_the_time_to_the_last_tick(told: list[tuple[int, bool]]) -> None:
    shared = sides(BEGAN, ticks(*told))
    assert shared.theirs + shared.mine == max([minutes for minutes, _ in told] + [0])
