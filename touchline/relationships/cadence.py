"""When a meeting or a call is due, and how late it is (M7). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

# The steps of *meet more* and *meet less*, in days: weekly to yearly.
LADDER = (7, 14, 21, 28, 42, 63, 91, 182, 365)
LONGEST_TOLERANCE = 400


@dataclass(frozen=True, slots=True)
class Cadence:
    """An ideal interval and a tolerance, both in days; ``ideal_days`` is at least 1."""

    ideal_days: int
    tolerance_days: int


class Standing(NamedTuple):
    """Where a cadence stands on a day.

    ``due_on`` is last + ideal; ``late_on`` the first day that is late, the day after
    last + ideal + tolerance; ``priority`` is (elapsed - ideal) / ideal.
    """

    due_on: date
    late_on: date
    is_due: bool
    is_late: bool
    days_late: int
    priority: float


def standing(cadence: Cadence, last: date | None, begun: date, today: date) -> Standing:
    """Say whether the next one is due or late ``today``.

    Counted from the ``last`` one that actually took place, or from the day the programme
    ``begun`` where nothing did yet (DESIGN, *cadence*). Due from the due day on; late only
    after the tolerance; ``days_late`` counts the days since the due window closed.
    """
    since = last or begun
    due_on = since + timedelta(days=cadence.ideal_days)
    window_ends = due_on + timedelta(days=cadence.tolerance_days)
    elapsed = (today - since).days
    return Standing(
        due_on=due_on,
        late_on=window_ends + timedelta(days=1),
        is_due=today >= due_on,
        is_late=today > window_ends,
        days_late=max(0, (today - window_ends).days),
        priority=(elapsed - cadence.ideal_days) / cadence.ideal_days,
    )


def more_often(cadence: Cadence) -> Cadence:
    """Return the next quicker rhythm of the ladder; the quickest stays as it is."""
    quicker = [step for step in LADDER if step < cadence.ideal_days]
    return _scaled(cadence, quicker[-1] if quicker else cadence.ideal_days)


def less_often(cadence: Cadence) -> Cadence:
    """Return the next slower rhythm of the ladder; beyond a year it stays as it is."""
    slower = [step for step in LADDER if step > cadence.ideal_days]
    return _scaled(cadence, slower[0] if slower else cadence.ideal_days)


def _scaled(cadence: Cadence, ideal: int) -> Cadence:
    """Keep the tolerance in proportion to the interval, within what may be stored."""
    tolerance = round(cadence.tolerance_days * ideal / cadence.ideal_days)
    return Cadence(ideal, min(tolerance, LONGEST_TOLERANCE))
