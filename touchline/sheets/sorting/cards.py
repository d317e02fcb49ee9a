"""A vCard as lines of a label and what it says, to be sorted as any other sheet is. Pure."""

import re
from calendar import month_name
from datetime import date

from touchline.people.importing.rows import Row

_PICTURE = re.compile(
    r"(?mi)^(?:[\w-]{1,40}\.)?(?:photo|logo|sound|key)(?:;[^\n:]{0,300})?:"
    r"[^\n]*(?:\n[ \t][^\n]*)*\n?"
)


def said(row: Row) -> str:
    """Return what a card says of somebody; its notes stand as they were written."""
    lines = [f"Name: {row.name}"]
    lines += [f"Company name: {row.company}"] if row.company else []
    lines += [f"Title: {row.title}"] if row.title else []
    for point in row.points:
        label = f" ({point.label})" if point.label else ""
        value = ", ".join(point.value.split("\n"))
        lines.append(f"{point.kind.capitalize()}{label}: {value}")
    if row.birthday:
        lines.append(f"Birthday: {_day(row.birthday)}")
    lines += [f"{label}: {value}" for label, value in row.extra]
    lines += [f"Categories: {', '.join(row.tags)}"] if row.tags else []
    return "\n".join([*lines, "", row.notes] if row.notes else lines)


def without_pictures(text: str) -> str:
    """Return the text of a card without what is no text: its pictures, sounds and keys."""
    return _PICTURE.sub("", text)


def _day(written: str) -> str:
    yearless = written.startswith("--")
    day = date.fromisoformat(f"2000-{written[2:]}" if yearless else written)
    spoken = f"{day.day} {month_name[day.month]}"
    return spoken if yearless else f"{spoken} {day.year}"
