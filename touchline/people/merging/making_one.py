"""Makes one person of two: docs/domain/merging.md."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people import search
from touchline.people.doubles.asking import look_again
from touchline.people.merging import choosing
from touchline.people.merging.hanging import Relation, counts, relations
from touchline.people.models import Merge, Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member

Going = dict[str, set[Any]]

# A change that began before a merge has long ended by then.
LATEST = timedelta(minutes=10)


class Work:
    """One merge being made, or taken back: what a rule reads and writes."""

    def __init__(self, by: "Member", merge: Merge, choices: Mapping[str, Any]) -> None:
        self.by, self.merge, self.choices = by, merge, choices

    @property
    def kept_id(self) -> int:
        """The key of the person who answers for both."""
        return self.merge.kept_id

    @property
    def other_id(self) -> int:
        """The key of the person who is merged into that one."""
        return self.merge.other_id

    def settle(self, owner: type[Model], kept: Any, other: Any) -> None:
        """Make ``kept`` the home of everything that hangs on ``other``, a record of ``owner``.

        Where both are one record, it came over itself and what hangs on it came with it.
        """
        self.merge.homes.append([owner._meta.label, kept, other])
        for relation in relations(owner):
            if kept == other:
                self.merge.came[relation.key] = relation.keys(kept)
                self.merge.stood[relation.key] = []
            elif relation.key in _rules:
                _rules[relation.key].merge(self)
            else:
                _gather(self.merge, relation, kept, other)

    def write(self, row: Model, groups: Iterable[Mapping[str, Any]]) -> None:
        """Write over columns of a row; those of one group are put back together or not at all."""
        for group in groups:
            changed = {name: [getattr(row, name), value] for name, value in group.items()}
            if any(before != after for before, after in changed.values()):
                self.merge.changes.append([row._meta.label, row.pk, changed])
                for name, value in group.items():
                    setattr(row, name, value)
                type(row)._base_manager.filter(pk=row.pk).update(**group)


def _gather(merge: Merge, relation: Relation, kept: Any, other: Any) -> None:
    """Let all rows of ``relation`` that hang on ``other`` hang on ``kept``, and note which.

    Rows of which ``kept`` has the like stay where they are, out of sight.
    """
    stays = relation.rivals(kept, other) | relation.read(merge.stayed.get(relation.key, ()))
    goes = [key for key in relation.keys(other) if key not in stays]
    if relation.key not in merge.stood:
        merge.stood[relation.key] = relation.keys(kept)
    relation.hang(goes, kept)
    merge.came[relation.key] = [*merge.came.get(relation.key, ()), *goes]
    merge.stayed[relation.key] = sorted(stays)


class Rule(Protocol):
    """How rows that cannot both hang on one person are made one, and parted."""

    def merge(self, work: Work) -> None:
        """Move, join and note what hangs by this relation."""

    def part(self, work: Work, going: Going) -> None:
        """Put right what is left once all rows that came have gone back."""


_rules: dict[str, Rule] = {}
_afterwards: list[Callable[[Sequence[int]], None]] = []


def rule(key: str, given: Rule) -> None:
    """Let a part above say how its rows are merged; called once, from ``AppConfig.ready``."""
    _rules[key] = given


def rules() -> list[Rule]:
    """Return every rule there is."""
    return list(_rules.values())


def afterwards(function: Callable[[Sequence[int]], None]) -> None:
    """Let a part hear which people were merged or parted, in that transaction; from ``ready``."""
    if function not in _afterwards:
        _afterwards.append(function)


@transaction.atomic
def merge(by: "Member", kept: Person, other: Person, choices: Mapping[str, Any]) -> Merge:
    """Let ``kept`` answer for ``other`` too, from now on.

    ``choices`` says for each field of ``choosing.FIELDS`` from which of the two (by key) its
    value is taken; what is not said is chosen as ``choosing.sensible`` does. Rules read
    answers of their own from it. Raises Refused where one of them is not there any more.
    """
    kept, other = _both(by, kept.pk, other.pk)
    made: Merge = Merge(workspace_id=by.workspace_id, kept=kept, other=other, member=by)
    work = Work(by, made, choices)
    work.settle(Person, kept.pk, other.pk)
    work.write(kept, choosing.joined(kept, other, {**choosing.sensible(kept, other), **choices}))
    if not Person.objects.filter(pk=other.pk, merged_into=None).update(merged_into=kept):
        raise Refused(f"{other.name} has just been merged by somebody else. Look again.")
    made.save()
    came = {key: len(keys) for key, keys in made.came.items() if keys}
    record(by, "merge", kept, person_id=kept.pk, other=other.pk, came=came)
    follow(by.workspace_id, kept.pk, other.pk)
    return made


def follow(workspace_id: int, *people: int) -> None:
    """Let everyone who listens hear who was merged or parted, and find them anew."""
    for function in _afterwards:
        function(people)
    search.index(people)
    look_again(workspace_id, people)


def locked(keys: Iterable[int]) -> list[Person]:
    """Read and lock people in the order of their keys: two who do so at once both get on."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return list(rows.order_by("pk"))


def _both(by: "Member", kept_id: int, other_id: int) -> tuple[Person, Person]:
    if kept_id == other_id:
        raise Refused("That is one person already.")
    there = {
        one.pk: one
        for one in locked((kept_id, other_id))
        if one.workspace_id == by.workspace_id and not (one.deleted_at or one.merged_into_id)
    }
    if len(there) < 2:
        raise Refused("One of the two is deleted by now, or merged already. Look again.")
    return there[kept_id], there[other_id]


def in_order(
    one: Person, other: Person, hangs: Mapping[int, Mapping[str, int]] | None = None
) -> tuple[Person, Person]:
    """Return two people so that the first had best answer for both: the one with more history.

    A rule's rows (a programme) count before all others; of two alike the one known longer.
    ``hangs`` is what ``hanging.counts`` says of them, where it was asked already.
    """
    hangs = hangs or counts([one.pk, other.pk], [(each, each.column) for each in relations(Person)])

    def history(person: Person) -> tuple[int, int, int]:
        own = hangs[person.pk]
        ruled = sum(many for key, many in own.items() if key in _rules)
        return (ruled, sum(own.values()), -person.pk)

    return (one, other) if history(one) >= history(other) else (other, one)


def sweep(now: datetime) -> int:
    """Take over what a change that began before a merge stored at the other one after it.

    PostgreSQL lets such a change end later; it ends within seconds. Returns how many rows.
    """
    recent = Merge.objects.filter(at__gt=now - LATEST)
    return sum(map(_sweep, list(recent.values_list("pk", flat=True))))


@transaction.atomic
def _sweep(merge_id: int) -> int:
    found = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if found is None:
        return 0
    many = sum(map(len, found.came.values()))
    for label, kept, other in found.homes:
        for relation in relations(apps.get_model(label)):
            if kept != other and relation.key not in _rules:
                _gather(found, relation, kept, other)
    swept = sum(map(len, found.came.values())) - many
    if swept:
        found.save(update_fields=["came"])
        follow(found.workspace_id, found.kept_id, found.other_id)
    return swept
