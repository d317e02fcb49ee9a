"""The hour as a line: one dot, the stations in order, a sentence that says the same."""

from datetime import UTC, datetime, timedelta

import pytest

from touchline.meetings.clock import hour

BEGAN = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
PARTS = [("Last time", 5), ("What Anwen wants", 20), ("What you want", 15), ("Next date", 5)]


@pytest.mark.parametrize(
    ("passed", "gone", "here", "said"),
    [
        (0, "0.00%", "Last time", "no minutes gone of 60. Now: Last time."),
        (24, "40.00%", "What Anwen wants", "24 minutes gone of 60. Now: What Anwen wants."),
        (60, "100.00%", "Next date", "60 minutes gone of 60. Now: Next date."),
        (75, "100.00%", "Next date", "15 minutes over the 60 planned."),
        (-5, "0.00%", "Last time", "no minutes gone of 60. Now: Last time."),
    ],
)
def test_where_the_dot_stands(passed: int, gone: str, here: str, said: str) -> None:
    line = hour(BEGAN, BEGAN + timedelta(minutes=passed), 60, PARTS)
    assert line.gone == gone
    assert [station.name for station in line.stations if station.place == "here"] == [here]
    assert line.said == said


def test_stations_share_the_hour() -> None:
    line = hour(BEGAN, BEGAN, 45, PARTS)
    assert [station.x for station in line.stations] == ["0.00%", "11.11%", "55.56%", "88.89%"]
