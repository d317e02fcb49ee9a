"""What a balance may be worth a thought about: hints with their reasons, and no score. Pure.

A hint is a sentence that counts, with the referrals that it counts. It says what is, not what to
do about it; whether one gives and another asks is theirs to judge (M9, M18).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from touchline.core.words import capital, count, number

# So many one way with nothing the other way are worth a word; the first two are a beginning.
ONE_WAY = 3
# A second dud usually means that the receiver never said whom they want to meet.
DUDS = 2
# Feedback that is longer under way than this has been forgotten.
PATIENCE = timedelta(days=21)


class Reason(NamedTuple):
    """A referral that a hint rests on: ``key`` finds it, ``name`` is the prospect's."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Side:
    """What went one way, as hints see it; each of the three is oldest first.

    ``passed`` is how many were introduced; ``others_asked_on`` the last day that one the other
    way was asked for. ``since`` were introduced after that day, ``duds`` came to nothing, and of
    ``untold`` nobody was told more although the outcome is older than ``PATIENCE``.
    """

    passed: int = 0
    others_asked_on: date | None = None
    since: tuple[Reason, ...] = ()
    duds: tuple[Reason, ...] = ()
    untold: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence, and the referrals that it rests on, oldest first."""

    text: str
    rests_on: tuple[Reason, ...]


def hints(given: Side, received: Side, name: str, today: date) -> tuple[Hint, ...]:
    """Return what is worth a thought; ``name`` is what the partner is called."""
    found = [
        _one_way(given, "given", "asked for", today),
        _one_way(received, "received", "given", today),
        _duds(given, f"given were duds: has {name} said whom they want to meet?"),
        _duds(received, f"received were duds: does {name} know whom you want to meet?"),
        _untold(given, f"you gave ended, and {name} has not told you more"),
        _untold(received, f"you received ended, and {name} has not heard it from you"),
    ]
    return tuple(hint for hint in found if hint)


def _one_way(side: Side, done: str, missing: str, today: date) -> Hint | None:
    """Look for several one way since the last time that anything went the other way."""
    if len(side.since) < ONE_WAY:
        return None
    last = side.others_asked_on
    never = f"none {missing} yet"
    when = never if last is None else f"none {missing} since {_month(last, today)}"
    return Hint(f"{capital(number(len(side.since)))} {done}, {when}.", side.since)


def _duds(side: Side, said: str) -> Hint | None:
    if len(side.duds) < DUDS:
        return None
    return Hint(f"{capital(number(len(side.duds)))} of {number(side.passed)} {said}", side.duds)


def _untold(side: Side, said: str) -> Hint | None:
    if not side.untold:
        return None
    return Hint(f"{capital(count(len(side.untold), 'referral'))} {said}.", side.untold)


def _month(on: date, today: date) -> str:
    """Say a month: *March*, with the year where that March is not the last one."""
    near = (today.year - on.year) * 12 + today.month - on.month < 12
    return f"{on:%B}" if near else f"{on:%B %Y}"
