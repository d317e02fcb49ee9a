"""An answer beside what is known: new, the same, or something else; and what to do with it. Pure.

Nothing is taken over by itself. What is proposed is what most would choose, and can be chosen
otherwise, answer by answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchline.core.fold import words
from touchline.meetings.knowing.days import BIRTHDAY

# Slots that have one answer: a later one takes the place of the one before. Elsewhere (groups,
# causes) what is said now stands beside what was said then, unless somebody chooses otherwise.
ONE_ANSWER = frozenset(
    {
        ("family", "partner"),
        ("family", "children"),
        ("family", BIRTHDAY),
        ("family", "where_from"),
        ("interests", "team"),
        ("goals", "good_year"),
        ("how_to_introduce", "sentence"),
        ("how_to_introduce", "way"),
        ("ideal_referral", "area"),
        ("us", "reach"),
    }
)


class Way(StrEnum):
    """What can become of an answer."""

    TAKE = "take"  # A new fact, beside what is known.
    INSTEAD = "instead"  # A new fact in the place of one.
    SAME = "same"  # It is known, and is so still.
    WITHDRAW = "withdraw"  # They no longer say it, and it goes.
    LEAVE = "leave"
    LATER = "later"


class Stands(StrEnum):
    """How an answer stands beside what is known."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"
    GONE = "gone"  # They no longer say what is known.


@dataclass(frozen=True, slots=True)
class Known:
    """A current fact of the same topic; ``said_by`` a SaidBy, ``dated_on`` the day it is about."""

    pk: int
    slot: str
    text: str
    said_by: str
    on: date
    confirmed_on: date
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer weighed: how it stands, beside which facts, and what is proposed.

    ``fact`` is the one that the proposal would confirm or replace.
    """

    stands: Stands
    beside: tuple[Known, ...]
    way: Way
    fact: int | None = None

    @property
    def value(self) -> str:
        """The proposal as the form names it."""
        return f"{self.way}:{self.fact}" if self.fact else str(self.way)


def taken_back(known: Known | None) -> Weighed:
    """Weigh that they no longer say what became of ``known``; None: nothing is held of it."""
    if known is None:
        return Weighed(Stands.GONE, (), Way.LEAVE)
    return Weighed(Stands.GONE, (known,), Way.WITHDRAW, known.pk)


def weigh(
    topic: str,
    slot: str,
    text: str,
    on: date,
    known: Sequence[Known],
    dated_on: date | None = None,
) -> Weighed:
    """Weigh an answer given on a day against the current facts of its topic.

    The same words anywhere within the topic (case, accents and stops aside), or the same day
    in the same slot, are the same. What else answers the slot stands beside it, newest first,
    and so does what is known on the topic without a slot. In a slot of one answer the newer
    takes the place of the one that is known; where that is newer than the answer, or where
    several are known, nothing is proposed and somebody has to choose.
    """
    said = words(text)
    for one in known:
        if (said and words(one.text) == said) or _same_day(one, slot, dated_on):
            return Weighed(Stands.SAME, (one,), Way.SAME, one.pk)
    newest = sorted(known, key=lambda one: (one.confirmed_on, one.pk), reverse=True)
    rivals = tuple(one for one in newest if slot and one.slot == slot)
    loose = tuple(one for one in newest if slot and not one.slot)
    if not rivals:
        return Weighed(Stands.NEW, loose, Way.TAKE)
    beside = (*rivals, *loose)
    if (topic, slot) not in ONE_ANSWER:
        return Weighed(Stands.OTHER, beside, Way.TAKE)
    if len(rivals) > 1 or rivals[0].confirmed_on > on:
        return Weighed(Stands.OTHER, beside, Way.LATER)
    return Weighed(Stands.OTHER, beside, Way.INSTEAD, rivals[0].pk)


def _same_day(one: Known, slot: str, dated_on: date | None) -> bool:
    """Say whether both are one birthday: the day of the year, and the year where both say one."""
    if slot != BIRTHDAY or one.slot != BIRTHDAY or not dated_on or not one.dated_on:
        return False
    return (one.dated_on.month, one.dated_on.day) == (dated_on.month, dated_on.day)
