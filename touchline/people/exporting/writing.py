"""Reads people out of the database a few at a time and writes them into a file's bytes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people import uid
from touchline.people.exporting import table, vcard
from touchline.people.importing.rows import Point, PointKind, Row
from touchline.people.importing.text import clean, one_line
from touchline.people.models import Identity, Person, Photo
from touchline.people.search import batches

if TYPE_CHECKING:
    from touchline.accounts.models import Member

BATCH = 200  # People held in memory at once, their pictures with them.
FORMATS = {"vcf": "vCard, for a phone or an address book", "csv": "CSV, for a spreadsheet"}
MEDIA_TYPES = {"vcf": vcard.MEDIA_TYPE, "csv": table.MEDIA_TYPE}


@transaction.atomic
def note_export(by: "Member", file_format: str, many: int) -> None:
    """Keep in the journal that so many people left the house."""
    if not by.may_change:
        raise Refused("A viewer may look at people, not take them away.")
    record(by, "export", by, format=file_format, people=many)


def content(by: "Member", ids: Sequence[int], file_format: str) -> Iterator[bytes]:
    """Yield the file of these people in their order; those gone meanwhile are left out."""
    if file_format == "csv":
        yield table.head().encode()
    write = table.line if file_format == "csv" else vcard.card
    for some in batches(ids, BATCH):
        rows = rows_of(by, some, photos=file_format == "vcf")
        yield "".join(write(row) for row in rows).encode()


def everyone(by: "Member") -> list[int]:
    """Return the keys of all whom the member sees, in the order of the list by name."""
    people = Person.objects.visible_to(by).order_by("sort_key", "pk")
    return list(people.values_list("pk", flat=True))


def rows_of(by: "Member", ids: Sequence[int], *, photos: bool) -> list[Row]:
    """Return people as a contact file tells them, in the order of ``ids``."""
    people = {
        person.pk: person
        for person in Person.objects.visible_to(by)
        .filter(pk__in=ids)
        .select_related("company")
        .prefetch_related("points", "tags")
    }
    keys: dict[int, str] = {}
    known = Identity.objects.filter(person_id__in=people, key__startswith="vcard:").order_by("pk")
    for pk, key in known.values_list("person_id", "key"):
        keys.setdefault(pk, key)
    pictures: dict[int, Any] = {}
    if photos:
        shown = Photo.objects.filter(person_id__in=people)
        pictures = dict(shown.values_list("person_id", "content"))
    return [
        _row(people[pk], keys.get(pk, ""), bytes(pictures.get(pk, b"")))
        for pk in ids
        if pk in people
    ]


def _row(person: Person, key: str, photo: bytes) -> Row:
    return Row(
        line=0,
        name=one_line(person.name),
        given=one_line(person.given),
        family=one_line(person.family),
        company=one_line(person.company.name) if person.company else "",
        title=one_line(person.title),
        points=tuple(
            Point(cast(PointKind, point.kind), clean(point.value), one_line(point.label))
            for point in person.points.all()
        ),
        birthday=person.birthday,
        notes=clean(person.notes),
        tags=tuple(one_line(tag.name) for tag in person.tags.all()),
        identity=key or f"vcard:{uid.uid(person.workspace_id, person.pk)}",
        extra=tuple((one_line(str(label)), clean(str(value))) for label, value in person.extra),
        source=one_line(person.source),
        photo=photo,
    )
