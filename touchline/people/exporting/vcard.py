"""A person as a vCard 4.0 (RFC 6350), so that reading it gives back the same row. Pure."""

import base64
import re
from collections.abc import Iterator

from touchline.people.importing.own import HEAD
from touchline.people.importing.rows import Point, Row

MEDIA_TYPE = "text/vcard; charset=utf-8"

_NAMES = {"email": "EMAIL", "phone": "TEL", "web": "URL"}
# Labels that vCard 4.0 has a type for; any other goes as its own words.
_TYPES = {"home": "home", "work": "work", "mobile": "cell", "fax": "fax", "pager": "pager"}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_IN_PARAM = str.maketrans({"^": "^^", '"': "^'", "\n": "^n"})
_WIDTH = 75  # bytes of a line, its end aside


def card(row: Row) -> str:
    """Return one card, its lines folded; ``photo`` is a JPEG."""
    lines = [*HEAD, *_about(row)]
    group = 0
    for point in row.points:
        line, label = _point(point)
        if label:
            group += 1
            lines += [f"item{group}.{line}", f"item{group}.X-ABLabel:{_text(label)}"]
        else:
            lines.append(line)
    for label, value in row.extra:
        group += 1
        lines += [
            f"item{group}.X-TOUCHLINE-DETAIL:{_text(value)}",
            f"item{group}.X-ABLabel:{_text(label)}",
        ]
    if row.photo:
        lines.append(f"PHOTO:data:image/jpeg;base64,{base64.b64encode(row.photo).decode()}")
    lines.append("END:VCARD")
    return "".join(piece + "\r\n" for line in lines for piece in _folded(line))


def _about(row: Row) -> Iterator[str]:
    if uid := row.identity.removeprefix("vcard:"):
        known = _UUID.fullmatch(uid)
        yield f"UID:urn:uuid:{uid}" if known else f"UID;VALUE=text:{_text(uid)}"
    yield f"FN:{_text(row.name)}"
    if row.given or row.family:
        yield f"N:{_text(row.family)};{_text(row.given)};;;"
    if row.company:
        yield f"ORG:{_text(row.company)}"
    if row.title:
        yield f"TITLE:{_text(row.title)}"
    if row.birthday:
        # The basic form: 19700509, or --0509 without a year.
        dashes = "--" if row.birthday.startswith("--") else ""
        yield f"BDAY:{dashes}{row.birthday.replace('-', '')}"
    if row.tags:
        yield f"CATEGORIES:{','.join(map(_text, row.tags))}"
    if row.notes:
        yield f"NOTE:{_text(row.notes)}"
    if row.source:
        yield f"X-TOUCHLINE-SOURCE:{_text(row.source)}"


def _point(point: Point) -> tuple[str, str]:
    """Return the line of a contact point, and its label where no type says it."""
    if point.kind == "social":
        service = f';SERVICE-TYPE="{point.label.translate(_IN_PARAM)}"' if point.label else ""
        return f"SOCIALPROFILE;VALUE=text{service}:{_text(point.value)}", ""
    words = point.label.split(" ") if point.label else []
    # A fax is one of its place: the reader puts that word last.
    plain = all(word in _TYPES for word in words) and "fax" not in words[:-1]
    types = f";TYPE={','.join(_TYPES[word] for word in words)}" if words and plain else ""
    label = "" if plain else point.label
    if point.kind == "address":
        # As it is printed, in the place of the street: nobody has to guess which line is what.
        return f"ADR{types}:;;{_text(point.value)};;;;", label
    return f"{_NAMES[point.kind]}{types}:{_text(point.value)}", label


def _text(value: str) -> str:
    # A lone carriage return ends a line for some readers.
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 bytes, all but the first begun with a space."""
    if len(line) <= _WIDTH and line.isascii():
        yield line
        return
    start, lead = 0, ""
    while start < len(line):
        end = min(len(line), start + _WIDTH - len(lead))
        while len(line[start:end].encode()) > _WIDTH - len(lead):
            end -= 1
        # A piece that reads BEGIN:VCARD or END:VCARD, as a note may, would be taken for a frame.
        back = end
        while back > start + 1 and back < len(line) and line[back] in "BEbe \t":
            back -= 1
        end = back if back > start + 1 else end
        yield lead + line[start:end]
        start, lead = end, " "
