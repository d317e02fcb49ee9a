"""Queries written with the ORM, and turned into SQL once instead of at each request.

Most of what a small query costs is Django making its SQL: a millisecond where the database
needs a tenth of one. A page of ten queries feels that. See docs/decisions/0005.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django.db import connections, models
from django.db.models.expressions import Expression, F
from django.db.models.lookups import In

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


class Several:
    """A slot for keys, as many as there are: ``one_of`` says where they stand.

    Compiled once for each power of two of them; the last stands as often as is left.
    """

    @staticmethod
    def padded(keys: Sequence[int]) -> list[int]:
        """Return the keys, none of them as one that nothing has, up to a power of two."""
        given = list(keys) or [-1]
        size = 1 << (len(given) - 1).bit_length()
        return given + given[-1:] * (size - len(given))


KEYS = Several()


def one_of(column: str, keys: Iterable[Any]) -> In:
    """Return the condition that a column (``relationship_id``) is one of the keys."""
    return In(F(column), list(keys))


class Slot(Expression):
    """The place of a value that is known when the query runs."""

    def __init__(self, name: str | tuple[str, int], field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def value_in(self, values: SimpleNamespace) -> Any:
        """Return its value: an attribute by a dotted name, or one of several by its place."""
        if isinstance(self.name, tuple):
            return getattr(values, self.name[0])[self.name[1]]
        return attrgetter(self.name)(values)

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
        columns = [each[0] for each in self.compiler.select[: self.compiler.col_count]]
        converters = self.compiler.get_converters(columns)
        self.compiler.get_converters = lambda *args: converters
        self.compiler.apply_converters = self._converted
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

    def _converted(self, rows: Iterable[Any], converters: dict[int, Any]) -> Iterator[list[Any]]:
        """Make values of columns what their fields hold, as Django does; None stays None."""
        steps = [
            (place, convert, column)
            for place, (chain, column) in converters.items()
            for convert in chain
        ]
        for row in map(list, rows):
            for place, convert, column in steps:
                value = row[place]
                if value is not None:
                    row[place] = convert(value, column, self.connection)
            yield row


Kind = models.Field[Any, Any] | Whole | Several


class Prepared:
    """A query with named slots, compiled once for each thread's connection.

    ``build`` gets an object with a ``Slot`` for each name and returns a queryset: rows or
    columns (``values_list`` in any form), filters, order and a fixed cut; no prefetching. A
    slot takes one value, never None (which is other SQL), and of keys alone several (``KEYS``).

        recent = Prepared(
            lambda at: Call.objects.visible_to(at.member).filter(on__gte=at.since),
            member=MEMBER, since=DAY,
        )
        recent(member=member, since=today)

    Guarantee, tested for each one there is: the same rows in the same order as the queryset
    that ``plainly`` returns for the same values.
    """

    every: "list[Prepared]" = []  # A register, which the tests read.

    def __init__(self, build: Callable[[Any], Any], **slots: Kind):
        self._build, self._slots = build, slots
        self._several = [name for name, slot in slots.items() if isinstance(slot, Several)]
        self._local = threading.local()
        Prepared.every.append(self)

    def __call__(self, **values: Any) -> list[Any]:
        """Run the query; TypeError where a slot has no value, or one that is not there."""
        if values.keys() != self._slots.keys() or None in values.values():
            raise TypeError(f"This query takes a value each for {', '.join(self._slots)}.")
        connection = connections["default"]
        for name in self._several:
            values[name] = Several.padded(values[name])
        sizes = {name: len(values[name]) for name in self._several}
        # By the connection itself, which each holds on to: Django has one of them a thread.
        compiled: dict[tuple[int, ...], _Compiled]
        compiled = vars(self._local).setdefault("compiled", {})
        which = (id(connection), *sizes.values())
        found = compiled.get(which)
        if found is None:
            found = _Compiled(self._build(SimpleNamespace(**self._places(sizes))), connection)
            compiled[which] = found
        return found.rows(SimpleNamespace(**values))

    def plainly(self, values: Mapping[str, Any]) -> Any:
        """Return the queryset as Django would run it, for the tests to compare with."""
        return self._build(SimpleNamespace(**values))

    @property
    def slots(self) -> Mapping[str, Kind]:
        """The names of the slots with what each takes."""
        return self._slots

    def _places(self, sizes: Mapping[str, int]) -> dict[str, Any]:
        return {name: _place(name, slot, sizes) for name, slot in self._slots.items()}


def _place(name: str, slot: Kind, sizes: Mapping[str, int]) -> Any:
    if isinstance(slot, Several):
        return [Slot((name, at), KEY) for at in range(sizes[name])]
    if isinstance(slot, Whole):
        return SimpleNamespace(**{each: Slot(f"{name}.{each}", KEY) for each in slot.attributes})
    return Slot(name, slot)
