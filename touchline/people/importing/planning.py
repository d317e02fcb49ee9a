"""Which rows of a file speak of whom, found once and kept, so that an import can go on later."""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.people import uid
from touchline.people.importing.matching import (
    Group,
    Known,
    Mark,
    Seen,
    group,
    name_tokens,
    said,
    seen,
)
from touchline.people.importing.rows import Row
from touchline.people.models import ContactPoint, Identity, Person
from touchline.people.search import batches

if TYPE_CHECKING:
    from touchline.accounts.models import Workspace

BATCH = 900  # Values asked for at once.
EVERY = 1_000  # Rows between two signs of life.

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """Rows, by position, that speak of one person, known already where there is a key.

    ``keys`` are those the person is known by from now on.
    """

    person_id: int | None
    rows: tuple[int, ...]
    keys: tuple[str, ...]


def plan(
    workspace: "Workspace", rows: Sequence[Row], tell: Tell | None = None, *, ours: bool = False
) -> list[Planned]:
    """Find who each row speaks of, against everybody known now; nothing is stored.

    ``ours`` says that the rows are our own export's: what one says of somebody is all there is
    to say, so who says the very same of themselves is meant. ``tell`` is called with how many
    rows of all were looked at, every thousand.
    """
    sight = []
    for position, row in enumerate(rows):
        if tell and position % EVERY == 0:
            tell(position, len(rows))
        sight.append(seen(row, workspace.country))
    # Keys by which somebody was known who has not got them: kept from now on, for what they
    # say of themselves may change, and with it who the same file means.
    answered: dict[str, int] = {}
    return [
        Planned(
            one.person_id,
            tuple(one.rows),
            (*one.keys, *_first_said(one, sight, answered)),
        )
        for one in group(sight, _known(workspace, sight, answered, ours=ours), apart=ours)
    ]


def _first_said(one: Group, sight: Sequence[Seen], answered: dict[str, int]) -> Iterator[str]:
    for key in dict.fromkeys(key for row in one.rows for key in sight[row].keys):
        if key in answered and answered[key] == one.person_id:
            yield key


def packed(planned: Sequence[Planned]) -> bytes:
    """Return a plan as bytes to keep."""
    plain = [[one.person_id, one.rows, one.keys] for one in planned]
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 1)


def unpacked(content: bytes) -> list[Planned]:
    """Return the plan that :func:`packed` was given."""
    return [
        Planned(person_id, tuple(rows), tuple(keys))
        for person_id, rows, keys in json.loads(zlib.decompress(content))
    ]


def owners(workspace_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Return whose each key is, of those that are anybody's; our exports' tell it themselves."""
    ours = {key: pk for key in keys if (pk := uid.person_of(workspace_id, key))}
    there: set[int] = set()
    for some in batches(list(ours.values()), BATCH):
        people = Person.objects.filter(workspace_id=workspace_id, pk__in=some)
        there.update(people.values_list("pk", flat=True))
    found = {key: pk for key, pk in ours.items() if pk in there}
    for some in batches(keys, BATCH):
        found.update(
            Identity.objects.filter(workspace_id=workspace_id, key__in=some).values_list(
                "key", "person_id"
            )
        )
    return found


def _known(
    workspace: "Workspace", sight: Sequence[Seen], answered: dict[str, int], *, ours: bool
) -> Iterator[Known]:
    """Everyone who has a key, an address or a number of the file; the longest known first.

    ``answered`` is filled with the keys that somebody answers to without having them. Plain
    rows, a batch at a time: a person here is their words, keys and marks, no more.
    """
    keys_of: dict[int, set[str]] = {}
    told = list({key for row in sight for key in row.keys})
    for key, owner in owners(workspace.pk, told).items():
        keys_of.setdefault(owner, set()).add(key)
    unknown = _unknown(sight, keys_of) if ours else {}
    ids = sorted(
        keys_of.keys() | set(_sharing(workspace, sight)) | set(_called(workspace, unknown))
    )
    for some in batches(ids, BATCH):
        marks: dict[int, set[Mark]] = {}
        points = ContactPoint.objects.filter(
            person_id__in=some, person__deleted_at=None, kind__in=("email", "phone")
        ).order_by()
        for pk, kind, normal in points.values_list("person_id", "kind", "normal"):
            marks.setdefault(pk, set()).add((kind, normal))
        people = Person.objects.filter(pk__in=some).order_by("pk")
        plain = people.values_list("pk", "name", "given", "family", "company__name")
        for pk, name, given, family, company in plain:
            own = marks.get(pk, set())
            keys = keys_of.get(pk, set())
            if unknown:
                # What they would say themselves: the longest known answers for it.
                key = said(name, given, family, company or "", own)
                if unknown.pop(key, None):
                    keys.add(key)
                    answered[key] = pk
            yield Known(pk, name_tokens(name, given, family), frozenset(keys), frozenset(own))


def _unknown(sight: Sequence[Seen], keys_of: dict[int, set[str]]) -> dict[str, Seen]:
    """Return the rows known by what they say alone, which nobody has said before, by that key."""
    owned = {key for keys in keys_of.values() for key in keys}
    return {
        row.keys[0]: row
        for row in sight
        if row.keys[0].startswith("said:") and row.keys[0] not in owned
    }


def _called(workspace: "Workspace", unknown: dict[str, Seen]) -> Iterator[int]:
    """The people whom such rows may mean, by name: those without address or number are found by
    nothing else."""
    orders = {row.order for row in unknown.values() if not row.marks}
    for some in batches(sorted(orders), BATCH):
        yield from Person.objects.filter(
            workspace=workspace, deleted_at=None, merged_into=None, sort_key__in=some
        ).values_list("pk", flat=True)


def _sharing(workspace: "Workspace", sight: Sequence[Seen]) -> Iterator[int]:
    for kind in ("email", "phone"):
        values = list({value for row in sight for own, value in row.marks if own == kind})
        for some in batches(values, BATCH):
            yield from ContactPoint.objects.filter(
                workspace=workspace,
                kind=kind,
                normal__in=some,
                person__isnull=False,
                person__deleted_at=None,
                person__merged_into=None,
            ).values_list("person_id", flat=True)
