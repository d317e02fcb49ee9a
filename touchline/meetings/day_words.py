"""Days and lengths of time as people write them in a line. Pure.

British order: 3/12 is the third of December, unless the month comes first, which turns only
days with strokes round (3.12. is the same day everywhere). A day without its year or week is
the nearest one in the direction asked for: *ahead* for promises and appointments, *back* for
what has happened.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip

_NUMBER = r"(?:\d{1,3}|a couple of|" + "|".join(n for n in NUMBERS if " " not in n) + ")"
_UNIT = r"(?:day|week|fortnight|month|year)s?"
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"(?:st|nd|rd|th)"


class Toward(Enum):
    """Which way an incomplete day is completed."""

    AHEAD = 1
    BACK = -1


@dataclass(frozen=True, slots=True)
class Found:
    """A day found in a line, and where: ``text[start:end]`` are the words that said it."""

    on: date
    start: int
    end: int


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _months_on(on: date, months: int) -> date:
    """Return the same day some months on, or the last day of a month that has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _shifted(today: date, count: int, unit: str) -> date:
    unit = unit.rstrip("s")
    if unit in ("month", "year"):
        return _months_on(today, count * (12 if unit == "year" else 1))
    return today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _near(match: re.Match[str], today: date, toward: Toward) -> date:
    days = {
        "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
        "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1,
        "the day after tomorrow": 2,
    }  # fmt: skip
    return today + timedelta(days=days[" ".join(match[0].lower().split())])


def _span_ahead(match: re.Match[str], today: date, toward: Toward) -> date:
    return _shifted(today, _number(match["in"].lower()), match["in_unit"].lower())


def _span_back(match: re.Match[str], today: date, toward: Toward) -> date:
    return _shifted(today, -_number(match["ago"].lower()), match["ago_unit"].lower())


def _weekday(match: re.Match[str], today: date, toward: Toward) -> date:
    wanted = WEEKDAYS.index(match["weekday"].lower()[:3])
    which = (match["which"] or "").lower()
    monday = today - timedelta(days=today.weekday())
    if which == "next":
        return monday + timedelta(days=7 + wanted)
    if which == "last" or (toward is Toward.BACK and which != "this"):
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    if which == "this":
        return monday + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _week_after(match: re.Match[str], today: date, toward: Toward) -> date:
    """Return the weekday a week after the coming one: *Tuesday week*, *a week on Tuesday*."""
    wanted = WEEKDAYS.index((match["wk_day"] or match["wk_on"]).lower()[:3])
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 8)


def _week_or_month(match: re.Match[str], today: date, toward: Toward) -> date:
    which, unit = match["whole"].lower(), match["whole_unit"].lower()
    step = {"next": 1, "this": 0, "last": -1}[which]
    if unit == "week":
        if step < 0:
            return today - timedelta(days=7)
        # A week named as a day is its Friday when it is a limit, and a limit is ahead.
        friday = today + timedelta(days=4 - today.weekday() + 7 * step)
        return max(friday, today)
    if step < 0:
        return _months_on(today, -1)
    return _end_of("month", _months_on(today, step))


def _end_of(unit: str, today: date) -> date:
    if unit == "week":
        return today + timedelta(days=max(4 - today.weekday(), 0))
    if unit == "month":
        return today.replace(day=monthrange(today.year, today.month)[1])
    return date(today.year, 12, 31)


def _end(match: re.Match[str], today: date, toward: Toward) -> date:
    base = today if not match["end_next"] else _shifted(today, 1, match["end_unit"].lower())
    return _end_of(match["end_unit"].lower(), base)


def _iso(match: re.Match[str], today: date, toward: Toward) -> date:
    return date.fromisoformat(match[0])


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)


def _in_year(day: int, month: int, year: int | None, today: date, toward: Toward) -> date:
    """Return a day of a month; without a year the nearest one, leap days included."""
    if year is not None:
        return date(year, month, day)
    for offset in range(9):
        year = today.year + offset * toward.value
        if day > monthrange(year, month)[1]:
            continue
        on = date(year, month, day)
        if (on >= today) if toward is Toward.AHEAD else (on <= today):
            return on
    raise ValueError("no such day")


def _figures(match: re.Match[str], today: date, toward: Toward) -> date:
    year = _year(match["fy"])
    return _in_year(int(match["fd"]), int(match["fm"]), year, today, toward)


def _month_figures(match: re.Match[str], today: date, toward: Toward) -> date:
    year = _year(match["fy"])
    return _in_year(int(match["fm"]), int(match["fd"]), year, today, toward)


def _named(match: re.Match[str], today: date, toward: Toward) -> date:
    day, month, year = (
        (match["nd"], match["nm"], match["ny"])
        if match["nd"]
        else (match["md"], match["mm"], match["my"])
    )
    number = MONTHS.index(month.lower()[:3]) + 1
    return _in_year(int(day), number, _year(year), today, toward)


def _nth(match: re.Match[str], today: date, toward: Toward) -> date:
    """Return the nearest *3rd*, this month or the next that has one."""
    wanted = int(match["nth"])
    for offset in range(3):
        month = _months_on(today.replace(day=1), offset * toward.value)
        if wanted > monthrange(month.year, month.month)[1]:
            continue
        on = month.replace(day=wanted)
        if (on >= today) if toward is Toward.AHEAD else (on <= today):
            return on
    raise ValueError("no such day")


_FORMS: tuple[tuple[str, Callable[[re.Match[str], date, Toward], date]], ...] = (
    (r"\d{4}-\d{2}-\d{2}", _iso),
    (r"(?P<fd>\d{1,2})/(?P<fm>\d{1,2})(?:/(?P<fy>\d{4}|\d{2}))?(?!/)", _figures),
    (r"(?P<fd>\d{1,2})\.(?P<fm>\d{1,2})\.(?P<fy>\d{4}|\d{2})?", _figures),
    (
        rf"(?:the\s+)?(?P<nd>\d{{1,2}}){_NTH}?\s+(?:of\s+)?(?P<nm>{_MONTH})\b(?:,?\s+(?P<ny>\d{{4}})\b)?"
        rf"|(?P<mm>{_MONTH})\s+(?:the\s+)?(?P<md>\d{{1,2}}){_NTH}?(?!\d|:)(?:,?\s+(?P<my>\d{{4}})\b)?",
        _named,
    ),
    (rf"the\s+(?P<nth>\d{{1,2}}){_NTH}", _nth),
    (
        r"the\s+day\s+before\s+yesterday|yesterday|today|tonight|this\s+(?:morning|afternoon|evening)"
        r"|the\s+day\s+after\s+tomorrow|tomorrow",
        _near,
    ),
    (rf"(?:in|within)\s+(?P<in>{_NUMBER})\s+(?P<in_unit>{_UNIT})(?:[’']s?\s+time)?", _span_ahead),
    (rf"(?P<ago>{_NUMBER})\s+(?P<ago_unit>{_UNIT})\s+ago", _span_back),
    (
        r"(?:the\s+)?end\s+of\s+(?:(?P<end_next>next\s+)|the\s+|this\s+)?"
        r"(?P<end_unit>week|month|year)",
        _end,
    ),
    (rf"(?P<wk_day>{_WEEKDAY})\s+week|a\s+week\s+on\s+(?P<wk_on>{_WEEKDAY})", _week_after),
    (r"(?P<whole>next|this|last)\s+(?P<whole_unit>week|month)", _week_or_month),
    (rf"(?:(?P<which>last|next|this)\s+)?(?P<weekday>{_WEEKDAY})", _weekday),
)  # fmt: skip
_PATTERNS = [(re.compile(rf"(?<![\w/.-]){form}(?!\w)", re.I), read) for form, read in _FORMS]
_MONTH_FIRST = [
    (pattern, _month_figures if "/" in form and read is _figures else read)
    for (pattern, read), (form, _) in zip(_PATTERNS, _FORMS, strict=True)
]
# A weekday before a full date repeats it: *Thursday 3 December* is one day, not two.
_REPEATED = re.compile(rf"(?<!\w){_WEEKDAY},?\s+$", re.I)


def days(text: str, today: date, toward: Toward, month_first: bool = False) -> Iterator[Found]:
    """Yield the days named in a line, in the order they stand.

    With ``month_first`` 3/12 is the twelfth of March. What looks like a day but is none
    (*31/2*, *in 900 years* from the year 9500) is left in the text.
    """
    found: list[Found] = []
    for pattern, read in _MONTH_FIRST if month_first else _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            try:
                on = read(match, today, toward)
            except (ValueError, OverflowError):
                continue
            before = _REPEATED.search(text[: match.start()]) if match[0][0].isdigit() else None
            start = before.start() if before else match.start()
            found.append(Found(on, start, match.end()))
    yield from sorted(found, key=lambda one: one.start)


_HOURS = re.compile(
    rf"(?<![\w.,/:-])(?:(?:for|about|some)\s+)*(?:(?P<half>half\s+an\s+hour)"
    rf"|(?P<more>(?:an|one)\s+hour\s+and\s+a\s+half)"
    rf"|(?P<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?|{_NUMBER})\s*(?:h|hrs?|hours?)"
    rf"(?:\s*(?:and\s+)?(?P<rest>[0-5]?\d)(?:\s*(?:m|mins?|minutes?))?)?"
    rf"|(?P<minutes>\d{{1,3}}|{_NUMBER})\s*(?:min|mins|minutes?))(?!\w)\.?",
    re.I,
)
LONGEST = 480


def length(text: str) -> tuple[int, int, int] | None:
    """Return the first length of time in a line, as minutes and where it stands.

    At least 1 and at most 480 minutes; what is beyond is left in the text.
    """
    for match in _HOURS.finditer(text):
        if match["half"]:
            minutes = 30
        elif match["more"]:
            minutes = 90
        elif match["hours"]:
            written = match["hours"].lower().replace(",", ".")
            hours = float(NUMBERS.get(written) or written)
            minutes = round(60 * hours) + int(match["rest"] or 0)
        else:
            minutes = _number(match["minutes"].lower())
        if 1 <= minutes <= LONGEST:
            return minutes, match.start(), match.end()
    return None
