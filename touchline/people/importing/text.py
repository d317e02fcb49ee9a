"""Bytes to text, and text made fit to keep."""

import codecs
import re
import unicodedata

from touchline.people.importing.rows import Problem, Unreadable

MAX_BYTES = 25 * 1024 * 1024
MAX_CELL = 100_000  # characters

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARIES = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook. Unpack it, or save it as CSV, and try"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Outlook file. Export it as CSV and try"),
    (b"%PDF", "a PDF. Export the contacts as vCard or CSV and try"),
)
# Python knows codecs that are no character sets (rot13, unicode_escape); a file may not pick those.
_CHARSETS = re.compile(
    r"ascii|utf-(8|16|32)|iso|cp\d|koi8|mac|big5|gb|shift|euc|johab|hz|tis|kz|pt"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\xad]")


def decode(data: bytes, called: str) -> tuple[str, list[Problem]]:
    """The file's text; `called` names the file in the sentences.

    UTF-8 and UTF-16, with or without their marks. Bytes that are not UTF-8 stay in the text as
    surrogate escapes, for `settle` to read line by line: one odd line does not spoil the others.
    Raises `Unreadable` for what is empty, too large or not text.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{called} is {len(data) / 1024 / 1024:.0f} MB; 25 MB is the most that can be read "
            "at once. Export fewer contacts at a time, or leave out their pictures."
        )
    for magic, what in _BINARIES:
        if data.startswith(magic):
            raise Unreadable(f"{called} is {what} again.")
    # A mark in the middle is left where files were joined end to end.
    text = _characters(data).replace("\ufeff", "")
    if not text.strip("\x00 \t\r\n"):
        raise Unreadable(f"{called} is empty.")
    if len(re.findall("[\x00-\x08\x0e-\x1a]", text[:4000])) > 0.02 * len(text[:4000]) + 1:
        raise Unreadable(
            f"{called} is not a text file. Export the contacts as vCard or CSV and try again."
        )
    if (at := text.find("\x00")) < 0:
        return text, []
    line = len(re.findall(r"\r\n|\r|\n", text[:at])) + 1
    sentence = "There are empty bytes in the file from this line on; they were left out."
    return text.replace("\x00", ""), [Problem(line, sentence)]


def _characters(data: bytes) -> str:
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    # Text of this kind opens with an ASCII word, so an unmarked UTF-16 shows in four bytes.
    head = [byte == 0 for byte in data[:4]]
    if head in ([False, True] * 2, [True, False] * 2):
        whole = data[: len(data) - len(data) % 2]
        return whole.decode("utf-16-le" if head[1] else "utf-16-be", "replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")


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
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", plain)).strip()


def one_line(text: str) -> str:
    """`clean`, with every run of white space as one space."""
    return _SPACES.sub(" ", clean(text)).strip()


def bare(text: str) -> str:
    """`one_line` without the invisible marks that are copied along with numbers and addresses."""
    return one_line(_INVISIBLE.sub("", text))


def shown(text: str, most: int = 40) -> str:
    """`text` short enough to stand in a sentence."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"
