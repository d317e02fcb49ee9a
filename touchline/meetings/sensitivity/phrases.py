"""The phrases that tell: read from ``words.json``, each under a few letters it can't do without.

Searching every phrase in every text would take long; a phrase is only looked for where a word
begins with its key, so that an ordinary line is through after a handful of look-ups. Pure.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

KEY = 4
_WORD = re.compile(r"[a-z0-9]+\*?")
_COMMON = frozenset(
    ("the", "a", "an", "his", "her", "their", "my", "our", "is", "are", "was", "in", "on", "at",
     "to", "for", "of", "with", "and")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to look for, and the category it tells; empty for an innocent one."""

    phrase: str
    category: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it matches; made when it is first wanted, as most never are."""
        return _compiled(self.phrase)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by key; those under the empty key are looked for always."""

    by_key: dict[str, tuple[Phrase, ...]]

    def near(self, text: str) -> list[Phrase]:
        """Return those that may stand in a folded text."""
        found: dict[int, Phrase] = {}
        words = set(text.split())
        keys = {word[:KEY] for word in words} | {word[: KEY - 1] for word in words}
        for key in self.by_key.keys() & (keys | {""}):
            found.update((id(phrase), phrase) for phrase in self.by_key[key])
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known: what tells, what only looks so, and what capitals tell."""

    phrases: Phrases
    innocent: Phrases
    exact: re.Pattern[str]
    innocent_exact: re.Pattern[str]


@cache
def shipped() -> Told:
    """Return the phrases that come with Touchline, read once."""
    path = Path(__file__).parent / "words.json"
    text = path.read_text(encoding="utf-8")
    for name, choice in json.loads(text)["sets"].items():
        text = text.replace(f"{{{name}}}", json.dumps(choice)[1:-1])
    document: dict[str, Any] = json.loads(text)
    known = document["categories"]
    exact = [rf"(?P<{name}>\b(?:{'|'.join(one['exact'])})\b)" for name, one in known.items()]
    return Told(
        _indexed([(phrase, name) for name, one in known.items() for phrase in one["phrases"]]),
        _indexed([(phrase, "") for phrase in document["innocent"]]),
        re.compile("|".join(exact)),
        re.compile(rf"\b(?:{'|'.join(document['innocent_exact'])})\b"),
    )


def _indexed(phrases: list[tuple[str, str]]) -> Phrases:
    by_key: dict[str, list[Phrase]] = {}
    for phrase, category in phrases:
        made = Phrase(phrase, category)
        for key in keys(phrase):
            by_key.setdefault(key, []).append(made)
    return Phrases({key: tuple(known) for key, known in by_key.items()})


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern(phrase)})\b")


def pattern(phrase: str) -> str:
    """Return a phrase as a regular expression: ``*`` any ending, ``/`` or ``|`` a choice."""
    return phrase.replace("(", "(?:").replace("/", "|").replace("*", r"\w*")


def keys(phrase: str) -> frozenset[str]:
    """Return beginnings of words one of which any text with the phrase holds; or the empty one.

    Of a phrase's parts the one with the fewest and least common words is taken.
    """
    best: tuple[int, frozenset[str]] | None = None
    for part in _parts(phrase):
        words = _firsts(part)
        if not words:
            continue
        cost = len(words) + 50 * sum(word in _COMMON for word in words)
        if best is None or cost < best[0]:
            best = (cost, frozenset(word.rstrip("*")[:KEY] for word in words))
    return best[1] if best else frozenset(("",))


def _parts(phrase: str) -> list[str]:
    """Split a phrase at the spaces that stand in no choice."""
    return _split(phrase, " ")


def _split(phrase: str, at: str) -> list[str]:
    found, depth = [""], 0
    for letter in phrase:
        depth += (letter == "(") - (letter == ")")
        if letter in at and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def _firsts(part: str) -> list[str]:
    """Return the first word of each choice of a part; none where it can't be told."""
    if part.startswith("(") and part.endswith(")") and _split(part, "")[0] == part:
        choices = _split(part[1:-1], "/|")
    else:
        choices = [part]
    found = []
    for choice in choices:
        first = choice.split(" ")[0]
        word = _WORD.fullmatch(first)
        if not word or (first.endswith("*") and len(first) < KEY):
            return []
        found.append(first)
    return found
