"""What the readiness list looks at, and what it says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from touchline.core.money import Money
from touchline.referrals.passing.fitting import Known


class Group(StrEnum):
    """What an item is about; the list has them in this order."""

    PARTNER = "partner"
    NEED = "need"
    FIT = "fit"
    PASSING = "passing"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at before a name is passed.

    ``sentence`` says how it stands, ``met`` is None where nobody knows; ``detail`` is what that
    rests on and ``ask`` the question that would settle it. Without a ``firm`` one nothing is
    ever passed. ``answer`` says how the member settles it: ``yes_no`` in one tap, else the form
    of that name, '' for none here.
    """

    key: str
    group: Group
    sentence: str
    met: bool | None
    detail: str = ""
    ask: str = ""
    firm: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """What is known of who is to receive it.

    ``took_place`` counts the one-to-ones held, ``before`` of them before the software, and
    ``least`` is the playbook's minimum. ``unknown`` says in a clause each how far the topics of
    its stages are covered where that is too little, and ``open_topics`` names those left.
    ``ideal`` has the lines of each field of their ideal referral; ``not_to_send`` are the pitch
    card's.
    """

    name: str
    took_place: int
    least: int
    before: int = 0
    unknown: tuple[str, ...] = ()
    open_topics: tuple[str, ...] = ()
    sentence: str = ""
    heard_on: date | None = None
    approved_on: date | None = None
    ideal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_to_send: tuple[str, ...] = ()
    ask_first: str = ""
    introduce: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """Who is to be introduced: what they are called (*Tom*), and what is known of them.

    ``known`` are title, company, tags, notes, facts and addresses, each with where it stands.
    """

    name: str
    is_said: bool
    left_alone: bool = False
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """What one side was asked and said: ``answer`` is yes, no or ''."""

    asked_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Passing:
    """The referral itself.

    ``fits`` is what the member said of fields of the ideal referral; ``elsewhere`` names the
    partners with whom the prospect is for the same need already.
    """

    need: str
    stated_on: date | None = None
    stated_where: str = ""
    words: str = ""
    words_agreed_on: date | None = None
    heat: int | None = None
    expects_contact: bool | None = None
    value: Money | None = None
    country: str = "GB"
    fits: Mapping[str, bool] = field(default_factory=dict)
    partner: Consent = Consent()
    prospect: Consent = Consent()
    elsewhere: tuple[str, ...] = ()


def gaps(items: Iterable[Item]) -> list[str]:
    """Return the sentences of what is not met, unknown or against: what passing remembers."""
    return [item.sentence for item in items if item.met is not True]


def in_the_way(items: Iterable[Item]) -> list[str]:
    """Return the sentences of what nothing is passed without."""
    return [item.sentence for item in items if item.firm and item.met is not True]
