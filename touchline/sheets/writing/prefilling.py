"""What a sheet says at first: what its member told of themselves already. Pure.

It stands in the form only. Nothing of it is on the sheet before its member has read and saved it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchline.sheets.parts import KEYS, LONGEST

# The topics and slots of the playbook (and fields of one's ideal referral) that a part is begun
# from, in the order in which one would say them. A slot of "" is the whole of a topic.
FROM_FACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "about": (("goals", "why"), ("family", "where_from"), ("family", "here"),
              ("experience", "before")),
    "work": (("business", "offer"), ("experience", "strength"), ("experience", "standing")),
    "ideal": (("ideal_referral", "examples"), ("ideal_referral", "role"),
              ("ideal_referral", "trade"), ("ideal_referral", "area"),
              ("trigger_events", "just_happened"), ("trigger_events", "phrases")),
    "story": (("how_to_introduce", "story"), ("experience", "proudest")),
    "interests": (("interests", ""),),
    "family": (("family", "partner"), ("family", "children"), ("family", "animals")),
    "networks": (("networks", "groups"), ("networks", "online")),
    "introduce": (("how_to_introduce", "sentence"), ("how_to_introduce", "ask_first"),
                  ("how_to_introduce", "way")),
}  # fmt: skip
FROM_IDEAL: dict[str, tuple[str, ...]] = {
    "ideal": ("sentence", "trigger_events", "trigger_phrases"),
    "story": ("story",),
    "introduce": ("introduce", "qualifying_question"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A fact about oneself: where it is filed, and its words."""

    topic: str
    slot: str
    text: str


def prefilled(facts: Iterable[Said], ideal: Mapping[str, str]) -> dict[str, str]:
    """Return a text for each part that something is known for, one line a thing, each once.

    ``ideal`` are the words of one's ideal referral by field, which were written to be read by
    others and come first. What would make a part longer than it may be is left out.
    """
    told = list(facts)
    found = {}
    for key in KEYS:
        lines = [
            line for field in FROM_IDEAL.get(key, ()) for line in ideal.get(field, "").splitlines()
        ]
        for topic, slot in FROM_FACTS[key]:
            lines += [one.text for one in told if one.topic == topic and slot in ("", one.slot)]
        if text := _joined(lines):
            found[key] = text
    return found


def _joined(lines: Iterable[str]) -> str:
    kept: list[str] = []
    held: set[str] = set()
    room = LONGEST
    for line in lines:
        said = " ".join(line.split())
        if not said or said.casefold() in held or len(said) > room:
            continue
        held.add(said.casefold())
        kept.append(said)
        room -= len(said) + 1
    return "\n".join(kept)
