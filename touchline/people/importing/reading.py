"""A file of contacts, known by what is in it and never by its name."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from touchline.people.importing import (
    google,
    linkedin,
    outlook,
    own,
    suggesting,
    thunderbird,
    vcard,
    zips,
)
from touchline.people.importing.csvs import (
    MAX_RECORDS,
    Layout,
    Sheet,
    first_cells,
    likely_sheet,
    sheet,
    unique,
)
from touchline.people.importing.mapping import DETAIL, Mapping, Unmapped, headings_key
from touchline.people.importing.rows import FormatName, Problem, Reading, Row, Unreadable
from touchline.people.importing.text import MAX_BYTES, one_line, shown, too_large, utf8

# Google before Outlook: both call people by first and last name.
LAYOUTS = (own.LAYOUT, linkedin.LAYOUT, google.LAYOUT, thunderbird.LAYOUT, outlook.LAYOUT)
MAX_VALUES = 1_000_000  # points, tags and details of all contacts together
MAX_PROBLEMS = 20_000
SAMPLES = 5
_SAMPLED = 200  # characters of a cell
Read = tuple[FormatName, str, Iterator[Row | Problem]]


def read(data: bytes, filename: str = "", mapping: Mapping | None = None) -> Reading:
    """Every contact of a file and every problem with it, both in the order of its lines.

    `filename` only serves to name the file in a sentence. `mapping` says which column is what,
    where its headings are the file's. The same bytes always give the same reading. Raises
    `Unreadable`, with the sentence to show, for a file that is refused whole; that is `Unmapped`
    for a table whose headings are not known; and nothing else.
    """
    called = f"“{shown(filename)}”" if shown(filename) else "The file"
    if mapping and (sentence := mapping.refusal()):
        raise Unreadable(sentence)
    if len(data) > MAX_BYTES:
        raise Unreadable(too_large(called, len(data)))
    gathered = _Gathered(called)
    if zips.is_one(data):
        format_, title = _read_archive(data, called, mapping, gathered)
    else:
        format_, title, found = _read_one(data, called, mapping)
        gathered.add(found)
    if not (gathered.rows or gathered.problems):
        raise Unreadable(f"{called} looks like {title}, but there is not one contact in it.")
    return gathered.reading(format_, title)


def _read_one(data: bytes, called: str, mapping: Mapping | None) -> Read:
    plain, problems = utf8(data, called)
    if own.is_cards(plain):
        return own.LAYOUT.format, own.LAYOUT.title, itertools.chain(problems, vcard.read(plain))
    if vcard.looks_like_it(plain):
        return "vcard", "vCard", itertools.chain(problems, vcard.read(plain))
    if mapping:
        mapped = sheet(plain, lambda names: headings_key(names) == mapping.key, called)
        likely = mapped or likely_sheet(plain, called)
        if likely and headings_key(_headings(likely)) == mapping.key:
            return _by(mapping.layout(), _with_headings(likely), problems)
    known = sheet(plain, lambda names: any(layout.knows(names) for layout in LAYOUTS), called)
    if known:
        names = frozenset(map(str.casefold, known.headings))
        return _by(next(layout for layout in LAYOUTS if layout.knows(names)), known, problems)
    # Cards may stand below a line or two of something else.
    if vcard.holds_one(plain):
        return "vcard", "vCard", itertools.chain(problems, vcard.read(plain))
    raise _not_known(plain, called)


def _by(layout: Layout, table: Sheet, problems: list[Problem]) -> Read:
    return layout.format, layout.title, itertools.chain(problems, table.rows(layout))


def _headless(table: Sheet) -> bool:
    return suggesting.looks_like_data(table.headings)


def _headings(table: Sheet) -> tuple[str, ...]:
    """The headings that a mapping knows a table by."""
    if _headless(table):
        return tuple(f"Column {at}" for at in range(1, len(table.headings) + 1))
    return unique(table.headings)


def _with_headings(table: Sheet) -> Sheet:
    if _headless(table):
        return replace(table, headings=_headings(table), first=table.first - 1)
    return table


def _not_known(plain: bytes, called: str) -> Unreadable:
    titles = " or ".join(layout.title for layout in LAYOUTS)
    reading = f"a vCard file (.vcf), or a CSV file of {titles}"
    cells = first_cells(plain, called)
    table = likely_sheet(plain, called)
    if table:
        headings = _headings(table)
        below = itertools.islice(_with_headings(table).below(), SAMPLES)
        width = len(headings)
        samples = tuple(
            tuple(one_line(cell[:_SAMPLED]) for cell in (row + [""] * width)[:width])
            for _, row in below
        )
        suggestion = suggesting.suggest(headings, samples)
        cells = list(table.headings)
        # One column is a table only where it says what it is: a letter has lines too.
        if width > 1 or suggestion.columns[0][1] not in (DETAIL, "notes"):
            return Unmapped(
                f"{_names(called, cells)} Say which column is what.",
                headings=headings,
                samples=samples,
                suggestion=suggestion,
                headless=_headless(table),
                line=table.line,
            )
    if len([cell for cell in cells if one_line(cell)]) < 2:
        return Unreadable(
            f"{called} holds no contacts that can be read here. It should be {reading}."
        )
    return Unreadable(f"{_names(called, cells)} It should be {reading}.")


def _names(called: str, cells: list[str]) -> str:
    names = [shown(cell, 30) for cell in cells[:12] if one_line(cell)]
    more = f" and {len(cells) - 12:,} more" if len(cells) > 12 else ""
    headings = ", ".join(f"“{name}”" for name in names)
    return f"{called} has the headings {headings}{more}, which are not known here."


def _read_archive(
    data: bytes, called: str, mapping: Mapping | None, gathered: "_Gathered"
) -> tuple[FormatName, str]:
    """Gathers every member of a zip; what is wrong with one of several is a problem."""
    read_as: dict[tuple[FormatName, str], None] = {}
    refused: list[tuple[str, Unreadable]] = []
    for member in zips.members(data, called):
        if isinstance(member, Problem):
            gathered.add([member])
            continue
        name, content = member
        try:
            format_, title, found = _read_one(content, f"“{shown(name)}” in {called}", mapping)
        except Unreadable as fault:
            refused.append((name, fault))
            continue
        gathered.add(found, name)
        read_as[format_, title] = None
    if not read_as:
        # A table that only wants its columns named is worth more than one that can't be read.
        raise next((why for _, why in refused if isinstance(why, Unmapped)), refused[0][1])
    for name, why in refused:
        gathered.add([Problem(1, f"{why} It was left out.")], name)
    if len(read_as) == 1:
        return next(iter(read_as))
    return "zip", "ZIP archive"


class _Gathered:
    """Rows and problems as they come, within what the memory bears."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self._values = self._further = 0

    def add(self, found: Iterable[Row | Problem], file: str = "") -> None:
        """Takes what a reader gives; `file` is the member of a zip it comes from."""
        file = shown(file, 100)
        fresh: list[Problem] = []
        for one in found:
            if isinstance(one, Row):
                self.rows.append(replace(one, file=file) if file else one)
                self._values += len(one.points) + len(one.tags) + len(one.extra)
            elif len(self.problems) + len(fresh) < MAX_PROBLEMS:
                fresh.append(Problem(one.line, f"{file}: {one.text}") if file else one)
            else:
                self._further += 1
            if len(self.rows) + self._further > MAX_RECORDS:
                raise Unreadable(
                    f"{self.called} holds more than {MAX_RECORDS:,} contacts, which is the most "
                    "that can be read at once. Export fewer at a time."
                )
            if self._values > MAX_VALUES:
                raise Unreadable(
                    f"{self.called} holds more than {MAX_VALUES:,} addresses, numbers and other "
                    "details, which is the most that can be read at once. Export fewer contacts "
                    "at a time."
                )
        self.problems += sorted(fresh, key=lambda problem: problem.line)

    def reading(self, format_: FormatName, title: str) -> Reading:
        """All of it."""
        if self._further:
            last = self.problems[-1].line
            sentence = f"From here on {self._further:,} more lines have problems like these."
            self.problems.append(Problem(last, sentence))
        return Reading(format_, title, tuple(self.rows), tuple(self.problems))
