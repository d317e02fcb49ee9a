"""A contact while it is being read: the rules that every format shares."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from touchline.people.importing.rows import Point, PointKind, Problem, Row
from touchline.people.importing.text import MAX_CELL, bare, clean, one_line, shown

MAX_VALUES = 1000  # points, tags, notes and details of one contact
_BETWEEN = re.compile(r"[\s<>,;\"]+")
_SAME = {"cell": "mobile", "business": "work"}
_PLAIN = {"home", "work", "mobile", "fax", "pager", "main", "other", "car", "postal", "profile"}
_NETWORKS = {
    "linkedin": "LinkedIn",
    "xing": "Xing",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "twitter": "X",
    "x": "X",
}


def profile_slug(url: str) -> str:
    """The name of a LinkedIn profile in its address, comparable: decoded, composed, lower case.

    '' for any other address, and for LinkedIn's companies and schools.
    """
    return _slug(*_place(url))


def _slug(host: str, path: str) -> str:
    if host != "linkedin.com" and not host.endswith(".linkedin.com"):
        return ""
    kind, _, slug = path.strip("/").partition("/")
    if kind == "in":
        slug = slug.split("/")[0]
    elif kind != "pub":
        return ""
    return one_line(unicodedata.normalize("NFC", unquote(slug)).casefold())


def _place(url: str) -> tuple[str, str]:
    """The host of an address in lower case, and its path; ('', '') for what is none."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", ""


class Draft:
    """Gathers one contact; `finish` gives its row, or the problem that it has no name."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.name = self.given = self.family = self.company = self.title = ""
        self.birthday = self.connected_on = self.uid = self.source = ""
        self.photo = b""
        self.problems: list[Problem] = []
        self._notes: dict[str, None] = {}
        self._tags: dict[str, str] = {}
        self._points: dict[tuple[PointKind, str], tuple[bool, Point]] = {}
        self._extra: dict[tuple[str, str], None] = {}
        self._profile = ""
        self._kept = 0

    def email(self, value: str, label: str = "", *, preferred: bool = False) -> None:
        """The addresses in a value, also as 'Name <address>'; one without any is an extra."""
        plain = bare(value)
        if not plain:
            return
        plain = plain[7:] if plain[:7].lower() == "mailto:" else plain
        # Words, not a pattern of the whole: that would take a long value's length squared.
        words = (word.strip("'.") for word in _BETWEEN.split(plain))
        found = [word for word in words if word.strip("@") == word and word.count("@") == 1]
        for address in found:
            self._add("email", address, label, preferred)
        if not found:
            self.keep(f"E-mail ({plain_label(label)})" if label else "E-mail", plain)

    def phone(self, value: str, label: str = "", *, preferred: bool = False) -> None:
        """A number as typed; what holds no digit is kept as an extra."""
        plain = bare(value).lstrip("'")
        if any(character.isdecimal() for character in plain):
            self._add("phone", plain, label, preferred)
        else:
            self.keep(f"Phone ({plain_label(label)})" if label else "Phone", plain)

    def address(self, value: str, label: str = "", *, preferred: bool = False) -> None:
        """A postal address; its lines stay lines."""
        if not value:
            return
        lines = (one_line(line).strip(" ,") for line in clean(value).split("\n"))
        self._add("address", "\n".join(line for line in lines if line), label, preferred)

    def web(self, value: str, label: str = "", *, preferred: bool = False) -> None:
        """A page; one of a social network is known by its host."""
        plain = bare(value)
        if not plain:
            return
        host, path = _place(plain)
        domain, _, top = ".".join(host.split(".")[-2:]).partition(".")
        network = _NETWORKS.get(domain, "") if top == "com" else ""
        if network:
            self._profile = self._profile or _slug(host, path)
        self._add("social" if network else "web", plain, network or label, preferred)

    def social(self, value: str, label: str = "", *, preferred: bool = False) -> None:
        """A profile, by its address or by the name used there."""
        plain = bare(value)
        self._profile = self._profile or profile_slug(plain)
        self._add("social", plain, _NETWORKS.get(label.lower(), label), preferred)

    def tag(self, value: str) -> None:
        plain = one_line(value)
        if plain and self._room():
            self._tags.setdefault(plain.casefold(), plain)

    def note(self, value: str) -> None:
        plain = clean(self._cut("note", value))
        if plain and self._room():
            self._notes[plain] = None

    def keep(self, label: str, value: str) -> None:
        """What has no field of ours."""
        plain = clean(self._cut(label, value)) if value else ""
        if plain and self._room():
            self._extra[(one_line(label) or "Other", plain)] = None

    def warn(self, text: str) -> None:
        self.problems.append(Problem(self.line, text))

    def unread_date(self, label: str, value: str, why: str = "is not a date we can read") -> None:
        """Keeps a date that was not understood, and says so."""
        self.keep(label, value)
        self.warn(f"{label} “{shown(value)}” {why}; it is kept among the other details.")

    def finish(self) -> list[Row | Problem]:
        """What came of it: the row, if it has anything to be called by, and the problems."""
        for field in ("given", "family", "company", "title", "name"):
            if value := getattr(self, field):
                setattr(self, field, one_line(self._cut(field, value)))
        points = tuple(
            point for _, point in sorted(self._points.values(), key=lambda pair: not pair[0])
        )
        name = self.name or f"{self.given} {self.family}".strip() or self.company
        name = name or next((point.value for point in points if point.kind == "email"), "")
        if not name:
            self.warn("This contact has no name, company or e-mail address. It was left out.")
            return [*self.problems]
        uid = one_line(self.uid)
        profile = f"profile:{self._profile}" if self._profile else ""
        row = Row(
            line=self.line,
            name=name,
            given=self.given,
            family=self.family,
            company=self.company,
            title=self.title,
            points=points,
            birthday=self.birthday,
            notes=self._cut("notes", "\n\n".join(self._notes)),
            tags=tuple(self._tags.values()),
            identity=f"vcard:{uid}" if uid else profile,
            connected_on=self.connected_on,
            extra=tuple(self._extra),
            photo=self.photo,
            source=one_line(self.source),
        )
        return [row, *self.problems]

    def _add(self, kind: PointKind, value: str, label: str, preferred: bool) -> None:
        value = self._cut(kind, value)
        if value and self._room():
            point = Point(kind, value, plain_label(label))
            self._points.setdefault((kind, value.casefold()), (preferred, point))

    def _room(self) -> bool:
        """Whether one more can be kept; the first that can't is named."""
        self._kept += 1
        if self._kept == MAX_VALUES + 1:
            self.warn(f"Only the first {MAX_VALUES:,} details of this contact were kept.")
        return self._kept <= MAX_VALUES

    def _cut(self, what: str, value: str) -> str:
        if len(value) <= MAX_CELL:
            return value
        self.warn(f"Only the first {MAX_CELL:,} characters of “{shown(what)}” were kept.")
        return value[:MAX_CELL]


def plain_label(label: str) -> str:
    """A label as typed, or in one form for the common ones: 'Work Fax' and 'WORK,FAX' agree."""
    if not label:
        return ""
    words = [_SAME.get(word, word) for word in one_line(label).lower().split()]
    return " ".join(words) if _PLAIN.issuperset(words) else one_line(label)


def postal_lines(*, street: str, city: str, region: str, code: str, country: str) -> str:
    """The parts of an address on lines of their own, the code before the city."""
    return "\n".join(part for part in (street, f"{code} {city}".strip(), region, country) if part)
