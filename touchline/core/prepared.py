"""Queries written with the ORM, and turned into SQL once instead of at each request.

Most of what a small query costs is Django making its SQL: a millisecond where the database
needs a tenth of one. A page of ten queries feels that. See docs/decisions/0005.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django.db import connections, models
from django.db.models.expressions import Expression

KEY = models.BigIntegerField()
DAY = models.DateField()
MOMENT = models.DateTimeField()
TEXT = models.TextField()
# For a slot that bounds a stretch of time on a side where nothing does.
NEVER, ALWAYS = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC)


class Whole:
    """A slot for a record of which a query asks some attributes: the member, mostly."""

    def __init__(self, *attributes: str) -> None:
        self.attributes = attributes


MEMBER = Whole("pk", "workspace_id")


class Slot(Expression):
    """The place of a value that is known when the query runs."""

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.value_in = attrgetter(name)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Stand in the parameters itself, until ``Prepared`` puts the value there."""
        return "%s", [self]


class _Compiled:
    """A query as SQL for one connection."""

    def __init__(self, queryset: Any, connection: Any) -> None:
        self.connection = connection
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        # Django's own iterables make the rows; they only find the SQL ready.
        queryset.query.get_compiler = lambda *args, **kwargs: self.compiler

    def rows(self, values: SimpleNamespace) -> list[Any]:
        bound = tuple(
            each.output_field.get_db_prep_value(each.value_in(values), self.connection)
            if isinstance(each, Slot)
            else each
            for each in self.parameters
        )
        self.compiler.as_sql = lambda *args, **kwargs: (self.sql, bound)
        # No reader stays open: the list is whole before the next call can bind other values.
        return list(self.queryset._iterable_class(self.queryset))


class Prepared:
    """A query with named slots, compiled once for each thread's connection.

    ``build`` gets an object with a ``Slot`` for each name and returns a queryset: rows or
    columns (``values_list`` in any form), filters, order and a fixed cut; no prefetching. A
    slot takes one value, never a list, and never None (which is other SQL).

        recent = Prepared(
            lambda at: Call.objects.visible_to(at.member).filter(on__gte=at.since),
            member=MEMBER, since=DAY,
        )
        recent(member=member, since=today)

    Guarantee, tested for each one there is: the same rows in the same order as the queryset
    that ``plainly`` returns for the same values.
    """

    every: "list[Prepared]" = []  # A register, which the tests read.

    def __init__(self, build: Callable[[Any], Any], **slots: models.Field[Any, Any] | Whole):
        self._build, self._slots = build, slots
        self._local = threading.local()
        Prepared.every.append(self)

    def __call__(self, **values: Any) -> list[Any]:
        """Run the query; TypeError where a slot has no value, or one that is not there."""
        if values.keys() != self._slots.keys() or None in values.values():
            raise TypeError(f"This query takes a value each for {', '.join(self._slots)}.")
        connection = connections["default"]
        # By the connection itself, which each holds on to: Django has one of them a thread.
        compiled: dict[int, _Compiled] = vars(self._local).setdefault("compiled", {})
        found = compiled.get(id(connection))
        if found is None:
            found = _Compiled(self._build(SimpleNamespace(**self._places())), connection)
            compiled[id(connection)] = found
        return found.rows(SimpleNamespace(**values))

    def plainly(self, values: Mapping[str, Any]) -> Any:
        """Return the queryset as Django would run it, for the tests to compare with."""
        return self._build(SimpleNamespace(**values))

    @property
    def slots(self) -> Mapping[str, models.Field[Any, Any] | Whole]:
        """The names of the slots with what each takes."""
        return self._slots

    def _places(self) -> dict[str, Any]:
        return {
            name: SimpleNamespace(**{each: Slot(f"{name}.{each}", KEY) for each in slot.attributes})
            if isinstance(slot, Whole)
            else Slot(name, slot)
            for name, slot in self._slots.items()
        }
