"""Every prepared query gives what Django gives for the same values, and takes no others."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

import pytest
from django.utils import timezone

import touchline.urls  # noqa: F401 - every page, and with it every prepared query
from tests.examples import TIMES
from touchline.accounts.models import Member, Role
from touchline.core.prepared import ALWAYS, DAY, KEY, KEYS, MEMBER, NEVER, TEXT, Prepared, Whole
from touchline.demo import makers
from touchline.demo.workspace import make_demo
from touchline.meetings.models import Call, OneToOne
from touchline.people.models import Person
from touchline.relationships.models import Relationship


def _keys(name: str) -> list[int]:
    """Return keys worth asking for by a slot's name: those of rows with much on them."""
    programmes = list(Relationship.objects.order_by("pk")[:2])
    found = {
        "person": [one.person_id for one in programmes],
        "relationship": [one.pk for one in programmes],
        "last": [one.pk for one in OneToOne.objects.order_by("-pk")[:2]],
    }.get(name) or list(OneToOne.objects.order_by("pk").values_list("pk", flat=True)[:2])
    return [*found, 0]


# What slots of text take, by how their names begin; a currency else.
_TEXTS = [
    ("direction", ["given", "received", ""]),
    ("first", ["01-01", "06-30", "12-31"]),
    ("last", ["12-31", "06-30", "01-01"]),
]


def _worth(name: str, slot: Any, members: list[Member]) -> list[Any]:
    today = timezone.localdate()
    if isinstance(slot, Whole):
        return members
    if slot is KEY:
        return _keys(name)
    if slot is KEYS:
        programmes = list(Relationship.objects.order_by("pk").values_list("pk", flat=True)[:5])
        return [programmes[:many] for many in (5, 3, 1, 0)]
    if slot is TEXT:
        return next(
            (worth for names, worth in _TEXTS if name.startswith(names)), ["GBP", "EUR", ""]
        )
    if slot is DAY:
        days = [date.min, today - timedelta(days=90), today, date(9998, 1, 1)]
    else:
        days = [NEVER, timezone.now() - timedelta(days=90), timezone.now(), ALWAYS]
    # First what most answers to: it is what the others are tried with.
    return days if name == "since" else days[::-1]


def _chosen(query: Prepared, members: list[Member]) -> Iterator[dict[str, Any]]:
    """Yield values so that each stands once beside what most answers to.

    Each is bound by itself into SQL that is the same for all: others beside it make no
    difference. ``make thorough`` tries that too: any two slots meet in every pair of theirs.
    """
    worth = [_worth(name, slot, members) for name, slot in query.slots.items()]
    met: set[Any] = set()
    for places in product(*(range(len(each)) for each in worth)):
        if TIMES == 1 and len(places) - places.count(0) > 1:
            continue
        meet = set(combinations(enumerate(places), 2)) or {places}
        if not meet <= met:
            met |= meet
            values = (each[place] for each, place in zip(worth, places, strict=True))
            yield dict(zip(query.slots, values, strict=True))


def _plain(row: Any) -> Any:
    """Return what a row says: of a model each column it was loaded with."""
    if isinstance(row, tuple) or not hasattr(row, "_meta"):
        return row
    return {name: value for name, value in vars(row).items() if name != "_state"}


@pytest.fixture
def members(db: None) -> list[Member]:
    hannah = make_demo(timezone.localdate())
    viewer = makers.a_member(hannah.workspace, "viewer@example.org", "Vera Low", Role.VIEWER)
    stranger = makers.a_member(makers.a_workspace("Far"), "far@example.org", "Zoe", Role.OWNER)
    return [hannah, viewer, stranger]


@pytest.mark.thorough
def test_each_gives_what_django_gives(members: list[Member]) -> None:
    assert len(Prepared.every) > 20
    answered = 0
    for query in Prepared.every:
        for values in _chosen(query, members):
            plainly = list(query.plainly(values))
            assert [*map(_plain, query(**values))] == [*map(_plain, plainly)], values
            answered += bool(plainly)
    assert answered > len(Prepared.every)


def test_a_value_too_many_too_few_or_none_is_an_error(alice: Member) -> None:
    query = Prepared(
        lambda at: Person.objects.visible_to(at.member).filter(pk=at.key), member=MEMBER, key=KEY
    )
    Prepared.every.remove(query)
    for values in ({}, {"member": alice}, {"member": alice, "key": None}, {"key": 1, "day": 2}):
        with pytest.raises(TypeError, match="member, key"):
            query(**values)


def test_the_sql_is_made_once(alice: Member) -> None:
    made = []

    def build(at: Any) -> Any:
        made.append(1)
        return Call.objects.visible_to(at.member).filter(on=at.on).values_list("pk")

    query = Prepared(build, member=MEMBER, on=DAY)
    Prepared.every.remove(query)
    assert [query(member=alice, on=date(2026, 1, day)) for day in (1, 2, 3)] == [[], [], []]
    assert len(made) == 1
