"""What a brief is made from: the story of a relationship up to one meeting. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from touchline.meetings.asking.rows import FactRow
from touchline.referrals.clocks.clocks import Followed


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting the brief is for; ``starts_at`` in the member's zone, minutes one way."""

    kind: str
    starts_at: datetime
    length_minutes: int
    place: str
    video_url: str
    travel_minutes: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last one-to-one that took place, with its notes in order."""

    on: date
    place: str
    notes: tuple[str, ...]
    they_expect: str = ""
    we_expect: str = ""


class Promised(NamedTuple):
    """An action: open, or settled since the last meeting."""

    mine: bool
    text: str
    due_on: date
    state: str
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An open agenda item; ``about`` is what was said before that it points at."""

    mine: bool
    text: str
    added_on: date
    about: str = ""


class Said(NamedTuple):
    """Something noted between the meetings: a call, a note or a fact, on its day."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question worth asking, by the name of its topic, and why it was chosen.

    ``about`` is what its gaps were filled with."""

    key: str
    topic: str
    text: str
    about: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """All that a brief is made from.

    ``asking`` are the questions chosen, ``in_common`` what both sides share and ``history``
    what is known of the company, each worded already. ``referrals`` are those with them, that
    which moved last first; ``country`` says how money is written, ``by`` who
    signs words about them.
    """

    name: str
    first: str
    what: str
    took_place: int
    meeting: Meeting | None
    last: Earlier | None
    promises: tuple[Promised, ...]
    items: tuple[Item, ...]
    facts: Sequence[FactRow]
    since: tuple[Said, ...]
    covered: Mapping[str, Set[str]]
    they_expect: str
    we_expect: str
    next_kind: str
    stage: str = ""
    phone: str = ""
    phone_number: str = ""
    birthday: str = ""
    asking: tuple[Question, ...] = ()
    in_common: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    referrals: tuple[Followed, ...] = ()
    country: str = ""
    by: str = ""
