"""The playbook as data: stages, kinds of meeting with topics and prompts, tiers. Pure."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

STAGES = ("prospective", "getting_to_know_you", "tell_me_the_detail", "referral_partner")
KINDS = (*STAGES[1:], "listening")
TIERS = ("high", "medium", "low")


class Malformed(ValueError):
    """A playbook that cannot be used; the text names the place and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to talk about."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question worth asking on a topic."""

    key: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What one meeting is for: its length in minutes, topics in order, first prompts."""

    key: str
    name: str
    length_minutes: int
    topics: tuple[Topic, ...]
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a relationship is, and the terms for getting there (M1).

    ``minimum_meetings`` counts those that took place; ``topics_needed`` is how many of the
    topics of the kind of the same key are to be covered.
    """

    key: str
    name: str
    minimum_meetings: int
    topics_needed: int


@dataclass(frozen=True, slots=True)
class Tier:
    """The rhythm suggested for an alignment (M15), in days; no calls where they are None."""

    key: str
    name: str
    meeting_days: int
    meeting_tolerance_days: int
    call_days: int | None
    call_tolerance_days: int


@dataclass(frozen=True)
class Playbook:
    """A workspace's playbook. The order of stages is fixed, their names are not."""

    stages: tuple[Stage, ...]
    kinds: tuple[Kind, ...]
    tiers: tuple[Tier, ...]

    def stage(self, key: str) -> Stage:
        """Return the stage of a key."""
        return next(stage for stage in self.stages if stage.key == key)

    def next_stage(self, key: str) -> Stage | None:
        """Return the stage after ``key``, or None after the last."""
        place = STAGES.index(key) + 1
        return self.stages[place] if place < len(self.stages) else None

    def kind(self, key: str) -> Kind:
        """Return the kind of a key."""
        return next(kind for kind in self.kinds if kind.key == key)

    def tier(self, key: str) -> Tier | None:
        """Return the tier of an alignment, None where none is said."""
        return next((tier for tier in self.tiers if tier.key == key), None)

    def kind_after(self, took_place: int) -> Kind:
        """Suggest the kind of the next meeting from how many took place (DESIGN, *kind*).

        The third is a referral-partner meeting even before the step to partner.
        """
        return self.kind(KINDS[min(took_place, 2)])

    def topic_name(self, key: str) -> str:
        """Name a topic of any kind; a key no longer in the playbook names itself."""
        for kind in self.kinds:
            for topic in kind.topics:
                if topic.key == key:
                    return topic.name
        return key.replace("_", " ").capitalize()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic of every kind once, in the order of the kinds."""
        seen: dict[str, Topic] = {}
        for kind in self.kinds:
            for topic in kind.topics:
                seen.setdefault(topic.key, topic)
        return tuple(seen.values())


def _text(place: str, data: dict[str, Any], field: str, longest: int = 80) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{place} needs a {field}.")
    if len(value) > longest:
        raise Malformed(f"{place}: the {field} is longer than {longest} letters.")
    return value.strip()


def _whole(place: str, data: dict[str, Any], field: str, low: int, high: int) -> int:
    value = data.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        spoken = field.replace("_", " ")
        raise Malformed(f"{place}: {spoken} must be a whole number from {low} to {high}.")
    return value


def _kind(data: dict[str, Any]) -> Kind:
    key = data.get("key", "")
    if key not in KINDS:
        raise Malformed(f"There is no kind of meeting {key!r}.")
    place = f"Kind {data.get('name') or key}"
    topics = tuple(
        Topic(_text(place, topic, "key", 40), _text(place, topic, "name"))
        for topic in data.get("topics", [])
    )
    keys = [topic.key for topic in topics]
    if len(set(keys)) != len(keys):
        raise Malformed(f"{place} has the same topic twice.")
    prompts = []
    for prompt in data.get("prompts", []):
        made = Prompt(
            _text(place, prompt, "key", 40),
            _text(place, prompt, "topic", 40),
            _text(place, prompt, "text", 300),
        )
        if made.topic not in keys:
            raise Malformed(f"{place}: the prompt “{made.text}” is on a topic it does not have.")
        prompts.append(made)
    return Kind(
        key,
        _text(place, data, "name"),
        _whole(place, data, "length_minutes", 5, 480),
        topics,
        tuple(prompts),
    )


def _stage(data: dict[str, Any], kinds: dict[str, Kind]) -> Stage:
    key = data.get("key", "")
    place = f"Stage {data.get('name') or key}"
    most = len(kinds[key].topics) if key in kinds else 0
    return Stage(
        key,
        _text(place, data, "name"),
        _whole(place, data, "minimum_meetings", 0, 50),
        _whole(place, data, "topics_needed", 0, most),
    )


def _tier(data: dict[str, Any]) -> Tier:
    place = f"Rhythm {data.get('name') or data.get('key')}"
    calls = data.get("call_days")
    return Tier(
        str(data.get("key", "")),
        _text(place, data, "name"),
        _whole(place, data, "meeting_days", 1, 1100),
        _whole(place, data, "meeting_tolerance_days", 0, 400),
        None if calls is None else _whole(place, data, "call_days", 1, 400),
        _whole(place, data, "call_tolerance_days", 0, 200),
    )


def parse(data: dict[str, Any]) -> Playbook:
    """Read a playbook document, or raise Malformed naming what is wrong and where."""
    kinds = tuple(_kind(kind) for kind in data.get("kinds", []))
    if tuple(kind.key for kind in kinds) != KINDS:
        raise Malformed("A playbook has these kinds of meeting, in this order: " + ", ".join(KINDS))
    by_key = {kind.key: kind for kind in kinds}
    stages = tuple(_stage(stage, by_key) for stage in data.get("stages", []))
    if tuple(stage.key for stage in stages) != STAGES:
        raise Malformed("A playbook has these stages, in this order: " + ", ".join(STAGES))
    least = [stage.minimum_meetings for stage in stages]
    if least != sorted(least):
        raise Malformed("A later stage cannot need fewer meetings than an earlier one.")
    tiers = tuple(_tier(tier) for tier in data.get("tiers", []))
    if tuple(tier.key for tier in tiers) != TIERS:
        raise Malformed("A playbook has a rhythm for high, medium and low alignment.")
    return Playbook(stages, kinds, tiers)


@cache
def _shipped_text() -> str:
    return (Path(__file__).parent / "shipped.json").read_text(encoding="utf-8")


def shipped() -> dict[str, Any]:
    """Return a fresh copy of the playbook that a new workspace starts with."""
    data: dict[str, Any] = json.loads(_shipped_text())
    return data
