"""Changes to a playbook document: a kind, the stages, the rhythms. Pure.

Each takes the document and what was typed and returns a new document, the old one untouched.
Whether the result can be used is for ``playbook.parse`` to say.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from touchline.core.fold import fold, words
from touchline.playbook.playbook import shipped

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TypedTopic:
    """One topic as typed: its key (empty for a new one), name, and questions in order."""

    key: str
    name: str
    questions: tuple[str, ...]


def with_kind(
    data: Document, kind_key: str, name: str, length_minutes: int, topics: Iterable[TypedTopic]
) -> Document:
    """Return the document with one kind of meeting replaced.

    A new topic that bears the name of one in another kind is that topic, so that what is
    known about it counts in both. A topic keeps one name everywhere. Questions that stay the
    same, or are reworded in place, keep their keys.
    """
    changed = copy.deepcopy(data)
    kind = _kind(changed, kind_key)
    old = kind["prompts"]
    kind["name"], kind["length_minutes"] = name, length_minutes
    kind["topics"], kind["prompts"] = [], []
    known = {topic["key"] for k in data["kinds"] for topic in k["topics"]}
    for typed in topics:
        key = typed.key if typed.key in known else _key_for(data, kind, typed.name)
        topic = {"key": key, "name": typed.name}
        kind["topics"].append(topic)
        before = [prompt for prompt in old if prompt["topic"] == topic["key"]]
        kind["prompts"] += _prompts(topic["key"], typed.questions, before)
    _one_name(changed, kind["topics"])
    return changed


def as_shipped(data: Document, key: str) -> Document:
    """Return the document with one kind as a new workspace has it."""
    changed = copy.deepcopy(data)
    fresh = _kind(shipped(), key)
    changed["kinds"] = [fresh if kind["key"] == key else kind for kind in changed["kinds"]]
    _one_name(changed, fresh["topics"])
    return changed


def with_rows(data: Document, part: str, rows: Mapping[str, Mapping[str, Any]]) -> Document:
    """Return the document with fields of its ``stages`` or ``tiers`` set, by their key."""
    changed = copy.deepcopy(data)
    for row in changed[part]:
        row.update(rows[row["key"]])
    return changed


def _kind(data: Document, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(kind for kind in data["kinds"] if kind["key"] == key)
    return found


def _key_for(data: Document, kind: dict[str, Any], name: str) -> str:
    known: dict[str, str] = {
        topic["key"]: topic["name"] for k in data["kinds"] for topic in k["topics"]
    }
    for key, other in known.items():
        if fold(other) == fold(name):
            return key
    taken = {*known, *(topic["key"] for topic in kind["topics"])}
    stem = "_".join(words(name))[:36] or "topic"
    return next(key for n in count(1) if (key := stem if n == 1 else f"{stem}_{n}") not in taken)


def _prompts(
    topic: str, questions: tuple[str, ...], before: list[dict[str, str]]
) -> list[dict[str, str]]:
    by_text = {prompt["text"]: prompt["key"] for prompt in before}
    free = [prompt["key"] for prompt in before if prompt["text"] not in questions]
    taken = {prompt["key"] for prompt in before}
    new = (key for n in count(1) if (key := f"{topic[:34]}-{n}") not in taken)
    return [
        {
            "key": by_text.get(text) or (free.pop(0) if free else next(new)),
            "topic": topic,
            "text": text,
        }
        for text in questions
    ]


def _one_name(data: Document, topics: list[dict[str, str]]) -> None:
    names = {topic["key"]: topic["name"] for topic in topics}
    for kind in data["kinds"]:
        for topic in kind["topics"]:
            topic["name"] = names.get(topic["key"], topic["name"])
