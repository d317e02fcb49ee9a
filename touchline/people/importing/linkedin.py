"""LinkedIn's Connections.csv, in English and in German."""

from touchline.people.importing import dates
from touchline.people.importing.csvs import Layout, Record
from touchline.people.importing.drafting import Draft
from touchline.people.importing.rows import Problem, Row

_GERMAN = {
    "first name": "vorname",
    "last name": "nachname",
    "email address": "e-mail-adresse",
    "company": "unternehmen",
    "position": "position",
    "connected on": "verbunden am",
}


def knows(headings: frozenset[str]) -> bool:
    """Whether these are its headings: names and the day of the connection."""
    english = {"first name", "last name", "connected on"}
    return english <= headings or {_GERMAN[name] for name in english} <= headings


def row(record: Record, _: dates.Order) -> list[Row | Problem]:
    """A connection. A profile without a name is a problem: its member has left or is hidden."""
    draft = Draft(record.line)

    def take(name: str) -> str:
        return record.take(name) or record.take(_GERMAN[name])

    draft.given, draft.family = take("first name"), take("last name")
    draft.company, draft.title = take("company"), take("position")
    draft.email(take("email address"))
    url = record.take("url")
    draft.web(url)
    if day := take("connected on"):
        draft.connected_on = dates.connected(day)
        if not draft.connected_on:
            draft.unread_date("Connected on", day)
    for heading, cell in record.rest():
        draft.keep(heading, cell)
    if url and not (draft.given.strip() or draft.family.strip()):
        sentence = (
            "This connection has a profile but no name, as LinkedIn does with members who have "
            "left or hide. It was left out."
        )
        return [Problem(record.line, sentence)]
    return draft.finish()


LAYOUT = Layout("linkedin", "LinkedIn connections", knows, row)
