"""Tables of LinkedIn, Google and Outlook, in every shape met."""

import csv
import io

import pytest

from touchline.people.importing.reading import read
from touchline.people.importing.rows import Point, Reading, Row

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
PREAMBLE = 'Notes:\n"When exporting your connection data, you may notice, that"\n\n'
OUTLOOK = "First Name,Last Name,E-mail Address,Birthday,Anniversary,Notes"


def written(*records: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO()
    headings = list(dict.fromkeys(heading for record in records for heading in record))
    table = csv.DictWriter(out, headings, delimiter=delimiter)
    table.writeheader()
    table.writerows(records)
    return out.getvalue()


def only(text: str) -> Row:
    reading = read(text.encode())
    assert reading.problems == ()
    (row,) = reading.rows
    return row


def said(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, problem.text.split(".")[0]) for problem in reading.problems]


MAX = Row(
    line=2,
    name="Max Mustermann, MBA",
    given="Max",
    family="Mustermann, MBA",
    company="ACME GmbH",
    title="CTO",
    points=(Point("social", "https://www.linkedin.com/in/m%C3%BCx", "LinkedIn"),),
    identity="profile:müx",
    connected_on="2024-03-05",
)
MAX_LINE = 'Max,"Mustermann, MBA",https://www.linkedin.com/in/m%C3%BCx,,ACME GmbH,CTO,05 Mar 2024\n'


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (f"{LINKEDIN}\n", 2),
        (f"\ufeff{LINKEDIN}\r\n", 2),
        (f"{PREAMBLE}{LINKEDIN}\n", 5),
        (f'"Notes:"\n"advice\nover two lines"\n\n{LINKEDIN}\n,,,,,,\n', 7),
        (f"{LINKEDIN.upper()}\n", 2),
        ("Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n", 2),
    ],
)
def test_linkedin_headings(before: str, line: int) -> None:
    reading = read((before + MAX_LINE).encode())
    (row,) = reading.rows
    assert (reading.format, reading.title) == ("linkedin", "LinkedIn connections")
    assert reading.problems == ()
    assert row.line == line
    assert {**asdict(row), "line": 2} == asdict(MAX)


def asdict(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__slots__}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_the_order_of_columns(delimiter: str) -> None:
    record = {
        "Connected On": "7-Feb-22",
        "Position": "CTO; board\tchair, acting",
        "Last Name": "Bee",
        "First Name": "Ann",
        "Email Address": "a@b.example",
        "Shoe": "Size 5",
    }
    row = only(written(record, delimiter=delimiter))
    assert (row.name, row.title) == ("Ann Bee", "CTO; board chair, acting")
    assert row.connected_on == "2022-02-07"
    assert row.points == (Point("email", "a@b.example"),)
    assert row.extra == (("Shoe", "Size 5"),)


@pytest.mark.parametrize(
    ("day", "iso"),
    [
        ("12 Mar 2024", "2024-03-12"),
        ("5. März 2024", "2024-03-05"),
        ("05 Dez. 2024", "2024-12-05"),
        ("Mar 5, 2024", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
    ],
)
def test_linkedin_dates(day: str, iso: str) -> None:
    record = {"First Name": "Ann", "Last Name": "Bee", "Connected On": day}
    assert only(written(record)).connected_on == iso


def test_linkedin_rows_that_are_no_people() -> None:
    gone = ",,https://www.linkedin.com/in/gone,,,,05 Mar 2024\n"
    reading = read(f"{LINKEDIN}\n,,,,,,\n{gone}{MAX_LINE},,,,,,31 Feb 2024\n".encode())
    assert [row.line for row in reading.rows] == [4]
    assert said(reading) == [
        (
            3,
            "This connection has a profile but no name, as LinkedIn does with members who have "
            "left or hide",
        ),
        (
            5,
            "Connected on “31 Feb 2024” is not a date we can read; it is kept among the other "
            "details",
        ),
        (5, "This contact has no name, company or e-mail address"),
    ]


def test_google_with_labels() -> None:
    record = {
        "First Name": "Ann",
        "Middle Name": "Cee",
        "Last Name": "Bee",
        "Nickname": "Annie",
        "File As": "Bee",
        "Organization Name": "Bees",
        "Organization Title": "Head",
        "Organization Department": "Sales",
        "Birthday": " --05-09",
        "Notes": "tea\nno milk",
        "Photo": "https://p.example",
        "Labels": "* myContacts ::: Golf ::: Wine",
        "E-mail 1 - Label": "* Work",
        "E-mail 1 - Value": "a@b.example ::: c@d.example",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "'+44 20 ::: +44 21",
        "Address 1 - Label": "Home",
        "Address 1 - Formatted": "3 Lane\nEly",
        "Address 1 - Street": "3 Lane",
        "Address 1 - City": "Ely",
        "Website 1 - Label": "Profile",
        "Website 1 - Value": "https://linkedin.com/in/Ann",
        "Event 1 - Label": "anniversary",
        "Event 1 - Value": "2001-02-03",
        "Custom Field 1 - Label": "Tea",
        "Custom Field 1 - Value": "Green",
        "Relation 1 - Label": "",
        "Relation 1 - Value": "Bob",
    }
    assert only(written(record)) == Row(
        line=2,
        name="Ann Cee Bee",
        given="Ann",
        family="Bee",
        company="Bees",
        title="Head",
        points=(
            Point("email", "a@b.example", "work"),
            Point("email", "c@d.example", "work"),
            Point("phone", "+44 20", "mobile"),
            Point("phone", "+44 21", "mobile"),
            Point("address", "3 Lane\nEly", "home"),
            Point("social", "https://linkedin.com/in/Ann", "LinkedIn"),
        ),
        birthday="--05-09",
        notes="tea\nno milk",
        tags=("Golf", "Wine"),
        identity="profile:ann",
        extra=(
            *(("Department", "Sales"), ("Anniversary", "2001-02-03"), ("Tea", "Green")),
            *(("Relation", "Bob"), ("Nickname", "Annie")),
        ),
    )


def test_google_with_group_membership() -> None:
    record = {
        "Name": "Ann C. Bee",
        "Given Name": "Ann",
        "Family Name": "Bee",
        "Hobby": "Golf",
        "Birthday": "1980-05-09",
        "Group Membership": "Club ::: * My Contacts",
        "Organization 1 - Type": "* ",
        "Organization 1 - Name": "Bees",
        "Organization 1 - Title": "Head",
        "Organization 1 - Department": "Sales",
        "Organization 1 - Symbol": "BEE",
        "Organization 2 - Name": "Wasps",
        "Address 1 - Street": "3 Lane",
        "Address 1 - City": "Ely",
        "Address 1 - Postal Code": "CB7",
        "IM 1 - Service": "Skype",
        "IM 1 - Value": "annie",
    }
    reading = read(written(record).encode())
    assert (reading.format, reading.title) == ("google", "Google contacts")
    assert reading.rows == (
        Row(
            line=2,
            name="Ann C. Bee",
            given="Ann",
            family="Bee",
            company="Bees",
            title="Head",
            points=(Point("address", "3 Lane\nCB7 Ely"),),
            birthday="1980-05-09",
            tags=("Club",),
            extra=(
                *(("Department", "Sales"), ("Symbol", "BEE"), ("Company", "Wasps")),
                *(("Instant messaging Skype", "annie"), ("Hobby", "Golf")),
            ),
        ),
    )


@pytest.mark.parametrize("country", ["Business Country/Region", "Business Country"])
def test_outlook_in_its_shapes(country: str) -> None:
    record = {
        "Title": "Dr.",
        "First Name": "Ann",
        "Middle Name": "Cee",
        "Last Name": "Bee",
        "Company": "Bees",
        "Department": "Sales",
        "Job Title": "Head",
        "Business Street": "3 Lane",
        "Business Street 2": "Back",
        "Business City": "Ely",
        "Business State": "Cambs",
        "Business Postal Code": "CB7",
        country: "UK",
        "Business Fax": "1",
        "Mobile Phone": "2",
        "Anniversary": "0/0/00",
        "Birthday": "0/0/00",
        "Categories": "Golf;Wine",
        "Children": "Eve, Tom",
        "E-mail Address": "a@b.example",
        "E-mail Type": "SMTP",
        "Sensitivity": "Normal",
        "E-mail Display Name": "Ann Cee Bee (a@b.example)",
        "Gender": "Unspecified",
        "E-mail 2 Address": "/o=Exchange/cn=ann",
        "E-mail 2 Type": "EX",
        "Private": "False",
        "Hobby": "Bees",
        "Initials": "A.B.",
        "Spouse": "Bob",
        "Web Page": "bee.example",
    }
    reading = read(written(record).encode("cp1252"))
    assert (reading.format, reading.title) == ("outlook", "Outlook contacts")
    assert reading.problems == ()
    assert reading.rows == (
        Row(
            line=2,
            name="Ann Cee Bee",
            given="Ann",
            family="Bee",
            company="Bees",
            title="Head",
            points=(
                Point("email", "a@b.example"),
                Point("phone", "2", "mobile"),
                Point("phone", "1", "work fax"),
                Point("address", "3 Lane\nBack\nCB7 Ely\nCambs\nUK", "work"),
                Point("web", "bee.example", "work"),
            ),
            tags=("Golf", "Wine"),
            extra=(
                *(
                    ("Department", "Sales"),
                    ("Name prefix", "Dr."),
                    ("E-mail", "/o=Exchange/cn=ann"),
                ),
                *(("Children", "Eve, Tom"), ("Hobby", "Bees"), ("Spouse", "Bob")),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("days", "birthdays"),
    [
        (["5/9/1980", "25/9/1980"], ["1980-09-05", "1980-09-25"]),
        (["5/9/1980", "9/25/80"], ["1980-05-09", "1980-09-25"]),
        (["5/9/1980", "0/0/00"], ["", ""]),
        (["25/9/1980", "9/25/1980", "1/2/1980"], ["", "", ""]),
        (["9.5.1980"], ["1980-05-09"]),
        (["1980-05-09", "5/5/1604"], ["1980-05-09", "--05-05"]),
    ],
)
def test_outlook_dates_are_read_only_where_the_file_tells_their_order(
    days: list[str], birthdays: list[str]
) -> None:
    lines = [f"Ann,Bee,a@b.example,{day},," for day in days]
    reading = read("\n".join([OUTLOOK, *lines]).encode())
    assert [row.birthday for row in reading.rows] == birthdays
    unread = [
        (row.line, (("Birthday", day),))
        for row, day in zip(reading.rows, days, strict=True)
        if not row.birthday and day != "0/0/00"
    ]
    assert [(row.line, row.extra) for row in reading.rows if row.extra] == unread
    assert [problem.line for problem in reading.problems] == [line for line, _ in unread]


def test_records_keep_their_lines_when_cells_span_several() -> None:
    text = f'{OUTLOOK}\r\n\r\nAnn,Bee,,,,"one\r\ntwo"\r\nBob,Cee,,,,three\r\n'
    rows = read(text.encode()).rows
    assert [(row.line, row.notes) for row in rows] == [(3, "one\ntwo"), (5, "three")]


def test_ansi_and_utf8_lines_in_one_file() -> None:
    rows = read(OUTLOOK.encode() + b"\nJ\xfcrgen,Bee,,,,\n" + "Zoë,Cee,,,,".encode()).rows
    assert [row.name for row in rows] == ["Jürgen Bee", "Zoë Cee"]


def test_cells_beyond_the_headings_and_repeated_headings_are_kept() -> None:
    row = only("First Name,Last Name,E-mail Address,Tea,Tea\nAnn,Bee,,Green,Black,White\n")
    assert row.extra == (("Tea", "Green"), ("Tea", "Black"), ("Column 6", "White"))


def test_a_cell_beyond_the_limit_is_cut_and_named() -> None:
    reading = read(f"{OUTLOOK}\nAnn,Bee,,,,{'a' * 200_000}\nBob,Cee,,,,".encode())
    assert [len(row.notes) for row in reading.rows] == [100_000, 0]
    assert said(reading) == [(2, "Only the first 100,000 characters of “Notes” were kept")]


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    reading = read(f'{OUTLOOK}\nAnn,Bee,,,,x\nBob,"Cee,,,,\nCy,Dee,,,,\n'.encode())
    assert [row.given for row in reading.rows] == ["Ann", "Bob"]
    assert [line for line, text in said(reading) if "quotation mark" in text] == [3]


def test_more_cells_than_can_be_read_are_named() -> None:
    reading = read(f"{OUTLOOK}\nAnn,Bee{',' * 600}x\n".encode())
    assert reading.rows[0].name == "Ann Bee"
    assert [line for line, _ in said(reading)] == [2]
