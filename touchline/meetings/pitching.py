"""The parts of a pitch card, and what is known already that could stand in them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchline.core.words import clipped

OFFERED = 3  # For each part.


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the card: its heading, what to write there, and where facts for it come from.

    ``sources`` are topics and slots of the playbook, the likeliest first; an empty slot takes
    what was told on the topic without one.
    """

    key: str
    heading: str
    hint: str
    sources: tuple[tuple[str, str], ...]


PARTS = (
    Part(
        "sentence",
        "The sentence",
        "What they do and for whom, in words a friend would use.",
        (("how_to_introduce", "sentence"),),
    ),
    Part(
        "story",
        "The story",
        "One client, what was wrong, what they did, what it is like now.",
        (("how_to_introduce", "story"), ("experience", "proudest"), ("achievements", "win")),
    ),
    Part(
        "listen_for",
        "What to listen for",
        "What people say or show just before they need them. A line each.",
        (
            ("trigger_events", "phrases"),
            ("trigger_events", "just_happened"),
            ("trigger_events", "signs"),
            ("trigger_events", ""),
        ),
    ),
    Part(
        "ask_first",
        "What to ask first",
        "The question that tells whether it is worth their time.",
        (("how_to_introduce", "ask_first"), ("ideal_referral", "worth")),
    ),
    Part(
        "not_to_send",
        "Whom not to send",
        "However keen they are.",
        (("ideal_referral", "not_to_send"),),
    ),
    Part(
        "introduce",
        "How they like to be introduced",
        "By mail, by telephone, in person; what to say and what to leave out.",
        (
            ("how_to_introduce", "way"),
            ("how_to_introduce", "unsaid"),
            ("how_to_introduce", ""),
        ),
    ),
)
BY_KEY = {part.key: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class Told:
    """A current fact that might stand on the card; the newest come first."""

    pk: int
    topic: str
    slot: str
    text: str


def offers(
    words: Mapping[str, str],
    facts: Iterable[Told],
    longest: Mapping[str, int],
    parts: Iterable[Part] = PARTS,
) -> dict[str, tuple[Told, ...]]:
    """Return for each part the facts that could stand in it and do not yet, at most three.

    The likeliest slot first, within it the newest. None is offered where the part, with it,
    would be longer than it may be.
    """
    found: dict[str, tuple[Told, ...]] = {}
    known = list(facts)
    for part in parts:
        there = words[part.key]
        fitting = [
            fact
            for source in part.sources
            for fact in known
            if (fact.topic, fact.slot) == source
            and fact.text.strip() not in there
            and len(there) + 1 + len(fact.text.strip()) <= longest[part.key]
        ]
        found[part.key] = tuple(fitting[:OFFERED])
    return found


def data(name: str, what: str, words: Mapping[str, str], standing: str) -> dict[str, object]:
    """Return the card as plain data for its Typst template."""
    return {
        "name": clipped(name, 100),
        "what": clipped(what, 140),
        "sentence": words["sentence"],
        "parts": [
            {"heading": part.heading, "lines": [line for line in lines if line.strip()]}
            for part in PARTS[1:]
            if (lines := words[part.key].splitlines()) and words[part.key].strip()
        ],
        "standing": standing,
    }
