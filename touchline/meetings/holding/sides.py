"""Whose the time of a meeting was, from what was ticked when. Pure.

What is ticked has just been talked about: the time since the tick before (or the beginning)
goes to the side whose item it was. Topics of the kind are asked about the partner, so they
count as theirs. What comes after the last tick is nobody's yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from touchline.core.words import count, number


@dataclass(frozen=True, slots=True)
class Tick:
    """Something covered: when, and whether it was ours."""

    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Whole minutes of each side."""

    theirs: int
    mine: int

    def said(self, name: str) -> str:
        """Say it; empty while nothing was ticked."""
        if not self.theirs and not self.mine:
            return ""
        if not self.theirs:
            return f"So far {count(self.mine, 'minute')} yours, none {name}’s."
        mine = number(self.mine) if self.mine else "none"
        return f"So far {count(self.theirs, 'minute')} {name}’s, {mine} yours."


def sides(began: datetime, ticks: Iterable[Tick]) -> Sides:
    """Share out the time from the beginning to the last tick; ticks before it count nothing."""
    spent = {True: 0.0, False: 0.0}
    before = began
    for tick in sorted(ticks, key=lambda one: one.at):
        if tick.at > before:
            spent[tick.mine] += (tick.at - before).total_seconds()
            before = tick.at
    return Sides(round(spent[False] / 60), round(spent[True] / 60))
