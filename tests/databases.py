"""A real PostgreSQL for the tests: the one TEST_DATABASE_URL names, else one from a wheel."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Nobody's data: it need not outlive the machine's power, and waits for no disk.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Give the address of a server to make databases on, or None where there is none.

    A server from the wheel lives in a temporary folder and is stopped at the end.
    """
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    try:
        with warnings.catch_warnings():
            # platformdirs tells that this user has no runtime folder and takes another.
            warnings.simplefilter("ignore")
            import pgserver
    except ImportError:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="touchline-pg-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for each in CARELESS:
                    connection.execute(f"ALTER SYSTEM SET {each} = off")
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


def programs() -> str | None:
    """Return the folder of PostgreSQL's programs that come with the wheel, if it is here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pgserver._commands import POSTGRES_BIN_PATH
    except ImportError:
        return None
    return str(Path(POSTGRES_BIN_PATH))
