"""The shapes in which referrals of the sample workspace are told; days as in ``story``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

GIVEN, RECEIVED = "given", "received"


@dataclass(frozen=True, slots=True)
class Turn:
    """One step on a day.

    ``verb`` is that of the referral, or *ask_partner*, *partner_yes*, *ask_prospect*,
    *prospect_yes*, *prospect_no*, *feedback*, *material*, *checked*. ``value`` is in whole units
    of the referral's currency; ``text`` says what it became, or why it was passed with gaps.
    """

    on: int
    verb: str
    how: str = ""
    value: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was said of an outcome on a day; all that it proposes is accepted."""

    on: int
    reason: str
    line: str = ""
    who_else: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """One referral: ``note`` is the beginning of the note it came from, ``third`` a partner."""

    partner: str
    direction: str
    on: int
    need: str
    person: str = ""
    company: str = ""
    note: str = ""
    where: str = ""
    heat: int | None = None
    expects: bool | None = None
    words: str = ""
    material: str = ""
    third: str = ""
    third_is: str = ""
    currency: str = "GBP"
    turns: tuple[Turn, ...] = ()
    learnt: Learnt | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One from before the software, entered on a day, with the day of each state that is known."""

    partner: str
    direction: str
    entered: int
    need: str
    days: tuple[tuple[str, int], ...]
    person: str = ""
    company: str = ""
    value: int = 0
    became: str = ""


@dataclass(frozen=True, slots=True)
class Ideal:
    """Whom a partner wants to meet, as written down on a day; no partner: whom we do."""

    on: int
    words: Mapping[str, str] = field(hash=False)
    partner: str = ""


@dataclass(frozen=True, slots=True)
class GoodTurn:
    """Other help, in a line."""

    partner: str
    direction: str
    on: int
    text: str


@dataclass(frozen=True, slots=True)
class Aim:
    """What was wanted of the year on a day, in whole pounds."""

    on: int
    income: int
    order: int
    quotes_per_win: str
