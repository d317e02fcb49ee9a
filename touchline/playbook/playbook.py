"""The playbook as data: stages, kinds of meeting with topics and prompts, tiers, clocks. Pure."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from touchline.playbook import clocks
from touchline.playbook.clocks import Clocks
from touchline.playbook.prompts import (
    EVENTS,
    PLACEHOLDERS,
    Malformed,
    Memory,
    Prompt,
    Slot,
    Topic,
    a_prompt,
    a_topic,
    names,
    once_each,
    rows,
    text,
    whole,
)

__all__ = [
    "EVENTS",
    "KINDS",
    "PLACEHOLDERS",
    "STAGES",
    "TIERS",
    "Kind",
    "Malformed",
    "Memory",
    "Playbook",
    "Prompt",
    "Share",
    "Slot",
    "Stage",
    "Tier",
    "Topic",
    "parse",
    "shipped",
]

STAGES = ("prospective", "getting_to_know_you", "tell_me_the_detail", "referral_partner")
KINDS = (*STAGES[1:], "listening")
TIERS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a meeting and the minutes meant for it."""

    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What one meeting is for: its length in minutes, topics in order, prompts, shape.

    ``prompts`` are those on its topics and those made for it; ``shape`` shares out at most
    its length.
    """

    key: str
    name: str
    length_minutes: int
    topics: tuple[Topic, ...]
    prompts: tuple[Prompt, ...]
    shape: tuple[Share, ...]


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
    """A workspace's playbook. The order of stages is fixed, their names are not.

    ``topics`` are all there are: those of the kinds first, in the kinds' order.
    """

    stages: tuple[Stage, ...]
    kinds: tuple[Kind, ...]
    tiers: tuple[Tier, ...]
    topics: tuple[Topic, ...]
    prompts: tuple[Prompt, ...]
    clocks: Clocks = field(default_factory=Clocks)

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

    def topic(self, key: str) -> Topic | None:
        """Return the topic of a key, None where it is no longer in the playbook."""
        return next((topic for topic in self.topics if topic.key == key), None)

    def topic_name(self, key: str) -> str:
        """Name a topic; a key no longer in the playbook names itself."""
        topic = self.topic(key)
        return topic.name if topic else key.replace("_", " ").capitalize()

    def prompt(self, key: str) -> Prompt | None:
        """Return the prompt of a key, None where it is no longer in the playbook."""
        return next((prompt for prompt in self.prompts if prompt.key == key), None)


def _kind(data: dict[str, Any], topics: dict[str, Topic], prompts: list[Prompt]) -> Kind:
    key = data.get("key", "")
    if key not in KINDS:
        raise Malformed(f"There is no kind of meeting {key!r}.")
    place = f"Kind {data.get('name') or key}"
    keys = names(place, data, "topics")
    for topic in keys:
        if topic not in topics:
            raise Malformed(f"{place} names a topic that there is not: {topic}.")
    once_each(place, "topic", [topics[topic].name for topic in keys])
    length = whole(place, data, "length_minutes", 5, 480)
    shape = tuple(
        Share(text(f"{place}: a part", part, "name"), whole(place, part, "minutes", 0, 480))
        for part in rows(place, data, "shape")
    )
    shared_out = sum(share.minutes for share in shape)
    if shared_out > length:
        raise Malformed(
            f"{place}: its parts take {shared_out} minutes, and it is {length} minutes long."
        )
    return Kind(
        key,
        text(place, data, "name"),
        length,
        tuple(topics[topic] for topic in keys),
        tuple(
            prompt
            for prompt in prompts
            if (key in prompt.kinds if prompt.kinds else prompt.topic in keys)
        ),
        shape,
    )


def _stage(data: dict[str, Any], kinds: dict[str, Kind]) -> Stage:
    key = data.get("key", "")
    place = f"Stage {data.get('name') or key}"
    most = len(kinds[key].topics) if key in kinds else 0
    return Stage(
        key,
        text(place, data, "name"),
        whole(place, data, "minimum_meetings", 0, 50),
        whole(place, data, "topics_needed", 0, most),
    )


def _tier(data: dict[str, Any]) -> Tier:
    place = f"Rhythm {data.get('name') or data.get('key')}"
    calls = data.get("call_days")
    return Tier(
        str(data.get("key", "")),
        text(place, data, "name"),
        whole(place, data, "meeting_days", 1, 1100),
        whole(place, data, "meeting_tolerance_days", 0, 400),
        None if calls is None else whole(place, data, "call_days", 1, 400),
        whole(place, data, "call_tolerance_days", 0, 200),
    )


def parse(data: dict[str, Any]) -> Playbook:
    """Read a playbook document, or raise Malformed naming what is wrong and where."""
    place = "The playbook"
    listed = [a_topic(topic) for topic in rows(place, data, "topics")]
    once_each(place, "topic", [topic.key for topic in listed])
    once_each(place, "topic", [topic.name for topic in listed])
    topics = {topic.key: topic for topic in listed}
    prompts = [a_prompt(prompt, topics, KINDS) for prompt in rows(place, data, "prompts")]
    once_each(place, "question", [prompt.key for prompt in prompts])
    kinds = tuple(_kind(kind, topics, prompts) for kind in rows(place, data, "kinds"))
    if tuple(kind.key for kind in kinds) != KINDS:
        raise Malformed("A playbook has these kinds of meeting, in this order: " + ", ".join(KINDS))
    by_key = {kind.key: kind for kind in kinds}
    stages = tuple(_stage(stage, by_key) for stage in rows(place, data, "stages"))
    if tuple(stage.key for stage in stages) != STAGES:
        raise Malformed("A playbook has these stages, in this order: " + ", ".join(STAGES))
    least = [stage.minimum_meetings for stage in stages]
    if least != sorted(least):
        raise Malformed("A later stage cannot need fewer meetings than an earlier one.")
    tiers = tuple(_tier(tier) for tier in rows(place, data, "tiers"))
    if tuple(tier.key for tier in tiers) != TIERS:
        raise Malformed("A playbook has a rhythm for high, medium and low alignment.")
    raised = {topic.key: topic for kind in kinds for topic in kind.topics}
    every = tuple({**raised, **topics}.values())
    return Playbook(stages, kinds, tiers, every, tuple(prompts), clocks.parse(data))


@cache
def _shipped_text() -> str:
    return (Path(__file__).parent / "shipped.json").read_text(encoding="utf-8")


def shipped() -> dict[str, Any]:
    """Return a fresh copy of the playbook that a new workspace starts with."""
    data: dict[str, Any] = json.loads(_shipped_text())
    return data
