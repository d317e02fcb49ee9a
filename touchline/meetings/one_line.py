"""What one line says: a call, a meeting already held, a promise. Pure.

Nothing is asked for that a line can say, and nothing understood is kept from the reader:
what is taken out of the line is always shown, and can be changed.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from touchline.meetings.day_words import Found, Toward, days, length


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in a line: its day, minutes (None: not said), what was said, when to speak again."""

    on: date
    minutes: int | None
    text: str
    again_on: date | None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A meeting in a line: its day and time, minutes, place (all None or empty: not said)."""

    on: date | None
    minutes: int | None
    text: str
    place: str
    at: time | None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in a line: what, and the last day for it (None: not said)."""

    text: str
    due_on: date | None


_LEAD = (
    r"(?:\b(?P<by>by|before|until|till|no later than|not later than|due)\s+|\b(?:on|for|of)\s+)$"
)
_LEAD_BY = re.compile(_LEAD, re.I)
_AGAIN = re.compile(
    r"(?:\b(?:(?:i(?:['’]ll)?|we(?:['’]ll)?|to|will|and|please)\s+)*"
    r"(?:call|speak|ring|talk|phone|chat|catch\s+up)(?:\s+(?:her|him|them|back))?(?:\s+again)?"
    r"|\bagain|\bnext\s+(?:call|one|time))\s+(?:on\s+|by\s+)?$",
    re.I,
)
_ON = re.compile(r"\b(?:on|from)\s+$", re.I)
_ONLY_SPOKE = re.compile(
    r"(?:we\s+|i\s+)?(?:spoke|called|rang|talked|phoned|chatted|a\s+call|call|phone\s+call)"
    r"(?:\s+(?:her|him|them))?",
    re.I,
)
_PLACE = re.compile(r"\b(?:at|in)\s+(?P<place>(?!\d)[^,;]+?)\s*(?=[,;]|\.\s|\.?$)", re.I)
_AT = re.compile(r"(?<!\w)(?:at\s+)?(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d)\s*(?P<ap>[ap]m)?"
                 r"|\s*(?P<ap2>[ap]m))(?!\w)", re.I)  # fmt: skip
_AT_BARE = re.compile(r"\bat\s+(?P<h>[01]?\d|2[0-3])(?!\w|[:.]\d)", re.I)


def tidy(text: str) -> str:
    """Close the gaps that what was understood leaves behind."""
    clauses = [" ".join(part.split()).strip(" ,;:") for part in re.split(r"[,;](?=\s|$)", text)]
    kept = ", ".join(part for part in clauses if part.strip("."))
    return re.sub(r"\s+(?=[.!?](?:\s|$))", "", kept)


def _before(text: str, at: int) -> str:
    """Return what stands just before a place: a lead-in is short, and a line may not be."""
    return text[max(0, at - 80) : at]


def _without(text: str, start: int, end: int, gap: str = " ") -> str:
    return text[:start] + gap + text[end:]


def _clause(text: str, at: int) -> tuple[int, int]:
    """Return where the comma-separated clause around a place begins and ends."""
    start = max(text.rfind(",", 0, at), text.rfind(";", 0, at)) + 1
    ends = [place for place in (text.find(",", at), text.find(";", at)) if place >= 0]
    return start, min(ends, default=len(text))


def _happened(text: str, today: date, month_first: bool) -> tuple[date | None, str]:
    """Find the day it happened: in the first clause, or a clause of its own.

    A day further on is part of what was said (*she starts on Monday*).
    """
    for found in days(text, today, Toward.BACK, month_first):
        start, end = _clause(text, found.start)
        lead = _ON.search(text[: found.start])
        begins = lead.start() if lead else found.start
        alone = not text[start:begins].strip() and not text[found.end : end].strip()
        if found.on <= today and (start == 0 or alone):
            return found.on, _without(text, begins, found.end)
    return None, text


def _minutes(text: str) -> tuple[int | None, str]:
    found = length(text)
    if found is None:
        return None, text
    minutes, start, end = found
    return minutes, _without(text, start, end)


def parse_call(text: str, today: date, month_first: bool = False) -> CallLine:
    """Read *spoke, 10 min, hiring, call again in a week*; the call is today's if not said.

    The day to speak again is never before ``today``.
    """
    again_on = None
    for found in days(text, today, Toward.AHEAD, month_first):
        lead = _AGAIN.search(_before(text, found.start))
        if lead and found.on >= today:
            again_on = found.on
            text = _without(text, found.start - len(lead[0]), found.end)
            break
    minutes, text = _minutes(text)
    on, text = _happened(text, today, month_first)
    kept = [part for part in tidy(text).split(", ") if not _ONLY_SPOKE.fullmatch(part.strip(". "))]
    return CallLine(on or today, minutes, ", ".join(kept), again_on)


def time_of_day(text: str) -> tuple[time | None, str]:
    """Return the first time of day in a line (None: not said), and the line without it."""
    match = _AT.search(text) or _AT_BARE.search(text)
    if match is None:
        return None, text
    groups = match.groupdict()
    hour = int(groups["h"])
    half = (groups.get("ap") or groups.get("ap2") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None, text
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(groups.get("m") or 0)), _without(text, match.start(), match.end())


def parse_held(text: str, today: date, month_first: bool = False) -> HeldLine:
    """Read *coffee yesterday at the Boathouse, 45 min, her daughter starts school*."""
    minutes, text = _minutes(text)
    on, text = _happened(text, today, month_first)
    first, rest = text[: _clause(text, 0)[1]], text[_clause(text, 0)[1] :]
    at, first = time_of_day(first)
    place = ""
    match = _PLACE.search(first)
    if match and len(match["place"]) <= 200:
        place = " ".join(match["place"].split())
        first = _without(first, match.start(), match.end())
    return HeldLine(on, minutes, tidy(first + rest), place, at)


def _limit(found: Found, text: str) -> tuple[date, int, bool]:
    """Return the day a phrase sets, where its lead-in begins, and whether that said *by*."""
    lead = _LEAD_BY.search(text[: found.start])
    if lead is None:
        return found.on, found.start, False
    by = (lead["by"] or "").lower()
    on = found.on - timedelta(days=1) if by == "before" and found.on > date.min else found.on
    return on, lead.start(), bool(by)


def parse_promise(text: str, today: date, month_first: bool = False) -> PromiseLine:
    """Read *send the outline by Friday*.

    A day led by *by*, *before* or *until* counts wherever it stands; another only at the
    very end or beginning, so that *the talk on Monday is hers to plan* keeps its Monday.
    """
    found = list(days(text, today, Toward.AHEAD, month_first))
    limits = [(one, *_limit(one, text)) for one in found]
    chosen = next((limit for limit in limits if limit[3]), None)
    if chosen is None:
        for limit in reversed(limits):
            one, _, start, _ = limit
            if not text[one.end :].strip(" .,;!") or not text[:start].strip():
                chosen = limit
                break
    if chosen is None:
        return PromiseLine(tidy(text), None)
    one, on, start, _ = chosen
    rest = tidy(_without(text, start, one.end))
    # A line that was nothing but a day is no promise; its words stay so that it can be said so.
    return PromiseLine(rest, on)
