"""The shipped thesaurus: themes, and the words by which people speak of them. Pure.

``thesaurus.json`` holds ``themes`` and ``not_meant``. A theme has ``key``, ``name``, ``kind``
(interest, place or network), ``broader`` (the key of the theme it belongs to), ``wide`` and its
words: ``terms`` as they are, ``verbs`` in all their forms, ``placed`` only after *in*, *from*
and the like (*from Reading*), ``if`` only where one of the named words stands in the same text
(*Saints* with *season ticket*). ``not_meant`` are turns of phrase that hold a term and mean
something else: *hot dog*, *running a business*.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from touchline.core.fold import fold

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.,;:!?()–—&]")
MARKS = frozenset(".,;:!?()–—")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that people may share; ``broader`` is a key or empty.

    A ``wide`` theme (*Wales*) is shared only if one of the two names it itself: two towns of
    it are not near enough to be worth saying.
    """

    key: str
    name: str
    kind: str
    broader: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term may mean: a theme, and what must stand around the term for it."""

    theme: str
    context: tuple[str, ...] = ()
    placed: bool = False


@dataclass(slots=True)
class Node:
    """What may follow the words so far, and what they mean if they are a term themselves.

    A term without meanings is a turn of phrase that only looks like one.
    """

    then: dict[str, "Node"] = field(default_factory=dict)
    meanings: list[Meaning] | None = None


@dataclass(slots=True)
class Thesaurus:
    """Themes by key, and the terms as a tree, a word a step."""

    themes: dict[str, Theme] = field(default_factory=dict)
    terms: dict[str, Node] = field(default_factory=dict)

    def lineage(self, key: str) -> tuple[str, ...]:
        """Return the theme's key and those it belongs to, the nearest first."""
        found = [key]
        while broader := self.themes[found[-1]].broader:
            found.append(broader)
        return tuple(found)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word folded, without apostrophe and plural: *Andrew’s* gives *andrew*."""
    if word == "&":
        return "and"
    plain = fold(word.replace("'", "").replace("’", ""))
    if len(plain) < 4 or not plain.endswith("s") or plain.endswith(("ss", "us", "is")):
        return plain
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("ches", "shes", "sses", "xes")):
        return plain[:-2]
    return plain[:-1]


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a term's words."""
    return tuple(stem(token) for token in TOKEN.findall(text) if token not in MARKS)


def forms(verb: str) -> tuple[str, ...]:
    """Return a regular verb's forms, its doer among them: *jog*, *jogging*, *jogger*."""
    base = verb
    if verb.endswith("e"):
        base = verb[:-1]
    elif len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS:
        if verb[-3] not in _VOWELS:
            base = verb + verb[-1]
        return (verb, f"{verb}s", *(f"{root}{end}" for root in {base, verb} for end in _ENDS))
    return (verb, f"{verb}s", *(f"{base}{end}" for end in _ENDS))


_ENDS = ("ing", "ed", "er", "ers")


@cache
def shipped() -> Thesaurus:
    """Return the thesaurus that comes with Touchline, read once."""
    text = (Path(__file__).parent / "thesaurus.json").read_text(encoding="utf-8")
    return compiled(json.loads(text))


def compiled(document: dict[str, Any]) -> Thesaurus:
    """Index a document."""
    made = Thesaurus()
    by_term: dict[tuple[str, ...], list[Meaning]] = {}

    def add(term: str, meaning: Meaning) -> None:
        by_term.setdefault(stems(term), []).append(meaning)

    for row in document["themes"]:
        key = row["key"]
        made.themes[key] = Theme(
            key, row["name"], row["kind"], row.get("broader", ""), row.get("wide", False)
        )
        for term in row.get("terms", ()):
            add(term, Meaning(key))
        for verb in row.get("verbs", ()):
            for form in forms(verb):
                add(form, Meaning(key))
        for term in row.get("placed", ()):
            add(term, Meaning(key, placed=True))
        for term, context in row.get("if", {}).items():
            around = tuple(f" {' '.join(stems(one))} " for one in context)
            add(term, Meaning(key, context=around))
    for phrase in document["not_meant"]:
        by_term.setdefault(stems(phrase), [])
    for term, meanings in by_term.items():
        # What needs the most around it is asked first: it is the surest.
        meanings.sort(key=lambda one: (not one.context, not one.placed))
        node = Node(made.terms)
        for word in term:
            node = node.then.setdefault(word, Node())
        node.meanings = meanings
    return made
