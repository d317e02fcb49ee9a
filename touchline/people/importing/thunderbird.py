"""Thunderbird's CSV, in English and in German."""

from touchline.people.importing import dates
from touchline.people.importing.csvs import Layout, Record
from touchline.people.importing.drafting import Draft, postal_lines
from touchline.people.importing.rows import Problem, Row

_GERMAN = {
    "first name": "vorname",
    "last name": "nachname",
    "display name": "anzeigename",
    "nickname": "spitzname",
    "primary email": "primäre e-mail-adresse",
    "secondary email": "sekundäre e-mail-adresse",
    "screen name": "messenger-name",
    "work phone": "tel. dienstlich",
    "home phone": "tel. privat",
    "fax number": "fax-nummer",
    "pager number": "pager-nummer",
    "mobile number": "mobil-tel.-nr.",
    "address": "adresse",
    "address 2": "adresse 2",
    "city": "ort",
    "state": "bundesland",
    "zipcode": "plz",
    "country": "land",
    "home": "privat:",
    "work": "dienstlich:",
    "job title": "arbeitstitel",
    "department": "abteilung",
    "organization": "organisation",
    "web page 1": "webseite 1",
    "web page 2": "webseite 2",
    "birth year": "geburtsjahr",
    "birth month": "geburtsmonat",
    "birth day": "geburtstag",
    "notes": "notizen",
}
_PHONES = {
    "work phone": "work",
    "home phone": "home",
    "mobile number": "mobile",
    "fax number": "fax",
    "pager number": "pager",
}


def knows(headings: frozenset[str]) -> bool:
    """Whether these are its headings: the name shown and the first address, as only it says."""
    own = {"display name", "primary email"}
    return own <= headings or {_GERMAN[name] for name in own} <= headings


def row(record: Record, _: dates.Order) -> list[Row | Problem]:
    """A contact. The birthday stands in three columns, the year often empty."""
    draft = Draft(record.line)

    def take(name: str) -> str:
        return record.take(name) or record.take(_GERMAN[name])

    draft.given, draft.family = take("first name"), take("last name")
    draft.name = take("display name")
    draft.keep("Nickname", take("nickname"))
    draft.company, draft.title = take("organization"), take("job title")
    draft.keep("Department", take("department"))
    draft.email(take("primary email"))
    draft.email(take("secondary email"))
    for name, label in _PHONES.items():
        draft.phone(take(name), label)
    for place in ("home", "work"):
        draft.address(_address(record, place), place)
    # Its first column is the page at work, its second the one at home.
    draft.web(take("web page 1"), "work")
    draft.web(take("web page 2"), "home")
    draft.keep("Instant messaging", take("screen name"))
    draft.note(take("notes"))
    year, month, day = take("birth year"), take("birth month"), take("birth day")
    _birthday(draft, year.strip(), month.strip(), day.strip())
    for heading, cell in record.rest():
        draft.keep(heading, cell)
    return draft.finish()


def _address(record: Record, place: str) -> str:
    def take(part: str) -> str:
        english = record.take(f"{place} {part}")
        return english or record.take(f"{_GERMAN[place]} {_GERMAN[part]}")

    return postal_lines(
        street="\n".join(filter(None, (take("address"), take("address 2")))),
        city=take("city"),
        region=take("state"),
        code=take("zipcode"),
        country=take("country"),
    )


def _birthday(draft: Draft, year: str, month: str, day: str) -> None:
    if not (month or day):
        draft.keep("Birth year", year)
        return
    written = f"{year.zfill(4)}-{month}-{day}" if year else f"--{month.zfill(2)}-{day.zfill(2)}"
    draft.birthday = dates.birthday(written)
    if not draft.birthday:
        draft.unread_date("Birthday", "-".join(filter(None, (year, month, day))))


LAYOUT = Layout("thunderbird", "Thunderbird contacts", knows, row)
