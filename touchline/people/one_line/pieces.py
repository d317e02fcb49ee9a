"""A text cut into pieces, and the postal address among them. Pure."""

import re
from dataclasses import dataclass, field

from touchline.core.fold import fold, words
from touchline.people.one_line import known

LONGEST_ADDRESS = 500

_STREET = re.compile(
    rf"\b\d+[a-z]?\b.*\b(?:{known.STREETS})\b|\b(?:{known.STREETS})\b\.?\s*\d"
    r"|\w(?:stra(?:ß|ss)e|str\.|platz|weg|allee|gasse|ring|damm|ufer)\s*\d"
    r"|\b(?:stra(?:ß|ss)e|platz|allee|rue|via|calle|avenida)\b.*\d|\d.*\b(?:rue|via|calle)\b"
    r"|\bp\.?\s?o\.?\s?box\b|\bpostfach\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"
    r"|\b(?:D-)?\d{5} +[A-ZÀ-Þ]|\b(?:A|CH)-\d{4} +[A-ZÀ-Þ]|\b\d{4} ?[A-Z]{2} +[A-ZÀ-Þ]"
)
_WEAK_CODE = re.compile(r"^(?:\d{4,5}\b.*|.*\b\d{5}(?:-\d{4})?)$")
_ADDRESS_SIGN = re.compile(r"^(?:address|adresse|anschrift|a)\s*:\s*", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """Words between two separators: of which line, and what they turned out to be."""

    line: int
    text: str
    part: str = ""
    folded: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded = words(self.text)

    def has(self, some: frozenset[str]) -> bool:
        return any(word in some for word in self.folded) or ("&" in some and "&" in self.text)


def address(pieces: list[Piece]) -> str:
    """Take the pieces of a postal address out; they stand together, its lines stay lines."""
    sure = [
        at
        for at, piece in enumerate(pieces)
        if _STREET.search(piece.text) or _CODE.search(piece.text) or _ADDRESS_SIGN.match(piece.text)
    ]
    if not sure:
        return ""
    first = last = sure[0]
    for at in sure[1:]:
        # A town or a building's name between two of them.
        if at - last <= 3:
            last = at
    while last + 1 < len(pieces) and _goes_on(pieces[last], pieces[last + 1]):
        last += 1
    lines: dict[int, list[str]] = {}
    for piece in pieces[first : last + 1]:
        piece.part = "address"
        lines.setdefault(piece.line, []).append(_ADDRESS_SIGN.sub("", piece.text))
    told = "\n".join(", ".join(some) for some in lines.values())
    if len(told) <= LONGEST_ADDRESS:
        return told
    for piece in pieces[first : last + 1]:
        piece.part = ""
    return ""


def _goes_on(piece: Piece, following: Piece) -> bool:
    """Whether an address goes on: its code, its country, or a town behind a street."""
    if fold(following.text).strip(".") in known.COUNTRIES:
        return True
    if _WEAK_CODE.match(following.text):
        return True
    return (
        following.line == piece.line
        and bool(_STREET.search(piece.text))
        and len(following.folded) <= 2
        and following.text[0].isupper()
        and not following.has(known.TITLE | known.COMPANY)
    )
