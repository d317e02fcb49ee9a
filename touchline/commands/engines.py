"""Copies of a database, and what can be asked of one, by the engine's own means.

Plain SQL, without Django: a restore must not make anything in the folder it fills.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from touchline.core.refusal import Refused


def copy_sqlite(source: Path, target: Path) -> dict[str, int]:
    """Copy a database that may be in use to ``target``; return the rows per table of the copy.

    SQLite's backup interface copies one moment in a single step, while others go on writing.
    """
    with (
        closing(sqlite3.connect(source, timeout=60)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    target.chmod(0o600)
    return check_sqlite(target)


def check_sqlite(path: Path) -> dict[str, int]:
    """Check a database file whole; return its rows per table, or raise Refused."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
            if said != ["ok"]:
                raise Refused(f"The database is damaged: {said[0]}.")
            orphan = database.execute("PRAGMA foreign_key_check").fetchone()
            if orphan:
                raise Refused(f"The database is damaged: {orphan[0]} points at nothing.")
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            counts = {}
            for (table,) in tables:
                quoted = table.replace('"', '""')
                rows = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608
                counts[table] = int(rows[0])
            return counts
    except sqlite3.DatabaseError as error:
        raise Refused(f"The database can't be read: {error}.") from None


def dump_postgresql(url: str, target: Path) -> dict[str, int]:
    """Dump the database at ``url`` with pg_dump; return the rows per table of that moment.

    Dump and counts see one snapshot, so they agree however busy the database is.
    """
    with _connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None  # noqa: S101
        _run("pg_dump", ["-Fc", "--no-owner", f"--snapshot={row[0]}", f"--file={target}"], url)
        target.chmod(0o600)
        return _count_postgresql(connection)


def restore_postgresql(url: str, dump: Path, counts: dict[str, int]) -> None:
    """Restore a dump into the empty database at ``url``, whole or not at all."""
    with _connect(url) as connection:
        if _count_postgresql(connection):
            raise Refused("The database that DATABASE_URL names is not empty. Make a new one.")
    _run(
        "pg_restore",
        ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(dump)],
        url,
    )
    with _connect(url) as connection:
        if _count_postgresql(connection) != counts:
            raise Refused("The restored database does not hold what the backup lists.")


def _connect(url: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url)
    except psycopg.Error as error:
        first = str(error).strip().splitlines()[0]
        raise Refused(f"The database that DATABASE_URL names does not answer: {first}") from None


def _count_postgresql(connection: psycopg.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        counts[table] = int(row[0]) if row else 0
    return counts


# libpq's environment instead of arguments: those can be read by every user of the machine.
VARIABLES = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
}  # fmt: skip


def _run(program: str, arguments: list[str], url: str) -> None:
    """Run one of PostgreSQL's programs on the database at ``url``; Refused with its last words."""
    path = shutil.which(program)
    if not path:
        raise Refused(
            f"{program} is missing: install PostgreSQL's client programs and put them on the PATH."
        )
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    given = {VARIABLES[key]: value for key, value in parts.items() if key in VARIABLES}
    if program == "pg_restore":
        arguments = ["--dbname", parts.get("dbname", ""), *arguments]
    done = subprocess.run(  # noqa: S603
        [path, *arguments], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise Refused(f"{program} failed: {said[0]}")
