"""Changes to a playbook document: a kind, topic, question, stages, rhythms, clocks. Pure.

Each takes the document and what was typed and returns a new document, the old one untouched.
Whether the result can be used is for ``playbook.parse`` to say. What refers to a topic, a slot
or a question by its key finds it after any edit: a key is never given to something else.
"""

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import Any

from touchline.core.fold import fold, words
from touchline.playbook.playbook import parse, shipped

Document = dict[str, Any]
Row = dict[str, Any]

# How long what was said on a topic of one's own stays fresh until somebody says otherwise.
FRESH_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A topic of a kind or a slot of a topic as typed: its key (empty for a new one), name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """A question as typed; ``memory`` as the document writes it, ``kinds`` empty for all."""

    topic: str
    slot: str
    text: str
    memory: str
    kinds: tuple[str, ...]


def with_kind(
    data: Document,
    kind_key: str,
    *,
    name: str,
    length_minutes: int,
    topics: Iterable[Named],
    shape: Iterable[tuple[str, int]],
) -> Document:
    """Return the document with one kind of meeting replaced.

    A new topic that bears the name of one there is **is** that topic, so that what is known
    about it counts in both. One taken out stays in the playbook, in no kind or in others.
    """
    changed = copy.deepcopy(data)
    kind = _found(changed["kinds"], kind_key)
    kind["name"], kind["length_minutes"] = name, length_minutes
    kind["shape"] = [{"name": part, "minutes": minutes} for part, minutes in shape]
    kind["topics"] = []
    for typed in topics:
        known = {topic["key"]: topic["name"] for topic in changed["topics"]}
        key = typed.key if typed.key in known else _key_for(typed.name, known, "topic")
        if key not in known:
            changed["topics"].append(
                {"key": key, "name": typed.name, "stale_months": FRESH_MONTHS, "slots": []}
            )
        kind["topics"].append(key)
    return changed


def with_topic(
    data: Document, key: str, *, name: str, stale_months: int, slots: Iterable[Named]
) -> Document:
    """Return the document with one topic renamed, aged and with other slots.

    A question for a slot that was taken out stays, for no slot. A new slot that bears the name
    of one there was before the edit is that slot.
    """
    changed = copy.deepcopy(data)
    topic = _found(changed["topics"], key)
    before = {slot["key"]: slot["name"] for slot in topic["slots"]}
    topic["name"], topic["stale_months"], topic["slots"] = name, stale_months, []
    known = dict(before)
    for typed in slots:
        made = typed.key if typed.key in before else _key_for(typed.name, known, "slot")
        known[made] = typed.name
        topic["slots"].append({"key": made, "name": typed.name})
    kept = {slot["key"] for slot in topic["slots"]}
    for prompt in changed["prompts"]:
        if prompt["topic"] == key and prompt.get("slot", "") not in kept:
            prompt["slot"] = ""
    return changed


def with_question(data: Document, key: str, typed: TypedQuestion) -> Document:
    """Return the document with one question reworded, or with one more where ``key`` is empty.

    A new one stands after the others of its topic. Its key is made from its words, so that one
    taken out and asked for again finds its memory, and no other ever inherits it.
    """
    changed = copy.deepcopy(data)
    prompts: list[Row] = changed["prompts"]
    row: Row = {
        "key": key or _question_key(typed, [prompt["key"] for prompt in prompts]),
        "topic": typed.topic,
        "slot": typed.slot,
        "memory": typed.memory,
        "text": typed.text,
    }
    if typed.kinds:
        row["kinds"] = list(typed.kinds)
    places = [place for place, prompt in enumerate(prompts) if prompt["key"] == key]
    if places:
        prompts[places[0]] = row
        return changed
    last = [place for place, prompt in enumerate(prompts) if prompt["topic"] == typed.topic]
    prompts.insert(last[-1] + 1 if last else len(prompts), row)
    return changed


def without_question(data: Document, key: str) -> Document:
    """Return the document without one question."""
    changed = copy.deepcopy(data)
    changed["prompts"] = [prompt for prompt in changed["prompts"] if prompt["key"] != key]
    return changed


def as_shipped(data: Document, key: str) -> Document:
    """Return the document with one kind as a new workspace has it.

    That is its name, length and shape, its topics with their slots, and the questions put in
    it. Questions of one's own give way in this kind and stay in others they were made for.
    """
    changed, fresh = copy.deepcopy(data), shipped()
    kind = _found(fresh["kinds"], key)
    put_back = {prompt.key for prompt in parse(fresh).kind(key).prompts}
    left = (
        row if row["key"] in put_back else _left(row, key, kind["topics"])
        for row in changed["prompts"]
    )
    have = {topic["key"] for topic in changed["topics"]}
    back = {topic["key"] for topic in fresh["topics"]} - have | set(kind["topics"])
    changed["kinds"] = [kind if row["key"] == key else row for row in changed["kinds"]]
    changed["topics"] = _put_back(changed["topics"], fresh["topics"], back)
    changed["prompts"] = _put_back([row for row in left if row], fresh["prompts"], put_back)
    slots = {topic["key"]: {slot["key"] for slot in topic["slots"]} for topic in changed["topics"]}
    for prompt in changed["prompts"]:
        if prompt.get("slot", "") not in slots[prompt["topic"]]:
            prompt["slot"] = ""
    return changed


def with_rows(data: Document, part: str, rows: Mapping[str, Mapping[str, Any]]) -> Document:
    """Return the document with fields of its ``stages`` or ``tiers`` set, by their key."""
    changed = copy.deepcopy(data)
    for row in changed[part]:
        row.update(rows[row["key"]])
    return changed


def with_clocks(data: Document, days: Mapping[str, int]) -> Document:
    """Return the document with the days of its clocks set."""
    return {**copy.deepcopy(data), "clocks": dict(days)}


def _found(rows: list[Row], key: str) -> Row:
    return next(row for row in rows if row["key"] == key)


def _key_for(name: str, known: Mapping[str, str], otherwise: str) -> str:
    """Return the key of the one that bears this name, or a new one made from it."""
    for key, other in known.items():
        if fold(other) == fold(name):
            return key
    stem = "_".join(words(name))[:36] or otherwise
    return next(key for n in count(1) if (key := stem if n == 1 else f"{stem}_{n}") not in known)


def _question_key(typed: TypedQuestion, taken: Collection[str]) -> str:
    mark = blake2b(typed.text.casefold().encode(), digest_size=4).hexdigest()
    stem = f"{typed.topic[:27]}-{mark}"
    return next(key for n in count(1) if (key := stem if n == 1 else f"{stem}-{n}") not in taken)


def _left(row: Row, kind: str, topics: Collection[str]) -> Row | None:
    """Return what is left of a question once it is out of a kind; None where nothing is."""
    if not row.get("kinds"):
        return None if row["topic"] in topics else row
    others = [other for other in row["kinds"] if other != kind]
    return {**row, "kinds": others} if others else None


def _put_back(rows: list[Row], fresh: list[Row], keys: Collection[str]) -> list[Row]:
    """Return ``rows`` with those of ``keys`` as they are in ``fresh``, in the order there."""
    merged, place = list(rows), 0
    for row in fresh:
        found = [at for at, each in enumerate(merged) if each["key"] == row["key"]]
        if found:
            place = found[0] + 1
        if row["key"] in keys:
            merged[place - len(found) : place] = [row]
            place += not found
    return merged
