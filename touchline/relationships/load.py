"""What the commitments of a member take of a week (M8). Pure.

All loads are in minutes a week. A meeting takes its length, travel both ways and
preparation, spread over the ideal interval; a call its length over its own interval. What
is paused or ended takes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# The longest interval between meetings that a relationship may have, in days.
LONGEST = 1100


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one relationship asks for: minutes and days; ``call_days`` None means no calls."""

    name: str
    length_minutes: int
    travel_minutes: int
    preparation_minutes: int
    meeting_days: int
    call_minutes: int
    call_days: int | None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The weekly load before and after something, against the budget."""

    before: float
    after: float
    budget: int

    @property
    def over(self) -> float:
        """Minutes a week beyond the budget afterwards; 0 where it fits."""
        return max(0.0, self.after - self.budget)


@dataclass(frozen=True, slots=True)
class Relief:
    """One way to make room: ease a commitment, and the minutes a week that frees."""

    key: int
    name: str
    meeting_days: int
    frees: float


def weekly(commitment: Commitment) -> float:
    """Return the minutes a week that one commitment takes."""
    meeting = (
        commitment.length_minutes + 2 * commitment.travel_minutes + commitment.preparation_minutes
    )
    total = meeting * 7 / commitment.meeting_days
    if commitment.call_days:
        total += commitment.call_minutes * 7 / commitment.call_days
    return total


def total(commitments: Iterable[Commitment]) -> float:
    """Return the minutes a week that all of them take together."""
    return sum(weekly(commitment) for commitment in commitments)


def change(
    commitments: Iterable[Commitment],
    budget: int,
    *,
    starts: Iterable[Commitment] = (),
    stops: Iterable[int] = (),
) -> Change:
    """Return the load before and after some commitments start and those keyed stop.

    To change a commitment is to stop it by its key and to start it anew.
    """
    commitments = list(commitments)
    gone = set(stops)
    before = total(commitments)
    kept = [one for one in commitments if one.key not in gone]
    return Change(before, total(kept) + total(starts), budget)


def relief(
    commitments: Iterable[Commitment], over: float, *, sparing: Iterable[int] = (), most: int = 3
) -> list[Relief]:
    """Suggest which commitments would make room for ``over`` minutes a week.

    Each suggestion halves one commitment's meetings. One that suffices alone is preferred,
    the smallest such, for it disturbs least; else the fewest that suffice together, those
    that free most first; when not even ``most`` of them suffice, the ``most`` largest.
    """
    if over <= 0:
        return []
    spared = set(sparing)
    candidates = []
    for one in commitments:
        if one.key in spared or 2 * one.meeting_days > LONGEST:
            continue
        meeting = (one.length_minutes + 2 * one.travel_minutes + one.preparation_minutes) * 7
        frees = meeting / one.meeting_days - meeting / (2 * one.meeting_days)
        candidates.append(Relief(one.key, one.name, 2 * one.meeting_days, frees))
    candidates.sort(key=lambda each: (-each.frees, each.name))
    enough = [each for each in candidates if each.frees >= over]
    if enough:
        return [enough[-1]]
    freed = 0.0
    for position, each in enumerate(candidates[:most], 1):
        freed += each.frees
        if freed >= over:
            return candidates[:position]
    return candidates[:most]
