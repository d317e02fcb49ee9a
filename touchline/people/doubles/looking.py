"""Looks for likely doubles among the people of a workspace: docs/domain/doubles.md."""

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice

from django.db import connection, transaction
from django.db.models import Q

from touchline.core.prepared import KEY, Prepared
from touchline.people.doubles import ringing
from touchline.people.doubles.likeness import Pair, compare
from touchline.people.doubles.meeting import CROWD, between, candidates, keys
from touchline.people.doubles.models import Double, DoubleState
from touchline.people.doubles.records import Shape
from touchline.people.doubles.stored import FEW, shapes_of
from touchline.people.models import Person
from touchline.people.search import batches

BATCH = 500
Two = tuple[int, int]
Said = tuple[float, list[str]]


@transaction.atomic
def look_at(workspace_id: int, person_ids: Sequence[int]) -> None:
    """Find the likely doubles of some people, among everyone, by their keys alone.

    Pairs that nobody has decided about are found, brought up to date, or gone; those set
    apart stay as they are. Called again, it changes nothing.
    """
    for ids in batches(sorted(set(person_ids)), BATCH):
        shapes = shapes_of(workspace_id, ids)
        told = {pk: keys(each) for pk, each in shapes.items()}
        new = ringing.renew(workspace_id, ids, told)
        ringing.add(workspace_id, {pk: told[pk] for pk in new})
        two = {(min(pair), max(pair)) for pair in _meet(workspace_id, told)}
        _settle(workspace_id, two | _open(workspace_id, ids), shapes)


def look_over(workspace_id: int) -> None:
    """Find the likely doubles among everyone: keys and pairs anew, in short transactions.

    A pair that came to something else than is stored is read again where it is stored, so that
    a change in between is not undone.
    """
    with _no_garbage():
        found = _likely_among_everyone(workspace_id)
    stored = _stored(workspace_id)
    changed = {two for two in found.keys() | stored.keys() if found.get(two) != stored.get(two)}
    for two in batches(sorted(changed), BATCH):
        with transaction.atomic():
            _settle(workspace_id, two, {})


def _likely_among_everyone(workspace_id: int) -> dict[Two, Said]:
    """Store everyone's keys; return the pairs that these bring about."""
    shapes: dict[int, Shape] = {}
    met: dict[int, list[int]] = {}
    new: dict[int, frozenset[int]] = {}
    for ids in _everyone(workspace_id):
        with transaction.atomic():
            some = shapes_of(workspace_id, ids)
            told = {pk: keys(each) for pk, each in some.items()}
            new |= {pk: told[pk] for pk in ringing.renew(workspace_id, ids, told)}
        shapes |= some
        for pk, own in told.items():
            for key in own:
                met.setdefault(key, []).append(pk)
    if new:
        ringing.add_many(workspace_id, new)
    return {
        (pair.one, pair.other): (pair.certainty, list(pair.reasons))
        for pair in between(shapes, candidates(met))
    }


def _stored(workspace_id: int) -> dict[Two, Said]:
    """Return what is stored of the pairs that nobody has decided about."""
    rows = Double.objects.filter(workspace_id=workspace_id, state=DoubleState.OPEN)
    return {
        (one, other): (certainty, reasons)
        for one, other, certainty, reasons in rows.values_list(
            "one_id", "other_id", "certainty", "reasons"
        )
    }


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Collect no garbage for a moment: looking for it among all that stays takes a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _everyone(workspace_id: int) -> Iterator[range]:
    """Yield stretches of keys that hold everyone who is or was there, some people each."""
    people = Person.objects.filter(workspace_id=workspace_id).order_by("pk")
    after = 0
    while ids := list(people.filter(pk__gt=after).values_list("pk", flat=True)[: 2 * BATCH]):
        yield range(ids[0], ids[-1] + 1)
        after = ids[-1]


_open_of = Prepared(
    lambda at: Double.objects.filter(
        Q(one=at.person) | Q(other=at.person), state=DoubleState.OPEN
    ).values_list("one_id", "other_id"),
    person=KEY,
)


def _meet(workspace_id: int, told: Mapping[int, frozenset[int]]) -> Iterator[Two]:
    """Yield whom each of these people meets, at keys that are not crowded."""
    whose: dict[int, list[int]] = {}
    for pk, own in told.items():
        for key in own:
            whose.setdefault(key, []).append(pk)
    there = ringing.at_keys(workspace_id, whose)
    for key, mine in whose.items():
        if len(there[key]) <= CROWD:
            yield from ((pk, other) for pk in mine for other in there[key] if other != pk)


def _open(workspace_id: int, ids: Sequence[int]) -> set[Two]:
    """Return the pairs of these people that nobody has decided about."""
    if len(ids) <= FEW:
        return set(chain.from_iterable(_open_of(person=pk) for pk in ids))
    rows = Double.objects.filter(workspace_id=workspace_id, state=DoubleState.OPEN)
    rows = rows.filter(Q(one__in=ids) | Q(other__in=ids))
    return set(rows.values_list("one_id", "other_id"))


def _settle(workspace_id: int, two: Iterable[Two], shapes: Mapping[int, Shape]) -> None:
    """Store what these pairs are now, in the caller's transaction; ``shapes`` are known ones."""
    pending = iter(sorted(two))
    while some := list(islice(pending, BATCH)):
        strange = sorted({pk for pair in some for pk in pair} - shapes.keys())
        near = dict(shapes) | shapes_of(workspace_id, strange) if strange else shapes
        found = {pair: _likely(pair, near) for pair in some}
        ones = {one for one, _ in some}
        there = {
            (each.one_id, each.other_id): each
            for each in Double.objects.filter(workspace_id=workspace_id, one__in=ones)
        }
        _write(workspace_id, found, there)


def _likely(two: Two, shapes: Mapping[int, Shape]) -> Pair | None:
    one, other = (shapes.get(pk) for pk in two)
    if one is None or other is None:
        return None
    pair = compare(one, other)
    return pair if pair and keys(one) & keys(other) else None


def _write(
    workspace_id: int, found: Mapping[Two, Pair | None], there: Mapping[Two, Double]
) -> None:
    new = [pair for two, pair in found.items() if pair and two not in there]
    if new:
        apart = _apart_through_merges(workspace_id)
        _insert(workspace_id, [pair for pair in new if (pair.one, pair.other) not in apart])
    gone = []
    for two, pair in found.items():
        stored = there.get(two)
        if stored is None or stored.state != DoubleState.OPEN:
            continue
        if pair is None:
            gone.append(stored.pk)
        elif (stored.certainty, stored.reasons) != (pair.certainty, list(pair.reasons)):
            Double.objects.filter(pk=stored.pk, state=DoubleState.OPEN).update(
                certainty=pair.certainty, reasons=list(pair.reasons)
            )
    if gone:
        Double.objects.filter(pk__in=gone, state=DoubleState.OPEN).delete()


def _insert(workspace_id: int, pairs: Iterable[Pair]) -> None:
    """Store new pairs, of which there may be thousands: too many to make objects of."""
    rows = [
        (
            workspace_id, pair.one, pair.other, pair.certainty, json.dumps(pair.reasons),
            DoubleState.OPEN.value,
        )
        for pair in pairs
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people_double"
            " (workspace_id, one_id, other_id, certainty, reasons, state)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            rows,
        )


def _apart_through_merges(workspace_id: int) -> set[Two]:
    """Return pairs set apart in the shape of people since merged into others.

    That Ann is not Anne is remembered when Ann becomes part of Anna: Anna is not Anne.
    """
    merged = Q(one__merged_into__isnull=False) | Q(other__merged_into__isnull=False)
    rows = list(
        Double.objects.filter(merged, workspace_id=workspace_id, state=DoubleState.SET_APART)
        .order_by()
        .values_list("one_id", "other_id")
    )
    into: dict[int, int] = {}
    asked = {pk for row in rows for pk in row}
    while asked:
        steps = Person.objects.filter(pk__in=asked, merged_into__isnull=False)
        into |= (step := dict(steps.values_list("pk", "merged_into_id")))
        asked = set(step.values()) - into.keys()
    found: set[Two] = set()
    for row in rows:
        one, other = (_end(pk, into) for pk in row)
        found.add((min(one, other), max(one, other)))
    return found


def _end(pk: int, into: Mapping[int, int]) -> int:
    while pk in into:
        pk = into[pk]
    return pk
