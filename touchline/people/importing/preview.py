"""What bringing a file in would do, or did: compared some people at a time, nothing stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from touchline.core.fold import fold
from touchline.people import photos
from touchline.people.importing.joining import Change, Contact, Way, changes, contact_of, joined
from touchline.people.importing.planning import Planned, Tell, owners, plan
from touchline.people.importing.rows import Problem, Reading, Row
from touchline.people.merging.answering import PassedOver, passed_over
from touchline.people.models import Person, Photo
from touchline.people.search import batches

if TYPE_CHECKING:
    from touchline.accounts.models import Workspace

BATCH = 500  # People compared at once.
SHOWN = 200  # People of each kind that a page or a report lists.


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody the workspace does not know yet."""

    line: int
    told: Contact
    keys: tuple[str, ...]
    picture: bytes


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
    picture: bytes


@dataclass(slots=True)
class Outcome:
    """What some groups of rows come to."""

    new: list[Newcomer] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    # Known again, and nothing to change but the keys to know them by.
    unchanged: list[Changed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """All that a file would do, or did, counted in people; the first of each kind by name."""

    counts: dict[str, int] = field(
        default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0, "problems": 0}
    )
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, found: Outcome) -> None:
        """Count some more people."""
        for name in self.counts:
            self.counts[name] += len(getattr(found, name))
        self.problems += found.problems
        self.new += [_newcomer(one) for one in found.new[: SHOWN - len(self.new)]]
        self.changed += [_changed(one) for one in found.changed[: SHOWN - len(self.changed)]]

    def shown(self) -> dict[str, Any]:
        """Return what a page lists, as plain data."""
        problems = sorted(self.problems, key=lambda one: one.line)[:SHOWN]
        return {
            "problems": [[one.line, one.text] for one in problems],
            "changed": self.changed,
            "new": self.new,
        }

    @classmethod
    def so_far(cls, counts: dict[str, int], shown: dict[str, Any]) -> "Report":
        """Return a report to go on with, from what was kept of it."""
        return cls(
            {**cls().counts, **counts},
            list(shown.get("new", ())),
            list(shown.get("changed", ())),
            [Problem(line, text) for line, text in shown.get("problems", ())],
        )


def preview(workspace: "Workspace", reading: Reading, tell: Tell | None = None) -> Report:
    """Compare a file with the workspace as it stands; nothing is stored.

    ``tell`` is called with how many of how many were looked at.
    """
    planned = plan(workspace, reading.rows, ours=reading.ours)
    found = begun(reading)
    for number, some in enumerate(batches(planned, BATCH)):
        if tell:
            tell(number * BATCH, len(planned))
        found.add(compare(workspace, reading.rows, some))
    return found


def begun(reading: Reading) -> Report:
    """Return the report of a file of which nobody was looked at yet: its problems."""
    found = Report(problems=list(reading.problems))
    found.counts["problems"] = len(found.problems)
    return found


def compare(
    workspace: "Workspace", rows: Sequence[Row], planned: Sequence[Planned], *, lock: bool = False
) -> Outcome:
    """Compare some of a plan's people with how they stand now.

    Keys are looked up anew: where somebody got one since the plan was made, it is them.
    With ``lock``, in the caller's transaction, the people stay as they are until its end.
    """
    keys = owners(workspace.pk, [key for one in planned for key in one.keys])
    whose = [
        one.person_id or next((keys[key] for key in one.keys if key in keys), None)
        for one in planned
    ]
    people = _people(workspace, {pk for pk in whose if pk}, lock=lock)
    had = _photos(person.pk for person in people.values())
    passed = passed_over(person.pk for person in people.values())
    found = Outcome()
    for one, person_id in zip(planned, whose, strict=True):
        own = [rows[position] for position in one.rows]
        line = own[0].line
        new_keys = tuple(key for key in one.keys if key not in keys)
        told, picture, problem = _told(own, workspace.country)
        found.problems += problem
        person = people.get(person_id or 0)
        if person is None:
            found.new.append(Newcomer(line, told, new_keys, picture))
            continue
        if person.deleted_at:
            found.problems.append(Problem(line, _deleted(person)))
            continue
        there = contact_there(person, had.get(person.pk, ""))
        after = joined(there, _unsaid(told, passed.get(person.pk, {})))
        different = changes(there, after)
        picture = picture if after.photo != there.photo else b""
        entry = Changed(line, person, there, after, new_keys, different, picture)
        (found.changed if different else found.unchanged).append(entry)
    return found


def contact_there(person: Person, photo: str = "") -> Contact:
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
        photo=photo,
    )


def _unsaid(told: Contact, passed: PassedOver) -> Contact:
    """Leave out what was passed over when two were merged: the file says nothing new by it."""
    known = [name for name, values in passed.items() if fold(getattr(told, name)) in values]
    silent: Any = dict.fromkeys(known, "")
    return replace(told, **silent)


def _told(rows: Sequence[Row], country: str) -> tuple[Contact, bytes, list[Problem]]:
    """What rows say together, the picture among them, and that it can't be read."""
    told = contact_of(rows, country)
    picture = next((row.photo for row in rows if row.photo), b"")
    if not picture:
        return told, b"", []
    try:
        photos.look(picture)
    except photos.Unreadable as refused:
        return told, b"", [Problem(rows[0].line, f"{told.name}: {refused}")]
    return replace(told, photo=photos.digest(picture)), picture, []


def _deleted(person: Person) -> str:
    return (
        f"{person.name} is among the people you deleted, and is left out. "
        "Restore them there first if you want them back."
    )


def _people(workspace: "Workspace", ids: Iterable[int], *, lock: bool) -> dict[int, Person]:
    """Read people with all that a file may say of them; one merged is whom they are now."""
    everyone = (
        Person.objects.filter(workspace=workspace)
        .select_related("company")
        .prefetch_related("points", "tags")
        .order_by("pk")
    )
    if lock:
        everyone = everyone.select_for_update(of=("self",))
    found: dict[int, Person] = {}
    answers = {pk: pk for pk in ids}
    while missing := set(answers.values()) - found.keys():
        found.update((person.pk, person) for person in everyone.filter(pk__in=missing))
        answers = {
            pk: found[now].merged_into_id or now for pk, now in answers.items() if now in found
        }
    return {pk: found[now] for pk, now in answers.items()}


def _photos(ids: Iterable[int]) -> dict[int, str]:
    return dict(Photo.objects.filter(person_id__in=list(ids)).values_list("person_id", "source"))


def _newcomer(one: Newcomer) -> dict[str, Any]:
    return {
        "line": one.line,
        "name": one.told.name,
        "what": ", ".join(part for part in (one.told.title, one.told.company) if part),
        "ways": [way.value for way in one.told.ways if way.kind in ("email", "phone")][:2],
    }


def _changed(one: Changed) -> dict[str, Any]:
    return {
        "line": one.line,
        "id": one.person.pk,
        "name": one.person.name,
        "fields": [[each.label, each.old, each.new] for each in one.changes],
    }
