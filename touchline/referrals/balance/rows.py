"""The queries of a balance: what is counted of each relationship, grouped by the database. M9, M18.

Each part ("arm") of a query counts one thing in the same columns, so that those of one table are
one query. docs/domain/balance.md says what is counted by which day.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import (
    CharField,
    Count,
    F,
    Field,
    Func,
    IntegerField,
    Q,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from touchline.core.prepared import DAY, KEY, MEMBER, MOMENT, Prepared
from touchline.meetings.models import TOOK_PLACE, ActionState, Side
from touchline.referrals.balance.balance import DUD, WON, Period
from touchline.referrals.models import Direction, Help, Referral, Third
from touchline.relationships.models import Relationship

# Of everything: days that both databases can write down.
EVER = Period(date(2, 1, 1), date(9998, 1, 1))
GIVEN, RECEIVED = Direction.GIVEN.value, Direction.RECEIVED.value


class _Raw(Field[Any, Any]):
    """A whole number just as the database gives it: a page has thousands of them."""


RAW = _Raw()


class DaysBetween(Func):
    """Whole days to the first of two dates from the second."""

    output_field = IntegerField()
    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **given: Any) -> Any:
        """Subtract day numbers: to SQLite a date is a text."""
        return self.as_sql(
            compiler,
            connection,
            template="CAST(julianday(%(expressions)s) AS INTEGER)",
            arg_joiner=") - julianday(",
            **given,
        )


# The first contact is the day of contact, or where that step was left out of what came after.
CONTACTED = Coalesce("referrals__contacted_on", "referrals__met_on", "referrals__quoted_on")


class Whose(Enum):
    """Of whom a query asks: of everyone, of those that a member leads, of one relationship."""

    EVERYONES = "everyone's"
    MINE = "mine"
    ONE = "one"


def theirs(at: Any, whose: Whose, **which: Any) -> Any:
    """Return relationships of the workspace, joined to the rows that count.

    Every query goes from them to their rows by an index that has all it needs: grouped in the
    order they are read, next to nothing is sorted. All conditions on the rows come in one call,
    for another one would join them once more. Whom the member sees is the caller's to know.
    """
    found = Relationship.objects.filter(workspace_id=at.member.workspace_id).order_by()
    if whose is Whose.MINE:
        which["main_contact"] = at.member.pk
    elif whose is Whose.ONE:
        which["pk"] = at.relationship
    return found.filter(**which)


def _within(at: Any, column: str) -> dict[str, Any]:
    return {f"{column}__gte": at.first, f"{column}__lte": at.last}


def arm(found: Any, what: str, way: str, *counted: Any, which: Any = None, key: str = "pk") -> Any:
    """Return one part of a query over referrals, in the columns that all of them have.

    What and which way (none: both), a word (the currency) or none, the relationship's key, four
    numbers.
    """
    numbers = (*counted, *[Value(0, RAW)] * 4)[:4]
    word = which or Value("", CharField())
    return (
        found.annotate(what=Value(what), way=Value(way), which=word)
        .values_list("what", "way", "which", key)
        .annotate(**{f"n{place}": one for place, one in enumerate(numbers)})
    )


def passed(at: Any, whose: Whose) -> Any:
    """Count both ways at once: how many and the duds of all, then those of what was given."""
    there = theirs(at, whose, **_within(at, "referrals__introduced_on"))
    given, dud = Q(referrals__direction=GIVEN), Q(referrals__outcome=DUD)
    parts = (
        Count("referrals", filter=which, output_field=RAW) for which in (dud, given, given & dud)
    )
    return arm(there, "passed", "", Count("*", output_field=RAW), *parts)


def won(at: Any, whose: Whose, way: str) -> Any:
    # By their day and not by partner: few leaps, and what is won is sorted by currency anyway.
    found = Referral.objects.order_by().filter(
        direction=way, outcome=WON, introduced_on__isnull=False, **_within(at, "outcome_on")
    )
    if whose is Whose.ONE:
        found = found.filter(relationship_id=at.relationship)
    else:
        found = found.filter(workspace_id=at.member.workspace_id)
    if whose is Whose.MINE:
        found = found.filter(relationship__main_contact=at.member.pk)
    return arm(
        found, "won", way, Count("*", output_field=RAW), Count("value_minor", output_field=RAW),
        Sum("value_minor", default=0, output_field=RAW),
        which=F("currency"), key="relationship_id",
    )  # fmt: skip


def third(at: Any, whose: Whose) -> Any:
    there = theirs(
        at,
        whose,
        took_part_in__third_is__in=(Third.INTRODUCED, Third.INTRODUCER),
        # As ``visible_to`` has it: a referral of somebody deleted is out of sight.
        took_part_in__relationship__person__deleted_at=None,
        took_part_in__relationship__person__merged_into=None,
        **_within(at, "took_part_in__introduced_on"),
    )
    parts = (
        Count("took_part_in", filter=Q(took_part_in__third_is=part), output_field=RAW)
        for part in (Third.INTRODUCED, Third.INTRODUCER)
    )
    return arm(there, "third", "", *parts)


def contacted(at: Any, whose: Whose, way: str) -> Any:
    on = "referrals__introduced_on"
    there = theirs(at, whose, referrals__direction=way, **_within(at, on))
    # As a condition on the rows, not on each sum: half the work.
    known = there.annotate(first_contact=CONTACTED, passed_on=F(on)).filter(
        first_contact__gte=F("passed_on")
    )
    waited = Sum(DaysBetween("first_contact", "passed_on"), default=0, output_field=RAW)
    return arm(known, "contacted", way, Count("*", output_field=RAW), waited)


def ended(at: Any, whose: Whose, way: str) -> Any:
    day, told = "referrals__outcome_on", "referrals__feedback_on"
    there = theirs(
        at,
        whose,
        referrals__direction=way,
        referrals__outcome__gt="",
        referrals__introduced_on__isnull=False,
        **_within(at, day),
    )
    after = Q(**{f"{told}__gte": F(day)})
    return arm(
        there, "ended", way, Count("*", output_field=RAW),
        Count("referrals", filter=after, output_field=RAW),
        Sum(DaysBetween(told, day), filter=after, default=0, output_field=RAW),
    )  # fmt: skip


def helped(at: Any, whose: Whose, way: str) -> Any:
    there = theirs(at, whose, help__direction=way, **_within(at, "help__on"))
    return arm(there, "help", way, Count("help", output_field=RAW))


def _exchanged(whose: Whose) -> Callable[[Any], Any]:
    return lambda at: passed(at, whose).union(
        won(at, whose, GIVEN),
        won(at, whose, RECEIVED),
        third(at, whose),
        all=True,
    )


def _answered(whose: Whose) -> Callable[[Any], Any]:
    return lambda at: contacted(at, whose, GIVEN).union(
        contacted(at, whose, RECEIVED), ended(at, whose, GIVEN), ended(at, whose, RECEIVED),
        all=True,
    )  # fmt: skip


def _turns(whose: Whose) -> Callable[[Any], Any]:
    mine = whose is Whose.MINE
    return lambda at: (
        Help.objects.filter(workspace_id=at.member.workspace_id, **_within(at, "on"))
        .filter(**({"relationship__main_contact": at.member.pk} if mine else {}))
        .order_by()
        .values_list("direction", "relationship_id")
        .annotate(many=Count("pk"))
    )


def _meetings(whose: Whose) -> Callable[[Any], Any]:
    met = "one_to_ones"
    return lambda at: (
        theirs(
            at,
            whose,
            one_to_ones__state__in=TOOK_PLACE,
            one_to_ones__starts_at__gte=at.since,
            one_to_ones__starts_at__lt=at.until,
        )
        .values_list("pk")
        .annotate(
            met=Count(met),
            ours=Count(met, filter=Q(one_to_ones__asked_by=Side.MINE)),
            theirs=Count(met, filter=Q(one_to_ones__asked_by=Side.THEIRS)),
            travelled=Count(met, filter=Q(one_to_ones__travel_minutes__gt=0)),
        )
    )


def _promises(whose: Whose) -> Callable[[Any], Any]:
    """Count as ``evidence.promises`` does: overdue, or dropped on one's own, is not kept."""

    def build(at: Any) -> Any:
        kept = Q(actions__state__in=(ActionState.KEPT, ActionState.KEPT_LATE))
        overdue = Q(actions__state=ActionState.OPEN, actions__due_on__lt=at.today)
        broken = overdue | Q(actions__state=ActionState.DROPPED, actions__agreed=False)
        counted = {
            f"{side}_{name}": Count("actions", filter=Q(actions__whose=side) & which)
            for side in (Side.MINE.value, Side.THEIRS.value)
            for name, which in (("kept", kept), ("due", kept | broken))
        }
        return (
            theirs(at, whose, **_within(at, "actions__due_on"))
            .values_list("pk")
            .annotate(**counted)
        )

    return build


DAYS: dict[str, Any] = {"member": MEMBER, "first": DAY, "last": DAY}
_SLOTS: dict[Whose, dict[str, Any]] = {
    Whose.EVERYONES: {},
    Whose.MINE: {},
    Whose.ONE: {"relationship": KEY},
}
_ALL = (Whose.EVERYONES, Whose.MINE)
EXCHANGED = {whose: Prepared(_exchanged(whose), **DAYS) for whose in _ALL}
ANSWERED = {whose: Prepared(_answered(whose), **DAYS) for whose in _ALL}
TURNS = {whose: Prepared(_turns(whose), **DAYS) for whose in _ALL}
PROMISES = {
    whose: Prepared(_promises(whose), today=DAY, **DAYS, **slots) for whose, slots in _SLOTS.items()
}
MEETINGS = {
    whose: Prepared(_meetings(whose), member=MEMBER, since=MOMENT, until=MOMENT, **slots)
    for whose, slots in _SLOTS.items()
}
