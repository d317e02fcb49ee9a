"""The archive that `backup` writes and `restore` reads: a zip with a manifest.

Members: ``manifest.json``, the database (``database.sqlite3`` or ``database.dump``),
``secret.key`` and ``files/…``. The manifest names the Touchline version, the engine, rows per
table, and the SHA-256 of every other member.
"""

import hashlib
import json
import stat
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from touchline import __version__
from touchline.core.refusal import Refused

MANIFEST = "manifest.json"
KEY = "secret.key"
FILES = "files/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FORMAT = 1
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What an archive says it holds; ``counts`` are rows per table, ``sha256`` in hexadecimal."""

    engine: str
    counts: dict[str, int]
    sha256: dict[str, str]
    made_at: str
    version: str = __version__
    format: int = FORMAT

    def text(self) -> str:
        """Return the manifest as it is stored."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read_manifest(archive: zipfile.ZipFile, name: str) -> Manifest:
    """Read and check the manifest of the archive called ``name``; Refused with what is wrong."""
    try:
        data = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**data)
        counts = {str(table): int(rows) for table, rows in manifest.counts.items()}
        sums = {str(member): str(digest) for member, digest in manifest.sha256.items()}
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
        raise Refused(f"{name} is not a Touchline backup: its manifest can't be read.") from None
    if manifest.format != FORMAT or _number(manifest.version) > _number(__version__):
        raise Refused(
            f"{name} was made by Touchline {manifest.version}; this is {__version__}."
            " Upgrade Touchline first, then restore."
        )
    if manifest.engine not in DATABASES:
        raise Refused(f"{name} holds a database of a kind not known here: {manifest.engine}.")
    return Manifest(**{**data, "counts": counts, "sha256": sums})


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in str(version).split(".") if part.isdecimal())


def check_members(archive: zipfile.ZipFile, manifest: Manifest, name: str) -> None:
    """Refuse an archive with members missing, unlisted, twice, or reaching out of its folder."""
    members = [info.filename for info in archive.infolist() if info.filename != MANIFEST]
    if len(set(members)) != len(members) or set(members) != set(manifest.sha256):
        raise Refused(f"{name} is damaged: its members are not those its manifest lists.")
    if DATABASES[manifest.engine] not in members:
        raise Refused(f"{name} is damaged: it holds no database.")
    for info in archive.infolist():
        path = PurePosixPath(info.filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        known = info.filename in (MANIFEST, KEY, DATABASES[manifest.engine])
        inside = info.filename.startswith(FILES) and ".." not in path.parts
        odd = "\\" in info.filename or "\0" in info.filename or str(path) != info.filename
        if odd or not (known or inside) or kind not in (0, stat.S_IFREG):
            raise Refused(f"{name} holds a member that has no place in a backup: {path}.")


def add(archive: zipfile.ZipFile, source: Path, member: str) -> str:
    """Store ``source`` as ``member``; return the SHA-256 of what was stored."""
    digest = hashlib.sha256()
    info = zipfile.ZipInfo.from_file(source, member, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED
    with source.open("rb") as plain, archive.open(info, "w", force_zip64=True) as packed:
        while chunk := plain.read(CHUNK):
            digest.update(chunk)
            packed.write(chunk)
    return digest.hexdigest()


def sum_of(archive: zipfile.ZipFile, member: str, into: IO[bytes] | None = None) -> str:
    """Return the SHA-256 of a member, copying it to ``into`` on the way where that is given."""
    digest = hashlib.sha256()
    with archive.open(member) as packed:
        while chunk := packed.read(CHUNK):
            digest.update(chunk)
            if into is not None:
                into.write(chunk)
    return digest.hexdigest()


def check_sums(archive: zipfile.ZipFile, manifest: Manifest, name: str) -> None:
    """Read every member and compare it with its sum in the manifest; Refused at the first odd."""
    for member, digest in manifest.sha256.items():
        try:
            same = sum_of(archive, member) == digest
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error):
            same = False
        if not same:
            raise Refused(f"{name} is damaged: {member} is not what was stored.")
