"""What bringing a file in would do, found out without changing anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from touchline.people.importing.joining import Change, Contact, Way, changes, contact_of, joined
from touchline.people.importing.matching import Known, Seen, group, name_tokens, seen
from touchline.people.importing.rows import Problem, Reading
from touchline.people.models import ContactPoint, Identity, Person
from touchline.people.search import batches

if TYPE_CHECKING:
    from touchline.accounts.models import Workspace

BATCH = 900
SHOWN = 200  # People of each kind that a page or a report lists.


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody the workspace does not know yet."""

    line: int
    told: Contact
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody known, of whom the file says more or other; ``changes`` may be empty where only
    a key is new."""

    line: int
    person: Person
    there: Contact
    after: Contact
    keys: tuple[str, ...]
    changes: list[Change]


@dataclass(slots=True)
class Preview:
    """All that a file would do: counted in people, not in rows."""

    new: list[Newcomer] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    # Known again, and nothing to change but the keys to know them by.
    unchanged: list[Changed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "problems": len(self.problems),
        }

    def shown(self) -> dict[str, Any]:
        """Return what a page lists, as plain data."""
        return {
            "problems": [[one.line, one.text] for one in self.problems[:SHOWN]],
            "changed": [
                {
                    "line": one.line,
                    "id": one.person.pk,
                    "name": one.person.name,
                    "fields": [[each.label, each.old, each.new] for each in one.changes],
                }
                for one in self.changed[:SHOWN]
            ],
            "new": [
                {
                    "line": one.line,
                    "name": one.told.name,
                    "what": ", ".join(part for part in (one.told.title, one.told.company) if part),
                    "ways": [way.value for way in one.told.ways[:2]],
                }
                for one in self.new[:SHOWN]
            ],
        }


def preview(workspace: "Workspace", reading: Reading) -> Preview:
    """Compare a file with the workspace as it stands, row by row; nothing is stored."""
    sight = [seen(row, workspace.country) for row in reading.rows]
    owners = _owners(workspace, sight)
    people = _people(workspace, sight, owners)
    keys_of: dict[int, set[str]] = {}
    for key, owner in owners.items():
        keys_of.setdefault(owner, set()).add(key)
    known = [_known(person, frozenset(keys_of.get(person.pk, ()))) for person in people.values()]
    found = Preview(problems=list(reading.problems))
    for one in group(sight, known):
        rows = [reading.rows[position] for position in one.rows]
        told = contact_of(rows, workspace.country)
        keys = tuple(one.keys)
        if one.person_id is None:
            found.new.append(Newcomer(rows[0].line, told, keys))
            continue
        person = people[one.person_id]
        if person.deleted_at:
            found.problems.append(Problem(rows[0].line, _deleted(person)))
            continue
        there = contact_there(person)
        after = joined(there, told)
        different = changes(there, after)
        entry = Changed(rows[0].line, person, there, after, keys, different)
        (found.changed if different else found.unchanged).append(entry)
    found.problems.sort(key=lambda problem: problem.line)
    return found


def contact_there(person: Person) -> Contact:
    """Return a stored person in the shape a file is compared with."""
    return Contact(
        name=person.name,
        given=person.given,
        family=person.family,
        title=person.title,
        company=person.company.name if person.company else "",
        birthday=person.birthday,
        notes=person.notes,
        ways=tuple(
            Way(point.kind, point.value, point.normal, point.label) for point in person.points.all()
        ),
        tags=tuple(tag.name for tag in person.tags.all()),
        extra=tuple((str(label), str(value)) for label, value in person.extra),
    )


def _deleted(person: Person) -> str:
    return (
        f"{person.name} is among the people you deleted, and is left out. "
        "Restore them there first if you want them back."
    )


def _owners(workspace: "Workspace", sight: Sequence[Seen]) -> dict[str, int]:
    """Whose each key of the file is, of those that are anybody's."""
    keys = list({key for row in sight for key in row.keys})
    owners: dict[str, int] = {}
    for some in batches(keys, BATCH):
        owners.update(
            Identity.objects.filter(workspace=workspace, key__in=some).values_list(
                "key", "person_id"
            )
        )
    return owners


def _people(
    workspace: "Workspace", sight: Sequence[Seen], owners: dict[str, int]
) -> dict[int, Person]:
    """Everyone who has a key, an address or a number of the file; the longest known first."""
    ids = set(owners.values()) | set(_sharing(workspace, sight))
    people: dict[int, Person] = {}
    for some in batches(sorted(ids), BATCH):
        people.update(
            (person.pk, person)
            for person in Person.objects.filter(workspace=workspace, pk__in=some)
            .select_related("company")
            .prefetch_related("points", "tags")
            .order_by("pk")
        )
    return people


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
            ).values_list("person_id", flat=True)


def _known(person: Person, keys: frozenset[str]) -> Known:
    marks = frozenset(
        (point.kind, point.normal)
        for point in person.points.all()
        if point.kind in ("email", "phone") and not person.deleted_at
    )
    tokens = name_tokens(person.name, person.given, person.family)
    return Known(person.pk, tokens, keys, marks)
