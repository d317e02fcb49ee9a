"""What Today is arranged from, and what it comes to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from touchline.core.words import day, late_by
from touchline.meetings.knowing.days import Occasion
from touchline.meetings.situation import (
    Course,
    Situation,
)
from touchline.people import naming
from touchline.referrals.clocks.words import Due as ReferralDue
from touchline.sheets.arrivals.telling import Told

TO_BOOK = {"first": "The first to plan", "second": "The second to book"}


class Someone(NamedTuple):
    """A relationship as Today sees it.

    Of a hundred a few are shown: what is said of them is worked out when it is asked for.
    """

    key: int
    person: int
    name: str
    stage: str
    is_partner: bool
    course: Course
    they_expect: str = ""
    given: str = ""
    family: str = ""
    title: str = ""
    company: str = ""
    birthday: str = ""

    @property
    def first(self) -> str:
        """The name to speak of them by."""
        return naming.first(self.name, self.given)

    @property
    def initials(self) -> str:
        """Up to two letters for the monogram."""
        return naming.initials(self.name, self.given, self.family)

    @property
    def what(self) -> str:
        """Title and company in a line."""
        return naming.what(self.title, self.company)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A one-to-one of today, of the days ahead, or one that waits; in the member's zone."""

    key: int
    relationship: int
    kind: str
    state: str
    starts_at: datetime
    length_minutes: int
    travel_minutes: int
    place: str
    video_url: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.length_minutes)


@dataclass(frozen=True, slots=True)
class Owed:
    """An open promise."""

    key: int
    relationship: int
    mine: bool
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the day: a meeting, or the way there (``meeting`` None)."""

    at: datetime
    words: str
    meeting: Meeting | None = None
    who: Someone | None = None
    note: str = ""
    past: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a word: whose, since when in words, what, and what to do.

    ``kind`` is close_out, happened, prepare, first, second, pause or call; it says which page
    does it, and ``heading`` what sort of thing it is.
    """

    kind: str
    when: str
    who: Someone
    note: str
    meeting: Meeting | None = None

    @property
    def heading(self) -> str:
        if self.kind in TO_BOOK:
            return "To book"
        return "To prepare" if self.kind == "prepare" else "To decide"


@dataclass(frozen=True, slots=True)
class PromiseDue:
    """A promise as of ``today``, with its day in words."""

    owed: Owed
    who: Someone
    today: date

    @property
    def late(self) -> bool:
        """Say whether its day has gone by."""
        return self.owed.due_on < self.today

    @property
    def words(self) -> str:
        """Say when it is due: *tomorrow*, *9 days over*."""
        over = (self.today - self.owed.due_on).days
        return f"{late_by(over)} over" if over > 0 else day(self.owed.due_on, self.today)


@dataclass(frozen=True, slots=True)
class DayComing:
    """A day that comes up: of somebody, or my own where ``who`` is None; ``words`` is when."""

    occasion: Occasion
    who: Someone | None
    words: str


@dataclass(frozen=True, slots=True)
class Due:
    """A relationship whose one-to-one is due or late, none planned."""

    who: Someone
    situation: Situation


@dataclass(frozen=True, slots=True)
class Now:
    """The one thing at the top: who, when in words, and what one would want whispered."""

    who: Someone
    heading: str
    where: str
    whisper: str
    meeting: Meeting | None
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The page; see ``arrange``."""

    now: Now | None
    day: tuple[Slot, ...]
    waiting: tuple[Waiting, ...]
    mine: tuple[PromiseDue, ...]
    theirs: tuple[PromiseDue, ...]
    due: tuple[Due, ...]
    calls: tuple[Waiting, ...]
    days: tuple[DayComing, ...]
    programme: int
    referrals: tuple[ReferralDue, ...] = ()
    arrivals: tuple[Told, ...] = ()
    stale: bool = False
