"""The shapes that every kind of contact file is read into."""

from dataclasses import dataclass
from typing import Literal

PointKind = Literal["email", "phone", "address", "web", "social"]
FormatName = Literal[
    "vcard", "linkedin", "google", "outlook", "thunderbird", "touchline", "table", "zip"
]


class Unreadable(ValueError):
    """The whole file is refused; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Point:
    """A way to reach someone. `value` is never empty; an address holds line breaks."""

    kind: PointKind
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One contact as the file tells it.

    `line` is where it starts, counted from 1. `name` is never empty. `birthday` is an ISO date,
    '--05-09' where the year is unknown, or ''. `connected_on` is an ISO date or ''. `identity`
    is 'vcard:<UID>', 'profile:<LinkedIn slug>' or ''. `extra` keeps, as (label, value), what has
    no field here. `photo` is the picture as it stands in the file, of any kind, at most 5 MB, or
    b''. `source` is where our own export says the person came from. `file` is the name within a
    zip, or ''.
    """

    line: int
    name: str
    given: str = ""
    family: str = ""
    company: str = ""
    title: str = ""
    points: tuple[Point, ...] = ()
    birthday: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    identity: str = ""
    connected_on: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    photo: bytes = b""
    source: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What the reader should know about one line, counted from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file, read. `title` names the format as a person would."""

    format: FormatName
    title: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def ours(self) -> bool:
        """Whether the file is our own export."""
        return self.format == "touchline"
