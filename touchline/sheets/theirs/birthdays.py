"""A birthday as somebody writes it about themselves, as a day that comes round. Pure."""

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date

from touchline.people.forms import read_birthday

# *9.5.1970*, *9/5/70*, *9.5.*: the day comes first (``meetings.day_words``).
_FIGURES = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{4})?)?")
_AMERICAN = re.compile(r"([^\W\d]{3,})\s+(\d{1,2})(?:\s+(\d{4}))?")
_AROUND = re.compile(
    r"(?i)\b(?:on|the|of|my|birthday|is|it|it’s|it's|born)\b|(?<=\d)(?:st|nd|rd|th)\b|,"
)


def birthday(text: str, on: date) -> date | None:
    """Return the day of a birthday said on a day, None where it can't be read.

    Without its year it is the last one there was, a 29th of February in a leap year: so recent a
    day says no year of birth (``knowing.days.year_of_birth``).
    """
    plain = " ".join(_AROUND.sub(" ", text).split()).strip(" .!")
    try:
        stored = read_birthday(_turned(plain))
        known = date.fromisoformat(f"2000-{stored[2:]}" if stored.startswith("--") else stored)
    except (ValueError, OverflowError):
        return None
    if not stored.startswith("--"):
        return known if known.year >= 1900 and known <= on else None
    return next(day for day in _back_from(on, known.month, known.day) if day <= on)


def _back_from(on: date, month: int, day: int) -> Iterator[date]:
    """Yield the day in each year that has it, the year of ``on`` first."""
    for year in range(on.year, on.year - 9, -1):
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)


def _turned(text: str) -> str:
    """Return figures, and a month before its day, as ``read_birthday`` reads them."""
    if found := _FIGURES.fullmatch(text):
        day, month, year = (int(each) if each else None for each in found.groups())
        return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"
    if found := _AMERICAN.fullmatch(text):
        return " ".join(filter(None, (found[2], found[1], found[3])))
    return text
