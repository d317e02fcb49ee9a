"""Dates, spans and counts as people say them. Pure."""

from datetime import date, datetime, timedelta

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


def number(count: int) -> str:
    """Say a count: words to ten, figures beyond."""
    return SMALL[count] if 0 <= count <= 10 else f"{count:,}"


def count(many: int, one: str, more: str = "") -> str:
    """Say how many of a thing there are: *three calls*, *one call*, *no calls*."""
    return f"{number(many)} {one if many == 1 else more or one + 's'}"


def ordinal(position: int) -> str:
    """Say which in a row: *third*, *21st*."""
    if 0 <= position < len(ORDINALS):
        return ORDINALS[position]
    suffix = (
        "th"
        if position % 100 in (11, 12, 13)
        else {1: "st", 2: "nd", 3: "rd"}.get(position % 10, "th")
    )
    return f"{position}{suffix}"


def day(on: date, today: date) -> str:
    """Say a day near or far from ``today``: *tomorrow*, *Thursday*, *3 weeks ago*, *5 May 2025*."""
    ahead = (on - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if ahead in near:
        return near[ahead]
    if 1 < ahead < 7:
        return f"{on:%A}"
    if 7 <= ahead < 60:
        return f"{on:%A} {on.day} {on:%B}"
    if -21 < ahead < -1:
        return f"{-ahead} days ago"
    if -70 < ahead <= -21:
        return f"{-ahead // 7} weeks ago"
    return f"{on.day} {on:%B}" if on.year == today.year else f"{on.day} {on:%B %Y}"


def full_day(on: date, today: date | None = None) -> str:
    """Say a date in full: *Thursday 26 November*, with the year where it is another one."""
    year = "" if today is not None and on.year == today.year else f" {on.year}"
    return f"{on:%A} {on.day} {on:%B}{year}"


def short_day(on: date, today: date | None = None) -> str:
    """Say a date briefly: *26 November*, with the year where it is another one."""
    year = "" if today is not None and on.year == today.year else f" {on.year}"
    return f"{on.day} {on:%B}{year}"


def clock(at: datetime) -> str:
    """Say a time of day as on a timetable: *9:00*, *16:30*."""
    return f"{at.hour}:{at.minute:02d}"


def span(minutes: float) -> str:
    """Say a length of time: *45 min*, *2 h*, *4 h 20*."""
    total = round(minutes)
    hours, rest = divmod(total, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h" if not rest else f"{hours} h {rest:02d}"


def late_by(days: int) -> str:
    """Say how late: *3 days*, *5 weeks*, *4 months*."""
    if days < 14:
        return count_figure(days, "day")
    if days < 70:
        return count_figure(days // 7, "week")
    return count_figure(round(days / 30.4), "month")


def count_figure(many: int, one: str) -> str:
    """Say a count in figures: *1 week*, *7 weeks*."""
    return f"{many} {one if many == 1 else one + 's'}"


def every(days: int) -> str:
    """Say a rhythm: *every week*, *every six weeks*, *every quarter*, *once a year*."""
    named = {
        7: "every week", 14: "every two weeks", 28: "every four weeks", 30: "every month",
        91: "every quarter", 182: "twice a year", 365: "once a year",
    }  # fmt: skip
    if days in named:
        return named[days]
    if days % 7 == 0:
        return f"every {number(days // 7)} weeks"
    return f"every {days} days"


def capital(text: str) -> str:
    """Begin a sentence: the first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def mid_sentence(text: str) -> str:
    """Go on in a sentence with a text that began one: *Send it.* gives *send it*.

    A first word that is a single letter, an abbreviation or all capitals stays as it is.
    """
    first, space, rest = text.rstrip(".").partition(" ")
    if len(first) > 1 and first[1:].islower():
        first = first[0].lower() + first[1:]
    return first + space + rest


def listed(parts: list[str], last: str = "and") -> str:
    """Join words as a sentence does: *a*, *a and b*, *a, b and c*."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def week_of(on: date) -> date:
    """Return the Monday of the week that ``on`` is in."""
    return on - timedelta(days=on.weekday())


def one_line(text: str) -> str:
    """Return a text on one line: breaks, tabs and marks that nobody sees become single spaces."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def clipped(text: str, letters: int) -> str:
    """Return a text of at most ``letters``, in one line, cut after a word where it is longer."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    kept = text[: letters - 1]
    # A word as long as the line has no end to cut at.
    word = kept.rfind(" ")
    kept = kept[:word] if word > letters // 2 else kept
    return kept.rstrip(" ,;:.") + "…"
