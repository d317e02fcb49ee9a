"""The days that people have: birthdays, exams, a contract's end; and when they come up. Pure."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from touchline.core.words import day, ordinal

# From so many days before; on the day itself for the last time.
AHEAD = timedelta(days=7)
# The slot of the playbook that is a birthday.
BIRTHDAY = "birthday"
# Nobody of so few years tells us their birthday.
YEARLESS = 8
_STORED = re.compile(r"([0-9]{4}|-)-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day that comes up: ``text`` is what it is, '' for a birthday.

    ``since`` is the year it began in, None where nobody said.
    """

    on: date
    text: str
    birthday: bool = False
    since: int | None = None

    def placed(self, today: date) -> str:
        """Say when: *today*, *tomorrow*, *on Thursday*."""
        when = day(self.on, today)
        return when if when in ("today", "tomorrow") else f"on {when}"

    @property
    def birthday_words(self) -> str:
        """Say which birthday it is where it ends on a nought: *50th birthday*."""
        turns = self.on.year - self.since if self.since else 0
        return f"{ordinal(turns)} birthday" if turns > 0 and turns % 10 == 0 else "birthday"

    def said(self, whose: str, today: date) -> str:
        """Say it whole, of somebody by name or of *you*.

        *Anwen’s birthday is on Thursday*; *Kitty’s exam, tomorrow (Anwen)*.
        """
        if self.birthday:
            owner = "Your" if whose == "you" else f"{whose}’s"
            return f"{owner} {self.birthday_words} is {self.placed(today)}"
        return f"{self.text.rstrip('.')}, {self.placed(today)} ({whose})"


def in_year(month: int, day_of_month: int, year: int) -> date:
    """Return the day in a year; the 29th of February is kept on the 28th in other years."""
    if (month, day_of_month) == (2, 29) and not isleap(year):
        day_of_month = 28
    return date(year, month, day_of_month)


def year_of_birth(dated_on: date, said_on: date) -> int | None:
    """Return the year of a birthday; None where it was told without one.

    A fact about a day has a year. So recent a one, as of the day it was told, stands for none.
    """
    return dated_on.year if said_on.year - dated_on.year > YEARLESS else None


def next_occurrence(dated_on: date, today: date, *, yearly: bool) -> date | None:
    """Return the next day, ``today`` included, on which it is so; None where it is over."""
    if not yearly or dated_on > today:
        return dated_on if dated_on >= today else None
    this_year = in_year(dated_on.month, dated_on.day, today.year)
    if this_year >= today:
        return this_year
    if today.year == date.max.year:
        return None
    return in_year(dated_on.month, dated_on.day, today.year + 1)


def next_birthday(stored: str, today: date) -> tuple[date, int | None] | None:
    """Return the next birthday and its year of birth, of *1970-05-09* or *--05-09*.

    None for anything else, as a card may have written what is no day.
    """
    read = _STORED.fullmatch(stored)
    if read is None:
        return None
    try:
        known = date(2000, int(read[2]), int(read[3]))
    except ValueError:
        return None
    born = int(read[1]) if read[1] != "-" else None
    found = next_occurrence(known, today, yearly=True)
    return (found, born) if found else None


def upcoming(on: date | None, today: date) -> bool:
    """Say whether a day is near enough to speak of."""
    return on is not None and today <= on <= today + AHEAD


def stretches(today: date) -> tuple[str, str, str, str]:
    """Return the days of a year that are near, as *MM-DD*: from, to and from, to.

    The second stretch is that of the new year, where the first ends with the old one; else
    both are the same. The 29th of February counts as its 28th.
    """
    until = today + AHEAD
    first, last = f"{today:%m-%d}", f"{until:%m-%d}".replace("02-28", "02-29")
    if first <= last:
        return first, last, first, last
    return first, "12-31", "01-01", last
