"""Thunderbird's table, in English and in German."""

import pytest

from tests.people.importing.test_csvs import only, written
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Point, Row

ENGLISH = {
    "First Name": "Ann",
    "Last Name": "Bee",
    "Display Name": "Annie Bee",
    "Nickname": "Annie",
    "Primary Email": "a@b.example",
    "Secondary Email": "c@d.example",
    "Screen Name": "annie",
    "Work Phone": "1",
    "Home Phone": "2",
    "Fax Number": "3",
    "Pager Number": "4",
    "Mobile Number": "5",
    "Home Address": "3 Lane",
    "Home Address 2": "Back",
    "Home City": "Ely",
    "Home State": "Cambs",
    "Home ZipCode": "CB7",
    "Home Country": "UK",
    "Work Address": "1 Street",
    "Job Title": "Head",
    "Department": "Sales",
    "Organization": "Bees",
    "Web Page 1": "work.example",
    "Web Page 2": "home.example",
    "Birth Year": "1980",
    "Birth Month": "5",
    "Birth Day": "9",
    "Custom 1": "Golf",
    "Notes": "tea",
    "": "",
}
GERMAN = [
    *("Vorname", "Nachname", "Anzeigename", "Spitzname", "Primäre E-Mail-Adresse"),
    *("Sekundäre E-Mail-Adresse", "Messenger-Name", "Tel. dienstlich", "Tel. privat"),
    *("Fax-Nummer", "Pager-Nummer", "Mobil-Tel.-Nr.", "Privat: Adresse", "Privat: Adresse 2"),
    *("Privat: Ort", "Privat: Bundesland", "Privat: PLZ", "Privat: Land"),
    *("Dienstlich: Adresse", "Arbeitstitel", "Abteilung", "Organisation", "Webseite 1"),
    *("Webseite 2", "Geburtsjahr", "Geburtsmonat", "Geburtstag", "Custom 1", "Notizen", ""),
]


@pytest.mark.parametrize(
    "record", [ENGLISH, dict(zip(GERMAN, ENGLISH.values(), strict=True))], ids=["en", "de"]
)
def test_every_column(record: dict[str, str]) -> None:
    assert read(written(record).encode()).format == "thunderbird"
    assert only(written(record)) == Row(
        line=2,
        name="Annie Bee",
        given="Ann",
        family="Bee",
        company="Bees",
        title="Head",
        points=(
            *(Point("email", "a@b.example"), Point("email", "c@d.example")),
            *(Point("phone", "1", "work"), Point("phone", "2", "home")),
            *(Point("phone", "5", "mobile"), Point("phone", "3", "fax")),
            Point("phone", "4", "pager"),
            Point("address", "3 Lane\nBack\nCB7 Ely\nCambs\nUK", "home"),
            Point("address", "1 Street", "work"),
            *(Point("web", "work.example", "work"), Point("web", "home.example", "home")),
        ),
        birthday="1980-05-09",
        notes="tea",
        extra=(
            *(("Nickname", "Annie"), ("Department", "Sales"), ("Instant messaging", "annie")),
            ("Custom 1", "Golf"),
        ),
    )


@pytest.mark.parametrize(
    ("year", "month", "day", "birthday", "extra"),
    [
        ("", "5", "9", "--05-09", ()),
        ("1980", "05", "09", "1980-05-09", ()),
        ("1980", "", "", "", (("Birth year", "1980"),)),
        ("1980", "13", "9", "", (("Birthday", "1980-13-9"),)),
        ("", "", "9", "", (("Birthday", "9"),)),
        ("", "", "", "", ()),
    ],
)
def test_birthdays(
    year: str, month: str, day: str, birthday: str, extra: tuple[tuple[str, str], ...]
) -> None:
    record = {"Display Name": "Ann", "Primary Email": "", "Birth Year": year}
    reading = read(written(record | {"Birth Month": month, "Birth Day": day}).encode())
    assert (reading.rows[0].birthday, reading.rows[0].extra) == (birthday, extra)
    assert len(reading.problems) == (not birthday and bool(extra) and extra[0][0] == "Birthday")
