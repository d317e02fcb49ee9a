"""The hour of a meeting as a line: its parts as stations, one dot for now. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from touchline.core.words import clock, count


@dataclass(frozen=True, slots=True)
class Station:
    """Where a part begins, in per cent, and whether it is the one now (*here*) or *next*.

    ``share`` is where it begins as a part of one, ``until`` when it ends, as a clock says it.
    """

    x: str
    name: str
    place: str
    share: float = 0.0
    until: str = ""

    @property
    def late(self) -> bool:
        """Whether it begins so late that its name has no room but before it."""
        return self.share > 0.6


@dataclass(frozen=True, slots=True)
class Hour:
    """The line, ready to draw, and the sentence that says the same."""

    stations: tuple[Station, ...]
    gone: str
    said: str


def hour(began: datetime, now: datetime, minutes: int, parts: Sequence[tuple[str, int]]) -> Hour:
    """Lay out a meeting of some minutes; ``parts`` are names with their shares of it.

    ``until`` is said in the zone of ``began``. Beyond its length the dot stays at the end and
    the sentence says by how much it is over.
    """
    whole = sum(share for _, share in parts) or 1
    passed = max(0, int((now - began).total_seconds() // 60))
    gone = min(1.0, passed / minutes)
    begins, stations, here = 0.0, [], -1
    for place, (name, share) in enumerate(parts):
        if gone >= begins - 1e-9:
            here = place
        ends = begins + share / whole
        stations.append((begins, name, clock(began + timedelta(minutes=minutes * ends))))
        begins = ends
    drawn = tuple(
        Station(
            f"{100 * at:.2f}%",
            name,
            "here" if place == here else "next" if place == here + 1 else "",
            round(at, 4),
            until,
        )
        for place, (at, name, until) in enumerate(stations)
    )
    said = f"{count(passed, 'minute')} gone of {minutes}."
    if passed > minutes:
        said = f"{count(passed - minutes, 'minute')} over the {minutes} planned."
    elif here >= 0:
        said += f" Now: {parts[here][0]}."
    return Hour(drawn, f"{100 * gone:.2f}%", said)
