"""A vCard's content lines: unfolded, decoded and taken apart, of any version and any damage."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchline.people.importing.text import from_bytes, settle

# More than any program writes; a head made of nothing else would fill the memory.
MAX_HEAD = 10_000
_BREAK = re.compile(r"\r\n|\r|\n")
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
    the name ''. `value` is decoded but still escaped; `binary` tells that it was base64 and is no
    text.
    """

    number: int
    group: str
    name: str
    params: tuple[tuple[str, str], ...]
    value: str
    binary: bool = False

    def param(self, name: str) -> str:
        """The first value of a parameter, or ''."""
        return next((value for key, value in self.params if key == name), "")

    @property
    def types(self) -> tuple[str, ...]:
        """What TYPE says, bare parameters included, in lower case."""
        return tuple(value.lower() for key, value in self.params if key in ("TYPE", ""))


def content_lines(text: str) -> Iterator[ContentLine]:
    """The content lines of a file. What follows a value without being a line of its own (an
    exporter forgot to fold) is added to that value."""
    for number, whole in _unfolded(_BREAK.split(text)):
        head = _HEAD.match(whole, 0, MAX_HEAD) or _TORN_HEAD.match(whole, 0, MAX_HEAD)
        if head:
            yield _taken_apart(number, head, whole[head.end() :])


def _unfolded(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first; a soft break is gone from its value."""
    number, pieces, encoding, broken, framed = 0, [""], "", False, False
    for at, line in enumerate(lines, 1):
        frame = _FRAME.fullmatch(line)
        if broken and not frame:
            # The next line belongs to this value, an odd blank one between them aside.
            if line.strip():
                broken = line.endswith("=")
                pieces.append(line[:-1] if broken else line)
            continue
        if line[:1] in (" ", "\t") and not frame and number and not framed:
            broken = encoding == "quoted-printable" and line.endswith("=")
            pieces.append(line[1:-1] if broken else line[1:])
            continue
        if not line.strip():
            continue
        if number and not frame and not framed and not _TORN_HEAD.match(line, 0, MAX_HEAD):
            pieces.append(line if encoding == "base64" else f"\\n{line}")
            continue
        if number:
            yield number, "".join(pieces)
        line = line.strip() if frame else line.lstrip()
        number, encoding, framed = at, _encoding(line), bool(frame)
        broken = encoding == "quoted-printable" and line.endswith("=")
        pieces = [line[:-1] if broken else line]
    if number:
        yield number, "".join(pieces)


def _encoding(line: str) -> str:
    head = _HEAD.match(line, 0, MAX_HEAD) or _TORN_HEAD.match(line, 0, MAX_HEAD)
    found = _ENCODED.search(head[0]) if head else None
    if not found:
        return ""
    return "base64" if found[1].upper().startswith("B") else "quoted-printable"


def _taken_apart(number: int, head: re.Match[str], value: str) -> ContentLine:
    group, _, name = head["name"].upper().rpartition(".")
    params = tuple(_params(head["params"]))
    charset = next((value for key, value in params if key == "CHARSET"), "")
    encoding = _encoding(head[0])
    binary = False
    if encoding == "quoted-printable":
        raw = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
        value = from_bytes(raw, charset)
    elif encoding == "base64":
        try:
            value = base64.b64decode("".join(value.split()), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            value, binary = "", True
    else:
        value = settle(value, charset)
    return ContentLine(number, group, name, params, value, binary)


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
