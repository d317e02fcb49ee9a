"""Tables made at once are those that the migrations make."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler

from touchline.core import tables
from touchline.core.tables import make_tables

SQLITE = "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRESQL = """
SELECT 'column', relname, attname, format_type(atttypid, atttypmod)
  || ' ' || attnotnull || attidentity::text || coalesce(pg_get_expr(adbin, adrelid), '')
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
    AND relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef
  FROM pg_indexes WHERE schemaname = current_schema()
"""


@pytest.fixture
def empty(db: None, tmp_path: Path) -> Iterator[Any]:
    """A connection to an empty database: a file, or a schema of the test's own."""
    settings = {**connection.settings_dict}
    if connection.vendor == "sqlite":
        settings["NAME"] = tmp_path / "empty.sqlite3"
    else:
        settings["OPTIONS"] = {**settings["OPTIONS"], "options": "-c search_path=empty"}
    made = ConnectionHandler({"default": settings, "empty": settings})["empty"]
    connections["empty"] = made
    if connection.vendor == "postgresql":
        with made.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS empty CASCADE")
            cursor.execute("CREATE SCHEMA empty")
    yield made
    if connection.vendor == "postgresql":
        with made.cursor() as cursor:
            cursor.execute("DROP SCHEMA empty CASCADE")
    made.close()
    del connections["empty"]


def shape(one: Any) -> set[tuple[Any, ...]]:
    """Return all that a database says of its tables, columns in no order."""
    with one.cursor() as cursor:
        cursor.execute(SQLITE if one.vendor == "sqlite" else POSTGRESQL)
        found = cursor.fetchall()
    return {(*names, *_parts(said)) for *names, said in found}


def _parts(said: str) -> list[str]:
    """Return what a table's statement says, clause by clause; another statement whole."""
    said = said.replace("empty.", "").replace("public.", "")
    if not said.startswith("CREATE TABLE"):
        return [said]
    clauses, depth = [""], 0
    for mark in said[said.index("(") + 1 : said.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if mark == "," and not depth:
            clauses.append("")
        else:
            clauses[-1] += mark
    return sorted(clause.strip() for clause in clauses)


def test_they_are_those_of_the_migrations(empty: Any) -> None:
    assert make_tables(empty)
    made, migrated = shape(empty), shape(connection)
    assert {"people_person", "people_search"} <= {found[1] for found in made}
    # Django's own pairs of groups and permissions, which nobody has, take another size of key.
    assert {found for found in made ^ migrated if found[1] != "auth_group_permissions"} == set()
    assert MigrationExecutor(empty).migration_plan(MigrationLoader(empty).graph.leaf_nodes()) == []


def test_only_an_empty_database_gets_them(empty: Any) -> None:
    with empty.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody_elses (id integer)")
    assert not make_tables(empty)
    assert empty.introspection.table_names() == ["somebody_elses"]


def test_all_of_them_or_none(empty: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(tables, "_besides", lambda migration: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make_tables(empty)
    assert empty.introspection.table_names() == []
    assert make_tables(empty)
