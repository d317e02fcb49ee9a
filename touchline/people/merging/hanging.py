"""What hangs on a record, whichever part stores it, and how it comes to hang on another one.

Read from Django's own list of what points at a model, hidden relations and tags included, so
that a model to come is moved without being named anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Model, Q, QuerySet, UniqueConstraint, Value

BATCH = 500


@dataclass(frozen=True, slots=True)
class Relation:
    """One column by which the rows of ``model`` hang on a record of another."""

    model: type[Model]
    column: str

    @property
    def key(self) -> str:
        """What it is remembered by: *meetings.Fact.person*."""
        return f"{self.model._meta.label}.{self.column}"

    def rows(self, owner: Any) -> QuerySet[Any]:
        """Return the rows that hang on the record with key ``owner``."""
        return self.model._base_manager.filter(**{self.column: owner}).order_by()

    def keys(self, owner: Any) -> list[Any]:
        """Return the keys of those rows, in order."""
        return list(self.rows(owner).order_by("pk").values_list("pk", flat=True))

    def hang(self, keys: Sequence[Any], owner: Any) -> None:
        """Let rows hang on another record."""
        for some in (keys[at : at + BATCH] for at in range(0, len(keys), BATCH)):
            self.model._base_manager.filter(pk__in=some).update(**{self.column: owner})

    def read(self, stored: Iterable[Any]) -> set[Any]:
        """Return remembered keys as the database gives them."""
        to_python = self.model._meta.pk.to_python
        return {to_python(one) for one in stored}

    def rivals(self, owner: Any, other: Any) -> set[Any]:
        """Return the keys of rows of ``other`` whose like ``owner`` has already.

        Alike is what the database would not take twice, and what ``alike`` was told.
        """
        found: set[Any] = set()
        for columns, condition in self._once():
            names = [name for name in columns if name != self.column]
            # The key stands first, so that a column that is unique by itself leaves a row too.
            taken = {
                tuple(values[1:])
                for values in self.rows(owner).filter(condition).values_list("pk", *names)
            }
            found |= {
                values[0]
                for values in self.rows(other).filter(condition).values_list("pk", *names)
                if tuple(values[1:]) in taken
            }
        return found

    def _once(self) -> list[tuple[Sequence[str], Q]]:
        meta = self.model._meta
        sets: list[tuple[Sequence[str], Q]] = [(one, Q()) for one in meta.unique_together]
        sets += [
            (one.fields, one.condition or Q())
            for one in meta.constraints
            if isinstance(one, UniqueConstraint)
        ]
        if getattr(meta.get_field(self.column), "unique", False):
            sets.append(((self.column,), Q()))
        sets = [one for one in sets if self.column in one[0]]
        if self.key in _alike:
            sets.append((_alike[self.key], Q()))
        return sets


_left: dict[str, str] = {
    "people.Person.merged_into": "who was merged into one stays so, and is found through it",
    "people.Merge.kept": "what a merge remembers is of the two it was of",
    "people.Merge.other": "what a merge remembers is of the two it was of",
    "people.Double.one": "two who are likely one, or not the same, are these two",
    "people.Double.other": "two who are likely one, or not the same, are these two",
    "people.KeyRing.person": "found anew from what each of them says",
    "people.Touched.person": "what an import did is taken back from the record it did it to",
}
_alike: dict[str, Sequence[str]] = {"people.ContactPoint.person": ("kind", "normal")}


def leave(key: str, why: str) -> None:
    """Let a relation stay where it is when its person is merged into another, and say why."""
    _left[key] = why


def left() -> dict[str, str]:
    """Return the relations that stay, each with its reason."""
    return dict(_left)


def relations(owner: type[Model]) -> list[Relation]:
    """Return every relation by which rows hang on ``owner`` and move with it."""
    found = {
        relation.key: relation
        for field in owner._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
        for relation in [Relation(field.field.model, field.field.name)]  # type: ignore[union-attr]
    }
    return [found[key] for key in sorted(found) if key not in _left]


def counts(
    owners: Sequence[int], paths: Iterable[tuple[Relation, str]]
) -> dict[int, dict[str, int]]:
    """Count what hangs on records, by relation, in one query; a path leads from a row to them."""
    parts = [
        relation.model._base_manager.filter(**{f"{path}__in": owners})
        .order_by()
        .values_list(Value(relation.key, output_field=CharField()), path)
        .annotate(many=Count("pk"))
        for relation, path in paths
    ]
    found: dict[int, dict[str, int]] = {owner: {} for owner in owners}
    for key, owner, many in parts[0].union(*parts[1:], all=True):
        found[owner][key] = many
    return found
