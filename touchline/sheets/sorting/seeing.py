"""What a line of a sheet is by itself: something that asks, with its answer or without. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from touchline.sheets.sorting.labels import ASKED, BARE, MARKED, Asks, Labels
from touchline.sheets.sorting.lines import Line

# What parts a label from its answer, how much of it has to be known, and its most words.
_SEPARATORS = (
    (re.compile(r"\s*\t\s*"), MARKED, 14),
    (re.compile(r"\s*\|\s*"), MARKED, 14),
    (re.compile(r"\s*:(?!//|\d\d\b)\s*"), MARKED, 14),
    (re.compile(r"(?<=\?)\s+"), ASKED, 25),
    (re.compile(r"\s*(?:\.{3,}|…|_{3,})\s*"), MARKED, 12),
    (re.compile(r"\s+[-–—=→]+\s+"), BARE, 6),
    (re.compile(r"\s{2,}"), BARE, 6),
)
_BARE_WORDS, _MARKED_WORDS = 6, 12
_NAMED = re.compile(r"(?=[^\W_])[^:\t|]{1,40}?\s*[:\t|]\s*\S")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a line asks for, with the answer behind it if there is one.

    ``alone`` says that it has a question and nothing else, ``named`` that it has a label which
    is not known.
    """

    asks: Asks | None = None
    label: str = ""
    value: str = ""
    alone: bool = False
    named: bool = False


def seen(lines: Sequence[Line], at: int, labels: Labels) -> Seen:
    """Say what a line is."""
    line = lines[at]
    if line.role == "a" or line.closes:
        return Seen()
    last = at + 1 == len(lines)
    if line.quoted:
        # What we asked: with words of somebody else behind it, it is no question.
        asks = _alone(line, labels, last=last)
        return Seen(asks, line.text, alone=True) if asks else Seen()
    for separator, known, most in _SEPARATORS:
        label, value = _parted(line.body, separator)
        if not value or len(label.split()) > most:
            continue
        asked = ASKED if label.rstrip(" :").endswith("?") else known
        if asks := labels.find(label, asked):
            return Seen(asks, line.said[: len(line.said) - len(value)].strip(), value)
    if asks := _alone(line, labels, last=last):
        return Seen(asks, line.text, alone=True)
    return Seen(named=_is_named(line), alone=line.marked or _is_heading(line))


def _alone(line: Line, labels: Labels, *, last: bool) -> Asks | None:
    """Return what a line asks for that has nothing but its question on it."""
    body = line.body.rstrip(" :.…_*-–").rstrip()
    if line.asks:
        return labels.find(body, ASKED)
    if line.marked or line.body.endswith((":", "...", "…", "__")):
        return labels.find(body, MARKED) if len(body.split()) <= _MARKED_WORDS else None
    if line.bullet or line.quoted or len(body.split()) > _BARE_WORDS:
        return None
    if last or line.body.endswith((".", ",", ";", "!")):
        return None
    if line.numbered or (body.isupper() and len(body) > 3):
        return labels.find(body, MARKED)
    return labels.find(body, BARE) if body[:1].isupper() else None


def _is_heading(line: Line) -> bool:
    """Say whether a line that nobody knows heads what follows."""
    if line.asks:
        return line.after or line.numbered or line.role == "q"
    capitals = line.after and not line.bullet and line.body.isupper() and len(line.body) > 3
    return line.body.endswith(":") or capitals


def _is_named(line: Line) -> bool:
    """Say whether a line has a label that is not known: a few words and what they name."""
    found = _NAMED.match(line.body)
    return found is not None and len(line.body[: found.end()].split()) <= _BARE_WORDS


def _parted(body: str, separator: re.Pattern[str]) -> tuple[str, str]:
    """Return what stands before a separator and behind it; nothing behind where there is none."""
    found = separator.search(body)
    return (body[: found.start()], body[found.end() :].strip()) if found else (body, "")
