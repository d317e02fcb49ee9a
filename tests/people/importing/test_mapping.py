"""Tables with headings of their own: suggested, mapped, remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.people.importing.mapping import (
    FIELDS,
    BadMapping,
    Mapping,
    Unmapped,
    headings_key,
)
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Point, Row, Unreadable
from touchline.people.importing.suggesting import suggest


def unmapped(text: str) -> Unmapped:
    with pytest.raises(Unmapped) as found:
        read(text.encode(), "x.csv")
    return found.value


def fields(headings: str, *rows: str) -> str:
    split = [row.split("|") for row in rows]
    return " ".join(field for _, field in suggest(headings.split("|"), split).columns)


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        ("Name|E-mail|Phone|Company", "Ann|a@b.example|1|Bees", "name email phone company"),
        ("First|Last|Mobile No.|Job title", "Ann|Bee|07700|Head", "given family phone title"),
        ("Vorname|Name|Firma|Funktion", "Ann|Bee|Bees|Chefin", "given family company title"),
        ("Vorname|Name|Tel.", "Ann|Ann Bee|030 12", "given name phone"),
        ("Prénom|Nom|Courriel|Société", "Ann|Bee|a@b.example|B", "given family email company"),
        ("Nombre|Apellidos|Correo|Móvil", "Ann|Bee|a@b.example|600", "given family email phone"),
        ("Nome|Cognome|Azienda|CAP", "Ann|Bee|Bees|20121", "given family company postcode"),
        ("Naam|Bedrijf|Telefoonnummer", "Ann Bee|Bees|020", "name company phone"),
        ("Imię|Nazwisko|Firma|Adres", "Ann|Bee|Bees|ul. 1", "given family company address"),
        ("Name|Straße|PLZ|Ort|Land", "A|Weg 1|01234|Ely|DE", "name street postcode city country"),
        ("Name|Address|Town|Postcode", "A|3 Lane|Ely|CB7 4AA", "name street city postcode"),
        ("Name|Anschrift", "A|Weg 1", "name address"),
        ("Name|Geburtsdatum|Gruppen|Bemerkung", "A|9.5.80|x;y|tea", "name birthday tags notes"),
        ("Name|Title", "A|Dr.", "name detail"),
        ("Name|Title", "A|Head", "name title"),
        ("Full name|E-mail type", "A|SMTP", "name detail"),
        ("Name|Phone type|LinkedIn", "A|work|linkedin.com/in/a", "name detail web"),
        ("Wer|Kontakt|Netz", "Ann Bee|a@b.example|https://b.example", "name email web"),
        ("X|Y|Z", "Ann Lee|+44 161 496 0000|EC1A 1BB", "name phone postcode"),
        ("X|Y", "Ann Lee|12/03/1975", "name birthday"),
        ("X|Y", "Ann Lee|12/03/2025", "name detail"),
        ("Name|Empty", "A|", "name leave_out"),
        ("Kunde|Ansprechpartner", "Bees|Ann", "company name"),
        ("Client|Mail", "Ann|a@b.example", "name email"),
        ("Name|Contact name", "A|B", "name detail"),
        ("workEmail|homePhone|fullName", "a@b.example|0161|Ann", "email phone name"),
    ],
)
def test_suggested_by_headings_and_by_cells(headings: str, row: str, expected: str) -> None:
    assert fields(headings, row) == expected


def test_an_unknown_table_shows_what_a_page_needs() -> None:
    found = unmapped("Made by Tables 3\n\nWer;Kontakt;;Wer\nAnn Bee;a@b.example;x;y\nBob Cee;;z;\n")
    assert found.headings == ("Wer", "Kontakt", "Column 3", "Wer (2)")
    assert found.samples == (("Ann Bee", "a@b.example", "x", "y"), ("Bob Cee", "", "z", ""))
    assert found.suggestion.columns == (
        *(("Wer", "name"), ("Kontakt", "email"), ("Column 3", "detail"), ("Wer (2)", "detail")),
    )
    assert (found.headless, found.line) == (False, 3)
    assert "“Wer”, “Kontakt”" in str(found)


def test_a_table_is_read_by_its_mapping_and_known_again_in_any_order() -> None:
    mapping = Mapping(
        (
            *(("Who", "name"), ("First", "given"), ("Firm", "company"), ("Job", "title")),
            *(("Mail (work)", "email"), ("Mail", "email"), ("Mobile", "phone")),
            *(("Office fax", "phone"), ("Home street", "street"), ("Home town", "city")),
            *(("Home zip", "postcode"), ("Office address", "address"), ("Site", "web")),
            *(("Born", "birthday"), ("Groups", "tags"), ("Note 1", "notes"), ("Note 2", "notes")),
            *(("Shoe", "detail"), ("Id", "leave_out")),
        )
    )
    cells = {
        "Who": "Ann Bee",
        "First": "Ann",
        "Firm": "Bees",
        "Job": "Head",
        "Mail (work)": "a@b.example; c@d.example",
        "Mail": "e@f.example",
        "Mobile": "07700 900123 / 07700 900456",
        "Office fax": "0161 496 0000, ext. 5",
        "Home street": "3 Lane",
        "Home town": "Ely",
        "Home zip": "CB7",
        "Office address": "1 Street\nLeeds",
        "Site": "https://linkedin.com/in/ann",
        "Born": "5 March 80",
        "Groups": "Golf; Wine, red",
        "Note 1": "tea",
        "Note 2": "no milk",
        "Shoe": "5",
        "Id": "77",
    }
    expected = Row(
        line=2,
        name="Ann Bee",
        given="Ann",
        company="Bees",
        title="Head",
        points=(
            Point("email", "a@b.example", "work"),
            Point("email", "c@d.example", "work"),
            Point("email", "e@f.example"),
            Point("phone", "07700 900123", "mobile"),
            Point("phone", "07700 900456", "mobile"),
            Point("phone", "0161 496 0000, ext. 5", "work fax"),
            Point("address", "1 Street\nLeeds", "work"),
            Point("social", "https://linkedin.com/in/ann", "LinkedIn"),
            Point("address", "3 Lane\nCB7 Ely", "home"),
        ),
        birthday="1980-03-05",
        notes="tea\n\nno milk",
        tags=("Golf", "Wine", "red"),
        identity="profile:ann",
        extra=(("Shoe", "5"),),
    )
    for order in (list(cells), sorted(cells, reverse=True)):
        for change in (str, str.upper):
            lines = [map(change, order), (cells[name] for name in order)]
            text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
            reading = read(text.encode(), "x.csv", mapping)
            assert (reading.format, reading.title, reading.problems) == ("table", "Spreadsheet", ())
            assert reading.rows == (expected,)


def test_a_mapping_of_other_headings_is_not_used() -> None:
    mapping = Mapping((("Who", "name"),))
    with pytest.raises(Unmapped):
        read(b"Wer;Was\nAnn;Bees\n", "x.csv", mapping)
    linkedin = b"First Name,Last Name,Connected On\nAnn,Bee,\n"
    assert read(linkedin, "x.csv", mapping).format == "linkedin"


def test_a_mapping_goes_before_headings_that_are_known() -> None:
    mapping = Mapping((("first name", "name"), ("last name", "notes"), ("connected on", "detail")))
    reading = read(b"First Name,Last Name,Connected On\nAnn,Bee,May\n", "x.csv", mapping)
    assert [(row.name, row.notes, row.extra) for row in reading.rows] == [
        ("Ann", "Bee", (("connected on", "May"),))
    ]


def test_a_table_without_headings() -> None:
    text = "Ann Bee,a@b.example\nBob Cee,b@c.example\n"
    found = unmapped(text)
    assert found.headless
    assert found.headings == ("Column 1", "Column 2")
    assert found.samples[0] == ("Ann Bee", "a@b.example")
    reading = read(text.encode(), "x.csv", found.suggestion)
    assert [(row.line, row.name) for row in reading.rows] == [(1, "Ann Bee"), (2, "Bob Cee")]


def test_one_column_is_a_table_where_it_says_what_it_is() -> None:
    assert unmapped("E-mail\na@b.example\n").suggestion.columns == (("E-mail", "email"),)
    with pytest.raises(Unreadable, match="holds no contacts") as refused:
        read(b"Dear Ann\nhow are you\n")
    assert not isinstance(refused.value, Unmapped)


@pytest.mark.parametrize(
    ("days", "birthdays"),
    [
        (["25/3/1980", "4/3/1980"], ["1980-03-25", "1980-03-04"]),
        (["4/3/1980"], [""]),
        (["4.3.80", "0/0/00"], ["1980-03-04", ""]),
        (["4. März 1980", "12 déc. 1975"], ["1980-03-04", "1975-12-12"]),
        (["soon"], [""]),
    ],
)
def test_birthdays_of_a_mapped_table(days: list[str], birthdays: list[str]) -> None:
    text = "\n".join(["Who;Born", *(f"Ann;{day}" for day in days)])
    reading = read(text.encode(), "x.csv", Mapping((("Who", "name"), ("Born", "birthday"))))
    assert [row.birthday for row in reading.rows] == birthdays
    unread = [row for row in reading.rows if row.extra]
    assert len(reading.problems) == len(unread)


def test_cells_beyond_the_headings_are_kept() -> None:
    mapping = Mapping((("Who", "name"), ("Job", "title")))
    reading = read(b"Who;Job\nAnn;Head;Green\nBob;Hand;Red\n", "x.csv", mapping)
    assert reading.rows[0].extra == (("Column 3", "Green"),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "did not arrive"),
        ([], "did not arrive"),
        ([["Name", "name"]] * 501, "did not arrive"),
        (["Name"], "did not arrive whole"),
        ([["Name", "name", "x"]], "did not arrive whole"),
        ([["", "name"]], "without its heading"),
        ([[1, "name"]], "without its heading"),
        ([["Name", "shoe"]], "“shoe” is nothing that a column can be"),
        ([["Name", "name"], ["NAME ", "email"]], "came twice"),
        ([["A", "name"], ["B", "name"]], "“A” and “B” are both the full name"),
        ([["A", "birthday"], ["B", "birthday"], ["C", "name"]], "are both the birthday"),
        ([["A", "phone"], ["B", "detail"]], "No column says who it is"),
    ],
)
def test_a_mapping_that_is_nonsense(data: object, sentence: str) -> None:
    with pytest.raises(BadMapping) as refused:
        Mapping.from_json(data)
    assert sentence in str(refused.value)


def test_a_mapping_that_names_nobody_is_refused_on_reading_too() -> None:
    with pytest.raises(Unreadable, match="No column says who it is"):
        read(b"A;B\n1;2\n", "x.csv", Mapping((("A", "phone"), ("B", "detail"))))


HEADINGS = st.lists(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), min_size=1, max_size=6
)


@given(HEADINGS, st.randoms())
def test_the_key_is_the_same_in_any_order_and_case(headings: list[str], random: object) -> None:
    shuffled = headings[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert headings_key(f" {heading}\t" for heading in shuffled) == headings_key(headings)


@given(st.data())
def test_any_mapping_reads_any_table(data: st.DataObject) -> None:
    cell = st.text(st.sampled_from("aB1@.+/;, é\n'"), max_size=8)
    headings = ["One", "Two", "Three"]
    table = data.draw(st.lists(st.lists(cell, min_size=3, max_size=4), min_size=1, max_size=4))
    chosen = [data.draw(st.sampled_from(sorted(FIELDS))) for _ in headings]
    mapping = Mapping(tuple(zip(headings, chosen, strict=True)))
    lines = [headings, *table]
    text = "\n".join(",".join(f'"{each}"' for each in line) for line in lines).encode()
    try:
        reading = read(text, "x.csv", mapping)
    except Unreadable:
        return
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert reading == read(text, "x.csv", mapping)
    assert all(row.name for row in reading.rows)


@given(st.lists(st.lists(st.text(max_size=9), max_size=5), max_size=4), HEADINGS)
def test_any_table_gets_a_suggestion(rows: list[list[str]], headings: list[str]) -> None:
    mapping = suggest(headings, rows)
    assert [heading for heading, _ in mapping.columns] == headings
    assert {field for _, field in mapping.columns} <= FIELDS.keys()
