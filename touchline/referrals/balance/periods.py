"""The period that a page is asked for: this year, twelve months, all, from day to day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from touchline.core.months import months_before
from touchline.core.words import short_day
from touchline.referrals.balance.balance import Period

TWELVE, YEAR, ALL, BETWEEN = "twelve", "year", "all", "between"
LABELS = {TWELVE: "Twelve months", YEAR: "This year", ALL: "All"}
# Days that both databases can write down.
EARLIEST = date(2, 1, 1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for; ``said`` says the period in words, ``error`` what could not be read.

    ``first`` and ``last`` are as typed, for the form to show again.
    """

    key: str
    period: Period
    said: str
    first: str = ""
    last: str = ""
    error: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The words of the address that ask for it again."""
        if self.key == BETWEEN:
            return {"period": BETWEEN, "from": self.first, "to": self.last}
        return {} if self.key == TWELVE else {"period": self.key}


def everything(today: date) -> Period:
    """Return all days up to today."""
    return Period(EARLIEST, today)


def twelve_months(today: date) -> Period:
    """Return the twelve months that end today."""
    return Period(max(EARLIEST, months_before(today, 12) + timedelta(days=1)), today)


def chosen(asked: Mapping[str, str], today: date) -> Chosen:
    """Read the period from an address; twelve months where nothing sensible is said."""
    key = asked.get("period", "")
    if key == YEAR:
        return Chosen(YEAR, Period(date(today.year, 1, 1), today), f"in {today.year}")
    if key == ALL:
        return Chosen(ALL, everything(today), "since the beginning")
    twelve = Chosen(TWELVE, twelve_months(today), "in the last twelve months")
    if key != BETWEEN:
        return twelve
    first, last = asked.get("from", "").strip()[:20], asked.get("to", "").strip()[:20]
    try:
        period = Period(
            date.fromisoformat(first) if first else EARLIEST,
            date.fromisoformat(last) if last else today,
        )
    except ValueError:
        return _not(twelve, first, last, "Give both days as dates, such as 2026-03-01.")
    if period.first > period.last:
        return _not(twelve, first, last, "The first day is after the last one. Swap the two.")
    if period.first < EARLIEST or period.last.year > 9_000:
        return _not(twelve, first, last, "That is beyond any calendar. Check the years.")
    begun = f"from {short_day(period.first, today)} " if first else ""
    said = f"{begun}until {short_day(period.last, today)}"
    return Chosen(BETWEEN, period, said, first, last)


def _not(instead: Chosen, first: str, last: str, error: str) -> Chosen:
    return Chosen(instead.key, instead.period, instead.said, first, last, error)
