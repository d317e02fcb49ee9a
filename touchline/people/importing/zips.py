"""A zip of contact files: which of its members are read, and no more of them than is sane.

Nothing is ever written out, so a member's name, whatever path it holds, only names it.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from touchline.people.importing.rows import Problem, Unreadable
from touchline.people.importing.text import MAX_BYTES, shown

MAX_MEMBERS = 10_000
MAX_RATIO = 100
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CENTRAL = b"PK\x01\x02"
_LINKEDIN = "connections.csv"
_READ = (".vcf", ".vcard", ".csv", ".tsv", ".txt")
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")
_CHUNK = 1 << 16
_STARTED = 1 << 20  # Smaller than this, the ratio says little.
_ENCRYPTED = 0x1
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError, OverflowError, IndexError, KeyError),
)


def is_one(data: bytes) -> bool:
    """Whether the bytes are an archive, or the beginning of one."""
    return data.startswith(_MAGIC)


def members(data: bytes, called: str) -> Iterator[tuple[str, bytes] | Problem]:
    """The contact files in an archive, with the last part of their names; LinkedIn's connections
    alone where they are in it.

    Raises `Unreadable` for an archive that holds none, that can't be opened, or that unpacks to
    more than can be read.
    """
    try:
        yield from _opened(data, called)
    except _FAULTS as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(
            f"{called} is a damaged ZIP archive. Export or download it once more and try again."
        ) from None


def _opened(data: bytes, called: str) -> Iterator[tuple[str, bytes] | Problem]:
    # Counted first: the list of an archive's members alone could fill the memory.
    if data.count(_CENTRAL) > MAX_MEMBERS:
        raise Unreadable(
            f"{called} holds more than {MAX_MEMBERS:,} files, which is more than can be read. "
            "Unpack it and choose the contact file itself."
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        chosen, problems = _chosen(archive.infolist(), called)
        yield from problems
        left = MAX_BYTES
        for name, member in chosen:
            if member.flag_bits & _ENCRYPTED:
                raise Unreadable(
                    f"“{shown(name)}” in {called} is locked with a password. "
                    "Unpack it and choose the contact file itself."
                )
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unreadable(
                    f"“{shown(name)}” in {called} is packed in a way that can't be read here. "
                    "Unpack it and choose the contact file itself."
                )
            with archive.open(member) as packed:
                content = _unpacked(packed, member.compress_size, left, called)
            left -= len(content)
            yield name, content


def _chosen(
    infos: list[zipfile.ZipInfo], called: str
) -> tuple[list[tuple[str, zipfile.ZipInfo]], list[Problem]]:
    named = [(_last(info.filename), info) for info in infos if not _is_aside(info)]
    if any(info.filename in ("[Content_Types].xml", "xl/workbook.xml") for info in infos):
        raise Unreadable(f"{called} is an Excel or Word file. Save it as CSV and try again.")
    linkedin = [(name, info) for name, info in named if name.lower() == _LINKEDIN]
    if linkedin:
        return linkedin, []
    chosen = [(name, info) for name, info in named if name.lower().endswith(_READ)]
    within = [name for name, _ in named if name.lower().endswith(_ARCHIVES)]
    if not chosen and within:
        raise Unreadable(
            f"{called} holds another archive, “{shown(within[0])}”. "
            "Unpack it and choose the contact file itself."
        )
    if not chosen:
        raise Unreadable(f"{called} is a ZIP archive with no contact file (.vcf or .csv) in it.")
    sentence = "“{}” is an archive within the archive and was not opened. Choose it by itself."
    return chosen, [Problem(1, sentence.format(shown(name))) for name in within]


def _last(name: str) -> str:
    return re.split(r"[/\\]", name)[-1] or "a file"


def _is_aside(info: zipfile.ZipInfo) -> bool:
    """Folders, and what the Mac packs beside a file."""
    return (
        info.is_dir()
        or info.filename.startswith("__MACOSX/")
        or _last(info.filename).startswith("._")
    )


def _unpacked(packed: IO[bytes], size: int, left: int, called: str) -> bytes:
    """What a member holds. What its header claims is not believed: it is counted on the way."""
    chunks: list[bytes] = []
    total = 0
    while chunk := packed.read(_CHUNK):
        total += len(chunk)
        chunks.append(chunk)
        if total > left or total > max(_STARTED, MAX_RATIO * size):
            raise Unreadable(
                f"{called} unpacks to far more than it seems to hold; "
                f"{MAX_BYTES // 1024 // 1024} MB is the most that can be read. "
                "Unpack it and choose the contact file itself."
            )
    return b"".join(chunks)
