"""Stores what some of a file's people come to, with what it takes to put them back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from touchline.core.fold import fold
from touchline.core.inserting import insert, insert_keyed
from touchline.people import photos, search
from touchline.people.importing.joining import (
    Contact,
    Way,
    new_extra,
    new_tags,
    new_ways,
    tag_key,
)
from touchline.people.importing.preview import Changed, Newcomer, Outcome
from touchline.people.importing.rows import Problem
from touchline.people.importing.undoing import Left, fingerprint
from touchline.people.models import (
    Company,
    ContactPoint,
    Identity,
    Import,
    Person,
    Photo,
    Tag,
    Touched,
)
from touchline.people.search import batches

M = TypeVar("M", Company, Tag)
# The person, whether made, the fingerprint, and what was done: a row of Touched.
Record = tuple[int, bool, str, dict[str, Any]]

BATCH = 900
# Of a person's own row, what a file may change.
FIELDS = ("given", "family", "title", "company", "birthday", "notes")


def store(kept: Import, source: str, found: Outcome, drawn: Mapping[str, bytes]) -> None:
    """Store what ``compare`` found, in the caller's transaction.

    ``source`` is where newcomers are said to come from; ``drawn`` has pictures that are small
    already, by the digest of what they were. A picture that turns out to be damaged is added to
    the problems.
    """
    _Writer(kept, source, drawn).write(found)


class _Writer:
    """Writes in batches; companies and tags are looked up once."""

    def __init__(self, kept: Import, source: str, drawn: Mapping[str, bytes]) -> None:
        self.kept, self.drawn = kept, drawn
        self.workspace_id = kept.workspace_id
        self.source = source[:120]
        self.companies: dict[str, Company] = {}
        self.tags: dict[str, Tag] = {}
        # Keys of companies and tags made here, until the record that is to remember them.
        self.companies_made: set[int] = set()
        self.tags_made: set[int] = set()

    def write(self, found: Outcome) -> None:
        told = [one.told for one in found.new] + [one.after for one in found.changed]
        self.companies, self.companies_made = self._named(
            Company.objects.filter(deleted_at=None), (one.company for one in told), 200
        )
        self.tags, self.tags_made = self._named(
            Tag.objects.all(), (tag for one in told for tag in one.tags), 60
        )
        people = [self._newcomer(one.told) for one in found.new]
        self._store(people)
        pictures = self._pictures(people, found)
        records = [
            self._made(person, one, pictures.get(person.pk, ""))
            for person, one in zip(people, found.new, strict=True)
        ]
        ways: list[tuple[Person, Sequence[Way], int]] = [
            (one, new.told.ways, 0) for one, new in zip(people, found.new, strict=True)
        ]
        tags: list[tuple[Person, Sequence[str]]] = [
            (one, new.told.tags) for one, new in zip(people, found.new, strict=True)
        ]
        keys = [(one, new.keys) for one, new in zip(people, found.new, strict=True)]
        for one in found.changed:
            records.append(self._changed(one, pictures.get(one.person.pk, "")))
            ways.append((one.person, new_ways(one.there, one.after), len(one.there.ways)))
            tags.append((one.person, new_tags(one.there, one.after)))
        records += [
            (one.person.pk, False, "", {"keys": one.keys}) for one in found.unchanged if one.keys
        ]
        changed = [one.person for one in found.changed]
        if changed:
            Person.objects.bulk_update(changed, (*FIELDS, "extra", "sort_key"), batch_size=80)
        keys += [(one.person, one.keys) for one in (*found.changed, *found.unchanged)]
        self._add_ways(ways)
        self._add_tags(tags)
        insert(
            Identity,
            ("workspace", "person", "key"),
            [(self.workspace_id, person.pk, key) for person, own in keys for key in own],
        )
        insert(
            Touched,
            ("workspace", "of", "person", "made", "left", "what"),
            [
                (self.workspace_id, self.kept.pk, pk, made, left, json.dumps(what))
                for pk, made, left, what in records
            ],
        )
        search.index([one.pk for one in (*people, *changed)])

    def _newcomer(self, told: Contact) -> Person:
        person = Person(
            workspace_id=self.workspace_id,
            name=told.name,
            source=told.source or self.source,
            extra=[list(pair) for pair in told.extra],
        )
        self._set(person, told)
        return person

    def _store(self, people: Sequence[Person]) -> None:
        fields = ("name", "given", "family", "sort_key", "title", "birthday", "notes", "source")
        keys = insert_keyed(
            Person,
            ("workspace", "company", "extra", *fields),
            [
                (
                    self.workspace_id, one.company_id, json.dumps(one.extra),
                    *(getattr(one, name) for name in fields),
                )
                for one in people
            ],
        )  # fmt: skip
        for one, key in zip(people, keys, strict=True):
            one.pk = key

    def _set(self, person: Person, after: Contact) -> None:
        person.given, person.family, person.title = after.given, after.family, after.title
        person.company = self.companies.get(fold(after.company)[:200])
        person.birthday, person.notes = after.birthday, after.notes
        person.arrange()

    def _made(self, person: Person, one: Newcomer, picture: str) -> Record:
        told = one.told
        left = Left.of(person)
        left.points = [(way.kind, way.normal, way.value, way.label) for way in told.ways]
        left.tags = [self.tags[tag_key(tag)].pk for tag in told.tags]
        left.keys = list(one.keys)
        left.photo = picture
        return person.pk, True, fingerprint(left), self._rows_made(person.company_id, left.tags)

    def _changed(self, one: Changed, picture: str) -> Record:
        """Set what the file changes of somebody; return the record of it."""
        person = one.person
        before = {name: _plain(person, name) for name in FIELDS}
        self._set(person, one.after)
        extra = [list(pair) for pair in new_extra(one.there, one.after)]
        person.extra = [*person.extra, *extra]
        after = {name: _plain(person, name) for name in FIELDS}
        ways, tags = new_ways(one.there, one.after), new_tags(one.there, one.after)
        tag_ids = [self.tags[tag_key(tag)].pk for tag in tags]
        what: dict[str, Any] = {
            "fields": {
                name: [before[name], after[name]] for name in FIELDS if before[name] != after[name]
            },
            "points": [[way.kind, way.normal, way.value, way.label] for way in ways],
            "extra": extra,
            "tags": tag_ids,
            "keys": one.keys,
            "photo": picture,
        }
        told = {name: value for name, value in what.items() if value}
        return person.pk, False, "", {**told, **self._rows_made(person.company_id, tag_ids)}

    def _rows_made(self, company_id: int | None, tag_ids: Iterable[int]) -> dict[str, Any]:
        """Which rows were made for somebody: remembered by the first who has them."""
        made: dict[str, Any] = {}
        if company_id in self.companies_made:
            made["company_made"] = company_id
            self.companies_made.discard(company_id or 0)
        if tags := sorted(self.tags_made.intersection(tag_ids)):
            made["tags_made"] = tags
            self.tags_made.difference_update(tags)
        return made

    def _pictures(self, people: Sequence[Person], found: Outcome) -> dict[int, str]:
        """Store the pictures; return the digest of each, by its person."""
        given = [(one, new) for one, new in zip(people, found.new, strict=True)]
        given += [(one.person, one) for one in found.changed]  # type: ignore[misc]
        rows = []
        for person, one in given:
            if not one.picture:
                continue
            source = photos.digest(one.picture)
            try:
                content = self.drawn.get(source) or photos.small(one.picture)
            except photos.Unreadable as refused:
                found.problems.append(Problem(one.line, f"{person.name}: {refused}"))
                continue
            rows.append(
                Photo(
                    workspace_id=self.workspace_id,
                    person=person,
                    content=content,
                    source=source,
                )
            )
        Photo.objects.bulk_create(rows, batch_size=50)
        return {one.person_id: one.source for one in rows}

    def _add_ways(self, ways: Iterable[tuple[Person, Sequence[Way], int]]) -> None:
        insert(
            ContactPoint,
            ("workspace", "person", "kind", "value", "normal", "label", "position"),
            [
                (
                    self.workspace_id, person.pk, way.kind, way.value, way.normal, way.label,
                    min(position, 30_000),
                )
                for person, own, there in ways
                for position, way in enumerate(own, start=there)
            ],
        )  # fmt: skip

    def _add_tags(self, tags: Iterable[tuple[Person, Sequence[str]]]) -> None:
        insert(
            Person.tags.through,
            ("person", "tag"),
            [(person.pk, self.tags[tag_key(tag)].pk) for person, own in tags for tag in own],
        )

    def _named(
        self, there: QuerySet[M], names: Iterable[str], length: int
    ) -> tuple[dict[str, M], set[int]]:
        """Find or make companies or tags by their folded names; also which were made."""
        wanted: dict[str, str] = {}
        for name in names:
            if folded := fold(name)[:length]:
                wanted.setdefault(folded, name)
        found: dict[str, M] = {}
        rows = there.filter(workspace_id=self.workspace_id)
        for some in batches(list(wanted), BATCH):
            found.update((one.folded, one) for one in rows.filter(folded__in=some))
        missing = {folded: name for folded, name in wanted.items() if folded not in found}
        keys = insert_keyed(
            there.model,
            ("workspace", "name", "folded"),
            [(self.workspace_id, name, folded) for folded, name in missing.items()],
        )
        for (folded, name), key in zip(missing.items(), keys, strict=True):
            found[folded] = there.model(
                pk=key, workspace_id=self.workspace_id, name=name, folded=folded
            )
        return found, set(keys)


def _plain(person: Person, name: str) -> Any:
    return person.company_id if name == "company" else getattr(person, name)
