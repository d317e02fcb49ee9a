"""Takes back what an import did, person by person: what still is as it was left, and no more."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ManyToOneRel, Model

from touchline.journal.models import Entry
from touchline.people import search
from touchline.people.doubles import ringing
from touchline.people.doubles.models import Double, KeyRing
from touchline.people.models import (
    Company,
    ContactPoint,
    Identity,
    Person,
    Photo,
    PointKind,
    Tag,
    Touched,
)

BATCH = 900  # Keys named at once.
# What belongs to a person's record itself. Any other row that names a person is a use of them.
# Pairs of likely doubles are found by themselves, and go with whoever of them goes.
OWN: set[type[Model]] = {
    ContactPoint, Identity, Photo, Touched, Person.tags.through, Double, KeyRing,
}  # fmt: skip
LABELS = {
    "given": "given name",
    "family": "family name",
    "title": "title",
    "company": "company",
    "birthday": "birthday",
    "notes": "notes",
}


@dataclass(slots=True)
class Left:
    """A person in every column and row that is theirs, to be compared as a whole."""

    own: list[Any]
    extra: list[list[str]]
    points: list[tuple[str, str, str, str]] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    photo: str = ""

    @classmethod
    def of(cls, person: Person) -> "Left":
        """Return the person's own row; the other rows are filled in by the caller."""
        return cls(
            [
                person.name, person.given, person.family, person.title, person.company_id,
                person.source, person.acquaintance, str(person.told_on or ""),
                person.do_not_contact, person.birthday, person.notes,
            ],
            [[str(part) for part in pair] for pair in person.extra],
        )  # fmt: skip


@dataclass(slots=True)
class Undone:
    """What taking some people back came to; ``left`` has (key, name, why) of the others."""

    removed: int = 0
    put_back: int = 0
    left: list[tuple[int, str, str]] = field(default_factory=list)
    # Those who are still there and were changed.
    changed: list[int] = field(default_factory=list)


def fingerprint(left: Left) -> str:
    """Return what tells whether somebody is as they were left."""
    plain = (
        left.own, left.extra, sorted(left.points), sorted(left.tags), sorted(left.keys),
        left.photo,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def take_back(records: Sequence[Touched]) -> Undone:
    """Take back what ``records`` tell, in the caller's transaction, and drop the records.

    Those made are deleted, unless anything about them was changed or anything refers to them;
    of those changed, each field, address and tag that is as the import left it is put back.
    """
    done = Undone()
    ids = [one.person_id for one in records]
    people = {
        one.pk: one for one in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    # Whoever was purged in between took their record along.
    records = [one for one in records if one.person_id in people]
    there = _there(people)
    used = _used([one.person_id for one in records if one.made])
    gone: list[int] = []
    for record in records:
        person = people[record.person_id]
        if person.merged_into_id:
            done.left.append((person.pk, person.name, "merged into another since"))
        elif not record.made:
            continue
        elif fingerprint(there[person.pk]) != record.left:
            done.left.append((person.pk, person.name, "edited since"))
        elif person.pk in used:
            done.left.append((person.pk, person.name, "used since"))
        else:
            gone.append(person.pk)
    back = _Back(there, _behind(people))
    for record in records:
        if not record.made and not people[record.person_id].merged_into_id:
            back.put(people[record.person_id], record.what, done)
    back.store()
    Touched.objects.filter(pk__in=[one.pk for one in records]).delete()
    search.remove(gone)
    if gone:
        ringing.forget(people[gone[0]].workspace_id, gone)
    Person.objects.filter(pk__in=gone).delete()
    done.removed = len(gone)
    _unmake(records)
    done.changed = back.changed
    search.index(done.changed)
    return done


class _Back:
    """Gathers what is put back, and stores it in a few statements."""

    def __init__(self, there: dict[int, Left], behind: set[tuple[Any, ...]]) -> None:
        self.there, self.behind = there, behind
        self.people: list[Person] = []
        self.points: list[tuple[int, tuple[str, str, str, str]]] = []
        self.tags: list[tuple[int, int]] = []
        self.keys: list[str] = []
        self.photos: list[int] = []
        self.changed: list[int] = []

    def put(self, person: Person, what: dict[str, Any], done: Undone) -> None:
        """Put one person back as far as they are as they were left; name what is not."""
        there = self.there[person.pk]
        edited = [
            LABELS[name]
            for name, (before, after) in what.get("fields", {}).items()
            if not _back(person, name, before, after)
        ]
        for point in what.get("points", ()):
            if (person.pk, *point[:2]) in self.behind:
                continue
            if tuple(point) in there.points:
                self.points.append((person.pk, tuple(point)))
            else:
                edited.append(f"{PointKind(point[0]).label.lower()} {point[2]}")
        added = [list(pair) for pair in what.get("extra", ())]
        person.extra = [pair for pair in person.extra if list(pair) not in added]
        tags = [(person.pk, tag) for tag in what.get("tags", ()) if tag in there.tags]
        self.tags += [one for one in tags if one not in self.behind]
        self.keys += [key for key in what.get("keys", ()) if key in there.keys]
        its = what.get("photo") and what["photo"] == there.photo
        if its and (person.pk,) not in self.behind:
            self.photos.append(person.pk)
        person.arrange()
        self.people.append(person)
        if set(what) - {"keys"}:
            self.changed.append(person.pk)
            done.put_back += not edited
        if edited:
            done.left.append((person.pk, person.name, f"edited since: {', '.join(edited)}"))

    def store(self) -> None:
        companies = {one.company_id for one in self.people if one.company_id}
        there = Company.objects.filter(pk__in=companies, deleted_at=None)
        known = set(there.values_list("pk", flat=True))
        for one in self.people:
            # Deleted meanwhile: there is nothing to go back to.
            if one.company_id not in known:
                one.company_id = None
        if self.people:
            fields = (*LABELS, "extra", "sort_key")
            Person.objects.bulk_update(self.people, fields, batch_size=80)
        for pk, (kind, normal, value, label) in self.points:
            ContactPoint.objects.filter(
                person_id=pk, kind=kind, normal=normal, value=value, label=label
            ).delete()
        for pk, tag in self.tags:
            Person.tags.through.objects.filter(person_id=pk, tag_id=tag).delete()
        ids = [one.pk for one in self.people]
        for some in search.batches(self.keys, BATCH):
            Identity.objects.filter(person_id__in=ids, key__in=some).delete()
        Photo.objects.filter(person_id__in=self.photos).delete()


def _back(person: Person, name: str, before: Any, after: Any) -> bool:
    """Put a field back, or say with False that it is not as it was left."""
    column = "company_id" if name == "company" else name
    if getattr(person, column) != after:
        return False
    setattr(person, column, before)
    return True


def _there(people: dict[int, Person]) -> dict[int, Left]:
    """Read everything that is these people's."""
    ids = list(people)
    found = {pk: Left.of(person) for pk, person in people.items()}
    points = ContactPoint.objects.filter(person_id__in=ids).order_by()
    for pk, kind, normal, value, label in points.values_list(
        "person_id", "kind", "normal", "value", "label"
    ):
        found[pk].points.append((kind, normal, value, label))
    tags = Person.tags.through.objects.filter(person_id__in=ids)
    for pk, tag in tags.values_list("person_id", "tag_id"):
        found[pk].tags.append(tag)
    identities = Identity.objects.filter(person_id__in=ids)
    for pk, key in identities.values_list("person_id", "key"):
        found[pk].keys.append(key)
    photos = Photo.objects.filter(person_id__in=ids)
    for pk, source in photos.values_list("person_id", "source"):
        found[pk].photo = source
    return found


def _behind(people: Iterable[int]) -> set[tuple[Any, ...]]:
    """Return what others say as well for whom these people answer, so that it stays.

    A way to reach somebody as (person, kind, normal), a tag as (person, tag), a picture as
    (person,). Theirs was left with them when they were merged, for these had the like.
    """
    into: dict[int, int] = {}
    found = {pk: pk for pk in people}
    while found:
        rows = Person.objects.filter(merged_into__in=found).values_list("pk", "merged_into_id")
        found = {pk: found[kept] for pk, kept in rows}
        into |= found
    points = ContactPoint.objects.filter(person__in=into).order_by()
    tags = Person.tags.through.objects.filter(person_id__in=into)
    photos = Photo.objects.filter(person__in=into)
    rows_of = (
        points.values_list("person_id", "kind", "normal"),
        tags.values_list("person_id", "tag_id"),
        photos.values_list("person_id"),
    )
    return {(into[pk], *rest) for rows in rows_of for pk, *rest in rows} if into else set()


def _used(ids: Iterable[int]) -> set[int]:
    """Which of these people any row refers to that is not part of themselves."""
    ids = list(ids)
    found: set[int] = set()
    for relation in Person._meta.get_fields(include_hidden=True):
        # Whatever points here: foreign keys, one-to-ones, and the tables of many-to-manys.
        if not isinstance(relation, ManyToOneRel) or relation.related_model in OWN:
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids})
        found.update(rows.values_list(name, flat=True))
    return found


def _unmake(records: Sequence[Touched]) -> None:
    """Delete companies and tags that were made for these people and are nobody's any more."""
    companies = [one.what["company_made"] for one in records if "company_made" in one.what]
    if companies:
        edited = Entry.objects.filter(noun="company", noun_id__in=companies)
        (
            Company.objects.filter(pk__in=companies, people=None, points=None, notes="")
            .exclude(pk__in=edited.values("noun_id"))
            .delete()
        )
    tags = [tag for one in records for tag in one.what.get("tags_made", ())]
    if tags:
        edited = Entry.objects.filter(noun="tag", noun_id__in=tags)
        free = Tag.objects.filter(pk__in=tags, people=None)
        free.exclude(pk__in=edited.values("noun_id")).delete()
