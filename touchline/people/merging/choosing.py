"""Of two records of one person, which value of each field stands, where nobody says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchline.core.fold import fold
from touchline.journal.models import Entry
from touchline.people.doubles.nicknames import formal
from touchline.people.importing.joining import with_notes

if TYPE_CHECKING:
    from touchline.people.models import Person

# Better known first.
KNOWN = ("well", "a_little", "only_a_name", "not_said")


@dataclass(frozen=True, slots=True)
class Field:
    """What is chosen as one: its columns stand together, from the one record or the other.

    ``weight`` of a record says how much its value counts; the heavier one stands, of two
    alike the newer one's.
    """

    key: str
    label: str
    columns: Sequence[str]
    weight: Callable[["Person"], Any]

    def values(self, person: "Person") -> dict[str, Any]:
        """Return the columns with their values in a record."""
        return {name: getattr(person, name) for name in self.columns}


def _fullness(person: "Person") -> tuple[Any, ...]:
    words = [word for word in person.name.replace(".", " ").split() if len(word) > 1]
    # Robert, not Bob; Ann, who is called no less.
    whole = all(name in formal(name) for name in fold(person.given or person.name).split()[:1])
    return (
        len(words), bool(person.given and person.family), not person.name.isupper(), whole,
    )  # fmt: skip


def _filled(column: str) -> Callable[["Person"], bool]:
    return lambda person: bool(getattr(person, column))


FIELDS = (
    Field("name", "Name", ("name", "given", "family", "sort_key"), _fullness),
    Field("title", "Title", ("title",), _filled("title")),
    Field("company", "Company", ("company_id",), _filled("company_id")),
    Field("acquaintance", "Known", ("acquaintance",), lambda one: -KNOWN.index(one.acquaintance)),
    # With the year it is longer; *--05-09* has none.
    Field("birthday", "Birthday", ("birthday",), lambda one: len(one.birthday)),
    # How one came to know somebody is told by the first record.
    Field("source", "Source", ("source",), lambda one: (bool(one.source), -one.pk)),
    # Whoever was told once was told; the first time counts.
    Field(
        "told_on", "Told on", ("told_on",), lambda one: -one.told_on.toordinal() if one.told_on
        else -10_000_000
    ),
)  # fmt: skip


def sensible(one: "Person", other: "Person") -> dict[str, int]:
    """Return for each field from which of two people (by key) its value had best be taken.

    The fuller value; of two as full the one of the record last edited by hand, and where
    neither was, of the record made later.
    """
    entries = Entry.objects.filter(
        workspace_id=one.workspace_id, person_id__in=[one.pk, other.pk], verb="person.edit"
    )
    edited = dict(entries.order_by("at").values_list("person_id", "at"))
    newer, older = sorted(
        (one, other),
        key=lambda each: (each.pk in edited, edited.get(each.pk, each.created_at), each.pk),
        reverse=True,
    )
    return {
        field.key: older.pk if field.weight(older) > field.weight(newer) else newer.pk
        for field in FIELDS
    }


def differing(one: "Person", other: "Person") -> list[Field]:
    """Return the fields in which two records say different things, or one says nothing."""
    return [
        field
        for field in FIELDS
        if {**field.values(one), "sort_key": ""} != {**field.values(other), "sort_key": ""}
    ]


def joined(kept: "Person", other: "Person", choices: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what ``kept`` is to say, column by column, those chosen as one together.

    ``choices`` has for every field the key of the record it is taken from. Notes and other
    details are added up; somebody who asked not to be contacted in either is not.
    """
    groups: list[Mapping[str, Any]] = [
        field.values(other) for field in FIELDS if choices[field.key] == other.pk
    ]
    extra = [pair for pair in other.extra if pair not in kept.extra]
    groups.append({"notes": with_notes(kept.notes, other.notes)})
    groups.append({"extra": [*kept.extra, *extra]})
    groups.append({"do_not_contact": kept.do_not_contact or other.do_not_contact})
    return groups
