"""What a brief is: the record that page, paper, PDF, command line and JSON show. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from touchline.briefing.story import Question, Said
from touchline.referrals.clocks.words import Due


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with its state in words: *due today*, *9 days over*, *kept on 2 October*."""

    text: str
    state: str
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An agenda item, with where it was carried over from."""

    text: str
    carried: str
    about: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact with its age in words; ``stale`` where it is worth asking after again."""

    text: str
    words: str
    stale: bool


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """What is known on a topic: the newest few, and how many more."""

    topic: str
    facts: tuple[FactLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term of the step to the next stage, and whether it is met once this meeting is held."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision to make today: a question, and what it rests on."""

    question: str
    terms: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral: who and what for, where it stands, and what is due on it, mine first.

    ``state`` is debrief where one waits, late or open where something is due, else empty.
    """

    referral: int
    direction: str
    text: str
    standing: str
    state: str
    owed: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The prepared page for one meeting; see ``preparing.prepare``.

    ``left_out`` counts, by the name of a field, what ``cut.one_page`` took out of it.
    """

    name: str
    first: str
    what: str
    position: int
    position_words: str
    kind: str
    when: str
    exact_day: str
    where: str
    leave_by: str
    map_url: str
    video_url: str
    phone: str
    phone_number: str
    lead: str
    referrals: tuple[ReferralLine, ...]
    last_heading: str
    last: tuple[str, ...]
    they_expect: str
    we_expect: str
    mine: tuple[PromiseLine, ...]
    theirs: tuple[PromiseLine, ...]
    they_want: tuple[ItemLine, ...]
    i_want: tuple[ItemLine, ...]
    since: tuple[Said, ...]
    coming: tuple[Said, ...]
    topics_open: tuple[str, ...]
    questions: tuple[Question, ...]
    decision: Decision
    in_common: tuple[str, ...]
    history: tuple[str, ...]
    facts: tuple[TopicFacts, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
