"""Loads the balances of all relationships over any period, grouped by the database.

In two halves, as pages show them: what was *exchanged*, and what *trust* rests on. Each half asks
one query a table, in whole numbers only. The halves share no count, so that added they are the
balance; a plain recount counts the same, and a test holds the two together.
"""

from collections.abc import Container, Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import starmap
from typing import TYPE_CHECKING, Any

from touchline.referrals.balance.balance import Amounts, Balance, Part, Passed, Period, together
from touchline.referrals.balance.hints import PATIENCE
from touchline.referrals.balance.one import ONE
from touchline.referrals.balance.rows import (
    ANSWERED,
    EXCHANGED,
    GIVEN,
    MEETINGS,
    PROMISES,
    RECEIVED,
    TURNS,
    Whose,
)

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def moments(member: "Member", period: Period) -> tuple[datetime, datetime]:
    """Return when a period begins and ends, on the member's clock, the end left out."""
    first, after = (
        datetime.combine(on, time(), tzinfo=member.zone).astimezone(UTC)
        for on in (period.first, period.last + timedelta(days=1))
    )
    return first, after


def exchanged(
    member: "Member", period: Period, of: Container[int], *, mine: bool = False
) -> dict[int, Balance]:
    """Return what went both ways with each relationship that has any of it, by its key.

    Referrals with their duds, those won with their money, other help, and what a third took
    part in. Two queries. ``period`` lies within ``EVER``; ``of`` has the keys of relationships
    that the member sees, others are left out; ``mine`` asks for no more than those that the
    member is the main contact of.
    """
    whose = Whose.MINE if mine else Whose.EVERYONES
    days = {"member": member, "first": period.first, "last": period.last}
    ways: dict[str, dict[int, _Way]] = {GIVEN: {}, RECEIVED: {}}
    thirds: dict[int, tuple[int, int]] = {}
    given, received = ways.values()
    for what, way, currency, key, many, more, minor, last in EXCHANGED[whose](**days):
        if what == "passed":
            # Both ways, and of them those given; PostgreSQL has them in a column of sums.
            ours = int(minor)
            for side, passed, duds in ((given, ours, last), (received, many - ours, more - last)):
                one = side.get(key) or side.setdefault(key, [*_NONE_PASSED])
                one[_PASSED], one[_DUDS] = passed, duds
        elif what == "won":
            one = ways[way].get(key) or ways[way].setdefault(key, [*_NONE_PASSED])
            one[_WON] += many
            if more:
                one[_VALUED] += more
                one[_MONEY] = together(one[_MONEY], ((currency, int(minor)),))
        else:
            thirds[key] = (many, more)
    for way, key, many in TURNS[whose](**days):
        one = ways[way].get(key) or ways[way].setdefault(key, [*_NONE_PASSED])
        one[_HELP] = many
    made = Passed._make
    return {
        key: Balance(
            made(given.get(key, _NONE_PASSED)),
            made(received.get(key, _NONE_PASSED)),
            _NO_PART, _NO_PART, 0, 0, *thirds.get(key, _NO_PAIR),
        )
        for key in {*thirds, *given, *received}
        if key in of
    }  # fmt: skip


_NONE_PASSED, _NO_PART, _NO_PAIR = Passed(), Part(), (0, 0)
# What went one way while it is counted: the fields of Passed in their order.
_Way = list[Any]
_PASSED, _DUDS, _WON, _VALUED, _MONEY, _HELP = map(
    Passed._fields.index, ("passed", "duds", "won", "valued", "money", "help")
)


def trust(
    member: "Member", period: Period, of: Container[int], *, mine: bool = False
) -> dict[int, Balance]:
    """Return what trust rests on in each relationship that has any of it, by its key (M18).

    Days to first contact and to feedback, one-to-ones held with who asked and who travelled,
    promises of both sides. Three queries, one a table; the rest as in ``exchanged``.
    """
    whose = Whose.MINE if mine else Whose.EVERYONES
    contacted: dict[str, dict[int, tuple[int, int]]] = {GIVEN: {}, RECEIVED: {}}
    ended: dict[str, dict[int, tuple[int, int, int]]] = {GIVEN: {}, RECEIVED: {}}
    for what, way, _, key, many, more, last, _ in ANSWERED[whose](
        member=member, first=period.first, last=period.last
    ):
        if what == "contacted":
            contacted[way][key] = (many, int(more))
        else:
            ended[way][key] = (many, more, int(last))
    acts = _acts(member, period, whose)
    found = {}
    ways = [(contacted[way].get, ended[way].get) for way in (GIVEN, RECEIVED)]
    for key in {*acts}.union(*contacted.values(), *ended.values()):
        if key in of:
            given, received = (
                Passed(0, *answered(key, _NO_PAIR), 0, *told(key, _NO_END))
                for answered, told in ways
            )
            found[key] = Balance(given, received, *acts.get(key, _NOTHING)[2:])
    return found


_NO_END = (0, 0, 0)
_NOTHING = Balance()


def _acts(member: "Member", period: Period, whose: Whose, **of: int) -> dict[int, Balance]:
    """Return the one-to-ones held and the promises of each relationship: two queries."""
    since, until = moments(member, period)
    met = {
        key: rest for key, *rest in MEETINGS[whose](member=member, since=since, until=until, **of)
    }
    promises = {
        key: rest
        for key, *rest in PROMISES[whose](
            member=member, first=period.first, last=period.last, today=member.today(), **of
        )
    }
    found = {}
    for key in {*met, *promises}:
        many, ours, theirs, travelled = met.get(key, _NONE)
        our_kept, our_due, their_kept, their_due = promises.get(key, _NONE)
        found[key] = Balance(
            _NONE_PASSED,
            _NONE_PASSED,
            Part(ours, our_kept, our_due),
            Part(theirs, their_kept, their_due),
            many,
            travelled,
        )
    return found


_NONE = (0, 0, 0, 0)


def balances(
    member: "Member", period: Period, of: Container[int], *, mine: bool = False
) -> dict[int, Balance]:
    """Return the whole balance of each relationship with anything in the period, by its key."""
    halves = (
        exchanged(member, period, of, mine=mine),
        trust(member, period, of, mine=mine),
    )
    pairs = {key: [half.get(key, _NOTHING) for half in halves] for key in {*halves[0], *halves[1]}}
    whole = dict(zip(pairs, starmap(Balance.__add__, pairs.values()), strict=True))
    return {key: one for key, one in whole.items() if not one.is_empty}


def rows_of(member: "Member", key: int, period: Period) -> list[Any]:
    """Return what ``balance_of`` counts, with what hints rest on (``between``): one query.

    ``key`` is of a relationship that the member sees.
    """
    return ONE(
        member=member,
        relationship=key,
        first=period.first,
        last=period.last,
        patience=member.today() - PATIENCE,
    )


def acts(member: "Member", key: int, period: Period) -> Balance:
    """Return one-to-ones held and promises with one partner: two queries."""
    return _acts(member, period, Whose.ONE, relationship=key).get(key, _NOTHING)


def balance_of(rows: Iterable[Any]) -> Balance:
    """Return what went both ways with one partner, without one-to-ones and promises."""
    ways: dict[str, dict[str, Any]] = {GIVEN: {}, RECEIVED: {}}
    won: dict[str, tuple[int, int, Amounts]] = {}
    third = _NO_PAIR
    for what, way, currency, _, many, more, last, least in rows:
        if what == "passed":
            # Both ways, and of them those given; PostgreSQL has them in a column of sums.
            ways[GIVEN].update(passed=int(last), duds=least)
            ways[RECEIVED].update(passed=many - int(last), duds=more - least)
        elif what == "won":
            known = won.get(way, (0, 0, ()))
            money: Amounts = ((currency, int(last)),) if more else ()
            won[way] = (known[0] + many, known[1] + more, together(known[2], money))
        elif what == "help":
            ways[way]["help"] = many
        elif what == "third":
            third = (many, more)
        elif what == "contacted":
            ways[way].update(contacted=many, contact_days=int(more))
        elif what == "ended":
            ways[way].update(ended=many, told=more, told_days=int(last))
    for way, each in won.items():
        ways[way].update(zip(("won", "valued", "money"), each, strict=True))
    return Balance(
        Passed(**ways[GIVEN]), Passed(**ways[RECEIVED]), introduced=third[0], introduced_by=third[1]
    )
