"""Tables of contacts: which delimiter, which line holds the headings, and the records below."""

import contextlib
import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from touchline.people.importing import dates
from touchline.people.importing.rows import FormatName, Problem, Row, Unreadable
from touchline.people.importing.text import MAX_BYTES, MAX_CELL, lines, one_line, settle, shown

MAX_COLUMNS = 500
# Of one record, before it is clear that a quotation mark is missing.
MAX_SPAN = 10_000  # lines
MAX_RECORD = 4_000_000  # characters
# Of one line: far above MAX_COLUMNS, so that a record a little too wide is read and named.
MAX_WIDTH = 20_000
# Of a whole file, the empty ones aside.
MAX_CELLS = 2_000_000
MAX_RECORDS = 75_000
_DELIMITERS = (",", ";", "\t")
# LinkedIn writes a few lines of advice above its headings.
_SEARCHED = 20

# No cell can be longer than the largest file, so a long one is cut and named, never an error.
csv.field_size_limit(MAX_BYTES)

Cells = tuple[int, list[str]]


@dataclass(slots=True)
class Record:
    """One record, begun on line `line` of the file. Its cells are taken by heading, case aside;
    what nobody takes is left in `rest`. Empty cells are not there."""

    line: int
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, heading: str) -> str:
        """The cell under a heading, given out once; '' where there is none."""
        found = self.cells.pop(heading, None)
        return found[1] if found else ""

    def rest(self) -> list[tuple[str, str]]:
        """(heading as the file writes it, cell) of what was not taken, in the file's order."""
        return list(self.cells.values())


@dataclass(frozen=True, slots=True)
class Layout:
    """A program's table: how its headings are known, and how a record becomes a row.

    `dates` are the headings whose cells tell whether the file's dates put the day first.
    """

    format: FormatName
    title: str
    knows: Callable[[frozenset[str]], bool]
    row: Callable[[Record, dates.Order], list[Row | Problem]]
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in a file: `headings` as written, on line `line`, an empty one by its number; the
    records that follow are numbers `first` and on."""

    plain: bytes
    called: str
    delimiter: str
    line: int
    first: int
    headings: tuple[str, ...]

    def below(self) -> Iterator[Cells]:
        """The records, each with the line it begins on."""
        return itertools.islice(_records(self.plain, self.delimiter, self.called), self.first, None)

    def rows(self, layout: Layout) -> Iterator[Row | Problem]:
        """What every record says, and what is wrong with which."""
        further = [f"Column {at + 1}" for at in range(len(self.headings), MAX_COLUMNS)]
        headings = [*self.headings, *further]
        keys = list(zip(map(key_of, unique(headings)), headings, strict=True))
        at = [place for place, (key, _) in enumerate(keys) if key in layout.dates]
        order = dates.order(_column_values(self.below(), at)) if at else ""
        self._counted()
        last: Cells = (0, [])
        for last in self.below():
            line, cells = last
            if not any(cells):
                continue
            record = Record(line)
            yield from _filled(record, cells, keys)
            if record.cells:
                yield from layout.row(record, order)
        if self.plain.count(b'"') % 2 and any("\n" in cell for cell in last[1]):
            sentence = (
                "A quotation mark opened in this record is never closed, so all that follows was "
                "read as part of it."
            )
            yield Problem(last[0], sentence)

    def _counted(self) -> None:
        """Raises `Unreadable` where there is more than can be read: before it is read, for that
        takes longer."""
        if len(self.plain) < MAX_RECORDS:
            return
        records = filled = 0
        for _, cells in self.below():
            cells = list(filter(None, cells))
            filled += len(cells)
            records += bool(cells)
            if records > MAX_RECORDS:
                raise Unreadable(
                    f"{self.called} holds more than {MAX_RECORDS:,} contacts, which is the most "
                    "that can be read at once. Export fewer at a time."
                )
            if filled > MAX_CELLS:
                raise Unreadable(
                    f"{self.called} has more than {MAX_CELLS:,} filled cells, which is the most "
                    "that can be read at once. Export fewer contacts or columns at a time."
                )


def key_of(heading: str) -> str:
    """What makes two headings the same."""
    return one_line(heading).casefold()


def sheet(plain: bytes, knows: Callable[[frozenset[str]], bool], called: str) -> Sheet | None:
    """The table under the first line whose headings are known, if there is one.

    Raises `Unreadable` where those are too many.
    """
    for delimiter in _DELIMITERS:
        for at, (line, cells) in enumerate(_top(plain, delimiter, called)):
            if not knows(frozenset(key_of(cell) for cell in cells[: MAX_COLUMNS + 1])):
                continue
            if len(cells) > MAX_COLUMNS:
                raise Unreadable(_too_wide(called, len(cells)))
            return Sheet(plain, called, delimiter, line, at + 1, _named(cells))
    return None


def likely_sheet(plain: bytes, called: str) -> Sheet | None:
    """The table that a file of unknown headings most likely is: of the delimiter that cuts most of
    its first lines into equally many cells, under the first line so cut. None where no two lines
    agree."""
    found: list[tuple[int, int, Sheet]] = []
    for delimiter in _DELIMITERS:
        top = _top(plain, delimiter, called)
        widths = Counter(len(cells) for _, cells in top if any(cells))
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1] * min(pair[0], 9), pair[0]))
        if count < 2 or width > MAX_COLUMNS:
            continue
        at = next(at for at, (_, cells) in enumerate(top) if len(cells) == width)
        line, cells = top[at]
        one = Sheet(plain, called, delimiter, line, at + 1, _named(cells))
        found.append((count if width > 1 else 0, width, one))
    return max(found, key=lambda each: each[:2], default=(0, 0, None))[2]


def first_cells(plain: bytes, called: str) -> list[str]:
    """The cells of the first line, cut by the delimiter that gives most. Raises `Unreadable` where
    they are too many, or too long, to be read."""
    widest: list[str] = []
    for delimiter in _DELIMITERS:
        records = _records(plain, delimiter, called)
        first = next((cells for _, cells in itertools.islice(records, _SEARCHED) if any(cells)), [])
        widest = max(widest, first, key=len)
    if len(widest) > MAX_COLUMNS:
        raise Unreadable(_too_wide(called, len(widest)))
    return widest


def unique(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings with a number behind each that is there already."""
    found: dict[str, str] = {}
    for heading in headings:
        numbers = itertools.count(2)
        name = heading
        while key_of(name) in found:
            name = f"{heading} ({next(numbers)})"
        found[key_of(name)] = name
    return tuple(found.values())


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(one_line(cell)[:200] or f"Column {at}" for at, cell in enumerate(cells, 1))


def _top(plain: bytes, delimiter: str, called: str) -> list[Cells]:
    """The first records, as many of them as can be read."""
    found: list[Cells] = []
    with contextlib.suppress(Unreadable):
        found.extend(itertools.islice(_records(plain, delimiter, called), _SEARCHED))
    return found


def _records(plain: bytes, delimiter: str, called: str) -> Iterator[Cells]:
    begun, size = 1, 0

    def fed() -> Iterator[str]:
        nonlocal size
        for number, line in enumerate(lines(plain), 1):
            size += len(line)
            if number - begun > MAX_SPAN or size > MAX_RECORD:
                raise Unreadable(
                    f"{called} can't be read from line {begun:,} on: a record of more than "
                    f"{MAX_RECORD:,} characters or {MAX_SPAN:,} lines begins there. A quotation "
                    "mark in it is probably never closed. Correct that line and try again."
                )
            if len(line) > MAX_WIDTH and (count := line.count(delimiter)) >= MAX_WIDTH:
                raise Unreadable(_too_wide(called, count + 1, number))
            yield settle(line)

    reader = csv.reader(fed(), delimiter=delimiter)
    for cells in reader:
        if cells:
            yield begun, cells
        begun, size = reader.line_num + 1, 0


def _too_wide(called: str, count: int, line: int = 0) -> str:
    place = f" on line {line:,}" if line else ""
    return (
        f"{called} has {count:,} columns{place}; {MAX_COLUMNS} is the most that can be read. "
        "Remove those that are not needed and try again."
    )


def _column_values(below: Iterable[Cells], at: Sequence[int]) -> Iterator[str]:
    return (cells[place] for _, cells in below for place in at if place < len(cells))


def _filled(record: Record, cells: list[str], keys: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Fills a record; what is too much for it is a problem."""
    if len(cells) > MAX_COLUMNS:
        sentence = f"The record has more than {MAX_COLUMNS} cells; the others were left out."
        yield Problem(record.line, sentence)
    for cell, (key, heading) in zip(cells, keys, strict=False):
        if not cell or cell.isspace():
            continue
        if len(cell) > MAX_CELL:
            sentence = (
                f"Only the first {MAX_CELL:,} characters of “{shown(heading)}” were kept. "
                "If that looks wrong, a quotation mark in it is never closed."
            )
            yield Problem(record.line, sentence)
        record.cells[key] = (heading, cell[:MAX_CELL])
