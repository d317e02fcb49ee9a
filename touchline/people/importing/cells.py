r"""How our own CSV writes a cell, and reads it back: several values in one, and no formulas.

Several values stand with " ; " between them. Within a value a backslash is written "\\", and a
semicolon that a separator could be taken for "\;". A cell that a spreadsheet would take for a
formula gets an apostrophe in front.
"""

import re
from collections.abc import Iterable

_SEPARATOR = " ; "
# At either end as well: beside a separator such a semicolon would be taken for one.
_CONFUSING = re.compile(r"(?<!\S);|;(?!\S)")
_ESCAPED = re.compile(r"\\([\\;])")
# With the apostrophes that stand there already, so that one taken off gives back what was.
# In East Asian settings the wide forms of the four marks count as well.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def joined(values: Iterable[str]) -> str:
    """Values, none of them empty or with space at its ends, as one cell."""
    return _SEPARATOR.join(_CONFUSING.sub(r"\\;", value.replace("\\", r"\\")) for value in values)


def parted(cell: str) -> list[str]:
    """The values of a cell that `joined` wrote, trimmed; empty ones are left out."""
    found = (_ESCAPED.sub(r"\1", value).strip() for value in cell.split(_SEPARATOR))
    return [value for value in found if value]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
