"""What is known of somebody by stage and topic, what grows old, what is missing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchline.meetings.knowing.freshness import Freshness
from touchline.playbook.playbook import STAGES, Playbook, Topic


class State(StrEnum):
    """How a thing worth knowing stands."""

    KNOWN = "known"
    STALE = "stale"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """A current fact as coverage sees it: topic and slot by key, '' where it has no slot."""

    topic: str
    slot: str
    confirmed_on: date
    dated_on: date | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class OfSlot:
    """One thing to know within a topic, and how it stands."""

    key: str
    name: str
    state: State


@dataclass(frozen=True, slots=True)
class OfTopic:
    """One topic: each of its slots in the playbook's order, and what answers none of them.

    ``fresh`` and ``old`` count the facts without a slot of the topic.
    """

    key: str
    name: str
    slots: tuple[OfSlot, ...]
    fresh: int
    old: int

    def those(self, state: State) -> tuple[OfSlot, ...]:
        """Return the slots that stand so."""
        return tuple(slot for slot in self.slots if slot.state == state)

    @property
    def state(self) -> State:
        """How the topic stands as a whole: known where anything fresh is."""
        if self.fresh or self.those(State.KNOWN):
            return State.KNOWN
        return State.STALE if self.old or self.those(State.STALE) else State.UNKNOWN


@dataclass(frozen=True, slots=True)
class OfStage:
    """The topics of one stage's meeting, each where it first comes up. '' is no stage's."""

    key: str
    name: str
    topics: tuple[OfTopic, ...]


def coverage(playbook: Playbook, told: Iterable[Told], fresh: Freshness) -> tuple[OfStage, ...]:
    """Return what is known by stage, in the stages' order, the rest at the end.

    Guarantees: every topic of the playbook is there once, under the first stage whose kind of
    meeting has it, and every topic that something was told on; a slot is known where a fresh
    fact answers it, stale where only old ones do, else unknown; every fact is counted, at its
    slot or, where the topic has no such slot, among those without one.
    """
    by_topic: dict[str, list[Told]] = {}
    for each in told:
        by_topic.setdefault(each.topic, []).append(each)
    left = {topic.key: topic for topic in playbook.topics}
    found = []
    for stage in STAGES:
        kind = next((kind for kind in playbook.kinds if kind.key == stage), None)
        topics = [left.pop(one.key) for one in kind.topics if one.key in left] if kind else []
        if kind and topics:
            found.append(OfStage(stage, kind.name, _topics(topics, by_topic, fresh)))
    rest = list(left.values())
    known = {topic.key for topic in playbook.topics}
    rest += [Topic(key, playbook.topic_name(key), 12, ()) for key in by_topic if key not in known]
    if rest:
        found.append(OfStage("", "Anything else", _topics(rest, by_topic, fresh)))
    return tuple(found)


def _topics(
    topics: Iterable[Topic], by_topic: dict[str, list[Told]], fresh: Freshness
) -> tuple[OfTopic, ...]:
    return tuple(_topic(topic, by_topic.get(topic.key, []), fresh) for topic in topics)


def _topic(topic: Topic, told: list[Told], fresh: Freshness) -> OfTopic:
    keys = {slot.key for slot in topic.slots}
    best: dict[str, State] = {}
    loose = {State.KNOWN: 0, State.STALE: 0}
    for each in told:
        old = fresh.is_stale(each.topic, each.confirmed_on, each.dated_on, yearly=each.yearly)
        state = State.STALE if old else State.KNOWN
        if each.slot not in keys:
            loose[state] += 1
        elif best.get(each.slot) != State.KNOWN:
            best[each.slot] = state
    return OfTopic(
        topic.key,
        topic.name,
        tuple(
            OfSlot(slot.key, slot.name, best.get(slot.key, State.UNKNOWN)) for slot in topic.slots
        ),
        loose[State.KNOWN],
        loose[State.STALE],
    )
