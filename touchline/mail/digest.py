"""The digest: what is on, to close out, due, promised and waiting, to the member."""

from dataclasses import dataclass

from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.models import About


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when or how, whose name, and what; ``path`` is its page in the product."""

    name: str
    note: str
    path: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading, the first of them shown and ``more`` left out."""

    heading: str
    lines: tuple[Line, ...]
    more: int = 0


def digest(to: Recipient, day: str, sections: tuple[Section, ...], base: str) -> Draft:
    """Write a digest of at least one section; ``base`` is where this installation is reached."""
    context = {"day": day, "sections": sections, "base": base}
    return written(About.DIGEST, to, f"Touchline, {day}", context)
