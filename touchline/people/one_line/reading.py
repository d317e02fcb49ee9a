"""What a line about somebody says, or a signature pasted from a mail. Pure.

docs/domain/one-line.md. Nothing of the text is lost: what is not understood stays in the
notes, and all of it is shown in a form before it is stored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from touchline.core.fold import words
from touchline.people.naming import TITLES
from touchline.people.one_line import known
from touchline.people.one_line.judging import (
    are_letters,
    bare,
    is_closing,
    is_company,
    is_firm,
    is_name,
    is_of_a_name,
    is_person,
    is_title,
    may_be_given,
)
from touchline.people.one_line.pieces import Piece, address
from touchline.people.one_line.reach import Reach, taken

MOST = 5_000  # Characters that are read; what is beyond goes into the notes unread.
# Of a line: no line of a signature is longer, and looking at one takes its length squared.
LONGEST = 1_000
_BETWEEN = re.compile(
    r"\s*[|·•●▪♦‖\t]\s*|\s+[-–—]+\s+|\s*;\s+|\s*,\s+|\s*,$|\s*;$|^\s*[-–—_*=~]{2,}"
)
# Small words at the very beginning, then something with a capital.
_LEAD = re.compile(
    r"([^\W\d_A-ZÀ-Þ][^\WA-ZÀ-Þ]*(?: [^\W\d_A-ZÀ-Þ][^\WA-ZÀ-Þ]*){0,3}) ([A-ZÀ-Þ].*)$"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_AT = re.compile(r"\s+(?:at|@|bei|chez|with|from)\s+", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """What was read; any of it may be empty. ``points`` are those of ``people.editing``."""

    name: str
    title: str
    company: str
    points: tuple[Reach, ...]
    notes: str


def read(text: str, country: str) -> Told:
    """Read a line or a signature; numbers as dialled from ``country`` (ISO 3166 alpha-2)."""
    text, beyond = text[:MOST], text[MOST:]
    points: list[Reach] = []
    pieces: list[Piece] = []
    for number, line in enumerate(text.splitlines()):
        if len(line) > LONGEST:
            beyond = f"{line.strip()}\n{beyond}"
            continue
        rest, found = taken(line, country)
        points += found
        pieces += [Piece(number, one) for one in _cut(rest)]
    if pieces and (lead := _LEAD.match(pieces[0].text)) and lead[1] not in known.PARTICLES:
        # *met Tom Baker*: what comes before the name stays in the notes.
        first = pieces[0]
        pieces[:1] = [Piece(first.line, lead[1], "lead"), Piece(first.line, lead[2])]
    if printed := address(pieces):
        points.append(Reach("address", printed))
    name, title, company = _who([piece for piece in pieces if not piece.part])
    name = name or _from_mail(points)
    kept: dict[int, list[str]] = {}
    for piece in pieces:
        if piece.part in ("", "lead"):
            kept.setdefault(piece.line, []).append(piece.text)
    notes = "\n".join(", ".join(some) for some in kept.values())
    return Told(
        name[:200],
        title[:200],
        company[:200],
        tuple(dict.fromkeys(points)),
        "\n".join(part for part in (notes, _over(name, title, company), beyond) if part.strip()),
    )


def _over(*fields: str) -> str:
    return "\n".join(value for value in fields if len(value) > 200)


def _cut(line: str) -> Iterator[str]:
    aside = _BRACKETS.findall(line)
    for piece in (*_BETWEEN.split(_BRACKETS.sub(" ", line)), *aside):
        plain = " ".join(piece.split()).strip(" ,;:|<>*_")
        if any(mark.isalnum() for mark in plain):
            yield plain


@dataclass(slots=True)
class _Who:
    """Name, title and company while they are being found."""

    name: str = ""
    title: str = ""
    company: str = ""
    letters: list[str] = field(default_factory=list)
    rest: list[Piece] = field(default_factory=list)
    name_line: int = -1
    title_line: int = -1

    def take(self, piece: Piece, others: list[Piece]) -> str:
        """Take what a piece says; return what it was, or '' for what is not known yet."""
        if self.name and are_letters(piece.text):
            self.letters.append(piece.text)
            return "title"
        if self.company and piece.folded and all(word in known.LEGAL for word in piece.folded):
            self.company += f", {piece.text}"
            return "company"
        if not self.name and len(piece.folded) <= 10 and _begins_with_a_name(piece, others):
            self.name, own, title, company = _first(piece.text, alone=not others)
            self.name_line = piece.line
            self.letters += own
            self.title, self.company = _both(self.title, title), _both(self.company, company)
            return "name"
        at = _AT.search(piece.text)
        if at and not self.title and not self.company and _is_work(piece.text, at):
            self.title, self.company = piece.text[: at.start()], piece.text[at.end() :]
            return "title"
        if not self.company and is_company(piece):
            self.company = piece.text
            return "company"
        if not self.title and is_title(piece):
            self.title, self.title_line = piece.text, piece.line
            return "title"
        if self.title and piece.line == self.title_line != self.name_line and not self.company:
            # Vice President, Sales.
            self.title += f", {piece.text}"
            return "title"
        if self.name and " " not in self.name and not self.title and may_be_given(piece):
            self.name = f"{piece.text} {self.name}"
            return "name"
        self.rest.append(piece)
        return ""


def _who(pieces: list[Piece]) -> tuple[str, str, str]:
    """Find name, title and company among what is left, and mark the pieces they took."""
    pieces = [one for one in pieces if not is_closing(one) and len(one.folded) <= 14]
    pieces = [one for one in pieces if any(mark.isalpha() for mark in one.text)]
    who = _Who()
    for piece in pieces:
        piece.part = who.take(piece, [one for one in pieces if one is not piece])
    title, company = _unsaid(who.rest, who.title, who.company)
    return who.name, _both(title, *who.letters), company


def _both(*told: str) -> str:
    return ", ".join(part for part in told if part)


def _begins_with_a_name(piece: Piece, others: list[Piece]) -> bool:
    """Say whether somebody's name stands first in a piece, where no other one is a name."""
    if not is_of_a_name(piece.text.split()[0]):
        return False
    if not is_company(piece):
        return True
    if _AT.search(piece.text) or _OF.search(piece.text):
        return True
    if any(is_person(one) for one in others):
        return False
    name, _, _, company = _first(piece.text, alone=True)
    return bool(company) and " " in name


def _is_work(text: str, at: re.Match[str]) -> bool:
    """Whether *a at b* is a title and a company: not *met at the club*."""
    return text[at.end() :][:1].isupper() or bool(known.TITLE & set(words(text[: at.start()])))


def _unsaid(rest: list[Piece], title: str, company: str) -> tuple[str, str]:
    """Let short pieces that say nothing of themselves be what is still missing."""
    short = [one for one in rest if len(one.folded) <= 6 and not one.text.endswith((".", "!", "?"))]
    if not title and not company and len(short) >= 2:
        title, short[0].part = short[0].text, "title"
        short = short[1:]
    if not company and short and not short[0].text[0].islower():
        company, short[0].part = short[0].text, "company"
    elif not title and short:
        title, short[0].part = short[0].text, "title"
    return title, company


def _first(text: str, *, alone: bool) -> tuple[str, list[str], str, str]:
    """Take a name apart from what follows it without a comma: letters, title, company."""
    company = ""
    if at := _AT.search(text):
        text, company = text[: at.start()], text[at.end() :]
    elif (of := _OF.search(text)) and is_name(text[: of.start()].split()):
        text, company = text[: of.start()], text[of.end() :]
    parts = text.split()
    end = next((at for at, word in enumerate(parts) if at and not is_of_a_name(word)), len(parts))
    if end == 1 and len(parts) > 1 and parts[1][0].isupper() and not are_letters(parts[1]):
        # Somebody may be called Baker.
        further = (at for at, word in enumerate(parts) if at > 1 and not is_of_a_name(word))
        end = next(further, len(parts))
    named, after = parts[:end], parts[end:]
    start = 3 if bare(named[0]) in TITLES else 2
    firm = named[start:]
    plain = alone and not company and len(firm) > 1 and "&" not in (named[1], firm[0])
    if plain and any(is_firm(word) for word in firm):
        # Ann Lee Hall & Co.
        named, company = named[:start], " ".join(firm + after)
        after = []
    letters = []
    while after and are_letters(after[0]):
        letters.append(after.pop(0).strip(","))
    if after and not company and any(is_firm(word) for word in after):
        start = next((at for at, word in enumerate(after) if word[:1].isupper()), 0)
        start = start + (bare(after[start]) in known.TITLE)
        company, after = " ".join(after[start:]), after[:start]
    return " ".join(named), letters, " ".join(after), company


def _from_mail(points: list[Reach]) -> str:
    """Make a name of an address such as *ann.lee@*, where nothing else is one."""
    for point in points:
        local = point.value.partition("@")[0]
        parts = re.split(r"[._-]+", local)
        if point.kind == "email" and len(parts) == 2 and all(part.isalpha() for part in parts):
            return " ".join(part.capitalize() for part in parts)
    return ""
