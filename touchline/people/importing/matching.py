"""Which rows of a file speak of whom: docs/domain/identity.md. Pure."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from touchline.core.fold import fold, words
from touchline.people import contact, naming
from touchline.people.importing.drafting import profile_slug
from touchline.people.importing.rows import Row
from touchline.people.importing.text import one_line

KEY_LENGTH = 300
_APOSTROPHES = re.compile("['’ʼ]")
Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one row is known by: words of the name, keys, and (kind, normal) of mail and phone.

    ``order`` is where the name stands in a list, *Person.sort_key*, of a row that is known by
    what it says alone.
    """

    tokens: frozenset[str]
    keys: tuple[str, ...]
    marks: tuple[Mark, ...]
    order: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A person there already, as the same three."""

    id: int
    tokens: frozenset[str]
    keys: frozenset[str] = frozenset()
    marks: frozenset[Mark] = frozenset()


@dataclass(slots=True)
class Group:
    """Rows, by position, that speak of one person: ``person_id`` where they are known.

    ``keys`` are those the person is known by from now on; a key is the first one's who had it.
    """

    person_id: int | None
    tokens: frozenset[str]
    rows: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def name_tokens(name: str, given: str = "", family: str = "") -> frozenset[str]:
    """Return the folded words of a name, given and family name before the whole.

    Apostrophes are closed up, whichever way they are written; a name without a letter or
    digit is a word of its own.
    """
    return frozenset(_words(f"{given} {family}") or _words(name) or [fold(name)])


def _words(text: str) -> list[str]:
    return words(_APOSTROPHES.sub("", fold(text)))


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two names may be one person's: equal as sets, or one within the other."""
    return bool(one and other) and (one <= other or other <= one)


def seen(row: Row, country: str) -> Seen:
    """Return what a row is known by.

    Its own identity and the LinkedIn profiles among its addresses are keys. A row without
    any gets one from what it says (name, and mail and phone, else company), so that the same
    row is always recognised, even where two people share every address.
    """
    marks = tuple(
        dict.fromkeys(
            (point.kind, contact.normal(point.kind, point.value, country))
            for point in row.points
            if point.kind in ("email", "phone")
        )
    )
    profiles = [
        f"profile:{slug}"
        for point in row.points
        if point.kind in ("web", "social") and (slug := profile_slug(point.value))
    ]
    keys, order = [key for key in (row.identity, *profiles) if key], ""
    if not keys:
        keys = [said(row.name, row.given, row.family, row.company, marks)]
        order = naming.order(row.name, row.given, row.family)
    return Seen(
        name_tokens(row.name, row.given, row.family),
        tuple(dict.fromkeys(_fitted(key) for key in keys)),
        marks,
        order,
    )


def said(name: str, given: str, family: str, company: str, marks: Iterable[Mark]) -> str:
    """Return the key of somebody by what is said of them: the company where no mark is.

    To the letter: *Renee* may be *Renée*, but that is for somebody to say.
    """
    parts = [one_line(name), one_line(given), one_line(family)]
    parts += [f"{kind} {value}" for kind, value in sorted(marks)] or [one_line(company)]
    return f"said:{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()}"


def _fitted(key: str) -> str:
    if len(key) <= KEY_LENGTH:
        return key
    return f"{key[:200]}#{hashlib.sha256(key.encode()).hexdigest()}"


def group(rows: Sequence[Seen], known: Iterable[Known], *, apart: bool = False) -> list[Group]:
    """Return the people that ``rows`` speak of, in the order in which they first appear.

    A key decides. Without one that is known, an e-mail address or a phone number together
    with a name that agrees does: the name that is the very same, else the only one of which
    one holds the other. Where several might be meant, nobody is guessed. With ``apart`` no two
    rows are one person by their names, as in our own export, where each is somebody else.
    """
    by_key: dict[str, Group] = {}
    by_mark: dict[Mark, dict[int, Group]] = {}
    for person in known:
        one = Group(person.id, person.tokens)
        by_key.update(dict.fromkeys(person.keys, one))
        for mark in person.marks:
            by_mark.setdefault(mark, {})[id(one)] = one
    found: dict[int, Group] = {}
    for position, row in enumerate(rows):
        named = next((by_key[key] for key in row.keys if key in by_key), None)
        whose = named or _by_name(row, by_mark, apart=apart) or Group(None, row.tokens)
        whose.rows.append(position)
        found[id(whose)] = whose
        for key in row.keys:
            if key not in by_key:
                by_key[key] = whose
                whose.keys.append(key)
        for mark in row.marks:
            by_mark.setdefault(mark, {})[id(whose)] = whose
    return list(found.values())


def _by_name(row: Seen, by_mark: dict[Mark, dict[int, Group]], *, apart: bool) -> Group | None:
    shared: dict[int, Group] = {}
    for mark in row.marks:
        shared.update(by_mark.get(mark, {}))
    free = [one for one in shared.values() if not (apart and one.rows)]
    same = [one for one in free if one.tokens == row.tokens]
    if same:
        return same[0]
    near = [one for one in free if agree(one.tokens, row.tokens)]
    return near[0] if len(near) == 1 else None
