"""What an installation needs before it serves: its tables, its static files, its permissions."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from touchline import __version__
from touchline.core.refusal import Refused

STAMP = "collected"


def migrations_missing() -> bool:
    """Say whether migrations are missing; Refused where a newer Touchline has been here."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

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
    """Apply the migrations that are missing."""
    from django.core.management import call_command

    if migrations_missing():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def migrating() -> Iterator[None]:
    """Migrate in a process of its own while the caller does something else.

    The first start spends two seconds and much memory here; a process that ends gives the
    memory back, and the static files are collected meanwhile.
    """
    from django.db import connections

    if not migrations_missing():
        yield
        return
    connections.close_all()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            migrate()
            connections.close_all()
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


def collect_static() -> None:
    """Collect static files under hashed names, unless those collected are of these sources."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG:
        return
    root = Path(settings.STATIC_ROOT)
    stamp = root / STAMP
    sources = _sources()
    if stamp.exists() and stamp.read_text() == sources:
        return
    root.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    # Written last: a start cut short collects again.
    stamp.write_text(sources)


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
