"""Our own exports, as they are written; `cells` has how the cells of the CSV are."""

from touchline.people.importing import dates
from touchline.people.importing.cells import parted, unguarded
from touchline.people.importing.csvs import Layout, Record
from touchline.people.importing.drafting import Draft
from touchline.people.importing.rows import Problem, Row

COLUMNS = (
    *("Name", "Given name", "Family name", "Company", "Title", "E-mails", "Phones", "Addresses"),
    *("Birthday", "Tags", "Notes", "Source"),
)
# What each of our cards opens with.
HEAD = ("BEGIN:VCARD", "VERSION:4.0", "PRODID:-//Touchline//People//EN")
_KNOWN_BY = {"name", "given name", "family name", "e-mails", "phones"}


def knows(headings: frozenset[str]) -> bool:
    """Whether these are its headings."""
    return headings >= _KNOWN_BY


def is_cards(plain: bytes) -> bool:
    """Whether the text opens with one of our cards."""
    return plain.startswith("\r\n".join(HEAD).encode())


def row(record: Record, _: dates.Order) -> list[Row | Problem]:
    """A person. A column that somebody added is kept as it is."""
    draft = Draft(record.line)

    def take(name: str) -> str:
        return unguarded(record.take(name))

    draft.name = take("name")
    draft.given, draft.family = take("given name"), take("family name")
    draft.company, draft.title = take("company"), take("title")
    for email in parted(take("e-mails")):
        draft.email(email)
    for phone in parted(take("phones")):
        draft.phone(phone)
    for address in parted(take("addresses")):
        draft.address(address)
    for page in parted(take("websites")):
        draft.web(page)
    if day := take("birthday"):
        draft.birthday = dates.birthday(day)
        if not draft.birthday:
            draft.unread_date("Birthday", day)
    for tag in parted(take("tags")):
        draft.tag(tag)
    draft.note(take("notes"))
    draft.source = take("source")
    for heading, cell in record.rest():
        draft.keep(heading, unguarded(cell))
    return draft.finish()


LAYOUT = Layout("touchline", "Touchline contacts", knows, row)
