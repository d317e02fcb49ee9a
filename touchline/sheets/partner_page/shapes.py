"""All that a partner may see, as plain values. Pure.

The template is given these and nothing else. What no field here is for stays at home, so that a
new column of a model is hidden until somebody writes it in (docs/domain/partner-page.md).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from touchline.sheets.showing import SheetShown


@dataclass(frozen=True, slots=True)
class Answered:
    """What they said to a date: an ``Answer`` of theirs, when, and the times they gave instead."""

    answer: str
    at: datetime
    text: str
    times: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next one-to-one. ``zone`` names whose time it is, empty where that is UTC.

    ``answered`` is what they said to this very time; ``moved`` that they answered an earlier one,
    and ``named`` that it was moved to a time which they gave then.
    """

    pk: int
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    video_url: str
    may_answer: bool
    answered: Answered | None = None
    moved: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: ``may_reopen`` where they ticked it themselves and nobody has seen that yet."""

    pk: int
    text: str
    due_on: date
    is_kept: bool
    is_late: bool
    may_reopen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Something they said, and when."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Introduction:
    """A referral between the two; ``who`` is empty as long as they must stay unnamed.

    ``to_them`` says that we gave it. ``standing`` is where it stands, a sentence; ``question``
    what they may say about it. ``passed`` says that they may tell what came of it.
    """

    pk: int
    to_them: bool
    who: str
    need: str
    standing: str
    question: str
    passed: bool
    said: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What they told about themselves under one topic, by their own sheet."""

    topic: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theirs:
    """Their sheet: ``path`` of its form, empty where it is closed, and what they handed in."""

    path: str
    handed_in_on: date | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """The last recap: the day it went out, its heading, and its lines as they were sent."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """The page of one partner.

    ``host`` speaks, ``firm`` is whom they work for, ``partner`` reads; ``first`` are the names
    by which one speaks of both. ``sheet_is_news`` says that ours has not been read yet as it is.
    """

    host: str
    host_first: str
    firm: str
    partner: str
    partner_first: str
    today: date
    meeting: Meeting | None = None
    we_want: tuple[str, ...] = ()
    they_want: tuple[str, ...] = ()
    ours: tuple[Promise, ...] = ()
    theirs: tuple[Promise, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    going: Line | None = None
    sheet: SheetShown | None = None
    sheet_is_news: bool = False
    their_sheet: Theirs = field(default_factory=lambda: Theirs("", None, ()))
    recap: Recap | None = None
