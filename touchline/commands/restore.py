"""Bring a backup back, onto an empty data folder."""

import argparse
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from touchline.commands import archive
from touchline.core.refusal import Refused
from touchline.environment import data_folder

# Django's settings would make a new key in the folder that has to be empty.
WITHOUT_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the archive that backup wrote")


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise Refused(f"There is no file {options.file}.")
    folder = data_folder()
    if any(folder.iterdir()):
        raise Refused(
            f"{folder} is not empty. Move what is in it away, or name another folder in"
            " TOUCHLINE_DATA."
        )
    counts = read(options.file, folder)
    print(f"{folder}: {sum(counts.values()):,} rows in {len(counts)} tables are back, and checked.")
    return 0


def read(file: Path, folder: Path) -> dict[str, int]:
    """Restore ``file`` into the empty ``folder``; return the rows per table.

    Everything is unpacked and checked first, and takes its place in one step at the end.
    """
    # PostgreSQL's driver comes with it: a tenth of what every other verb starts with.
    from touchline.commands import engines

    url = os.environ.get("DATABASE_URL", "")
    try:
        packed = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, ValueError):
        raise Refused(f"{file.name} is not a Touchline backup, or is cut short.") from None
    with packed:
        manifest = archive.read_manifest(packed, file.name)
        if manifest.engine == "postgresql" and not url:
            raise Refused("This backup is of PostgreSQL: name an empty database in DATABASE_URL.")
        if manifest.engine == "sqlite" and url:
            raise Refused("This backup is of SQLite: unset DATABASE_URL to restore it.")
        archive.check_members(packed, manifest, file.name)
        archive.check_sums(packed, manifest, file.name)
        # A mounted folder (a volume) can't be renamed over; then its own inside serves.
        mounted = folder.is_mount()
        staging = Path(
            tempfile.mkdtemp(prefix=".touchline-restore-", dir=folder if mounted else folder.parent)
        )
        try:
            _unpack(packed, manifest, staging)
            database = staging / archive.DATABASES[manifest.engine]
            if manifest.engine == "sqlite":
                if engines.check_sqlite(database) != manifest.counts:
                    raise Refused(f"{file.name} is damaged: its tables hold other counts.")
                database.rename(staging / "touchline.sqlite3")
            else:
                engines.restore_postgresql(url, database, manifest.counts)
                database.unlink()
            _place(staging, folder, mounted)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return manifest.counts


def _unpack(packed: zipfile.ZipFile, manifest: archive.Manifest, staging: Path) -> None:
    for member, digest in manifest.sha256.items():
        path = staging / member
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            if archive.sum_of(packed, member, file) != digest:
                raise Refused(f"{member} could not be unpacked as it was stored.")
            os.fsync(file.fileno())


def _place(staging: Path, folder: Path, mounted: bool) -> None:
    """Put what was unpacked where it belongs, the database last."""
    if not mounted:
        # POSIX: replaces the empty folder in one step, and fails if it is empty no more.
        staging.rename(folder)
        return
    for path in sorted(staging.iterdir(), key=lambda path: path.suffix == ".sqlite3"):
        path.rename(folder / path.name)
