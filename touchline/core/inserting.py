"""Rows by the thousand, without Django's care for each.

``bulk_create`` spends most of its time on asking every field of every row how to store it.
Where rows are plain values already, this takes a fifth of that.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store ``rows``, each the values of ``fields`` as the database takes them.

    Foreign keys are given by their fields' names, as keys; JSON as text. The other columns get
    their defaults. Nothing is checked but by the database.
    """
    values = list(rows)
    if values:
        into, marks, rest = _into(model, fields)
        with connection.cursor() as cursor:
            cursor.executemany(f"{into} VALUES {marks}", [[*row, *rest] for row in values])


def insert_keyed(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[int]:
    """Do the same, in the caller's transaction, and return the new keys in the order of the rows.

    At most a thousand rows at once: PostgreSQL takes them as one statement.
    """
    values = list(rows)
    if not values:
        return []
    into, marks, rest = _into(model, fields)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The transaction holds the only write lock, so the keys follow each other.
            cursor.executemany(f"{into} VALUES {marks}", [[*row, *rest] for row in values])
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
            )
            last = int(cursor.fetchone()[0])
            return list(range(last - len(values) + 1, last + 1))
        all_marks = ", ".join([marks] * len(values))
        flat = [value for row in values for value in (*row, *rest)]
        cursor.execute(f"{into} VALUES {all_marks} RETURNING id", flat)
        return [int(key) for (key,) in cursor.fetchall()]


def _into(model: type[Model], fields: Sequence[str]) -> tuple[str, str, list[Any]]:
    """Return the head of the statement, the marks of one row, and what fills its end."""
    meta, blank = model._meta, model()
    given: list[Any] = [meta.get_field(name) for name in fields]
    others = [
        field for field in meta.concrete_fields if field not in given and not field.primary_key
    ]
    rest = [field.get_db_prep_save(field.pre_save(blank, True), connection) for field in others]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in (*given, *others))
    marks = f"({', '.join(['%s'] * (len(given) + len(others)))})"
    return f"INSERT INTO {quote(meta.db_table)} ({columns})", marks, rest
