"""Which column of an unknown table is what: suggested, chosen on a page, remembered. Pure.

A mapping is remembered by its headings, whatever their case and order.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from touchline.people.importing import dates
from touchline.people.importing.csvs import MAX_COLUMNS, Layout, Record, key_of
from touchline.people.importing.drafting import Draft, postal_lines
from touchline.people.importing.labels import label_of
from touchline.people.importing.rows import Problem, Row, Unreadable
from touchline.people.importing.text import shown

DETAIL = "detail"
LEAVE_OUT = "leave_out"
FIELDS = {
    "name": "Full name",
    "given": "Given name",
    "family": "Family name",
    "company": "Company",
    "title": "Job title",
    "email": "E-mail",
    "phone": "Phone",
    "address": "Address",
    "street": "Street",
    "postcode": "Postcode",
    "city": "Town",
    "region": "Region",
    "country": "Country",
    "web": "Website",
    "birthday": "Birthday",
    "tags": "Tags",
    "notes": "Notes",
    DETAIL: "Keep as a detail",
    LEAVE_OUT: "Leave out",
}
ONCE = ("name", "given", "family", "company", "title", "birthday")
_NAMING = {"name", "given", "family", "company", "email"}
_PARTS = ("street", "city", "region", "postcode", "country")
# Several values in one cell, as far as none of them may hold the mark itself.
_BETWEEN_TAGS = re.compile(r"[;,\n|]|\s:::\s")
_BETWEEN_PHONES = re.compile(r"[;,\n|]|\s/\s|\s:::\s")
_DIGITS = 5  # Fewer are an extension, not a number of their own.


class BadMapping(ValueError):
    """A mapping that can't be used; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """(heading, field) of each column, the field one of FIELDS; headings differ in `key_of`."""

    columns: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """What it is remembered by: the same for the same headings in any order."""
        return headings_key(heading for heading, _ in self.columns)

    def field(self, heading: str) -> str:
        """What a column is; a heading that is not there is kept as a detail."""
        key = key_of(heading)
        return next((field for own, field in self.columns if key_of(own) == key), DETAIL)

    def refusal(self) -> str:
        """Why it can't be used, as a sentence, or ''."""
        for once in ONCE:
            both = [f"“{shown(heading)}”" for heading, field in self.columns if field == once]
            if len(both) > 1:
                return (
                    f"{' and '.join(both[:2])} are both the {FIELDS[once].lower()}. "
                    "Choose one of them and keep the other as a detail."
                )
        if _NAMING.isdisjoint(field for _, field in self.columns):
            return (
                "No column says who it is. Choose the one that holds the full name, or the given "
                "and the family name."
            )
        return ""

    def to_json(self) -> list[list[str]]:
        """Plain data, for `from_json`."""
        return [[heading, field] for heading, field in self.columns]

    @classmethod
    def from_json(cls, data: object) -> "Mapping":
        """What `to_json` gave, or a page sent. Raises `BadMapping` for nonsense."""
        if not isinstance(data, list) or not 0 < len(data) <= MAX_COLUMNS:
            raise BadMapping("The columns did not arrive. Choose the file again.")
        columns: dict[str, tuple[str, str]] = {}
        for pair in data:
            if not (isinstance(pair, list | tuple) and len(pair) == 2):
                raise BadMapping("The columns did not arrive whole. Choose the file again.")
            heading, field = pair
            if not (isinstance(heading, str) and isinstance(field, str) and key_of(heading)):
                raise BadMapping("A column came without its heading. Choose the file again.")
            if field not in FIELDS:
                raise BadMapping(
                    f"“{shown(field)}” is nothing that a column can be. "
                    f"Choose something else for “{shown(heading)}”."
                )
            if key_of(heading) in columns:
                raise BadMapping(f"“{shown(heading)}” came twice. Choose the file again.")
            columns[key_of(heading)] = (heading, field)
        mapping = cls(tuple(columns.values()))
        if sentence := mapping.refusal():
            raise BadMapping(sentence)
        return mapping

    def layout(self) -> Layout:
        """How a table is read by it."""
        columns = [(key_of(heading), heading, field) for heading, field in self.columns]

        def row(record: Record, first: dates.Order) -> list[Row | Problem]:
            return _row(record, first, columns)

        days = tuple(key for key, _, field in columns if field == "birthday")
        return Layout("table", "Spreadsheet", lambda _: True, row, days)


class Unmapped(Unreadable):
    """A table that can be read as soon as somebody says which column is what.

    `headings` are as written, made unique, on line `line`; `samples` are a few records, each as
    wide. Where `headless`, the file has none and they are numbers that say nothing about the next
    file. The message is a sentence that names the headings.
    """

    def __init__(
        self,
        sentence: str,
        *,
        headings: tuple[str, ...],
        samples: tuple[tuple[str, ...], ...],
        suggestion: Mapping,
        headless: bool,
        line: int,
    ) -> None:
        super().__init__(sentence)
        self.headings = headings
        self.samples = samples
        self.suggestion = suggestion
        self.headless = headless
        self.line = line

    @property
    def key(self) -> str:
        """What a mapping of these headings is remembered by."""
        return headings_key(self.headings)


def headings_key(headings: Iterable[str]) -> str:
    """64 characters that are the same for the same headings, case, order and spaces aside."""
    return hashlib.sha256("\n".join(sorted(map(key_of, headings))).encode()).hexdigest()


def _row(
    record: Record, first: dates.Order, columns: list[tuple[str, str, str]]
) -> list[Row | Problem]:
    draft = Draft(record.line)
    places: dict[str, dict[str, list[str]]] = {}
    for key, heading, field in columns:
        cell = record.take(key).strip()
        if not cell:
            continue
        if field in ("name", "given", "family", "company", "title"):
            setattr(draft, field, cell)
        elif field in _PARTS:
            places.setdefault(label_of(heading), {}).setdefault(field, []).append(cell)
        else:
            _told(draft, heading, field, cell, first)
    for label, parts in places.items():
        lines = {part: ", ".join(parts.get(part, ())) for part in _PARTS}
        street = "\n".join(parts.get("street", ()))
        draft.address(
            postal_lines(
                street=street,
                city=lines["city"],
                region=lines["region"],
                code=lines["postcode"],
                country=lines["country"],
            ),
            label,
        )
    # Cells beyond the headings.
    for heading, cell in record.rest():
        draft.keep(heading, cell)
    return draft.finish()


def _told(draft: Draft, heading: str, field: str, cell: str, first: dates.Order) -> None:
    match field:
        case "email":
            draft.email(cell, label_of(heading))
        case "phone":
            numbers = _BETWEEN_PHONES.split(cell)
            whole = any(sum(map(str.isdecimal, number)) < _DIGITS for number in numbers)
            for number in [cell] if whole else numbers:
                draft.phone(number, label_of(heading))
        case "address":
            draft.address(cell, label_of(heading))
        case "web":
            for page in cell.split():
                draft.web(page, label_of(heading))
        case "birthday":
            _birthday(draft, cell, first)
        case "tags":
            for tag in _BETWEEN_TAGS.split(cell):
                draft.tag(tag)
        case "notes":
            draft.note(cell)
        case "detail":
            draft.keep(heading, cell)


def _birthday(draft: Draft, cell: str, first: dates.Order) -> None:
    if dates.is_none(cell):
        return
    draft.birthday = dates.in_order(cell, first) or dates.named(cell)
    if not draft.birthday:
        twice = dates.in_order(cell, "day") and dates.in_order(cell, "month")
        why = "can be read as two different days" if twice else "is not a date we can read"
        draft.unread_date("Birthday", cell, why)
