"""Outlook's CSV in its three shapes: outlook.com, the desktop program, and as others write it."""

import re

from touchline.people.importing import dates
from touchline.people.importing.csvs import Layout, Record
from touchline.people.importing.drafting import Draft, postal_lines
from touchline.people.importing.rows import Problem, Row
from touchline.people.importing.text import one_line

_OWN = {"e-mail address", "e-mail 2 address", "business phone", "business street"}
_PHONES = {
    "mobile phone": "mobile",
    "business phone": "work",
    "business phone 2": "work",
    "company main phone": "main",
    "primary phone": "main",
    "home phone": "home",
    "home phone 2": "home",
    "car phone": "car",
    "other phone": "other",
    "pager": "pager",
    "business fax": "work fax",
    "home fax": "home fax",
    "other fax": "other fax",
    "radio phone": "radio",
    "callback": "callback",
    "isdn": "ISDN",
    "tty/tdd phone": "TTY",
}
_SAYS_NOTHING = {
    "sensitivity": {"normal"},
    "priority": {"normal"},
    "private": {"false"},
    "gender": {"unspecified"},
}
_BOOKKEEPING = ("initials", "e-mail type", "e-mail 2 type", "e-mail 3 type")
_DATES = ("birthday", "anniversary")


def knows(headings: frozenset[str]) -> bool:
    """Whether these are its headings: names, and an e-mail, phone or street as Outlook calls it."""
    return {"first name", "last name"} <= headings and not _OWN.isdisjoint(headings)


def row(record: Record, first: dates.Order) -> list[Row | Problem]:
    """A contact. Whether a date such as 5/9/1980 begins with the day is told by the other dates of
    the file; where they do not tell, it is kept as typed and named."""
    draft, take = Draft(record.line), record.take
    draft.given, draft.family = take("first name"), take("last name")
    middle = take("middle name")
    draft.name = one_line(f"{draft.given} {middle} {draft.family}")
    draft.company, draft.title = take("company"), take("job title")
    draft.keep("Department", take("department"))
    draft.keep("Name prefix", take("title"))
    draft.keep("Name suffix", take("suffix"))
    draft.note(take("notes"))
    for tag in re.split(r"[;\n]", take("categories")):
        draft.tag(tag)
    _points(draft, record)
    _days(draft, record, first)
    for heading in _BOOKKEEPING:
        take(heading)
    for heading, cell in record.rest():
        if cell.strip().lower() not in _SAYS_NOTHING.get(heading.lower(), ()):
            draft.keep(heading, cell)
    return draft.finish()


def _points(draft: Draft, record: Record) -> None:
    for number in ("", "2 ", "3 "):
        draft.email(address := record.take(f"e-mail {number}address"))
        shown = record.take(f"e-mail {number}display name")
        # Outlook makes it up from the name and the address; anything else was typed.
        if not any(part and part in shown for part in (address, draft.name)):
            draft.keep("E-mail display name", shown)
    for heading, label in _PHONES.items():
        draft.phone(record.take(heading), label)
    for place, label in (("business", "work"), ("home", "home"), ("other", "other")):
        draft.address(_address(record, place), label)
    draft.web(record.take("web page"), "work")
    draft.web(record.take("personal web page"), "home")
    draft.keep("Instant messaging", record.take("imaddress"))


def _address(record: Record, place: str) -> str:
    whole = record.take(f"{place} address")
    box = record.take(f"{place} address po box")
    street = [record.take(f"{place} street{number}") for number in ("", " 2", " 3")]
    city, region = record.take(f"{place} city"), record.take(f"{place} state")
    code = record.take(f"{place} postal code")
    country = record.take(f"{place} country/region") or record.take(f"{place} country")
    composed = postal_lines(
        street="\n".join(filter(None, (box, *street))),
        city=city,
        region=region,
        code=code,
        country=country,
    )
    return whole or composed


def _days(draft: Draft, record: Record, first: dates.Order) -> None:
    for name in _DATES:
        written = record.take(name)
        if not written or dates.is_none(written):
            continue
        found = dates.in_order(written, first)
        if not found:
            why = "can be read as two different days" if not first else "is not a date we can read"
            draft.unread_date(name.capitalize(), written, why)
        elif name == "birthday":
            draft.birthday = found
        else:
            draft.keep("Anniversary", found)


LAYOUT = Layout("outlook", "Outlook contacts", knows, row, _DATES)
