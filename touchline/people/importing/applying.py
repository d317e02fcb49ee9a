"""Brings a previewed file in: whole or not at all, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from touchline.core.fold import fold
from touchline.core.words import short_day
from touchline.people import search
from touchline.people.importing.joining import Contact, Way, new_tags, new_ways, tag_key
from touchline.people.importing.preview import Preview, preview
from touchline.people.importing.rows import Reading
from touchline.people.models import Company, ContactPoint, Identity, Person, Tag
from touchline.people.search import batches

if TYPE_CHECKING:
    from touchline.accounts.models import Member

M = TypeVar("M", Company, Tag)

BATCH = 900
FIELDS = ("given", "family", "title", "company", "birthday", "notes", "extra", "sort_key")


def apply(member: "Member", reading: Reading) -> Preview:
    """Bring a file in against the rows as they are now; return what was done.

    In the caller's transaction: compared and stored in one, so that nobody else's change
    comes between.
    """
    with transaction.atomic():
        found = preview(member.workspace, reading)
        _Writer(member, f"{reading.title}, {short_day(member.today())}").write(found)
    return found


class _Writer:
    """Writes in batches; companies and tags are looked up once."""

    def __init__(self, member: "Member", source: str) -> None:
        self.workspace_id = member.workspace_id
        self.source = source

    def write(self, found: Preview) -> None:
        told = [one.told for one in found.new] + [one.after for one in found.changed]
        self.companies = self._named(
            Company.objects.filter(deleted_at=None), (one.company for one in told), 200
        )
        self.tags = self._named(Tag.objects.all(), (tag for one in told for tag in one.tags), 60)
        people = [self._newcomer(one.told) for one in found.new]
        Person.objects.bulk_create(people, batch_size=BATCH)
        for changed in found.changed:
            self._change(changed.person, changed.after)
        Person.objects.bulk_update([one.person for one in found.changed], FIELDS, batch_size=80)
        ways = [(one, new.told.ways, 0) for one, new in zip(people, found.new, strict=True)]
        ways += [
            (one.person, tuple(new_ways(one.there, one.after)), len(one.there.ways))
            for one in found.changed
        ]
        self._add_ways(ways)
        tags = [(one, new.told.tags) for one, new in zip(people, found.new, strict=True)]
        tags += [(one.person, tuple(new_tags(one.there, one.after))) for one in found.changed]
        self._add_tags(tags)
        keys = [(one, new.keys) for one, new in zip(people, found.new, strict=True)]
        keys += [(one.person, one.keys) for one in (*found.changed, *found.unchanged)]
        Identity.objects.bulk_create(
            [
                Identity(workspace_id=self.workspace_id, person=person, key=key)
                for person, own in keys
                for key in own
            ],
            batch_size=BATCH,
        )
        search.index([one.pk for one in people] + [one.person.pk for one in found.changed])

    def _newcomer(self, told: Contact) -> Person:
        person: Person = Person(
            workspace_id=self.workspace_id, name=told.name, source=self.source[:120]
        )
        self._change(person, told)
        return person

    def _change(self, person: Person, after: Contact) -> None:
        person.given, person.family, person.title = after.given, after.family, after.title
        person.company = self.companies.get(fold(after.company)[:200])
        person.birthday, person.notes = after.birthday, after.notes
        person.extra = [list(pair) for pair in after.extra]
        person.arrange()

    def _add_ways(self, ways: Iterable[tuple[Person, Sequence[Way], int]]) -> None:
        ContactPoint.objects.bulk_create(
            [
                ContactPoint(
                    workspace_id=self.workspace_id,
                    person=person,
                    kind=way.kind,
                    value=way.value,
                    normal=way.normal,
                    label=way.label,
                    position=min(position, 30_000),
                )
                for person, own, there in ways
                for position, way in enumerate(own, start=there)
            ],
            batch_size=BATCH,
        )

    def _add_tags(self, tags: Iterable[tuple[Person, Sequence[str]]]) -> None:
        through = Person.tags.through
        through.objects.bulk_create(
            [
                through(person_id=person.pk, tag_id=self.tags[tag_key(tag)].pk)
                for person, own in tags
                for tag in own
            ],
            batch_size=BATCH,
        )

    def _named(self, there: QuerySet[M], names: Iterable[str], length: int) -> dict[str, M]:
        """Find or make companies or tags by their folded names."""
        model = there.model
        wanted: dict[str, str] = {}
        for name in names:
            if folded := fold(name)[:length]:
                wanted.setdefault(folded, name)
        found: dict[str, M] = {}
        rows = there.filter(workspace_id=self.workspace_id)
        for some in batches(list(wanted), BATCH):
            found.update((one.folded, one) for one in rows.filter(folded__in=some))
        missing = [
            model(workspace_id=self.workspace_id, name=name, folded=folded)
            for folded, name in wanted.items()
            if folded not in found
        ]
        model._default_manager.bulk_create(missing, batch_size=BATCH)
        return found | {one.folded: one for one in missing}
