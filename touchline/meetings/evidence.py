"""What the decision on a relationship rests on (M6, M18). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as the evidence sees it."""

    mine: bool
    state: str
    due_on: date
    agreed: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """A one-to-one as the evidence sees it; ``minutes`` is what it took, travel included."""

    state: str
    times_moved: int
    missed_by: str
    asked_by: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of one side: those kept of those settled or overdue."""

    kept: int
    not_kept: int
    open: int

    @property
    def due(self) -> int:
        return self.kept + self.not_kept


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts since the programme began; ``minutes`` of meetings and calls together."""

    mine: Kept
    theirs: Kept
    took_place: int
    held_before: int
    moved: int
    missed_by_me: int
    missed_by_them: int
    asked_by_me: int
    asked_by_them: int
    calls: int
    minutes: int


def promises(found: Iterable[Promise], mine: bool, today: date) -> Kept:
    """Count one side's promises.

    Kept late counts as kept. Overdue or dropped without agreement counts as not kept
    (DESIGN, *action*); dropped by agreement counts as neither.
    """
    kept = not_kept = still_open = 0
    for promise in found:
        if promise.mine != mine:
            continue
        if promise.state in ("kept", "kept_late"):
            kept += 1
        elif promise.state == "open":
            if promise.due_on < today:
                not_kept += 1
            else:
                still_open += 1
        elif not promise.agreed:
            not_kept += 1
    return Kept(kept, not_kept, still_open)


def weigh(
    meetings: Iterable[Meeting],
    found: Iterable[Promise],
    *,
    calls: int,
    call_minutes: int,
    held_before: int,
    today: date,
) -> Evidence:
    """Put the evidence together."""
    meetings, found = list(meetings), list(found)
    happened = [one for one in meetings if one.state in ("held", "closed_out")]
    return Evidence(
        mine=promises(found, True, today),
        theirs=promises(found, False, today),
        took_place=len(happened),
        held_before=held_before,
        moved=sum(one.times_moved for one in meetings),
        missed_by_me=sum(one.missed_by == "mine" for one in meetings),
        missed_by_them=sum(one.missed_by == "theirs" for one in meetings),
        asked_by_me=sum(one.asked_by == "mine" for one in happened),
        asked_by_them=sum(one.asked_by == "theirs" for one in happened),
        calls=calls,
        minutes=sum(one.minutes for one in happened) + call_minutes,
    )
