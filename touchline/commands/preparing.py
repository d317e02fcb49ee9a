"""What an installation needs before it serves: its tables, its static files, its permissions."""

import hashlib
import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from touchline import __version__
from touchline.core.processes import die_with_parent
from touchline.core.refusal import Refused

STAMP = "collected"
# Most of what django-htmx brings; pages ask for the small htmx 2 alone.
UNUSED = ("django_htmx/ext/*", "django_htmx/*-4*", "django_htmx/htmx-2.js")


def migrations_missing() -> bool:
    """Say whether migrations are missing; Refused where a newer Touchline has been here."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    folders = {app.label: f"{app.path}/migrations" for app in apps.get_app_configs()}
    names = {
        (label, name)
        for label, folder in folders.items()
        for _, name, _ in pkgutil.iter_modules([folder])
    }
    applied = MigrationRecorder(connection).applied_migrations()
    # Nearly every start: by their names alone, for loading them takes ten times as long.
    if names == {key for key in applied if key[0] in folders}:
        return False
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    unknown = [key for key in executor.loader.applied_migrations if key not in known]
    ours = {app for app, _ in known}
    if any(app in ours for app, _ in unknown):
        raise Refused(
            "This data was last used by a newer Touchline. Install that version again, or"
            " restore a backup made by this one."
        )
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Make the tables of an empty database, or apply the migrations that are missing."""
    from django.core.management import call_command
    from django.db import connection

    from touchline.core.tables import make_tables

    if migrations_missing() and not make_tables(connection):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def preparing() -> Iterator[None]:
    """Bring tables and static files up to date, beside what the caller does meanwhile.

    In a process of its own, which gives its memory back as it ends. Does nothing where there is
    nothing to do.
    """
    from django.db import connections

    if not migrations_missing() and static_collected():
        yield
        return
    connections.close_all()
    parent = os.getpid()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            # The next start must not find it still at work.
            die_with_parent(parent)
            migrate()
            connections.close_all()
            collect_static()
            status = 0
        except BaseException:  # noqa: S110 the parent tries again, and says what is wrong
            pass
        finally:
            os._exit(status)
    try:
        yield
    finally:
        failed = os.waitpid(pid, 0)[1]
    if failed:
        migrate()
        collect_static()


def static_collected() -> bool:
    """Say whether static files are collected, and of these sources."""
    from django.conf import settings

    stamp = Path(settings.STATIC_ROOT) / STAMP
    return settings.DEBUG or (stamp.exists() and stamp.read_text() == _sources())


def collect_static() -> None:
    """Collect static files under hashed names, unless those collected are of these sources."""
    from django.conf import settings
    from django.core.management import call_command

    if static_collected():
        return
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stamp = root / STAMP
    stamp.unlink(missing_ok=True)
    call_command(
        "collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=[*UNUSED]
    )
    # Written last: a start cut short collects again.
    stamp.write_text(_sources())


def _sources() -> str:
    """Return a fingerprint of the version and of every static file's name, size and age."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        found: list[tuple[str, Any]] = sorted(finder.list([]), key=lambda pair: pair[0])
        for path, storage in found:
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def keep_private() -> None:
    """Let only this user into the data folder and its key; files made later are private too."""
    from django.conf import settings

    os.umask(0o077)
    settings.DATA.chmod(0o700)
    for name in ("secret.key", "touchline.sqlite3"):
        path = settings.DATA / name
        if path.exists():
            path.chmod(0o600)


def address(port: int) -> str:
    """Return where this installation is reached: its public host, else localhost.

    Browsers give *localhost* the rights of https, which passkeys need; a bare number has none.
    """
    from django.conf import settings

    hosts = [host for host in settings.ALLOWED_HOSTS if host not in _LOCAL and "*" not in host]
    if os.environ.get("TOUCHLINE_HOSTS") and hosts and settings.BEHIND_PROXY:
        return f"https://{hosts[0].lstrip('.')}"
    host = hosts[0].lstrip(".") if os.environ.get("TOUCHLINE_HOSTS") and hosts else "localhost"
    return f"{'https' if settings.TLS else 'http'}://{host}:{port}"


def here() -> str:
    """Return where the running installation is reached, for links in mail."""
    from django.conf import settings

    return getattr(settings, "SERVED_AT", "") or address(8000)


_LOCAL = {"localhost", "127.0.0.1", "[::1]"}
