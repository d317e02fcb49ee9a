"""The shapes in which the sample workspace is told. Days are counted from today: -7 is a week ago.

A story names what happened and when; ``telling`` plays it through the product's own verbs.
"""

from dataclasses import dataclass

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the cast; ``known`` is the day the record was made."""

    name: str
    title: str
    company: str
    tags: tuple[str, ...]
    source: str
    acquaintance: str
    phone: str = ""
    email: str = ""
    address: str = ""
    notes: str = ""
    birthday: str = ""
    known: int = -380


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down; ``on`` only for notes taken between meetings."""

    topic: str
    text: str
    idea: bool = False
    private: bool = False
    on: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something learnt; ``instead_of`` is the text of the earlier fact it corrects.

    ``slot`` is what it answers within its topic, ``company`` the one it is about as well,
    ``day`` the day it is about and ``yearly`` that it comes round.
    """

    topic: str
    text: str
    said_by: str = "them"
    instead_of: str = ""
    slot: str = ""
    company: str = ""
    day: int | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class OwnFact:
    """Something that the member tells of herself, written down on a day."""

    on: int
    topic: str
    text: str
    slot: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Whose, what, by when; kept or dropped on a day, or still open."""

    whose: str
    text: str
    due: int
    kept: int | None = None
    dropped: int | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item; ``about`` is the beginning of the note it points at."""

    side: str
    text: str
    on: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Phoned:
    """A call, at noon; ``again`` is the day agreed for the next."""

    on: int
    minutes: int
    text: str
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cadence set on a day: one-to-ones, and calls or none."""

    on: int
    meetings: tuple[int, int]
    calls: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, as far as it has come.

    ``ended`` is closed_out, held, planned, missed or cancelled. It is booked at the close-out
    before it, unless ``ahead`` says how many days before it was booked apart. ``moved_from``
    is the day it was first booked for. ``covered`` are agenda items both added and covered,
    ``expect`` what they expect of us and we of them.
    """

    on: int
    at: str
    ended: str = "closed_out"
    ahead: int | None = None
    # On that very day, even of a weekend: what is due today must be.
    exact: bool = False
    moved_from: int | None = None
    missed_by: str = ""
    asked_by: str = MINE
    minutes: int = 0
    place: str | None = None
    video_url: str = ""
    notes: tuple[Note, ...] = ()
    facts: tuple[Fact, ...] = ()
    promises: tuple[Promise, ...] = ()
    covered: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    expect: tuple[str, str] = ("", "")
    well: bool | None = True
    choice: str = "continue"
    reason: str = ""
    until: int | None = None
    no_next: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Pitch:
    """The pitch card as it was written on a day, and the day it was tried out on them."""

    on: int
    sentence: str
    story: str
    listen_for: str
    ask_first: str
    not_to_send: str
    introduce: str
    approved: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme with one person, from its first day."""

    person: str
    begun: int
    why: str
    place: str
    meetings: tuple[Meeting, ...] = ()
    stage: str = "prospective"
    held_before: int = 0
    held_before_last: int | None = None
    alignment: str = ""
    alignment_reasons: str = ""
    meeting_days: tuple[int, int] = (63, 28)
    call_days: tuple[int, int] | None = None
    minutes: int = 60
    travel: int = 0
    notes: str = ""
    items: tuple[Item, ...] = ()
    between: tuple[Note, ...] = ()
    calls: tuple[Phoned, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    pitch: Pitch | None = None
