"""What a partner did on their page, in words; and where an answer of theirs stands. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.utils import timezone

from touchline.core.paths import path_to
from touchline.core.words import capital, clock, full_day
from touchline.people import naming

ANSWER, AGENDA, ACTION = "answer", "agenda", "action"
FEEDBACK, GOING, SHEET = "feedback", "going", "sheet"
YES, NO, OTHER = "yes", "no", "other"
# By an answer of theirs that is our own new time: they asked for it.
AGREED = "agreed"

# The page on which each is dealt with, where ``about`` names the record.
_PAGES = {
    SHEET: "sheets:their_sheet",
    FEEDBACK: "referrals:referral",
    ANSWER: "meetings:one_to_one",
    AGENDA: "meetings:one_to_one",
    ACTION: "meetings:one_to_one",
}
_HOLDS = {
    YES: "comes on {when}",
    NO: "can’t come on {when}",
    OTHER: "asks for another time than {when}",
}
_HELD = {
    YES: "said yes to a time that has changed since",
    NO: "could not come at a time that has changed since",
    OTHER: "asked for another time, and it has changed since",
}
# As history tells it, whatever became of the time since.
_WAS = {
    YES: "said yes to {when}",
    NO: "could not come on {when}",
    OTHER: "asked for another time than {when}",
}
_DID = {
    AGENDA: "wants to cover",
    ACTION: "kept a promise",
    GOING: "said how it is going",
    SHEET: "handed in their sheet",
}


class Arrived(NamedTuple):
    """One arrival as pages tell it, in the order of ``loading.COLUMNS``.

    ``about`` is the key of the sheet, referral or one-to-one that it is about, ``of`` the text
    of the agenda item or promise, or the name of the prospect. ``when`` is the time of the
    one-to-one, ``holds`` whether an answer is to that time.
    """

    key: int
    relationship: int
    what: str
    text: str
    at: datetime
    answer: str
    about: int | None
    of: str
    when: datetime | None
    holds: bool
    name: str
    given: str


@dataclass(frozen=True, slots=True)
class Told:
    """An arrival in words: who, what they did (*kept a promise*), and their own words."""

    key: int
    relationship: int
    what: str
    name: str
    first: str
    did: str
    words: str
    at: datetime
    url: str

    @property
    def note(self) -> str:
        """What they did, where their name stands above it."""
        return capital(self.did)

    @property
    def sentence(self) -> str:
        """What they did, with their name, without its stop."""
        return f"{self.first} {self.did}"


def tell(row: Arrived, today: date, *, past: bool = False) -> Told:
    """Tell one arrival, as history where ``past``; times are in the zone that is in force."""
    page = _PAGES.get(row.what)
    url = (
        path_to(page, row.about)
        if page and row.about
        else path_to("relationships:relationship", row.relationship)
    )
    return Told(
        key=row.key,
        relationship=row.relationship,
        what=row.what,
        name=row.name,
        first=naming.first(row.name, row.given),
        did=_did(row, today, past=past),
        words=row.text or (row.of if row.what in (AGENDA, ACTION) else ""),
        at=row.at,
        url=url,
    )


def _did(row: Arrived, today: date, *, past: bool) -> str:
    if row.what == FEEDBACK:
        return f"told how it goes with {row.of or 'a referral'}"
    if row.what == ANSWER:
        if row.holds and row.when:
            said = _WAS if past else _HOLDS
            return said[row.answer].format(when=moment(row.when, today))
        return _HELD[row.answer]
    return "put on the agenda" if past and row.what == AGENDA else _DID[row.what]


def moment(at: datetime, today: date) -> str:
    """Say a moment in a sentence’s middle: *Thursday 26 November, 11:30*."""
    here = timezone.localtime(at)
    return f"{full_day(here.date(), today)}, {clock(here)}"


class Answered(NamedTuple):
    """One answer of theirs to a one-to-one, with the version of it that they saw."""

    key: int
    answer: str
    text: str
    at: datetime
    sequence: int | None
    times: Sequence[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where their answer stands: ``answer`` is yes, no, other or agreed.

    ``key`` is the arrival by which they gave it, ``times`` when else it suits them, those still
    to come, in their order.
    """

    key: int
    answer: str
    text: str
    at: datetime
    times: tuple[datetime, ...] = ()


def standing(
    answers: Iterable[Answered], *, sequence: int, starts_at: datetime, now: datetime
) -> Standing | None:
    """Return what their newest answer says of a one-to-one as it is now; None where nothing.

    An answer to an older version holds no more. But where they asked for another time and it
    was moved to one of those, that is agreed.
    """
    newest = max(answers, key=lambda one: (one.at, one.key), default=None)
    if newest is None:
        return None
    times = tuple(at for each in newest.times if (at := read(each)) is not None)
    said = (newest.text, newest.at)
    if newest.sequence == sequence:
        ahead = tuple(at for at in times if at > now) if newest.answer == OTHER else ()
        return Standing(newest.key, newest.answer, *said, ahead)
    if newest.answer == OTHER and starts_at in times:
        return Standing(newest.key, AGREED, *said)
    return None


def read(written: object) -> datetime | None:
    """Read a time as an answer stores it, ISO with its zone; None where it is none."""
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
