"""Dates as contact files write them. Each reader gives an ISO date, or '' for what it can't read.

A birthday without its year is '--05-09'.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from touchline.core.fold import fold

Order = Literal["day", "month", ""]

_FULL = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ].*)?")
_LOOSE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEARLESS = re.compile(r"--([0-9]{1,2})-?([0-9]{2})(?:[T ].*)?")
_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})[-/.]\s?([0-9]{4}|[0-9]{2})(?:[ T].*)?")
_NAMED = re.compile(r"([0-9]{1,2})\.?[-/ ]+([^\W\d_]+)\.?[-/ ,]+([0-9]{4}|[0-9]{2})")
_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2}),? ([0-9]{4})")
# By their first letters, folded: English, German, French, Spanish, Italian, Dutch, Portuguese.
_MONTHS = {
    letters: number
    for number, several in enumerate(
        (
            *("jan ene gen", "feb fev", "mar mrz mrt", "apr avr abr", "may mai mag mei"),
            *("jun juin giu", "jul juil lug", "aug ago aou", "sep set", "oct okt ott out"),
            *("nov", "dec dez dic"),
        ),
        1,
    )
    for letters in several.split()
}
# Apple's address books write this year where a birthday has none.
_NO_YEAR = 1604


def birthday(value: str, omit_year: str = "") -> str:
    """A birthday of a vCard or a Google file; `omit_year` is the year that means none."""
    value = value.strip()
    if found := _YEARLESS.fullmatch(value):
        return _iso(None, int(found[1]), int(found[2]))
    if found := _FULL.fullmatch(value) or _LOOSE.fullmatch(value):
        year = int(found[1])
        unknown = year == _NO_YEAR or found[1] == omit_year
        return _iso(None if unknown else year, int(found[2]), int(found[3]))
    return ""


def connected(value: str) -> str:
    """A LinkedIn date: '05 Mar 2024', '7-Feb-22', '5. März 2024', 'Mar 5, 2024', '2024-03-05'."""
    if found := _with_month(value.strip()):
        # LinkedIn is younger than this century, so two digits leave no doubt.
        return _iso(int(found[0]) % 100 + 2000, found[1], found[2])
    iso = _FULL.fullmatch(value.strip())
    return _iso(int(iso[1]), int(iso[2]), int(iso[3])) if iso else ""


def named(value: str) -> str:
    """A birthday with the month in words; two digits mean 1916 to 2015."""
    found = _with_month(value.strip())
    return _iso(_year(found[0]), found[1], found[2]) if found else ""


def _with_month(value: str) -> tuple[str, int, int] | None:
    """Year as written, month, day."""
    if found := _NAMED.fullmatch(value):
        day, month, year = found[1], found[2], found[3]
    elif found := _NAMED_FIRST.fullmatch(value):
        day, month, year = found[2], found[1], found[3]
    else:
        return None
    month = fold(month)
    return year, _MONTHS.get(month[:4]) or _MONTHS.get(month[:3], 0), int(day)


def _year(written: str) -> int | None:
    year = int(written)
    if len(written) == 2:
        year += 1900 if year > 15 else 2000
    return None if year == _NO_YEAR else year


def is_none(value: str) -> bool:
    """Whether Outlook means no date: '0/0/00' and its kin."""
    return not value.strip("0/-. :")


def order(values: Iterable[str]) -> Order:
    """Whether the dates of one file put the day or the month first; '' where none of them tells.

    A number over 12 gives it away; dates that contradict each other tell nothing.
    """
    days = months = False
    for value in values:
        if found := _NUMBERS.fullmatch(value.strip()):
            days = days or int(found[1]) > 12
            months = months or int(found[3]) > 12
    return "" if days == months else "day" if days else "month"


def in_order(value: str, first: Order) -> str:
    """An Outlook date. With dots the day comes first, as wherever dots are used; otherwise by
    `first`. Two digits mean 1916 to 2015: a birthday."""
    value = value.strip()
    found = _NUMBERS.fullmatch(value)
    if not found:
        return birthday(value)
    one, other = int(found[1]), int(found[3])
    if found[2] == "." or one == other:
        first = "day"
    if not first:
        return ""
    day, month = (one, other) if first == "day" else (other, one)
    return _iso(_year(found[4]), month, day)


def _iso(year: int | None, month: int, day: int) -> str:
    try:
        # 2000 was a leap year: the 29th of February is a birthday too.
        found = date(2000 if year is None else year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if year is not None else f"--{found:%m-%d}"
