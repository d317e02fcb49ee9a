"""What a relationship keeps of its one-to-ones and calls is what their rows say, always."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.workspace import make_demo
from touchline.meetings import capturing
from touchline.meetings.models import Call, OneToOne, so_far
from touchline.meetings.planning import enter_held, plan
from touchline.relationships.models import Relationship
from touchline.relationships.so_far import SoFar

FIELDS = [field.name for field in SoFar._meta.get_fields()]
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def stored(relationship: Relationship) -> dict[str, Any]:
    fresh = Relationship.objects.get(pk=relationship.pk)
    return {name: getattr(fresh, name) for name in FIELDS}


def plainly(relationship: Relationship) -> dict[str, Any]:
    """Work it out from the rows, the long way."""
    met = list(OneToOne.objects.filter(relationship=relationship))
    held = [one for one in met if one.state in ("held", "closed_out")]
    planned = [one.starts_at for one in met if one.state == "planned"]
    calls = list(Call.objects.filter(relationship=relationship))
    return {
        "took_place": len(held),
        "last_at": max((one.starts_at for one in held), default=None),
        "next_at": min(planned, default=None),
        "under_way": any(one.state == "under_way" for one in met),
        "to_close_out": any(one.state == "held" for one in met),
        "went_badly": any(one.went_well is False for one in held),
        "last_call_on": max((one.on for one in calls), default=None),
        "call_again_on": max((one.again_on for one in calls if one.again_on), default=None),
    }


VERBS = ("plan", "enter", "move", "cancel", "miss", "begin", "hold", "close_out", "reopen",
         "reinstate", "call")  # fmt: skip


def do(verb: str, days: int, relationship: Relationship, by: Member) -> None:
    now, on = NOW, NOW + timedelta(days=days)
    met = OneToOne.objects.filter(relationship=relationship).order_by("pk")
    if verb == "plan":
        plan(relationship, by, starts_at=on, now=now)
    elif verb == "enter":
        enter_held(relationship, by, on=on.date(), now=now)
    elif verb == "call":
        again = on.date() + timedelta(days=9) if days % 2 else None
        capturing.call(
            relationship, by, on=on.date(), minutes=5, text="", again_on=again, today=now.date()
        )
    elif met:
        one = met[abs(days) % len(met)]
        if verb == "move":
            one.move(by, starts_at=on)
        elif verb == "miss":
            one.miss(by, whose="mine", now=now)
        elif verb == "close_out":
            one.close_out(by, now=now, went_well=bool(days % 2))
        elif verb in ("begin", "hold"):
            getattr(one, verb)(by, now=now)
        else:
            getattr(one, verb)(by)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(
        st.tuples(st.sampled_from(VERBS), st.integers(min_value=-60, max_value=60)), max_size=12
    )
)
def test_after_any_verbs_it_is_what_the_rows_say(
    alice: Member, walk: list[tuple[str, int]]
) -> None:
    relationship = makers.a_relationship(alice, makers.a_person(alice, f"P{timezone.now()}"))
    for verb, days in walk:
        with contextlib.suppress(Refused):
            do(verb, days, relationship, alice)
        assert stored(relationship) == plainly(relationship), verb


def test_the_sample_workspace_keeps_it_too(db: None) -> None:
    make_demo(date(2026, 3, 10))
    for relationship in Relationship.objects.all():
        assert stored(relationship) == plainly(relationship)


def test_rows_changed_in_bulk_are_caught_up_with(alice: Member) -> None:
    relationship = makers.a_relationship(alice, "Una")
    makers.a_one_to_one(relationship, alice, date(2026, 1, 5), state="closed_out")
    makers.a_call(relationship, alice, date(2026, 1, 6))
    OneToOne.objects.all().delete()
    Call.objects.all().delete()
    so_far.keep([relationship.pk])
    assert stored(relationship) == plainly(relationship)
    assert stored(relationship)["took_place"] == 0


@pytest.mark.parametrize("keys", [[], [0]])
def test_keeping_nothing_is_nothing(db: None, keys: list[int]) -> None:
    so_far.keep(keys)
