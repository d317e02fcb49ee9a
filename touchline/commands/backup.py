"""Write everything (database, files, key) into one archive, while Touchline is in use."""

import argparse
import os
import tempfile
import zipfile
from pathlib import Path

from touchline.core.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the archive to write (.zip)")


def run(options: argparse.Namespace) -> int:
    from django.conf import settings

    target: Path = options.file.expanduser().absolute()
    if target.is_dir():
        raise Refused(f"{target} is a folder. Name a file in it.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.")
    if target.is_relative_to(Path(settings.MEDIA_ROOT)):
        raise Refused("Keep the backup out of the files it is a backup of.")
    counts = write(target)
    rows = sum(counts.values())
    size = target.stat().st_size / 1e6
    print(f"{target}: {rows:,} rows in {len(counts)} tables, {size:.1f} MB, read back and right.")
    return 0


def write(target: Path) -> dict[str, int]:
    """Write the archive ``target``, replacing one of that name; return the rows per table.

    It is made in a private folder beside it, read back, and only then takes its name: a
    backup cut short, even by kill -9, leaves the older one as it was.
    """
    from django.conf import settings
    from django.utils import timezone

    from touchline.commands import archive, engines

    engine = "sqlite" if settings.DATABASES["default"] is settings.SQLITE else "postgresql"
    with tempfile.TemporaryDirectory(prefix=".touchline-backup-", dir=target.parent) as name:
        folder = Path(name)
        copy, part = folder / archive.DATABASES[engine], folder / "archive"
        if engine == "sqlite":
            source = Path(settings.SQLITE["NAME"])
            if not source.exists():
                raise Refused(f"There is nothing to back up in {settings.DATA} yet.")
            counts = engines.copy_sqlite(source, copy)
        else:
            counts = engines.dump_postgresql(os.environ["DATABASE_URL"], copy)
        sums = {}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            sums[copy.name] = archive.add(packed, copy, copy.name)
            copy.unlink()
            # After the database: what it refers to is there by now.
            for source, member in _files():
                sums[member] = archive.add(packed, source, member)
            made_at = timezone.now().isoformat(timespec="seconds")
            manifest = archive.Manifest(engine, counts, sums, made_at)
            packed.writestr(archive.MANIFEST, manifest.text())
        with zipfile.ZipFile(part) as written:
            archive.check_members(written, manifest, target.name)
            archive.check_sums(written, manifest, target.name)
        part.chmod(0o600)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    return counts


def _files() -> list[tuple[Path, str]]:
    """Return what is kept beside the database, each with its name in the archive."""
    from django.conf import settings

    from touchline.commands import archive

    root = Path(settings.MEDIA_ROOT)
    found = [
        (path, archive.FILES + path.relative_to(root).as_posix())
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    key = settings.DATA / archive.KEY
    return [*found, (key, archive.KEY)] if key.exists() else found
