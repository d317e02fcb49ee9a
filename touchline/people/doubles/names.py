"""How two names stand to each other: the same, a short form, a letter apart. Pure."""

import re
from enum import IntEnum, auto
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from touchline.core.fold import fold, words
from touchline.people.doubles.nicknames import FORMAL, formal

_APOSTROPHES = re.compile("['’ʼ`]")
_ADDRESSED = "mr mrs ms miss mx dr prof professor sir dame rev revd"
_TITLES = frozenset(_ADDRESSED.split())


class Standing(IntEnum):
    """What one part of a name is to the same part of another."""

    SAME = auto()
    PART = auto()  # One has words that the other leaves out.
    SHORT = auto()  # Bob, Robert.
    LETTER = auto()  # A letter more, less, other, or two changed about.
    NEAR = auto()
    INITIAL = auto()
    MISSING = auto()  # One says nothing, or both.
    DIFFER = auto()


# Most who are compared differ: to look a member up in its class takes as long as to compare.
DIFFER = Standing.DIFFER


def parts(name: str, given: str = "", family: str = "") -> tuple[str, str]:
    """Return folded given and family name, words by single spaces, forms of address left out.

    Without parts the whole is cut: before a comma stands the family name, else it is the last
    word. One word alone is a given name. What has neither letter nor digit is a word as it is.
    """
    first, last = _plain(given), _plain(family)
    if not first and not last:
        before, comma, after = name.partition(",")
        if comma and after.strip():
            first, last = _plain(after), _plain(before)
        else:
            whole = _plain(name) or fold(name).strip()
            first, _, last = whole.rpartition(" ")
            if not first:
                first, last = last, ""
    return first, last


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    if not text:
        return ""
    found = words(_APOSTROPHES.sub("", text))
    if len(found) > 1:
        found = [word for word in found if word not in _TITLES] or found
    return " ".join(found)


# Given names are few, and the same two are compared again and again; family names are not.
@lru_cache(maxsize=100_000)
def given_names(one: str, other: str) -> Standing:
    """Compare two given names as ``parts`` returns them. Symmetric."""
    found = _words(one, other)
    if found is not None:
        return found
    first, second = one.split()[0], other.split()[0]
    if first == second:
        return Standing.PART
    if formal(first) & formal(second):
        return Standing.SHORT
    if first in FORMAL and second in FORMAL:
        # Both are names we know, and not of one person: Paul and Paula.
        return DIFFER
    if min(len(first), len(second)) >= 3 and (first.startswith(second) or second.startswith(first)):
        # A short form that no list has: Nik, Nikhil.
        return Standing.NEAR
    return _spelling(one, other)


def family_names(one: str, other: str) -> Standing:
    """Compare two family names, or one with a given name. Symmetric."""
    found = _words(one, other)
    return _spelling(one, other) if found is None else found


def _words(one: str, other: str) -> Standing | None:
    """Say how two names stand where that can be told from whole words."""
    if one == other:
        return Standing.SAME if one else Standing.MISSING
    if not one or not other:
        return Standing.MISSING
    if not (one.isalnum() and other.isalnum()):
        if one.replace(" ", "") == other.replace(" ", ""):
            return Standing.SAME
        ones, others = set(one.split()), set(other.split())
        if ones <= others or others <= ones:
            return Standing.PART
    return None


def _spelling(one: str, other: str) -> Standing:
    if len(one) == 1 or len(other) == 1 or " " in (one[1], other[1]):
        return Standing.INITIAL if one[0] == other[0] else DIFFER
    longest = max(len(one), len(other))
    apart = OSA.distance(one, other, score_cutoff=2)
    if apart == 1 and longest >= 4:
        return Standing.LETTER
    if apart == 2 and longest >= 7:
        return Standing.NEAR
    shortest = min(len(one), len(other))
    if shortest >= 4 and JaroWinkler.similarity(one, other, score_cutoff=0.9):
        return Standing.NEAR
    return DIFFER
