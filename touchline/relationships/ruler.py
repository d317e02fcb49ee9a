"""The load as a picture and as a sentence: hours owed, what is added, the limit. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from touchline.core.words import capital, every, listed, span
from touchline.relationships.load import Change, Relief

# Where the limit stands while the load is near it: three quarters along, a third to spare.
SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Ruler:
    """Places along the ruler in per cent of its length, ready for an SVG without a viewBox."""

    ticks: tuple[str, ...]
    owed: str
    added: str
    excess: str
    freed: str
    limit: str
    limit_label: str
    said: str
    over: str

    @property
    def drawn(self) -> SafeString:
        """What stands in the SVG: thirty lines, too many for a template."""
        lines = [
            ("ground", "0", "100%", 16, 16),
            *(("tick", tick, tick, 16, 21) for tick in self.ticks),
            ("freed", self.owed, self.freed, 13, 13),
            ("owed", "0", self.owed, 13, 13),
            ("added", self.owed, self.added, 13, 13),
            ("excess", self.added, self.excess, 13, 13),
            ("limit", self.limit, self.limit, 7, 21),
        ]
        drawn = [
            f'<line class="{name}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>'
            for name, x1, x2, y1, y2 in lines
        ]
        label = f'<text x="{self.limit}" text-anchor="middle" y="2">{self.limit_label}</text>'
        return SafeString("".join([*drawn, label]))  # Figures and words of ours alone.


def said(change: Change, whose: str = "your") -> str:
    """Say the load before and after in a sentence; ``whose`` is *your* or *Alice’s*."""
    owner = capital(whose)
    before, after = span(change.before), span(change.after)
    if before == after:
        return f"{owner} week stays at {after} of {span(change.budget)}."
    return f"{owner} week goes from {before} to {after} of {span(change.budget)}."


def over(change: Change) -> str:
    """Say plainly how far over the budget it goes; empty where it fits."""
    return f"{span(change.over)} a week over" if round(change.over) > 0 else ""


def room(found: Sequence[Relief], wanted: float) -> str:
    """Say which commitments, eased, would free the ``wanted`` minutes a week.

    Where even all of them would not, says how much they would; empty where there are none.
    """
    ways = listed([f"{each.name} {every(each.meeting_days)}" for each in found])
    if not ways:
        return ""
    freed = sum(each.frees for each in found)
    if round(freed) < round(wanted):
        return f"Even meeting {ways} would free only {span(freed)}."
    return f"Meeting {ways} would make room."


def ruler(change: Change, whose: str = "your") -> Ruler:
    """Lay a change of load along the ruler.

    The limit stands three quarters along; a load far beyond it stretches the scale instead
    of leaving it. ``owed`` ends the ink, ``added`` the green after it, ``excess`` the broken
    green beyond the limit; ``freed`` is how far the ink reached before, where it shrinks.
    """
    budget = max(1, change.budget)
    whole = max(budget / SHARE, 1.04 * max(change.before, change.after))

    def at(minutes: float) -> str:
        return f"{100 * minutes / whole:.2f}%"

    step = 60 if whole <= 16 * 60 else 300
    kept = min(change.before, change.after)
    fits = min(change.after, max(budget, kept))
    return Ruler(
        ticks=tuple(at(minute) for minute in range(0, int(whole) + 1, step)),
        owed=at(kept),
        added=at(fits),
        excess=at(change.after),
        freed=at(change.before),
        limit=at(budget),
        limit_label=span(budget),
        said=said(change, whose),
        over=over(change),
    )
