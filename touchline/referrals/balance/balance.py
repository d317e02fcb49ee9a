"""What went back and forth between us and a partner, over any period (M9, M18). Pure.

A balance is made of whole numbers that add up: those of two periods that touch, or of two
relationships, together are that of both. Averages are made where they are shown, of a sum and
of how many it rests on. docs/domain/balance.md says what is counted by which day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# An outcome is any state that ends it; the balance tells apart these two.
WON, DUD = "won", "dud"

# Minor units by currency, in the order of the currencies' codes.
Amounts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both counted."""

    first: date
    last: date


class Passed(NamedTuple):
    """What went one way.

    ``passed``, and of those ``contacted`` after together ``contact_days``, and ``duds``, are
    counted by the day introduced. ``ended``, and of those ``told`` (feedback) after together
    ``told_days``, ``won`` and ``valued`` with its ``money``, by the day of the outcome.
    ``help`` is other help, by its day.
    """

    passed: int = 0
    contacted: int = 0
    contact_days: int = 0
    duds: int = 0
    ended: int = 0
    told: int = 0
    told_days: int = 0
    won: int = 0
    valued: int = 0
    money: Amounts = ()
    help: int = 0

    def __add__(self, other: "Passed") -> "Passed":  # type: ignore[override]
        return Passed(
            self.passed + other.passed,
            self.contacted + other.contacted,
            self.contact_days + other.contact_days,
            self.duds + other.duds,
            self.ended + other.ended,
            self.told + other.told,
            self.told_days + other.told_days,
            self.won + other.won,
            self.valued + other.valued,
            together(self.money, other.money),
            self.help + other.help,
        )


_NOTHING = Passed()


class Part(NamedTuple):
    """What one side did: one-to-ones that it ``asked`` for, promises ``kept`` of those ``due``."""

    asked: int = 0
    kept: int = 0
    due: int = 0

    def __add__(self, other: "Part") -> "Part":  # type: ignore[override]
        return Part(self.asked + other.asked, self.kept + other.kept, self.due + other.due)


class Balance(NamedTuple):
    """Both ways, and both sides; ``met`` are the one-to-ones held, ``travelled`` those of them
    that we travelled to. ``introduced`` and ``introduced_by`` count what the partner took part
    in as a third: as the one introduced, and as the one who made the introduction.
    """

    given: Passed = Passed()
    received: Passed = Passed()
    ours: Part = Part()
    theirs: Part = Part()
    met: int = 0
    travelled: int = 0
    introduced: int = 0
    introduced_by: int = 0

    def __add__(self, other: "Balance") -> "Balance":  # type: ignore[override]
        return Balance(
            self.given + other.given,
            self.received + other.received,
            self.ours + other.ours,
            self.theirs + other.theirs,
            self.met + other.met,
            self.travelled + other.travelled,
            self.introduced + other.introduced,
            self.introduced_by + other.introduced_by,
        )

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all happened."""
        return self == Balance()


def together(one: Amounts, other: Amounts) -> Amounts:
    """Add amounts, each currency for itself."""
    if not (one and other):
        return one or other
    sums = dict(one)
    for currency, minor in other:
        sums[currency] = sums.get(currency, 0) + minor
    return tuple(sorted(sums.items()))


def total(each: Iterable[Balance]) -> Balance:
    """Add balances up: the same as one after another, a column at a time."""
    given, received, ours, theirs, *numbers = tuple(zip(*each, strict=True)) or _EMPTY
    return Balance(
        _total(given),
        _total(received),
        Part(*_sums(ours)),
        Part(*_sums(theirs)),
        *map(sum, numbers),
    )


_EMPTY: tuple[tuple[()], ...] = ((),) * len(Balance._fields)


def _sums(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _total(rows: Iterable[Passed]) -> Passed:
    columns = list(zip(*rows, strict=True))
    if not columns:
        return _NOTHING
    *numbers, money, helped = columns
    sums: dict[str, int] = {}
    for amounts in money:
        for currency, minor in amounts:
            sums[currency] = sums.get(currency, 0) + minor
    return Passed._make([*map(sum, numbers), tuple(sorted(sums.items())), sum(helped)])
