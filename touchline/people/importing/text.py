"""Bytes to text, and text made fit to keep."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from touchline.people.importing.rows import Problem, Unreadable

MAX_BYTES = 25 * 1024 * 1024
MAX_LINES = 1_000_000
MAX_CELL = 100_000  # characters
_MAX_LINE = 16 * 1024 * 1024  # bytes; every reader refuses or cuts a line well before

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARIES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Outlook file. Export it as CSV and try"),
    (b"%PDF", "a PDF. Export the contacts as vCard or CSV and try"),
)
# Ends at the end as well, so that a line without a break is not gone through twice.
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# Python knows codecs that are no character sets (rot13, unicode_escape); a file may not pick those.
_CHARSETS = re.compile(
    r"ascii|utf-(8|16|32)|iso|cp\d|koi8|mac|big5|gb|shift|euc|johab|hz|tis|kz|pt"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\xad]")


def too_large(called: str, size: int) -> str:
    """Why a file of `size` bytes is refused; `called` names it in the sentence."""
    return (
        f"{called} is {size / 1024 / 1024:.0f} MB; {MAX_BYTES // 1024 // 1024} MB is the most that "
        "can be read at once. Export fewer contacts at a time, leave out their pictures, or unpack "
        "an archive and choose the contact file itself."
    )


def utf8(data: bytes, called: str) -> tuple[bytes, list[Problem]]:
    """The file's text as UTF-8 without marks and empty bytes; `called` names the file.

    UTF-8 and UTF-16, with or without their marks. Bytes that are not UTF-8 stay as they are, for
    `lines` and `settle` to read line by line: one odd line does not spoil the others. Raises
    `Unreadable` for what is empty, has too many lines, or is not text.
    """
    for magic, what in _BINARIES:
        if data.startswith(magic):
            raise Unreadable(f"{called} is {what} again.")
    # A mark in the middle is left where files were joined end to end.
    plain = _recoded(data).replace(codecs.BOM_UTF8, b"")
    if not plain.strip(b"\x00 \t\r\n"):
        raise Unreadable(f"{called} is empty.")
    head = plain[:4000]
    if len(re.findall(rb"[\x00-\x08\x0e-\x1a]", head)) > 0.02 * len(head) + 1:
        raise Unreadable(
            f"{called} is not a text file. Export the contacts as vCard or CSV and try again."
        )
    count = max(plain.count(b"\n"), plain.count(b"\r"))
    if count > MAX_LINES:
        raise Unreadable(
            f"{called} has {count:,} lines; {MAX_LINES:,} is the most that can be read at once. "
            "Export fewer contacts at a time."
        )
    if (at := plain.find(b"\x00")) < 0:
        return plain, []
    line = sum(1 for _ in lines(plain[: at + 1]))
    sentence = "There are empty bytes in the file from this line on; they were left out."
    return plain.replace(b"\x00", b""), [Problem(line, sentence)]


def _recoded(data: bytes) -> bytes:
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _as_utf8(data, len(mark), charset)
    # Text of this kind opens with an ASCII word, so an unmarked UTF-16 shows in four bytes.
    head = [byte == 0 for byte in data[:4]]
    if head in ([False, True] * 2, [True, False] * 2):
        return _as_utf8(data, 0, "utf-16-le" if head[1] else "utf-16-be")
    return data


def _as_utf8(data: bytes, start: int, charset: str) -> bytes:
    # Piece by piece: a whole text in memory takes up to four bytes for each of its characters.
    decoder = codecs.getincrementaldecoder(charset)("replace")
    step = 1 << 20
    return b"".join(
        decoder.decode(data[at : at + step]).encode() for at in range(start, len(data), step)
    )


def lines(plain: bytes) -> Iterator[str]:
    """The lines of what `utf8` gives, each with its end; what is not UTF-8 is in surrogates."""
    for found in _LINE.finditer(plain):
        if line := found[0][:_MAX_LINE]:
            yield line.decode("utf-8", "surrogateescape")


def settle(text: str, charset: str = "") -> str:
    """`text` with what was not UTF-8 read as `charset`, or as Windows-1252."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return from_bytes(text.encode("utf-8", "surrogateescape"), charset)
    return text


def from_bytes(raw: bytes, charset: str = "") -> str:
    """`raw` as the `charset` it claims, else as UTF-8, else as Windows-1252. Never raises."""
    for attempt in (charset.strip(), "utf-8"):
        try:
            if attempt and _CHARSETS.match(codecs.lookup(attempt).name):
                return raw.decode(attempt)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Fit to keep: composed (NFC), plain line breaks, no control characters, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", plain)).strip()


def one_line(text: str) -> str:
    """`clean`, with every run of white space as one space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(clean(text).split())


def bare(text: str) -> str:
    """`one_line` without the invisible marks that are copied along with numbers and addresses."""
    return one_line(text if text.isascii() else _INVISIBLE.sub("", text))


def shown(text: str, most: int = 40) -> str:
    """`text` short enough to stand in a sentence."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"
