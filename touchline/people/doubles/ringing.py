"""The keys that are stored: on a ring those of each person, on racks who is at which."""

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction

from touchline.accounts.models import Workspace
from touchline.people.doubles.models import KeyRack, KeyRing
from touchline.people.doubles.stored import of_some
from touchline.people.search import batches

BATCH = 1_000
# Racks of a workspace. Of 50,000 people each holds some twenty keys: few enough to be read for
# one of them, and enough to be far fewer rows than keys.
SLOTS = 1 << 14

Ring = frozenset[int]
Rings = Mapping[int, Ring]

_rings_of = of_some("person_id", KeyRing.objects.values_list("workspace_id", "person_id", "keys"))


def renew(workspace_id: int, ids: Collection[int], told: Rings) -> set[int]:
    """Let the keys of these people be those told, of the others among them none.

    Returns those told of whom nothing is stored yet, and leaves them to *add*. In the caller's
    transaction.
    """
    there = rings_of(workspace_id, ids)
    changed = {pk: own for pk in there if (own := told.get(pk, frozenset())) != there[pk]}
    _hang(
        workspace_id,
        _on_racks({pk: own - there[pk] for pk, own in changed.items()}),
        _on_racks({pk: there[pk] - own for pk, own in changed.items()}),
    )
    _store_rings(workspace_id, changed)
    return told.keys() - there.keys()


def add(workspace_id: int, told: Rings) -> None:
    """Store the keys of people of whom nothing is stored yet, in the caller's transaction."""
    _hang(workspace_id, _on_racks(told), {})
    _store_rings(workspace_id, told)


def add_many(workspace_id: int, told: Rings) -> None:
    """Do the same for very many, in short transactions.

    Broken off it begins anew: until there is a ring, nothing is taken as stored.
    """
    racks = _on_racks(told)
    for slots in batches(sorted(racks), BATCH):
        with transaction.atomic():
            _hang(workspace_id, {slot: racks[slot] for slot in slots}, {})
    for ids in batches(sorted(told), BATCH):
        with transaction.atomic():
            there = rings_of(workspace_id, range(ids[0], ids[-1] + 1))
            # Whoever was looked at meanwhile has changed, and has other keys by now.
            late = there.keys() & set(ids)
            _hang(workspace_id, {}, _on_racks({pk: told[pk] - there[pk] for pk in late}))
            _store_rings(workspace_id, {pk: told[pk] for pk in ids if pk not in late})


def forget(workspace_id: int, ids: Collection[int]) -> None:
    """Remove the keys of people who are about to be deleted for good."""
    renew(workspace_id, ids, {})


def rings_of(workspace_id: int, ids: Collection[int]) -> dict[int, Ring]:
    """Return the keys of these people, of those of whom something is stored."""
    # Not asked by workspace as well: without statistics SQLite would walk all of it.
    return {
        pk: frozenset(struct.unpack(f"<{len(keys) // 4}I", keys))
        for own, pk, keys in _rings_of(ids)
        if own == workspace_id
    }


def at_keys(workspace_id: int, asked: Collection[int]) -> dict[int, list[int]]:
    """Return for each key asked for who is there, in order."""
    found: dict[int, list[int]] = {key: [] for key in asked}
    for places in _racks(workspace_id, {key % SLOTS for key in asked}).values():
        for place in places:
            if (key := place >> 32) in found:
                found[key].append(place & 0xFFFFFFFF)
    return found


def _on_racks(told: Rings) -> dict[int, set[int]]:
    """Return by rack the keys with the people at them, each two as one number of 32 bits each."""
    racks: defaultdict[int, set[int]] = defaultdict(set)
    for pk, own in told.items():
        for key in own:
            racks[key % SLOTS].add(key << 32 | pk)
    return racks


def _racks(workspace_id: int, slots: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return what hangs on these racks, of those where anything does."""
    found: dict[int, tuple[int, ...]] = {}
    for some in batches(sorted(slots), BATCH):
        rows = KeyRack.objects.filter(workspace_id=workspace_id, slot__in=some)
        for slot, there in rows.values_list("slot", "there"):
            found[slot] = struct.unpack(f"<{len(there) // 8}Q", there)
    return found


def _hang(workspace_id: int, new: Mapping[int, set[int]], old: Mapping[int, set[int]]) -> None:
    """Add to racks what is new and take away what is old, in the caller's transaction."""
    if not new and not old:
        return
    # A rack is read, then written: one at a time, also where it is not there yet.
    if connection.features.has_select_for_update:
        list(Workspace.objects.select_for_update(no_key=True).filter(pk=workspace_id))
    there = _racks(workspace_id, new.keys() | old.keys())
    nothing: set[int] = set()
    rows = []
    for slot in new.keys() | old.keys():
        held = sorted(new.get(slot, nothing).union(there.get(slot, ())) - old.get(slot, nothing))
        rows.append((workspace_id, slot, struct.pack(f"<{len(held)}Q", *held)))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people_keyrack (workspace_id, slot, there) VALUES (%s, %s, %s)"
            " ON CONFLICT (workspace_id, slot) DO UPDATE SET there = excluded.there",
            rows,
        )


def _store_rings(workspace_id: int, told: Rings) -> None:
    rows = [(pk, workspace_id, struct.pack(f"<{len(own)}I", *own)) for pk, own in told.items()]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO people_keyring (person_id, workspace_id, keys) VALUES (%s, %s, %s)"
                " ON CONFLICT (person_id) DO UPDATE SET keys = excluded.keys",
                rows,
            )
