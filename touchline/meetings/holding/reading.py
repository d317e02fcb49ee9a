"""What a line taken down says: docs/domain/holding.md. Pure.

Plain text is a note, always and as it stands. A line that begins with a stroke says what it
is by its first word; one that cannot be read is turned down in a sentence, and stays with
whoever typed it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from touchline.core.fold import fold
from touchline.meetings.day_words import Toward, days
from touchline.meetings.one_line import parse_promise, tidy, time_of_day


@dataclass(frozen=True, slots=True)
class Note:
    """Free text; ``private`` where the line itself says so."""

    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something learnt; ``topic`` is a key, empty where the line names none."""

    text: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What one side will do, and the last day for it (None: not said)."""

    text: str
    mine: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Next:
    """When to meet next, at what time (None: as usual) and where (empty: as usual)."""

    on: date
    at: time | None
    place: str


@dataclass(frozen=True, slots=True)
class Idea:
    """A referral talked about."""

    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that cannot be taken down as it stands, and what to do about it."""

    sentence: str


Reading = Note | Fact | Promise | Next | Idea | Refusal

COMMANDS = ("note", "private", "fact", "action", "me", "them", "next", "idea")
_COMMAND = re.compile(r"/(?P<word>[^\s/]*)(?:\s+|$)")
_MINE = frozenset(("me", "i", "mine", "us", "we"))
_THEIRS = frozenset(("them", "they", "theirs", "her", "she", "him", "he"))
_WHOSE = re.compile(r"(?P<word>[^\s,:]+)[,:]?\s*")
_NEXT_WEEK = re.compile(r"(?:next\s+)?week\s+(?:on\s+)?(?=[a-z])", re.I)
_SPAN = re.compile(r"(?:week|month)\b", re.I)
_BARE_HOUR = re.compile(r"(?:at\s+)?(?P<h>\d{1,2})", re.I)
_MORNING = re.compile(r"\d\s*am\b", re.I)
_AT = re.compile(r"(?:(?:at|in|on|for)\s+)+", re.I)

UNKNOWN = (
    "/{word} is not known: write /fact, /action, /next, /idea or /private, "
    "or begin with two strokes to keep the line as it is."
)
EMPTY = {
    "note": "There is nothing to save yet: write a line after /note.",
    "private": "There is nothing to save yet: write a line after /private.",
    "fact": "Say the fact after it, as in /fact sings alto.",
    "idea": "Say whom to bring together, as in /idea Ruth and the farm shop.",
    "next": "Say the day after it, as in /next 12 March 9am.",
}
ONLY_A_DAY = "That is a day, not yet a promise. Say what is to be done by then."
NO_PROMISE = "Say whose it is, what and by when, as in /action me send the outline by Friday."
GONE_BY = "That day has gone by. Say a day to come, or leave it out."
FURTHEST = 2100


def read(
    text: str,
    today: date,
    month_first: bool = False,
    *,
    them: Collection[str] = (),
    topics: Sequence[tuple[str, str]] = (),
) -> Reading:
    """Read one line; never raises.

    ``them`` are further words for the other side (a given name), ``topics`` keys and names
    by which ``/fact family: two daughters`` finds its topic. A command may be cut short
    where that leaves no doubt (``/f``). Two strokes at the beginning keep a stroke.
    """
    text = text.strip()
    command = _COMMAND.match(text)
    if text.startswith("//"):
        return Note(text[1:])
    if command is None:
        return Note(text)
    word, rest = fold(command["word"]), text[command.end() :].strip()
    known = [name for name in COMMANDS if word and name.startswith(word)]
    name = word if word in COMMANDS else known[0] if len(known) == 1 else ""
    if not name:
        return Refusal(UNKNOWN.format(word=command["word"]))
    if name in ("action", "me", "them"):
        return _promise(name, rest, today, month_first, them)
    if not rest:
        return Refusal(EMPTY[name])
    if name == "fact":
        return _fact(rest, topics)
    if name == "next":
        return next_date(rest, today, month_first)
    return Idea(rest) if name == "idea" else Note(rest, private=name == "private")


def _fact(text: str, topics: Sequence[tuple[str, str]]) -> Reading:
    before, colon, after = text.partition(":")
    wanted = fold(before)
    if colon and wanted and after.strip():
        for key, name in topics:
            if wanted in (fold(key), fold(name), fold(key.replace("_", " "))):
                return Fact(after.strip(), key)
    return Fact(text)


def _promise(
    name: str, text: str, today: date, month_first: bool, them: Collection[str]
) -> Reading:
    mine = name != "them"
    if name == "action":
        whose = _WHOSE.match(text)
        word = fold(whose["word"]) if whose else ""
        theirs = word in _THEIRS or (bool(word) and word in {fold(each) for each in them})
        if whose and (theirs or word in _MINE):
            mine, text = not theirs, text[whose.end() :]
    return promise(text, today, month_first, mine=mine)


def promise(text: str, today: date, month_first: bool = False, *, mine: bool) -> Promise | Refusal:
    """Read what one side promises, where whose it is was said already."""
    if not text.strip():
        return Refusal(NO_PROMISE)
    said = parse_promise(text, today, month_first)
    if not said.text:
        return Refusal(ONLY_A_DAY)
    if said.due_on is not None and said.due_on < today:
        return Refusal(GONE_BY)
    return Promise(said.text, mine, said.due_on)


def next_date(text: str, today: date, month_first: bool = False) -> Next | Refusal:
    """Read when to meet next: the day, and where said the time and the place."""
    # */next week Tuesday*: the command is the first word of the day as well.
    if in_a_week := _NEXT_WEEK.match(text):
        text = f"next {text[in_a_week.end() :]}"
    elif _SPAN.match(text):
        text = f"next {text}"
    found = next(days(text, today, Toward.AHEAD, month_first), None)
    if found is None:
        return Refusal(EMPTY["next"])
    if found.on < today:
        return Refusal("That day has gone by. Say a day to come.")
    if found.on.year > FURTHEST:
        return Refusal("That year is too far ahead. Check the date.")
    before, after = text[: found.start].strip(), text[found.end :].strip(" ,")
    rest = f"{before} {after}".strip()
    at, left = _hour(rest)
    place = tidy(_AT.sub("", left, count=1) if _AT.match(left.lstrip()) else left)
    if len(place) > 200:
        return Refusal("A place fits in 200 letters. Put the rest in a note.")
    return Next(found.on, at, place)


def _hour(text: str) -> tuple[time | None, str]:
    """Find the time of day; hours before seven are of the afternoon unless *am* says not."""
    bare = _BARE_HOUR.fullmatch(text)
    if bare:
        at: time | None = time(int(bare["h"])) if int(bare["h"]) < 24 else None
        left = "" if at else text
    else:
        at, left = time_of_day(text)
    if at and 1 <= at.hour < 7 and not _MORNING.search(text):
        at = at.replace(hour=at.hour + 12)
    return at, left
