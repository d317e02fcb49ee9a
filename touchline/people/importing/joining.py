"""Rows that speak of one person, made into one contact, and what it would change. Pure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from touchline.core.fold import fold
from touchline.people import contact
from touchline.people.importing.rows import Row
from touchline.people.importing.text import clean, one_line

T = TypeVar("T")

SHOWN = 200  # Characters of a value that a preview shows.
POINTS = {
    "email": "E-mail",
    "phone": "Phone",
    "address": "Address",
    "web": "Website",
    "social": "Social",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A contact point, with what makes it the same as another."""

    kind: str
    value: str
    normal: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One person as a file, or as the database, tells it; every text fits its column.

    ``photo`` is the digest of a picture, or ''; ``source`` where a file of ours says that they
    came from.
    """

    name: str
    given: str = ""
    family: str = ""
    title: str = ""
    company: str = ""
    birthday: str = ""
    notes: str = ""
    ways: tuple[Way, ...] = ()
    tags: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    photo: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after, as a person reads it; ``old`` is '' where it was empty."""

    label: str
    old: str
    new: str


def contact_of(rows: Sequence[Row], country: str) -> Contact:
    """Return what ``rows``, all of one person, say together.

    Of a title or a name the first row that has one decides; addresses, tags, notes and other
    details add up.
    """
    told = [_fitted(row, country) for row in rows]
    first = told[0]
    named = next((one for one in told if one.given or one.family), first)
    notes = ""
    for one in told:
        notes = with_notes(notes, one.notes)
    return Contact(
        name=first.name,
        given=named.given,
        family=named.family,
        title=next((one.title for one in told if one.title), ""),
        company=next((one.company for one in told if one.company), ""),
        birthday=next((one.birthday for one in told if one.birthday), ""),
        notes=notes,
        ways=_once((way for one in told for way in one.ways), key=way_key),
        tags=_once((tag for one in told for tag in one.tags), key=tag_key),
        extra=_once((pair for one in told for pair in one.extra), key=lambda pair: pair),
        source=next((one.source for one in told if one.source), ""),
    )


def joined(there: Contact, told: Contact) -> Contact:
    """Return a person who is ``there`` with what a file has ``told``.

    What is empty is filled; title and company become what the file says; addresses, tags,
    notes and other details are added; a name once stored, a birthday and a picture stay.
    """
    unnamed = not (there.given or there.family)
    same_company = fold(one_line(there.company)) == fold(told.company)
    same_title = one_line(there.title) == told.title
    return replace(
        there,
        given=told.given if unnamed else there.given,
        family=told.family if unnamed else there.family,
        title=there.title if same_title or not told.title else told.title,
        company=there.company if same_company or not told.company else told.company,
        birthday=there.birthday or told.birthday,
        notes=with_notes(there.notes, told.notes),
        ways=_once((*there.ways, *told.ways), key=way_key),
        tags=_once((*there.tags, *told.tags), key=tag_key),
        extra=_once((*there.extra, *told.extra), key=lambda pair: pair),
        photo=there.photo or told.photo,
    )


def changes(there: Contact, after: Contact) -> list[Change]:
    """Return field by field what differs between a person now and after an import."""
    found = [
        Change(label, getattr(there, name), getattr(after, name))
        for label, name in (
            ("Given name", "given"),
            ("Family name", "family"),
            ("Title", "title"),
            ("Company", "company"),
            ("Birthday", "birthday"),
        )
        if getattr(there, name) != getattr(after, name)
    ]
    found += [Change(POINTS[way.kind], "", way.value) for way in new_ways(there, after)]
    found += [Change("Tag", "", tag) for tag in new_tags(there, after)]
    if there.notes != after.notes:
        found.append(Change("Notes", "", after.notes[len(there.notes) :].strip()))
    found += [Change(label, "", value) for label, value in new_extra(there, after)]
    if after.photo != there.photo:
        found.append(Change("Picture", "", "added"))
    return [Change(one.label, _shown(one.old), _shown(one.new)) for one in found]


def new_ways(there: Contact, after: Contact) -> list[Way]:
    """Return the contact points that ``after`` has beyond ``there``."""
    known = {way_key(way) for way in there.ways}
    return [way for way in after.ways if way_key(way) not in known]


def way_key(way: Way) -> tuple[str, str]:
    """Return what makes two contact points one; a profile may be noted as a website."""
    return ("web" if way.kind == "social" else way.kind, way.normal)


def new_tags(there: Contact, after: Contact) -> list[str]:
    """Return the tags that ``after`` has beyond ``there``."""
    known = {tag_key(tag) for tag in there.tags}
    return [tag for tag in after.tags if tag_key(tag) not in known]


def new_extra(there: Contact, after: Contact) -> list[tuple[str, str]]:
    """Return the other details that ``after`` has beyond ``there``."""
    known = set(there.extra)
    return [pair for pair in after.extra if pair not in known]


def with_notes(there: str, more: str) -> str:
    """Return ``there`` with ``more`` in a paragraph below, unless it says so already."""
    if not more or more in there or clean(more) in clean(there):
        return there
    return f"{there}\n\n{more}" if there else more


def tag_key(name: str) -> str:
    """Return what makes two tags one."""
    return fold(name)[:60]


def _fitted(row: Row, country: str) -> Contact:
    """Cut what is longer than its column; the whole is kept among the other details."""
    over: list[tuple[str, str]] = []

    def fit(label: str, value: str, most: int) -> str:
        if len(value) > most:
            over.append((label, value))
        return value[:most].rstrip()

    ways = []
    for point in row.points:
        if len(point.value) > 500:
            over.append((POINTS[point.kind], point.value))
            continue
        normal = contact.normal(point.kind, point.value, country)
        ways.append(Way(point.kind, point.value, normal, point.label[:60]))
    name, given, family, title, company = (
        fit("Name", row.name, 200),
        fit("Given name", row.given, 120),
        fit("Family name", row.family, 120),
        fit("Title", row.title, 200),
        fit("Company", row.company, 200),
    )
    extra = list(row.extra)
    if row.connected_on:
        extra.append(("Connected on", row.connected_on))
    return Contact(
        name=name,
        given=given,
        family=family,
        title=title,
        company=company,
        birthday=row.birthday[:10],
        notes=row.notes,
        ways=tuple(ways),
        tags=tuple(tag[:60].rstrip() for tag in row.tags if tag_key(tag)),
        extra=(*extra, *over),
        source=row.source[:120].rstrip(),
    )


def _shown(value: str) -> str:
    return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"


def _once(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())
