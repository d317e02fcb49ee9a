"""Prompts and what they ask about: topics with their slots, and how often to ask. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

# What can bring up a prompt whose memory is an event (M13), as one says when.
EVENT_WORDS = {
    "promise_broken": "when a promise was not kept",
    "fact_stale": "when something said has grown old",
    "date_coming": "when a date is coming up",
    "company_met": "when a meeting with a company is planned",
    "referral_outcome": "when something has come of a referral",
    "note_open": "when a note was left open",
}
EVENTS = tuple(EVENT_WORDS)

# What a prompt may name in braces; filled from real data, or the prompt is left out.
FILLED_BY = {
    "company": "a company where you know somebody well, or a little",
    "contact": "whom you know there",
    "met_company": "a company that you are about to meet",
    "date": "when you meet it",
    "last_referral": "the newest referral passed, or the last idea for one",
    "last_said": "what was said last on the topic",
    "promise": "a promise that was not kept",
    "fact": "something said that has grown old",
    "occasion": "a date that is coming up",
    "last_met": "the day you last met",
}
PLACEHOLDERS = tuple(FILLED_BY)

MOST_MONTHS = 120
LONGEST_PROMPT = 300
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MONTHS = re.compile(r"([1-9][0-9]{0,2})m", re.ASCII)


class Malformed(ValueError):
    """A playbook that cannot be used; the text names the place and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to know within a topic: *children*, *where from*."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to talk about; what was said of it is stale after ``stale_months`` months."""

    key: str
    name: str
    stale_months: int
    slots: tuple[Slot, ...]

    def slot_name(self, key: str) -> str:
        """Name a slot; a key no longer in the playbook names itself, none is empty."""
        found = next((slot.name for slot in self.slots if slot.key == key), "")
        return found or key.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Memory:
    """How often a prompt is asked (M13): once, every meeting, after months, on an event."""

    repeat: str
    months: int = 0
    event: str = ""

    @classmethod
    def read(cls, text: str) -> "Memory":
        """Read ``once``, ``every``, ``6m`` or ``on:promise_broken``; else Malformed."""
        if text in ("once", "every"):
            return cls(text)
        if _MONTHS.fullmatch(text) and int(text[:-1]) <= MOST_MONTHS:
            return cls("months", months=int(text[:-1]))
        on, _, event = text.partition(":")
        if on == "on" and event in EVENTS:
            return cls("event", event=event)
        if on == "on":
            raise Malformed(f"there is no event “{event}”. There are: {', '.join(EVENTS)}.")
        raise Malformed(
            f"“{text}” does not say when to ask. Write once, every, 6m for every six months "
            f"(at most {MOST_MONTHS}m), or on: and an event."
        )

    @property
    def words(self) -> str:
        """When it is asked, as one says it: *once*, *again after 6 months*."""
        if self.repeat == "months":
            return (
                "again after a month" if self.months == 1 else f"again after {self.months} months"
            )
        return {"once": "once", "every": "every time"}.get(self.repeat) or EVENT_WORDS[self.event]

    def __str__(self) -> str:
        if self.repeat == "months":
            return f"{self.months}m"
        return f"on:{self.event}" if self.repeat == "event" else self.repeat


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question worth asking on a topic, for one slot in it, with its memory.

    With ``kinds`` it belongs to those kinds of meeting, also where the topic is not on their
    list: updates on the family open any later meeting. Without, to each that has its topic.
    """

    key: str
    topic: str
    text: str
    slot: str
    memory: Memory
    kinds: tuple[str, ...]
    # The names in braces, once each, in their order.
    placeholders: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found = tuple(dict.fromkeys(_PLACEHOLDER.findall(self.text)))
        object.__setattr__(self, "placeholders", found)


def text(place: str, data: dict[str, Any], field: str, longest: int = 80) -> str:
    """Return a text field, stripped; Malformed where it is missing or too long."""
    value = data.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{place} needs a {field}.")
    if len(value) > longest:
        raise Malformed(f"{place}: the {field} is longer than {longest} letters.")
    return value.strip()


def whole(place: str, data: dict[str, Any], field: str, low: int, high: int) -> int:
    """Return a field that is a whole number from ``low`` to ``high``; else Malformed."""
    value = data.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        spoken = field.replace("_", " ")
        raise Malformed(f"{place}: {spoken} must be a whole number from {low} to {high}.")
    return value


def rows(place: str, data: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return a field that is a list of objects; none where it is missing."""
    value = data.get(field, [])
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Malformed(f"{place}: {field} must be a list.")
    return value


def names(place: str, data: dict[str, Any], field: str) -> list[str]:
    """Return a field that is a list of keys; none where it is missing."""
    value = data.get(field, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Malformed(f"{place}: {field} must be a list of keys.")
    return value


def once_each(place: str, what: str, keys: list[str]) -> None:
    """Raise Malformed where a key or name stands twice, large and small letters alike."""
    folded = [key.casefold() for key in keys]
    if len(set(folded)) < len(folded):
        twice = next(key for key in keys if folded.count(key.casefold()) > 1)
        raise Malformed(f"{place} has the same {what} twice: {twice}.")


def a_topic(data: dict[str, Any]) -> Topic:
    """Read one topic with its slots."""
    place = f"Topic {data.get('name') or data.get('key')}"
    slots = tuple(
        Slot(text(place, slot, "key", 40), text(place, slot, "name"))
        for slot in rows(place, data, "slots")
    )
    once_each(place, "thing to know", [slot.key for slot in slots])
    return Topic(
        text(place, data, "key", 40),
        text(place, data, "name"),
        whole(place, data, "stale_months", 1, MOST_MONTHS),
        slots,
    )


def a_prompt(data: dict[str, Any], topics: dict[str, Topic], kinds: tuple[str, ...]) -> Prompt:
    """Read one prompt on one of ``topics``, for any of ``kinds``."""
    said = data.get("text") or data.get("key")
    place = f"The question “{said}”"
    topic = text(place, data, "topic", 40)
    if topic not in topics:
        raise Malformed(f"{place} is on a topic that there is not: {topic}.")
    slot = data.get("slot", "")
    if slot and slot not in {each.key for each in topics[topic].slots}:
        raise Malformed(f"{place} asks for “{slot}”, which “{topics[topic].name}” does not have.")
    try:
        memory = Memory.read(text(place, data, "memory", 40))
    except Malformed as wrong:
        raise Malformed(f"{place}: {wrong}") from None
    made_for = names(place, data, "kinds")
    for kind in made_for:
        if kind not in kinds:
            raise Malformed(f"{place} is for a kind of meeting that there is not: {kind}.")
    words = text(place, data, "text", LONGEST_PROMPT)
    check_placeholders(place, words)
    return Prompt(text(place, data, "key", 40), topic, words, slot, memory, tuple(made_for))


def check_placeholders(place: str, words: str) -> None:
    """Raise Malformed where what stands in braces cannot be filled, or a brace stands alone."""
    for name in _PLACEHOLDER.findall(words):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise Malformed(f"{place}: nothing fills {{{name}}}. There are: {known}.")
    if set("{}") & set(_PLACEHOLDER.sub("", words)):
        raise Malformed(f"{place} has a brace that stands alone.")
