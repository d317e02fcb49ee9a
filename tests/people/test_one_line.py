"""A line, or a signature, read into the form of a new person."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.fold import words
from touchline.demo import makers
from touchline.people.models import Person
from touchline.people.one_line import known
from touchline.people.one_line.reading import read

Browser = Callable[[Member], Client]

GERMAN = """Dr. Anna Müller
Geschäftsführerin
Müller Maschinenbau GmbH
Industriestraße 12
D-20095 Hamburg
Tel.: +49 40 123456-12
Fax: +49 40 123456-99
Mobil: 0171 1234567
anna.mueller@mueller.de
www.mueller.de"""
AMERICAN = """John Smith, CPA, MBA
Vice President, Sales
Acme Corp.
1600 Main Street, Suite 400
Springfield, IL 62704
(217) 555-0100 x12
john.smith@acme.com
linkedin.com/in/johnsmith"""
BRITISH = """Ann Lee
Senior Surveyor
Hall & Co
T: 0161 496 0000 | M: 07700 900123
ann.lee@hall.example
12 High Street, Manchester M1 4BT"""

# Text; name, title, company; points as kind, value, label; notes.
CASES = [
    ("Ann Lee, surveyor at Hall & Co, 0161 496 0000", "Ann Lee", "surveyor", "Hall & Co",
     ["phone 0161 496 0000"], ""),
    ("Ann Lee surveyor at Hall & Co 0161 496 0000", "Ann Lee", "surveyor", "Hall & Co",
     ["phone 0161 496 0000"], ""),
    ("Ann Lee", "Ann Lee", "", "", [], ""),
    ("Ann", "Ann", "", "", [], ""),
    ("ann.lee@hall.example", "Ann Lee", "", "", ["email ann.lee@hall.example"], ""),
    ("Ann Lee ann@hall.example", "Ann Lee", "", "", ["email ann@hall.example"], ""),
    ("Ann Lee <ann@hall.example>", "Ann Lee", "", "", ["email ann@hall.example"], ""),
    ("Ann Lee 07700900123", "Ann Lee", "", "", ["phone 07700900123"], ""),
    ("Ann Lee, mob 07700 900123", "Ann Lee", "", "", ["phone 07700 900123 mobile"], ""),
    ("Ann Lee (Hall & Co), +44 (0)161 496 0000", "Ann Lee", "", "Hall & Co",
     ["phone +44 (0)161 496 0000"], ""),
    ("Ann Lee FRICS, Director, Hall & Co", "Ann Lee", "Director, FRICS", "Hall & Co", [], ""),
    ("Ann Lee, FRICS, Director, Hall & Co", "Ann Lee", "Director, FRICS", "Hall & Co", [], ""),
    ("Ann Lee F.R.I.C.S., Hall & Co", "Ann Lee", "F.R.I.C.S.", "Hall & Co", [], ""),
    ("Ann Lee Director Hall & Co", "Ann Lee", "Director", "Hall & Co", [], ""),
    ("Ann Lee Hall & Co", "Ann Lee", "", "Hall & Co", [], ""),
    ("Ann Lee CEO Hall Group", "Ann Lee", "CEO", "Hall Group", [], ""),
    ("ANN LEE\nCHARTERED SURVEYOR\nHALL & CO", "ANN LEE", "CHARTERED SURVEYOR", "HALL & CO",
     [], ""),
    ("Lee, Ann, Hall & Co", "Ann Lee", "", "Hall & Co", [], ""),
    ("Ann Lee, Lloyd", "Ann Lee", "", "Lloyd", [], ""),
    ("Ann Lee, works at Hall & Co", "Ann Lee", "works", "Hall & Co", [], ""),
    ("Ann Lee, plumber, met at the golf club", "Ann Lee", "plumber", "", [],
     "met at the golf club"),
    ("met Tom Baker, plumber", "Tom Baker", "plumber", "", [], "met"),
    ("Tom Baker MBE, butcher", "Tom Baker", "butcher, MBE", "", [], ""),
    ("Robert Hale of Hale Insurance", "Robert Hale", "", "Hale Insurance", [], ""),
    ("Hale Insurance Ltd, Robert Hale", "Robert Hale", "", "Hale Insurance Ltd", [], ""),
    ("Peter van der Berg, architect, Studio Berg, peter@studioberg.nl", "Peter van der Berg",
     "architect", "Studio Berg", ["email peter@studioberg.nl"], ""),
    ("Priya Raman – HR consultant – Raman People Ltd – 020 7946 0000", "Priya Raman",
     "HR consultant", "Raman People Ltd", ["phone 020 7946 0000"], ""),
    ("Priya Raman https://www.linkedin.com/in/priya-raman-1/", "Priya Raman", "", "",
     ["social https://www.linkedin.com/in/priya-raman-1/ LinkedIn"], ""),
    ("Priya Raman, LinkedIn: linkedin.com/in/priya", "Priya Raman", "", "",
     ["social linkedin.com/in/priya LinkedIn"], ""),
    ("Jane Doe | Partner | Doe & Partners LLP | jane@doe.law | +1 415 555 0132", "Jane Doe",
     "Partner", "Doe & Partners LLP", ["email jane@doe.law", "phone +1 415 555 0132"], ""),
    ("Sarah O'Brien, Solicitor, O'Brien Law, D: 0161 496 0001, M: 07700 900999",
     "Sarah O'Brien", "Solicitor", "O'Brien Law",
     ["phone 0161 496 0001 direct", "phone 07700 900999 mobile"], ""),
    ("Ann Lee; Head of Lettings; Hall Estates; office 0161 496 0000", "Ann Lee",
     "Head of Lettings", "Hall Estates", ["phone 0161 496 0000 work"], ""),
    ("Ann Lee, Phone: 0161 496 0000 / 07700 900123", "Ann Lee", "", "",
     ["phone 0161 496 0000", "phone 07700 900123"], ""),
    ("Ann Lee\n0161 496 0000 (work)\n07700 900123 (mobile)", "Ann Lee", "", "",
     ["phone 0161 496 0000 work", "phone 07700 900123 mobile"], ""),
    ("Hall & Co\nAnn Lee\nSurveyor", "Ann Lee", "Surveyor", "Hall & Co", [], ""),
    ("Studio Berg Architekten GmbH\nPeter Berg\nGeschäftsführer", "Peter Berg",
     "Geschäftsführer", "Studio Berg Architekten GmbH", [], ""),
    ("Prof. Dr. Hans-Peter Schmidt, Universität Hamburg", "Prof. Dr. Hans-Peter Schmidt", "",
     "Universität Hamburg", [], ""),
    ("Mit freundlichen Grüßen\nKlaus Weber\nVertriebsleiter\nWeber & Söhne KG\n"
     "Hauptstr. 5, 80331 München\nTel 089 / 123 456 78", "Klaus Weber", "Vertriebsleiter",
     "Weber & Söhne KG",
     ["phone 089 / 123 456 78", "address Hauptstr. 5, 80331 München"],
     "Mit freundlichen Grüßen"),
    ("Jean Dupont, directeur chez Banque Rhône, +33 4 72 00 00 00", "Jean Dupont", "directeur",
     "Banque Rhône", ["phone +33 4 72 00 00 00"], ""),
    ("Best regards,\nMark Jones\nHead of Sales\nJones Systems\nSent from my iPhone",
     "Mark Jones", "Head of Sales", "Jones Systems", [],
     "Best regards\nSent from my iPhone"),
    ("Siân Roberts\nManaging Director\nRoberts Accountants, Inc.\nCompany No. 01234567",
     "Siân Roberts", "Managing Director", "Roberts Accountants, Inc.", [],
     "Company No. 01234567"),
    ("Ann Lee, 12 High Street, Leeds LS1 4AB", "Ann Lee", "", "",
     ["address 12 High Street, Leeds LS1 4AB"], ""),
    ("Address: 5 Park Row, Leeds, LS1 5HD, UK\nAnn Lee", "Ann Lee", "", "",
     ["address 5 Park Row, Leeds, LS1 5HD, UK"], ""),
    ("Ms Ruth Abelson, Abelson Consulting, 12.03.2024", "Ms Ruth Abelson", "",
     "Abelson Consulting", [], "12.03.2024"),
    (BRITISH, "Ann Lee", "Senior Surveyor", "Hall & Co",
     ["phone 0161 496 0000", "phone 07700 900123 mobile", "email ann.lee@hall.example",
      "address 12 High Street, Manchester M1 4BT"], ""),
    (AMERICAN, "John Smith", "Vice President, Sales, CPA, MBA", "Acme Corp.",
     ["phone (217) 555-0100 x12", "email john.smith@acme.com",
      "social linkedin.com/in/johnsmith LinkedIn",
      "address 1600 Main Street, Suite 400\nSpringfield, IL 62704"], ""),
    (GERMAN, "Dr. Anna Müller", "Geschäftsführerin", "Müller Maschinenbau GmbH",
     ["phone +49 40 123456-12", "phone +49 40 123456-99 fax", "phone 0171 1234567 mobile",
      "email anna.mueller@mueller.de", "web www.mueller.de",
      "address Industriestraße 12\nD-20095 Hamburg"], ""),
    ("", "", "", "", [], ""),
    ("0161 496 0000", "", "", "", ["phone 0161 496 0000"], ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "title", "company", "points", "notes"), CASES)
def test_reads(
    text: str, name: str, title: str, company: str, points: list[str], notes: str
) -> None:
    told = read(text, "GB")
    assert (told.name, told.title, told.company) == (name, title, company)
    assert [f"{one.kind} {one.value} {one.label}".strip() for one in told.points] == points
    assert told.notes == notes


SIGNS = (
    known.JOINS
    | {word for sign in known.SIGNS for word in words(sign)}
    | {
        word
        for sign in known.MAIL_SIGNS | known.WEB_SIGNS | known.ADDRESS_SIGNS
        for word in words(sign)
    }
)
PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from([part for text, *_ in CASES for part in text.replace(",", "\n").split("\n")]),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([", ", "\n", " ", " | ", " - ", "; ", "/"])))


@given(TEXTS)
def test_nothing_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "".join(piece + between for piece, between in parts)
    told = read(text, "GB")
    kept = [told.name, told.title, told.company, told.notes]
    kept += [f"{one.value} {one.label}" for one in told.points]
    there = set(words(" ".join(kept)))
    assert [word for word in words(text) if word not in there | SIGNS] == []
    assert max(map(len, (told.name, told.title, told.company))) <= 200


def test_what_is_too_long_for_a_field_is_in_the_notes() -> None:
    told = read("Ann " + "Lee" * 100, "GB")
    assert len(told.name) == 200
    assert "Lee" * 100 in told.notes
    far = read("Ann Lee, " + "x " * 4000, "GB")
    assert far.notes.count("x") == 4000


def test_is_reached_where_a_person_is_added(alice: Member, browser: Browser) -> None:
    page = browser(alice).get("/people/new/").content.decode()
    assert 'action="/people/new/read/"' in page
    assert "Read it" in page


def test_is_shown_before_it_is_stored(alice: Member, browser: Browser) -> None:
    answer = browser(alice).post("/people/new/read/", {"text": BRITISH, "once": "a"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for value in ("Ann Lee", "Senior Surveyor", "Hall &amp; Co", "07700 900123", "mobile"):
        assert f'value="{value}"' in page or f">\n{value}</textarea>" in page, value
    assert "not stored yet" in page
    assert not Person.objects.exists()
    # The form below it goes where a new person is made.
    assert 'class="person-form" method="post" action="/people/new/"' in page


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A. Lee, ann@hall.example", "the same e-mail address"),
        ("Lee, Ann, 0161 496 0000", "the same number"),
        ("Ann Lee, carpenter", "the same name"),
    ],
)
def test_warns_of_somebody_like_that(
    alice: Member, stranger: Member, browser: Browser, text: str, why: str
) -> None:
    there = makers.a_person(
        alice, "Ann Lee", email="ann@hall.example", phone="+44 161 4960000", company="Hall & Co"
    )
    client = browser(alice)
    page = client.post("/people/new/read/", {"text": text}).content.decode()
    assert f'<a href="{there.get_absolute_url()}">Ann Lee</a>, Hall &amp; Co: {why}' in page
    assert "here already" not in (
        browser(stranger).post("/people/new/read/", {"text": text}).content.decode()
    )
    there.delete_by(alice)
    assert "here already" not in client.post("/people/new/read/", {"text": text}).content.decode()


def test_a_shared_number_is_not_the_same_person(alice: Member, browser: Browser) -> None:
    makers.a_person(alice, "Ruth Abelson", phone="0161 496 0000")
    text = {"text": "Ann Lee, 0161 496 0000"}
    assert "here already" not in browser(alice).post("/people/new/read/", text).content.decode()


def test_nothing_to_read_is_said(alice: Member, browser: Browser) -> None:
    answer = browser(alice).post("/people/new/read/", {"text": "  "})
    assert "Write or paste something first" in answer.content.decode()


def test_a_viewer_reads_nothing(bob: Member, browser: Browser) -> None:
    assert browser(bob).post("/people/new/read/", {"text": "Ann Lee"}).status_code == 403


def test_a_line_that_is_none_of_a_signature_is_kept_unread() -> None:
    long = " ".join(["1 a"] * 400)
    told = read(f"Ann Lee, Surveyor\n{long}\nann@example.org", "GB")
    assert (told.name, told.title) == ("Ann Lee", "Surveyor")
    assert [point.value for point in told.points] == ["ann@example.org"]
    assert long in told.notes
