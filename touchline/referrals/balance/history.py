"""Loads what partners have brought so far, for the arithmetic of a goal."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, F, IntegerField, Q, Sum, TextField, Value

from touchline.core.prepared import DAY, MEMBER, TEXT, Prepared
from touchline.referrals.balance.balance import WON
from touchline.referrals.balance.goal import (
    QUARTER,
    QUARTERS,
    Record,
    Spread,
    by_quarter,
    rank,
    spread,
    together,
)
from touchline.referrals.balance.rows import RECEIVED, DaysBetween
from touchline.referrals.models import Referral
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Source:
    """A partner who brought referrals, with how many a quarter."""

    key: int
    name: str
    spread: Spread


@dataclass(frozen=True, slots=True)
class Sources:
    """Those who brought any, the most first; ``together`` is of all of them in one.

    ``many`` says how many they are where not all were asked for. ``too_new`` counts partners
    whose first whole quarter is not over.
    """

    each: tuple[Source, ...]
    many: int
    together: Spread | None
    too_new: int


class Joined(Aggregate):
    """Whole numbers of a group as one text, a comma between: a third of the time of a row each."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **given: Any) -> Any:
        """Say it as PostgreSQL does."""
        return self.as_sql(
            compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **given
        )


def _there(at: Any) -> Any:
    return Relationship.objects.visible_to(at.member).order_by()


def _brought(at: Any) -> Any:
    on = "referrals__introduced_on"
    return (
        _there(at)
        .filter(referrals__direction=RECEIVED, **{f"{on}__gt": at.since, f"{on}__lte": at.today})
        .values_list("pk")
        .annotate(quarters=Joined(DaysBetween(at.today, on) / Value(QUARTER.days)))
    )


_BROUGHT = Prepared(_brought, member=MEMBER, since=DAY, today=DAY)
_BEGUN = Prepared(
    lambda at: (
        _there(at).order_by("person__sort_key", "pk").values_list("pk", "person__name", "begun_on")
    ),
    member=MEMBER,
)


def sources(member: "Member", today: date, most: int | None = None) -> Sources:
    """Return who brought referrals in the last three years, ``most`` of them: two queries."""
    since = today - QUARTERS * QUARTER
    brought = {
        key: [int(place) for place in quarters.split(",")]
        for key, quarters in _BROUGHT(member=member, since=since, today=today)
    }
    found, too_new = [], 0
    for key, name, begun in _BEGUN(member=member):
        if key not in brought:
            continue
        # What was passed before the programme began is history of theirs as well.
        whole = max(*brought[key], (today - begun).days // QUARTER.days)
        counts = by_quarter(brought[key], whole)
        if not counts:
            too_new += 1
        elif any(counts):
            found.append((key, name, counts))
    found.sort(key=lambda one: rank(one[2]), reverse=True)
    each = ((key, name, spread(counts)) for key, name, counts in found[:most])
    return Sources(
        tuple(Source(key, name, one) for key, name, one in each if one),
        len(found),
        spread(together(counts for _, _, counts in found)),
        too_new,
    )


def _came_to(at: Any) -> Any:
    """Count those quoted and those won apart: each is read from an index of its own."""
    received = {"referrals__direction": RECEIVED, "referrals__introduced_on__isnull": False}
    none = Value(0, IntegerField())
    quoted = (
        _there(at)
        .filter(**received)
        .annotate(what=Value("quoted"))
        .values_list("what")
        .annotate(many=Count("referrals__quoted_on"), valued=none, minor=none)
    )
    value, its = "value_minor", Q(currency=at.currency)
    won = (
        Referral.objects.filter(workspace_id=at.member.workspace_id, relationship__in=_there(at))
        .filter(direction=RECEIVED, introduced_on__isnull=False, outcome=WON)
        .order_by()
        .annotate(what=Value("won"))
        .values_list("what")
        .annotate(
            many=Count("pk"),
            valued=Count(value, filter=its),
            minor=Sum(F(value), filter=its, default=0),
        )
    )
    return quoted.union(won, all=True)


_CAME_TO = Prepared(_came_to, member=MEMBER, currency=TEXT)


def record(member: "Member", currency: str) -> Record:
    """Return what received referrals came to in one currency: one query."""
    found = {what: rest for what, *rest in _CAME_TO(member=member, currency=currency)}
    won, valued, minor = found.get("won", (0, 0, 0))
    return Record(won, valued, int(minor), found.get("quoted", (0,))[0])
