"""A vCard's content lines: unfolded, decoded and taken apart, of any version and any damage."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from touchline.people.importing.text import MAX_CELL, from_bytes, settle

# More than any program writes; a head made of nothing else would fill the memory.
MAX_HEAD = 10_000
MAX_PHOTO = 5 * 1024 * 1024  # bytes, decoded
# As base64, with room for a head and odd folds; no text comes near.
_MAX_LINE = MAX_PHOTO * 4 // 3 + 100_000
_FRAME = re.compile(r"\s*(?:BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_HEAD = re.compile(r'(?P<name>[\w.-]+)[ \t]*(?P<params>(?:;(?:[^":]|"[^"]*")*)?):', re.ASCII)
# Where quotation marks do not pair, the first colon ends the head.
_TORN_HEAD = re.compile(r"(?P<name>[\w.-]+)[ \t]*(?P<params>(?:;[^:]*)?):", re.ASCII)
_ENCODED = re.compile(r"[;=]\s*\"?(QUOTED-PRINTABLE|BASE64|B)\"?\s*(?=[;:])", re.IGNORECASE)
_PARAM = re.compile(r'(?:[^;"]|"[^"]*"|")+')
_PIECE = re.compile(r'(?:[^,"]|"[^"]*"|")+')
# Any other backslash was meant as one.
_ESCAPE = re.compile(r"\\([\\,;:nN\"])")
_CARET = re.compile(r"\^([n'^])")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """`group.NAME;params:value`, begun on line `number` of the file, counted from 1.

    `group` and `name` are upper case. `params` are (NAME, value), a bare one of vCard 2.1 having
    the name ''. `value` is decoded but still escaped, and of at most MAX_CELL characters; `cut`
    tells that there were more. `binary` tells that it is no text; a photo's bytes are in `raw`.
    """

    number: int
    group: str
    name: str
    params: tuple[tuple[str, str], ...]
    value: str
    binary: bool = False
    raw: bytes = b""
    cut: bool = False

    def param(self, name: str) -> str:
        """The first value of a parameter, or ''."""
        return next((value for key, value in self.params if key == name), "") if self.params else ""

    @property
    def types(self) -> tuple[str, ...]:
        """What TYPE says, bare parameters included, in lower case."""
        if not self.params:
            return ()
        return tuple(value.lower() for key, value in self.params if key in ("TYPE", ""))


def content_lines(lines: Iterable[str]) -> Iterator[ContentLine]:
    """The content lines of a file's lines. What follows a value without being a line of its own
    (an exporter forgot to fold) is added to that value."""
    for number, whole in _unfolded(lines):
        head = _head(whole)
        if head:
            yield _taken_apart(number, head, whole)


def _head(line: str) -> re.Match[str] | None:
    return _HEAD.match(line, 0, MAX_HEAD) or _TORN_HEAD.match(line, 0, MAX_HEAD)


def _unfolded(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first; a soft break is gone from its value."""
    number, size, pieces, encoding, broken, framed = 0, 0, [""], "", False, False
    for at, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        frame = _FRAME.fullmatch(line)
        added = None
        if broken and not frame:
            # The next line belongs to this value, an odd blank one between them aside.
            if not line.strip():
                continue
            broken = line.endswith("=")
            added = line[:-1] if broken else line
        elif line[:1] in (" ", "\t") and not frame and number and not framed:
            broken = encoding == "quoted-printable" and line.endswith("=")
            added = line[1:-1] if broken else line[1:]
        elif not line.strip():
            continue
        elif number and not frame and not framed and not _TORN_HEAD.match(line, 0, MAX_HEAD):
            added = line if encoding == "base64" else f"\\n{line}"
        if added is not None:
            # What is beyond any value is counted, so that it shows as cut, and dropped.
            if added and size <= _MAX_LINE:
                size += len(added)
                pieces.append(added)
            continue
        if number:
            yield number, "".join(pieces)
        line = line.strip() if frame else line.lstrip()
        number, encoding, framed = at, _encoding(line), bool(frame)
        broken = encoding == "quoted-printable" and line.endswith("=")
        pieces = [line[:-1] if broken else line]
        size = len(line)
    if number:
        yield number, "".join(pieces)


def _encoding(line: str) -> str:
    if ";" not in line:
        return ""
    head = _head(line)
    found = _ENCODED.search(head["params"] + ":") if head and head["params"] else None
    if not found:
        return ""
    return "base64" if found[1].upper().startswith("B") else "quoted-printable"


def _taken_apart(number: int, head: re.Match[str], whole: str) -> ContentLine:
    group, _, name = head["name"].upper().rpartition(".")
    params = tuple(_params(head["params"])) if head["params"] else ()
    value = whole[head.end() :]
    encoding = _encoding(head[0]) if params and value.strip() else ""
    raw = b""
    if name == "PHOTO" and value[:5].lower() == "data:" and "," in value[:MAX_HEAD]:
        encoding, value = "base64", unquote(value.partition(",")[2])
    if encoding == "base64":
        raw = _decoded(value)
        try:
            # Some write their texts so.
            value = "" if name == "PHOTO" else raw.decode("utf-8")
        except ValueError:
            value = ""
    elif encoding == "quoted-printable":
        charset = next((value for key, value in params if key == "CHARSET"), "")
        raw = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
        value = from_bytes(raw, charset)
    else:
        charset = next((value for key, value in params if key == "CHARSET"), "")
        value = settle(value, charset)
    return ContentLine(
        number,
        group,
        name,
        params,
        value[:MAX_CELL],
        encoding == "base64" and not value,
        raw if name == "PHOTO" else b"",
        len(value) > MAX_CELL,
    )


def _decoded(value: str) -> bytes:
    plain = "".join(value.split()).rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _params(text: str) -> Iterator[tuple[str, str]]:
    for param in _PARAM.findall(settle(text)):
        key, equals, value = param.partition("=")
        if not equals:
            key, value = "", key
        for piece in _PIECE.findall(value):
            plain = _CARET.sub(_uncaret, piece.strip().strip('"').strip())
            # Types may be quoted as one list.
            for word in plain.split(",") if key.strip().upper() == "TYPE" else [plain]:
                if word.strip():
                    yield key.strip().upper(), word.strip()


def _uncaret(found: re.Match[str]) -> str:
    return {"n": "\n", "'": '"', "^": "^"}[found[1]]


def parts(value: str, separator: str) -> list[str]:
    """A value taken apart at its unescaped separators, each part unescaped and trimmed."""
    found = re.findall(rf"((?:\\.|[^\\{separator}]|\\\Z)*)(?:{separator}|\Z)", value, re.DOTALL)
    # The pattern also matches the nothing after the end.
    return [unescaped(part).strip() for part in found[:-1] or [""]]


def unescaped(value: str) -> str:
    r"""A value with `\n`, `\,`, `\;` and their kin as the characters they stand for."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
