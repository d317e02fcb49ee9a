"""Whether what is known of a prospect speaks for a line that says whom to send. Pure.

Words are compared folded and without their plural; those denied (*no home users*) count for
nothing. docs/domain/readiness.md has the rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from touchline.meetings.common.negation import negated
from touchline.meetings.common.thesaurus import MARKS, TOKEN, stem, stems

# Words of a line that tell nothing about who is meant.
_PLAIN = frozenset(
    stems(
        "a an the this that these those of for in on at to by from as with within and or who whom"
        " whose which is are be been has have had do does if not no never nobody only just any all"
        " each every some someone somebody anyone anybody want wants wanting need needs needing"
        " look looking our ours your their theirs his her its one two other others than more less"
        " over under above below up down least most about so when where while really very new"
        " people person thing things business offered except along"
        " around near across outside inside beyond"
    )
)
_APART = re.compile(r"[/;,\n]|\bor\b")
# What follows limits a line to cases that nobody can see from here.
_UNLESS = re.compile(r"\b(?:unless|if|except|but|although|though)\b.*", re.IGNORECASE)
_DENIED = re.compile(r"\s*(?:not|no|never|nobody|nothing)\b", re.IGNORECASE)
_NUMBER = r"(\d[\d,.]*)"
_UNIT = r"\s*([^\W\d_]+)"
_FROM_TO = re.compile(rf"{_NUMBER}\s*(?:-|–|—|to|and)\s*{_NUMBER}{_UNIT}")
_AT_LEAST = re.compile(rf"(over|more than|above|at least|from|min(?:imum)?)\s+{_NUMBER}{_UNIT}")
_OR_MORE = re.compile(rf"{_NUMBER}\s*\+{_UNIT}")
_AT_MOST = re.compile(rf"(under|below|fewer than|less than|up to|at most)\s+{_NUMBER}{_UNIT}")
_COUNTED = re.compile(rf"{_NUMBER}{_UNIT}")
# One word for whoever works there.
_SAME_UNIT = dict.fromkeys(stems("people employee person strong"), "staff")
_STRICTLY = {"over", "more than", "above", "under", "below", "fewer than", "less than"}


class Found(Enum):
    """How a line that says whom not to send stands against what is known."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Known:
    """Something known of a prospect: ``where`` it stands (*their title*), and its words."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Agrees:
    """A line that agrees with what is known, and where that stands."""

    line: str
    known: Known


@dataclass(frozen=True, slots=True)
class Span:
    """How many of a unit are meant, both ends included."""

    low: float
    high: float
    unit: str


def telling(line: str) -> frozenset[str]:
    """Return the words of a line that say who is meant, as stems."""
    return frozenset(each for each in stems(line) if each not in _PLAIN)


@lru_cache(maxsize=4096)
def affirmed(text: str) -> frozenset[str]:
    """Return the stems of a text that it does not deny."""
    tokens = [token if token in MARKS else stem(token) for token in TOKEN.findall(text)]
    denied = negated(tokens) or [False] * len(tokens)
    return frozenset(
        each for each, no in zip(tokens, denied, strict=True) if not no and each not in MARKS
    )


def alternatives(line: str) -> list[str]:
    """Return what a line offers to choose among: *owner, executor / landlord*."""
    parts = _APART.split(_UNLESS.sub("", line))
    return [part.strip() for part in parts if telling(part)]


def agrees(lines: Iterable[str], known: Iterable[Known]) -> Agrees | None:
    """Return the first line that agrees: all its telling words stand in one thing known."""
    return _first(lines, known, denied=False)


def denies(lines: Iterable[str], known: Iterable[Known]) -> Agrees | None:
    """Return the first line that says no to something known: *the county, not the coast*."""
    return _first(lines, known, denied=True)


def _first(lines: Iterable[str], known: Iterable[Known], *, denied: bool) -> Agrees | None:
    said = [(one, affirmed(one.text)) for one in known]
    for line in lines:
        for part in alternatives(line):
            wanted = telling(part)
            for one, words in said:
                if wanted <= words and bool(_DENIED.match(part)) is denied:
                    return Agrees(line, one)
    return None


def excluded(line: str, known: Iterable[Known]) -> Found:
    """Say whether a line that says whom not to send speaks of the prospect.

    YES where all telling words of one alternative stand in what is known, taken together, or
    a number is within what it names; PERHAPS where at least half of them do.
    """
    known = tuple(known)
    if named := spans(line):
        return Found.YES if counted(named, known) else Found.NO
    said = frozenset[str]().union(*(affirmed(one.text) for one in known))
    found = Found.NO
    for part in alternatives(line):
        wanted = telling(part)
        if wanted <= said:
            return Found.YES
        if 2 * len(wanted & said) >= len(wanted):
            found = Found.PERHAPS
    return found


def spans(line: str) -> tuple[Span, ...]:
    """Return the numbers that a line names with their unit: *10-60 users*, *over 250 staff*."""
    text = line.lower()
    found = [Span(_figure(low), _figure(high), _unit(unit)) for low, high, unit in
             _FROM_TO.findall(text)]  # fmt: skip
    for said, low, unit in _AT_LEAST.findall(text):
        found.append(Span(_figure(low) + (said in _STRICTLY), float("inf"), _unit(unit)))
    for low, unit in _OR_MORE.findall(text):
        found.append(Span(_figure(low), float("inf"), _unit(unit)))
    for said, high, unit in _AT_MOST.findall(text):
        found.append(Span(0, _figure(high) - (said in _STRICTLY), _unit(unit)))
    return tuple(found)


def counted(named: Iterable[Span], known: Iterable[Known]) -> bool | None:
    """Say whether a number known is within a span of its unit; None where none is known."""
    counts = [
        (_figure(many), _unit(unit))
        for one in known
        for many, unit in _COUNTED.findall(one.text.lower())
    ]
    within = [
        span.low <= many <= span.high for span in named for many, of in counts if of == span.unit
    ]
    return any(within) if within else None


def _figure(text: str) -> float:
    plain = text.replace(",", "").rstrip(".")
    try:
        return float(plain)
    except ValueError:
        # Two points: a date or a number of sections, and no count of anything.
        return -1.0


def _unit(word: str) -> str:
    root = stem(word)
    return _SAME_UNIT.get(root, root)
