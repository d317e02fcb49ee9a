"""People as our own CSV, which ``importing.own`` reads back. Pure."""

import csv
import io
from collections.abc import Iterable

from touchline.people.importing.cells import guarded, joined
from touchline.people.importing.own import COLUMNS
from touchline.people.importing.rows import Row

MEDIA_TYPE = "text/csv; charset=utf-8"
# Without this mark spreadsheets take the file for Windows-1252.
_MARK = "\ufeff"


def head() -> str:
    """Return what stands above the first person."""
    return _MARK + _line(COLUMNS)


def line(row: Row) -> str:
    """Return a person's line; what has no column is left out."""
    cells = (
        row.name,
        row.given,
        row.family,
        row.company,
        row.title,
        joined(_values(row, "email")),
        joined(_values(row, "phone")),
        joined(_values(row, "address")),
        row.birthday,
        joined(row.tags),
        row.notes,
        row.source,
    )
    return _line(guarded(cell) for cell in cells)


def _values(row: Row, kind: str) -> Iterable[str]:
    return (point.value for point in row.points if point.kind == kind)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
