"""Tables of contacts: which delimiter, which line holds the headings, and the records below."""

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from touchline.people.importing.rows import FormatName, Problem, Row, Unreadable
from touchline.people.importing.text import MAX_BYTES, MAX_CELL, one_line, settle, shown

MAX_COLUMNS = 500
_DELIMITERS = (",", ";", "\t")
# LinkedIn writes a few lines of advice above its headings.
_SEARCHED = 20

# No cell can be longer than the largest file, so a long one is cut and named, never an error.
csv.field_size_limit(MAX_BYTES)


@dataclass(slots=True)
class Record:
    """One record, begun on line `line` of the file. Its cells are taken by heading, case aside;
    what nobody takes is left in `rest`. Empty cells are not there."""

    line: int
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, heading: str) -> str:
        """The cell under a heading, given out once; '' where there is none."""
        return self.cells.pop(heading, ("", ""))[1]

    def rest(self) -> list[tuple[str, str]]:
        """(heading as the file writes it, cell) of what was not taken, in the file's order."""
        return list(self.cells.values())


@dataclass(frozen=True, slots=True)
class Layout:
    """A program's table: how its headings are known, and how its records become rows."""

    format: FormatName
    title: str
    knows: Callable[[frozenset[str]], bool]
    rows: Callable[[list[Record]], Iterator[Row | Problem]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose headings `layout` knows."""

    layout: Layout
    records: list[Record]
    problems: list[Problem]


def table(text: str, layouts: tuple[Layout, ...], called: str) -> Table:
    """The table in `text`, under the first line that a layout knows.

    Raises `Unreadable` where no line is, naming the headings that were found.
    """
    text = "\n".join(settle(line) for line in text.split("\n"))
    for delimiter in _DELIMITERS:
        for at, (_, cells) in enumerate(itertools.islice(_records(text, delimiter), _SEARCHED)):
            names = frozenset(_key(cell) for cell in cells[: MAX_COLUMNS + 1])
            layout = next((layout for layout in layouts if layout.knows(names)), None)
            if layout and len(cells) > MAX_COLUMNS:
                raise Unreadable(
                    f"{called} has {len(cells):,} columns; {MAX_COLUMNS} is the most that can be "
                    "read. Remove those that are not needed and try again."
                )
            if layout:
                below = itertools.islice(_records(text, delimiter), at + 1, None)
                return _filled(layout, [one_line(cell) for cell in cells], below, text)
    raise Unreadable(_unknown(text, layouts, called))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _key(heading: str) -> str:
    return one_line(heading).casefold()


def _filled(
    layout: Layout, headings: list[str], below: Iterator[tuple[int, list[str]]], text: str
) -> Table:
    found = Table(layout, [], [])
    columns: dict[str, str] = {}
    for at in range(MAX_COLUMNS):
        heading = (headings[at] if at < len(headings) else "") or f"Column {at + 1}"
        key = _key(heading)
        columns[f"{key}\n{at}" if key in columns else key] = heading
    keys = list(columns.items())
    last: list[str] = []
    for line, cells in below:
        last = cells
        record = Record(line)
        if len(cells) > MAX_COLUMNS:
            sentence = f"The record has more than {MAX_COLUMNS} cells; the others were left out."
            found.problems.append(Problem(line, sentence))
        for at, cell in enumerate(cells[:MAX_COLUMNS]):
            if not cell or cell.isspace():
                continue
            key, heading = keys[at]
            if len(cell) > MAX_CELL:
                cell = cell[:MAX_CELL]
                sentence = (
                    f"Only the first {MAX_CELL:,} characters of “{shown(heading)}” were kept. "
                    "If that looks wrong, a quotation mark in it is never closed."
                )
                found.problems.append(Problem(line, sentence))
            record.cells[key] = (heading, cell)
        if record.cells:
            found.records.append(record)
    if found.records and text.count('"') % 2 and any("\n" in cell for cell in last):
        sentence = (
            "A quotation mark opened in this record is never closed, so all that follows was "
            "read as part of it."
        )
        found.problems.append(Problem(found.records[-1].line, sentence))
    return found


def _unknown(text: str, layouts: tuple[Layout, ...], called: str) -> str:
    reading = f"a vCard file (.vcf), or a CSV file of {' or '.join(x.title for x in layouts)}"
    widest: list[str] = []
    for delimiter in _DELIMITERS:
        first = next((cells for _, cells in _records(text, delimiter) if any(cells)), [])
        widest = max(widest, first, key=len)
    names = [shown(cell, 30) for cell in widest[:12] if one_line(cell)]
    if len(names) < 2:
        return f"{called} holds no contacts that can be read here. It should be {reading}."
    more = f" and {len(widest) - 12:,} more" if len(widest) > 12 else ""
    return (
        f"{called} has the headings {', '.join(f'“{name}”' for name in names)}{more}, which "
        f"are not known here. It should be {reading}."
    )
