"""Goal arithmetic: how many referrals an income takes, and who has brought how many so far. Pure.

PRACTICE: wanted income, by the average order, times quotes per win, is what is needed. Everything
is counted in whole numbers and fractions; it is rounded where it is said, and up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from math import ceil

# A quarter is 91 days, counted back from today; as many as make three years.
QUARTER = timedelta(days=91)
QUARTERS = 12
# Fewer referrals than this say little of anybody.
FEW = 5


@dataclass(frozen=True, slots=True)
class Needed:
    """What a goal takes in a year: ``orders`` to be won, ``referrals`` to be received."""

    orders: Fraction
    referrals: Fraction

    @property
    def a_year(self) -> int:
        return ceil(self.referrals)

    @property
    def a_month(self) -> Fraction:
        return self.referrals / 12

    @property
    def a_quarter(self) -> Fraction:
        return self.referrals / 4


def needed(income_minor: int, order_minor: int, quotes_per_win: Decimal) -> Needed:
    """Return what an income takes; both amounts are of one currency and more than nothing.

    Raises ValueError for anything else, and for fewer than one quote to a win.
    """
    if income_minor <= 0 or order_minor <= 0 or quotes_per_win < 1:
        raise ValueError("An income and an order are more than nothing, and a win takes a quote.")
    orders = Fraction(income_minor, order_minor)
    return Needed(orders, orders * Fraction(quotes_per_win))


@dataclass(frozen=True, slots=True)
class Spread:
    """Referrals a quarter: the middle one of ``quarters``, and where the middle half of them lies.

    ``referrals`` is how many there were in all of them.
    """

    quarters: int
    referrals: int
    low: Fraction
    middle: Fraction
    high: Fraction

    @property
    def is_few(self) -> bool:
        return self.referrals < FEW


def by_quarter(quarters: Iterable[int], whole: int) -> list[int]:
    """Count referrals by the quarter that they came in, for so many whole ones, the latest first.

    The quarter that ends today is 0. No more than ``QUARTERS`` count; one in none of them is
    left out.
    """
    counts = [0] * max(0, min(QUARTERS, whole))
    for place in quarters:
        if 0 <= place < len(counts):
            counts[place] += 1
    return counts


def rank(counts: Sequence[int]) -> tuple[int, int]:
    """Return what counts by quarter are ordered by: twice the middle one, then all of them."""
    ranked, many = sorted(counts), len(counts)
    return (ranked[many // 2] + ranked[(many - 1) // 2] if many else 0, sum(counts))


def spread(counts: Iterable[int]) -> Spread | None:
    """Return the quartiles of some counts, between two of them in proportion; None of none."""
    ranked = sorted(counts)
    if not ranked:
        return None
    low, middle, high = (_quantile(ranked, Fraction(part, 4)) for part in (1, 2, 3))
    return Spread(len(ranked), sum(ranked), low, middle, high)


def _quantile(ranked: list[int], part: Fraction) -> Fraction:
    place = part * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])


def together(series: Iterable[list[int]]) -> list[int]:
    """Add several counts by quarter, of whatever length, the latest first."""
    return [sum(quarter) for quarter in zip_longest(*series, fillvalue=0)]


@dataclass(frozen=True, slots=True)
class Record:
    """What one's own received referrals came to, in one currency.

    ``won`` orders of which ``valued`` are worth together ``minor``; ``quoted`` had a quote.
    """

    won: int = 0
    valued: int = 0
    minor: int = 0
    quoted: int = 0

    @property
    def average_minor(self) -> int | None:
        return self.minor // self.valued if self.valued else None

    @property
    def quotes_per_win(self) -> Fraction | None:
        return Fraction(self.quoted, self.won) if self.won and self.quoted >= self.won else None


def rounded(value: Fraction) -> str:
    """Say a number to the tenth, up: *3*, *2.4*."""
    tenths = ceil(value * 10)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
