"""The line says in words what it draws, and draws everyone on one clock."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.relationships.line import Line, axis, draw, draw_long, months, place, say

TODAY = date(2026, 11, 19)
DAYS = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=400))


@pytest.mark.parametrize(
    ("days", "x"),
    [(-366, None), (-365, 0.0), (-91, 44.0), (0, 75.0), (91, 100.0), (92, None)],
)
def test_corners_of_the_clock(days: int, x: float | None) -> None:
    assert place(TODAY + timedelta(days=days), TODAY) == x


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(TODAY), "No one-to-one in the last year."),
        (
            Line(TODAY, held=(date(2026, 8, 6), date(2026, 9, 24)), planned=(TODAY,)),
            "Two one-to-ones in the last year, the last on 24 September. Planned for today.",
        ),
        (
            Line(TODAY, held=(date(2026, 6, 11),), due=(date(2026, 9, 3), date(2026, 10, 1))),
            "One one-to-one in the last year, on 11 June. 7 weeks late.",
        ),
        (
            Line(TODAY, missed=(date(2026, 10, 8),), calls=(date(2026, 10, 9),)),
            "No one-to-one in the last year. One call. Missed on 8 October.",
        ),
        (
            Line(TODAY, paused=(TODAY, date(2027, 1, 4))),
            "No one-to-one in the last year. Paused until 4 January 2027.",
        ),
        (Line(TODAY, ended=date(2026, 6, 3)), "No one-to-one in the last year. Ended on 3 June."),
        (
            Line(TODAY, due=(date(2026, 12, 31), date(2027, 1, 14))),
            "No one-to-one in the last year. Due from 31 December to 14 January 2027.",
        ),
    ],
)
def test_words(line: Line, words: str) -> None:
    assert say(line) == words


@given(
    st.lists(DAYS, max_size=20),
    st.lists(DAYS, max_size=20),
    st.lists(DAYS, max_size=3),
    st.lists(DAYS, max_size=3),
    st.tuples(DAYS, DAYS).map(sorted),
)
def test_what_is_drawn_stays_within_and_counts_what_is_within(
    held: list[date], calls: list[date], missed: list[date], planned: list[date], due: list[date]
) -> None:
    line = Line(
        TODAY,
        begun=min(held, default=None),
        held=tuple(held),
        calls=tuple(calls),
        missed=tuple(missed),
        planned=tuple(planned),
        due=(due[0], due[1]),
    )
    for drawn in (draw(line), draw_long(line)):
        root = ElementTree.fromstring(drawn)
        circles = [node for node in root.iter("circle") if node.get("class") == "held"]
        assert len(circles) == sum(place(on, TODAY) is not None for on in held)
        for node in root.iter():
            for name in ("x", "x1", "x2", "cx"):
                value = node.get(name, "0")
                assert 0 <= float(value.rstrip("%")) <= 100
        assert "style" not in drawn
        assert root.get("aria-label") == say(line)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-364, 90))
def test_later_is_further_right(today: date, days: int) -> None:
    here, there = (place(today + timedelta(days=d), today) for d in (days, days + 1))
    assert here is not None
    assert there is not None
    assert here < there


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_months_are_labelled_apart(today: date) -> None:
    places = [x for x, _ in months(today)] + [75.0]
    places.sort()
    assert all(b - a > 5 for a, b in pairwise(places))
    ElementTree.fromstring(axis(today))
