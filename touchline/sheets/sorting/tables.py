"""A table of answers, its columns or its rows, as lines of a label and what it says. Pure."""

import csv
import io
import re
from collections.abc import Sequence

from touchline.sheets.sorting.labels import MARKED, Labels

SEPARATORS = "\t;,|"
# Of two cells a line: that many lines, and that many of them known.
_MOST_LINES, _FEWEST_KNOWN = 0.6, 3
_MOST_CELLS = 200
_GAP = re.compile(r"\t+| {3,}|\s\|\s")
_LABELLED = re.compile(r"([^:]{2,60}):\s*\S")


def laid_out(text: str, labels: Labels) -> str:
    """Return a text with its table, if it is one, as lines *label: value*; every word stays."""
    for separator in SEPARATORS:
        if text.count(separator) < 2:
            continue
        rows = _rows(text, separator)
        found = _with_a_head(rows, labels) or _of_pairs(rows, labels, separator)
        if found:
            return found
    return "\n".join(_side_by_side(line, labels) for line in text.split("\n"))


def _rows(text: str, separator: str) -> list[list[str]]:
    plain = re.sub(r"(?m)^\s*\||\|\s*$", "", text) if separator == "|" else text
    if separator == "|":
        return [[cell.strip() for cell in line.split("|")] for line in plain.split("\n")]
    return list(csv.reader(io.StringIO(plain, newline=""), delimiter=separator))


def _with_a_head(rows: Sequence[Sequence[str]], labels: Labels) -> str:
    """One line of labels, and one of what they say, as forms on the web export them."""
    full = [row for row in rows if any(cell.strip(" -:=") for cell in row)]
    if len(full) != 2 or not 3 <= len(full[0]) <= _MOST_CELLS or len(full[0]) < len(full[1]):
        return ""
    head, said = full
    known = sum(1 for cell in head if labels.find(cell, MARKED))
    if known < max(2, len(head) / 3):
        return ""
    given = [*said, *[""] * (len(head) - len(said))]
    pairs = zip(head, given, strict=True)
    return "\n\n".join(f"{_one_line(of)}\t{_one_line(cell)}" for of, cell in pairs)


def _of_pairs(rows: Sequence[Sequence[str]], labels: Labels, separator: str) -> str:
    """A label and an answer in each line."""
    full = [row for row in rows if any(cell.strip() for cell in row)]
    pairs = [row for row in full if len(row) == 2]
    known = sum(1 for row in pairs if labels.find(row[0], MARKED))
    if len(pairs) < _MOST_LINES * len(full) or known < _FEWEST_KNOWN:
        return ""
    lines = [
        f"{_one_line(row[0])}\t{_one_line(row[1])}" if len(row) == 2 else separator.join(row)
        for row in full
    ]
    return "\n\n".join(lines)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _side_by_side(line: str, labels: Labels) -> str:
    """Two labels with their answers in one line, as lines of their own."""
    pieces = [piece.strip() for piece in _GAP.split(line.strip()) if piece.strip()]
    if len(pieces) < 2:
        return line
    labelled = [_LABELLED.match(piece) for piece in pieces]
    if all(found and labels.find(found[1], MARKED) for found in labelled):
        return "\n".join(pieces)
    return line
