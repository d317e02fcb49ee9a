"""The balance counted plainly, one by one: what the database's counting is held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchline.meetings import evidence
from touchline.referrals.balance.balance import DUD, WON, Balance, Part, Passed, Period

_NOTHING = Passed()


def has(period: Period, on: date | None) -> bool:
    """Say whether a day is one of a period; no day is none of them."""
    return on is not None and period.first <= on <= period.last


@dataclass(frozen=True, slots=True)
class Introduction:
    """A referral as the balance sees it; ``partner`` and ``third`` are keys of relationships.

    ``contacted_on`` is the day of the first contact, or where that step was left out of the
    meeting or the quote; ``outcome`` is empty while there is none.
    """

    partner: int
    given: bool
    introduced_on: date | None
    contacted_on: date | None = None
    outcome: str = ""
    outcome_on: date | None = None
    feedback_on: date | None = None
    minor: int | None = None
    currency: str = ""
    third: int | None = None
    third_is: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A good turn: other help, given or received."""

    partner: int
    given: bool
    on: date


@dataclass(frozen=True, slots=True)
class Met:
    """A one-to-one that took place; ``asked_by`` is ``mine``, ``theirs`` or empty."""

    partner: int
    on: date
    asked_by: str = ""
    travelled: bool = False


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise of one partner's, or to one; it counts by the day that it was due."""

    partner: int
    promise: evidence.Promise


@dataclass(frozen=True, slots=True)
class Happened:
    """All that a balance counts."""

    introductions: tuple[Introduction, ...] = ()
    turns: tuple[Turn, ...] = ()
    meetings: tuple[Met, ...] = ()
    promises: tuple[Promised, ...] = ()


def balances(happened: Happened, period: Period, *, today: date) -> dict[int, Balance]:
    """Return the balance of each relationship with anything in the period, by its key.

    A referral counts in its partner's given or received alone; where a third took part, in the
    third's ``introduced`` or ``introduced_by`` besides, never in money.
    """
    ways: dict[tuple[int, bool], Passed] = {}
    for key, given, passed in _ways(happened, period):
        known = ways.get((key, given))
        ways[key, given] = known + passed if known else passed
    found: dict[int, Balance] = {}
    for (key, given), passed in ways.items():
        one = Balance(given=passed) if given else Balance(received=passed)
        found[key] = found[key] + one if key in found else one
    for key, more in _besides(happened, period, today):
        found[key] = found[key] + more if key in found else more
    return {key: one for key, one in found.items() if not one.is_empty}


def _ways(happened: Happened, period: Period) -> Iterator[tuple[int, bool, Passed]]:
    """Go through what went one way: whose balance, whether given, and what it adds."""
    for one in happened.introductions:
        passed = _passed(one, period)
        if passed is not _NOTHING:
            yield one.partner, one.given, passed
    for turn in happened.turns:
        if has(period, turn.on):
            yield turn.partner, turn.given, Passed(help=1)


def _besides(happened: Happened, period: Period, today: date) -> Iterator[tuple[int, Balance]]:
    """Go through the rest: whose balance, and what it adds."""
    for one in happened.introductions:
        if one.third is not None and has(period, one.introduced_on):
            part = one.third_is
            yield (
                one.third,
                Balance(
                    introduced=int(part == "introduced"),
                    introduced_by=int(part == "introducer"),
                ),
            )
    for met in happened.meetings:
        if has(period, met.on):
            yield met.partner, _met(met)
    for promised in happened.promises:
        if has(period, promised.promise.due_on):
            ours, theirs = (_kept(promised.promise, mine, today) for mine in (True, False))
            yield promised.partner, Balance(ours=ours, theirs=theirs)


def balance(happened: Happened, period: Period, *, of: int, today: date) -> Balance:
    """Return the balance of one relationship."""
    return balances(happened, period, today=today).get(of, Balance())


def _passed(one: Introduction, period: Period) -> Passed:
    if one.introduced_on is None:
        return _NOTHING
    passed, ended = (
        has(period, one.introduced_on),
        bool(one.outcome) and has(period, one.outcome_on),
    )
    if not (passed or ended):
        return _NOTHING
    took = _days(one.introduced_on, one.contacted_on) if passed else None
    # What was told before there was an outcome is no word on the outcome.
    waited = _days(one.outcome_on, one.feedback_on) if ended else None
    won = ended and one.outcome == WON
    valued = won and one.minor is not None
    return Passed(
        int(passed),
        int(took is not None),
        took or 0,
        int(passed and one.outcome == DUD),
        int(ended),
        int(waited is not None),
        waited or 0,
        int(won),
        int(valued),
        ((one.currency, one.minor or 0),) if valued else (),
    )


def _days(begun: date | None, done: date | None) -> int | None:
    if begun is None or done is None or done < begun:
        return None
    return (done - begun).days


def _met(met: Met) -> Balance:
    return Balance(
        ours=Part(asked=int(met.asked_by == "mine")),
        theirs=Part(asked=int(met.asked_by == "theirs")),
        met=1,
        travelled=int(met.travelled),
    )


def _kept(promise: evidence.Promise, mine: bool, today: date) -> Part:
    kept = evidence.promises([promise], mine, today)
    return Part(kept=kept.kept, due=kept.due)
