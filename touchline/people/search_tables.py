"""The search index in each database: FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL.

Words arrive folded and cut, of letters and digits alone, so that nothing a person types
reaches the query languages as syntax.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

# What a word and the gap after it take, roughly.
WORD = 8
# For each thing asked for its readings, and for each reading the word starts.
Readings = Sequence[Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person is found by."""

    person_id: int
    workspace_id: int
    name: list[str]
    rest: list[str]


class Table(Protocol):
    """What both databases can do."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Add entries of people who are not in it."""

    def add(self, person_id: int, words: Sequence[str], longest: int) -> bool:
        """Add words to those of one person; False where they are not in it, or have so many."""

    def take(self, person_ids: Sequence[int]) -> None:
        """Remove people."""

    def empty(self, workspace_id: int) -> None:
        """Remove a whole workspace."""

    def find(self, workspace_id: int, readings: Readings, most: int) -> list[int]:
        """Return up to ``most`` ids, those named so first, each part by name."""


# Each half stops at its limit: the sort that follows has at most twice that many rows.
_FIND = """
WITH named AS ({named} LIMIT %s), anywhere AS ({anywhere} LIMIT %s)
SELECT person.id FROM people_person person
WHERE person.id IN (SELECT id FROM named UNION SELECT id FROM anywhere)
  AND person.workspace_id = %s
  AND person.deleted_at IS NULL AND person.merged_into_id IS NULL
ORDER BY CASE WHEN person.id IN (SELECT id FROM named) THEN 0 ELSE 1 END,
  person.sort_key, person.id
LIMIT %s
"""


def _ids(sql: str, parameters: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


class Sqlite:
    """One FTS5 table; its rowid is the person, its first column the workspace.

    The workspace is a word of its own inside the query, so that the words of others are
    never walked over.
    """

    def put(self, entries: Sequence[Entry]) -> None:
        rows = [
            (one.person_id, f"w{one.workspace_id}", " ".join(one.name), " ".join(one.rest))
            for one in entries
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO people_search (rowid, scope, name, rest) VALUES (%s, %s, %s, %s)", rows
            )

    def add(self, person_id: int, words: Sequence[str], longest: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rest FROM people_search WHERE rowid = %s", [person_id])
            row = cursor.fetchone()
            if row is None:
                return False
            # FTS5 writes a changed row anew, all its words: what is there already stays out.
            there = set(row[0].split(" "))
            new = [word for word in words if word not in there]
            if new and len(row[0]) >= longest:
                return False
            if new:
                cursor.execute(
                    "UPDATE people_search SET rest = %s WHERE rowid = %s",
                    [" ".join((row[0], *new)), person_id],
                )
            return True

    def take(self, person_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM people_search WHERE rowid IN ({_marks(len(person_ids))})",  # noqa: S608
                list(person_ids),
            )

    def empty(self, workspace_id: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM people_search WHERE rowid IN"
                " (SELECT rowid FROM people_search WHERE people_search MATCH %s)",
                [f'scope : "w{workspace_id}"'],
            )

    def find(self, workspace_id: int, readings: Readings, most: int) -> list[int]:
        asked = " AND ".join(f"({self._clause(clause)})" for clause in readings)
        half = "SELECT rowid AS id FROM people_search WHERE people_search MATCH %s"
        scope = f'scope : "w{workspace_id}"'
        return _ids(
            _FIND.format(named=half, anywhere=half),
            [
                f"{scope} AND {{name}} : ({asked})",
                most,
                f"{scope} AND {{name rest}} : ({asked})",
                most,
                workspace_id,
                most,
            ],
        )

    @staticmethod
    def _clause(clause: Sequence[Sequence[str]]) -> str:
        return " OR ".join(
            "(" + " AND ".join(f'"{word}" *' for word in reading) + ")" for reading in clause
        )


class Postgres:
    """One row a person, with two vectors of words; no dictionary, no stemming."""

    def put(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO people_search (person_id, workspace_id, name, rest) VALUES"
                " (%s, %s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))"
                " ON CONFLICT (person_id) DO UPDATE SET workspace_id = excluded.workspace_id,"
                " name = excluded.name, rest = excluded.rest",
                [(one.person_id, one.workspace_id, one.name, one.rest) for one in entries],
            )

    def add(self, person_id: int, words: Sequence[str], longest: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE people_search SET rest = rest || array_to_tsvector(%s::text[])"
                " WHERE person_id = %s AND length(rest) < %s",
                [list(words), person_id, longest // WORD],
            )
            return bool(cursor.rowcount)

    def take(self, person_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM people_search WHERE person_id = ANY(%s)", [list(person_ids)]
            )

    def empty(self, workspace_id: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_search WHERE workspace_id = %s", [workspace_id])

    def find(self, workspace_id: int, readings: Readings, most: int) -> list[int]:
        asked = [self._clause(clause) for clause in readings]
        half = "SELECT person_id AS id FROM people_search WHERE workspace_id = %s"
        anywhere = " AND ".join(["(name || rest) @@ %s::tsquery"] * len(asked))
        return _ids(
            _FIND.format(
                named=f"{half} AND name @@ %s::tsquery", anywhere=f"{half} AND {anywhere}"
            ),
            [
                workspace_id,
                " & ".join(asked),
                most,
                workspace_id,
                *asked,
                most,
                workspace_id,
                most,
            ],
        )

    @staticmethod
    def _clause(clause: Sequence[Sequence[str]]) -> str:
        return (
            "("
            + " | ".join(
                "(" + " & ".join(f"'{word}':*" for word in reading) + ")" for reading in clause
            )
            + ")"
        )


def table() -> Table:
    """Return the index of the database in use."""
    return Sqlite() if connection.vendor == "sqlite" else Postgres()
