"""Google Contacts' CSV: with labels (new) and with group membership (old)."""

import re

from touchline.people.importing import dates
from touchline.people.importing.csvs import Layout, Record
from touchline.people.importing.drafting import Draft, postal_lines
from touchline.people.importing.rows import Problem, Row
from touchline.people.importing.text import one_line

_SEPARATOR = re.compile(r"\s:::\s|\s:::$|^:::\s")
_NUMBERED = re.compile(
    r"(e-mail|phone|address|organization|website|event|relation|im|custom field) ([0-9]+) - .+"
)
_BOOKKEEPING = ("photo", "file as", "sensitivity", "priority", "short name", "initials")


def knows(headings: frozenset[str]) -> bool:
    """Whether these are its headings, old or new."""
    new = {"first name", "last name"} <= headings
    old = {"given name", "family name"} <= headings
    own = {"labels", "group membership", "e-mail 1 - value", "phone 1 - value", "file as"}
    return (new or old) and not own.isdisjoint(headings)


def row(record: Record, _: dates.Order) -> list[Row | Problem]:
    """A contact."""
    draft, take = Draft(record.line), record.take
    draft.given = take("first name") or take("given name")
    draft.family = take("last name") or take("family name")
    middle = take("middle name") or take("additional name")
    draft.name = take("name") or one_line(f"{draft.given} {middle} {draft.family}")
    if middle not in draft.name:
        draft.keep("Middle name", middle)
    draft.company, draft.title = take("organization name"), take("organization title")
    draft.keep("Department", take("organization department"))
    draft.note(take("notes"))
    if day := take("birthday"):
        draft.birthday = dates.birthday(day)
        if not draft.birthday:
            draft.unread_date("Birthday", day)
    for tag in _several(take("labels") or take("group membership")):
        # Google marks its own groups with a star; they say nothing about the person.
        if not tag.startswith("*"):
            draft.tag(tag)
    for kind, number in _numbered(record):
        _group(draft, record, kind, f"{kind} {number} - ")
    for heading in _BOOKKEEPING:
        take(heading)
    for heading, cell in record.rest():
        draft.keep(heading, cell)
    return draft.finish()


def _numbered(record: Record) -> list[tuple[str, str]]:
    found = (_NUMBERED.fullmatch(heading) for heading in record.cells)
    return list(dict.fromkeys((match[1], match[2]) for match in found if match))


def _group(draft: Draft, record: Record, kind: str, prefix: str) -> None:
    label = record.take(f"{prefix}label") or record.take(f"{prefix}type")
    preferred = label.startswith("*")
    label = label.removeprefix("*").strip()
    if kind == "organization":
        _organization(draft, record, prefix)
        return
    if kind == "address":
        for address in _addresses(record, prefix):
            draft.address(address, label, preferred=preferred)
        return
    service = record.take(f"{prefix}service") if kind == "im" else ""
    for value in _several(record.take(f"{prefix}value")):
        match kind:
            case "e-mail":
                draft.email(value, label, preferred=preferred)
            case "phone":
                draft.phone(value, label, preferred=preferred)
            case "website":
                draft.web(value, label, preferred=preferred)
            case "im":
                draft.keep(one_line(f"Instant messaging {service or label}"), value)
            case _:
                draft.keep(f"{label[:1].upper()}{label[1:]}" or kind.capitalize(), value)


def _organization(draft: Draft, record: Record, prefix: str) -> None:
    name, title = record.take(f"{prefix}name"), record.take(f"{prefix}title")
    if draft.company or draft.title:
        draft.keep("Company", name)
        draft.keep("Title", title)
    else:
        draft.company, draft.title = name, title
    draft.keep("Department", record.take(f"{prefix}department"))
    for heading, cell in [
        (heading, record.take(key))
        for key, (heading, _) in list(record.cells.items())
        if key.startswith(prefix)
    ]:
        draft.keep(heading.partition(" - ")[2], cell)


def _addresses(record: Record, prefix: str) -> list[str]:
    formatted = record.take(f"{prefix}formatted")
    parts = {
        name: record.take(f"{prefix}{name}")
        for name in (
            *("po box", "extended address", "street", "city", "region", "postal code", "country"),
        )
    }
    if formatted:
        return _several(formatted)
    street = "\n".join(filter(None, list(parts.values())[:3]))
    return [
        postal_lines(
            street=street,
            city=parts["city"],
            region=parts["region"],
            code=parts["postal code"],
            country=parts["country"],
        )
    ]


def _several(cell: str) -> list[str]:
    """The values that one cell holds."""
    return [value.strip() for value in _SEPARATOR.split(cell) if value.strip()]


LAYOUT = Layout("google", "Google contacts", knows, row)
