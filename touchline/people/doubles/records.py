"""What is known of one person, read once for every comparison. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from touchline.core.fold import words
from touchline.people.doubles import names

_OFFICE = """
accounts admin bookings contact enquiries enquiry hello help hi hr info jobs mail marketing office
post reception sales secretary service studio support team webmaster
"""
_FIRM = "ag and bv co company corp corporation gmbh group inc limited llc llp ltd plc sa srl the"
_OFFICES, _FIRMS = frozenset(_OFFICE.split()), frozenset(_FIRM.split())
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b|\b(\d{4,5})\b(?! \d)")


# Tuples, as they are quickly made: there may be a hundred thousand of each.


class Record(NamedTuple):
    """What is known of one person. ``key`` is any whole number of theirs alone.

    E-mails, phones, profiles (an address of the person alone) and sites come as their normal
    form, see ``contact.normal``; addresses as written; the birthday as an ISO date, or
    *--05-09* where the year is not known.
    """

    key: int
    name: str = ""
    given: str = ""
    family: str = ""
    company: str = ""
    title: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    addresses: Sequence[str] = ()
    birthday: str = ""
    profiles: Sequence[str] = ()
    sites: Sequence[str] = ()


class Place(NamedTuple):
    """An address, read: its words in order, its house number and its postcode."""

    text: str
    number: str
    postcode: str


class Shape(NamedTuple):
    """A record made ready to be compared."""

    key: int
    given: str
    family: str
    emails: frozenset[str]
    phones: frozenset[str]
    places: tuple[Place, ...]
    birthday: str
    profiles: frozenset[str]
    sites: frozenset[str]
    company: str
    title: str


_NONE: frozenset[str] = frozenset()


def shape(record: Record) -> Shape:
    """Read a record once, for every comparison it will be in."""
    given, family = names.parts(record.name, record.given, record.family)
    return Shape(
        record.key,
        given,
        family,
        frozenset(record.emails) if record.emails else _NONE,
        frozenset(record.phones) if record.phones else _NONE,
        tuple(place(one) for one in record.addresses) if record.addresses else (),
        record.birthday,
        frozenset(record.profiles) if record.profiles else _NONE,
        frozenset(record.sites) if record.sites else _NONE,
        firm(record.company) if record.company else "",
        _plain(record.title) if record.title else "",
    )


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return " ".join(words(text))


@lru_cache(maxsize=20_000)
def firm(name: str) -> str:
    """Return what tells a company from others: its folded words without *Ltd* and the like."""
    found = words(name)
    return " ".join([word for word in found if word not in _FIRMS] or found)


@lru_cache(maxsize=20_000)
def place(address: str) -> Place:
    """Read an address in a line."""
    found = words(address)
    text = " ".join(found)
    code = _last(_POSTCODE.findall(text))
    postcode = "".join(code)
    number = next((word for word in found if word[0].isdigit() and word != postcode), "")
    return Place(text, number, postcode)


def _last(found: list[tuple[str, ...]]) -> tuple[str, ...]:
    return found[-1] if found else ()


def is_shared(email: str) -> bool:
    """Say whether an e-mail address is an office's rather than a person's, by its first half."""
    return email.partition("@")[0] in _OFFICES
