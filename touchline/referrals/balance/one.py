"""The query of a balance with one partner, and of what hints rest on: all in one. M9, M18."""

from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    IntegerField,
    Max,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from touchline.core.prepared import DAY, KEY, Prepared
from touchline.referrals.balance.balance import DUD
from touchline.referrals.balance.rows import (
    DAYS,
    EVER,
    GIVEN,
    RAW,
    RECEIVED,
    DaysBetween,
    Whose,
    arm,
    contacted,
    ended,
    helped,
    passed,
    theirs,
    third,
    won,
)
from touchline.referrals.models import Referral
from touchline.referrals.states import BEFORE


def _asked_on(before: str = "") -> Any:
    """Return the day that a referral was last asked for.

    When it was, when it was passed, or before that when it came to where it stands.
    """
    never = Value(EVER.first)
    return Greatest(
        Coalesce(f"{before}asked_on", never),
        Coalesce(f"{before}introduced_on", never),
        Case(
            When(**{f"{before}state__in": BEFORE}, then=f"{before}state_on"),
            default=never,
            output_field=DateField(),
        ),
    )


def _there(at: Any, way: str) -> Any:
    """Count all there are with one partner, whatever the period, and days since ``EVER``
    began until the last was asked for."""
    there = theirs(at, Whose.ONE, referrals__direction=way)
    there = there.annotate(last_asked=_asked_on("referrals__"))
    asked = Max(DaysBetween("last_asked", Value(EVER.first)), output_field=RAW)
    return arm(there, "there", way, Count("referrals", output_field=RAW), asked)


def _reasons(at: Any, way: str) -> Any:
    """Return each referral that a hint may rest on, whatever the period, in the same columns.

    Its name and key, whether it is a dud, whether nobody was told more of it, and when it was
    passed: days since ``EVER`` began. The rest are those passed since anything went the other way.
    """
    own = Referral.objects.filter(relationship=at.relationship).order_by()
    others = own.filter(direction=RECEIVED if way == GIVEN else GIVEN).values("relationship")
    last = Subquery(others.annotate(last=Max(_asked_on())).values("last"))
    since = Q(introduced_on__gt=Coalesce(last, Value(EVER.first)))
    dud = Q(outcome=DUD)
    # Nobody waits to be told of what was over before the software.
    untold = Q(outcome__gt="", outcome_on__lt=at.patience, is_history=False) & (
        Q(feedback_on=None) | Q(feedback_on__lt=F("outcome_on"))
    )
    return (
        own.filter(since | dud | untold, direction=way, introduced_on__isnull=False)
        .annotate(
            what=Value("reason"),
            way=Value(way),
            which=Coalesce("person__name", "company__name", "need"),
            n0=_flag(dud),
            n1=_flag(untold),
            n2=DaysBetween("introduced_on", Value(EVER.first)),
            n3=Value(0),
        )
        .values_list("what", "way", "which", "pk", "n0", "n1", "n2", "n3")
    )


def _flag(which: Q) -> Any:
    return Case(When(which, then=Value(1)), default=Value(0), output_field=IntegerField())


def _one(at: Any) -> Any:
    """Ask for all of one relationship that rests on referrals and other help."""
    ways = [
        arm
        for way in (GIVEN, RECEIVED)
        for arm in (
            *(each(at, Whose.ONE, way) for each in (won, contacted, ended, helped)),
            _there(at, way),
            _reasons(at, way),
        )
    ]
    return passed(at, Whose.ONE).union(third(at, Whose.ONE), *ways, all=True)


ONE = Prepared(_one, relationship=KEY, patience=DAY, **DAYS)
