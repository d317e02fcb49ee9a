"""What a choice of questions rests on, and what comes of it. Pure; see ``choosing``."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from touchline.playbook.prompts import Prompt, Topic


class Known(NamedTuple):
    """What is known: topic and slot by key, whom or what it is about (``company:12``, or ''
    for the person), and whether it is old enough to be asked for again.
    """

    topic: str
    slot: str
    about: str
    stale: bool


class Earlier(NamedTuple):
    """What became of a prompt before: ``answered``, ``not_now``, ``picked`` for the agenda.

    ``here`` is in, or for, the very meeting that is chosen for.
    """

    prompt: str
    about: str
    outcome: str
    on: date
    here: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Real data that a question can be about, and the event that it is, where it is one.

    ``values`` fill placeholders by name. ``about`` is its name in the memory of prompts; one
    name for each time the event comes up. ``subject`` is whom or what the answer would be
    known of, '' for the person. One with a ``topic`` is for prompts on that topic, and on
    its ``slot`` or none. Lower ``rank`` goes first.
    """

    about: str
    values: Mapping[str, str]
    event: str = ""
    subject: str = ""
    topic: str = ""
    slot: str = ""
    why: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What fills a placeholder of ``STANDING``; ``about`` names the note or fact it is from."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a choice rests on.

    ``topics`` are all there are, ``of_kind`` the keys of the kind's, in its order, and
    ``closing`` of those that are no kind's; ``prompts`` are what could be asked in it.
    ``position`` counts the meeting itself (1 is the first), ``on`` is its day. ``silenced``
    are keys of prompts never to be asked here, ``own`` of those made for this person, which go
    first among their like. ``came_up`` has the last day each topic was
    asked or spoken of, ``needed`` the topics still open for the step to the stage named
    ``step``. ``standing`` has ``last_met`` and ``last_referral``, ``said`` the last thing
    said by topic.
    """

    topics: Iterable[Topic]
    of_kind: Sequence[str]
    prompts: Iterable[Prompt]
    position: int
    length_minutes: int
    on: date
    known: Iterable[Known] = ()
    asked: Iterable[Earlier] = ()
    silenced: Set[str] = frozenset()
    own: Set[str] = frozenset()
    closing: Set[str] = frozenset()
    offers: Iterable[Offer] = ()
    standing: Mapping[str, Said] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    came_up: Mapping[str, date] = field(default_factory=dict)
    needed: Set[str] = frozenset()
    step: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question to ask: its words with nothing left to fill, and why it was chosen.

    ``topic`` and ``slot`` are where its answer belongs, by key.
    """

    key: str
    topic: str
    slot: str
    text: str
    about: str
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The questions chosen, in the order to ask them, and all others that could be asked."""

    chosen: tuple[Chosen, ...]
    others: tuple[Chosen, ...]


class Standing(IntEnum):
    """How much is known of what a prompt asks: what is unknown comes first."""

    UNKNOWN = 0
    STALE = 1
    MORE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A prompt that may be asked, with the first thing it can be about, in words."""

    prompt: Prompt
    offer: Offer
    text: str
    about: str
    slot: str
    standing: Standing

    @property
    def asks(self) -> tuple[str, str, str]:
        """What it asks for; two of a meeting never ask for the same."""
        if not self.slot:
            return (self.prompt.key, "", self.about)
        return (self.prompt.topic, self.slot, self.offer.subject)
