"""A sheet put in: pasted or as a file, sorted, and beside what is known."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.sheets.theirs.test_yours import picture
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.relationships.models import Relationship
from touchline.sheets.models import TheirAnswer, TheirSheet

Browser = Callable[[Member], Client]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


def put(client: Client, anwen: Relationship, **posted: Any) -> Any:
    return client.post(f"/relationships/{anwen.pk}/their-sheets/put-in/", posted)


def as_file(content: bytes, name: str = "sheet.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def rows() -> list[tuple[str, str, str, str]]:
    return list(TheirAnswer.objects.values_list("topic", "slot", "text", "state"))


def test_what_is_pasted_is_a_proposal_and_the_rest_stays_in_sight(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    pasted = "Hi Alice,\r\n\r\nHobbies: golf\r\nChildren: two\r\nShoe size: 9"
    answer = put(client, anwen, text=pasted)
    sheet = TheirSheet.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/their-sheets/{sheet.pk}/")
    assert rows() == [
        ("interests", "free_time", "golf", "proposed"),
        ("family", "children", "two", "proposed"),
    ]
    assert (sheet.source, sheet.by, sheet.settled_at) == ("put_in", alice, None)
    assert sheet.unsorted == "Hi Alice,\nShoe size: 9".replace(",\n", ",\n\n")
    assert sheet.raw == pasted.replace("\r\n", "\n")
    page = client.get(answer["Location"]).content.decode()
    assert "Two answers to decide on." in page
    assert "Shoe size: 9" in page
    assert Entry.objects.filter(verb="theirsheet.put_in", person_id=anwen.person_id).exists()
    page = client.get(f"/relationships/{anwen.pk}/their-sheets/").content.decode()
    assert "Two answers to decide on" in page


def test_a_mail_is_put_in_as_a_file(anwen: Relationship, alice: Member, browser: Browser) -> None:
    mail = (
        b"From: a@example.org\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nHobbies: golf\r\n'
        b'--b\r\nContent-Type: application/pdf; name="bio.pdf"\r\n\r\nx\r\n--b--\r\n'
    )
    answer = put(browser(alice), anwen, text="", file=as_file(mail, "Re hello.eml"))
    assert answer.status_code == 303
    assert rows() == [("interests", "free_time", "golf", "proposed")]
    assert TheirSheet.objects.get().filename == "Re hello.eml"
    page = browser(alice).get(answer["Location"]).content.decode()
    assert "from Re hello.eml" in page


def test_the_picture_of_a_card_waits_to_be_decided_on(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    inside = base64.b64encode(picture())
    card = b"BEGIN:VCARD\nFN:Anwen\nPHOTO;ENCODING=b:" + inside + b"\nEND:VCARD\n"
    put(browser(alice), anwen, file=as_file(card, "a.vcf"))
    sheet = TheirSheet.objects.get()
    assert sheet.photo is not None
    assert bytes(sheet.photo) != picture()
    assert (sheet.photo_given, sheet.settled_at) == (True, None)
    page = browser(alice).get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert f"/their-sheets/{sheet.pk}/photo.jpg" in page


def test_where_nothing_is_sorted_all_of_it_stays(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    answer = put(browser(alice), anwen, text="<script>alert(1)</script>\nNothing much.")
    sheet = TheirSheet.objects.get()
    assert sheet.settled_at
    page = browser(alice).get(answer["Location"]).content.decode()
    assert "Nothing in it could be sorted." in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "Paste what they wrote, or choose the file."),
        ({"text": " \n "}, "Paste what they wrote, or choose the file."),
        ({"text": "Hobbies: golf", "file": b"Hobbies: golf"}, "one at a time"),
        ({"text": "x" * 100_001}, "at most 100,000 letters"),
        ({"file": b""}, "has no text in it"),
        ({"file": b"%PDF-1.7"}, "“sheet.txt” is a PDF."),
        ({"file": b"Hobbies: golf\n" * 80_000}, "“sheet.txt” has 1.1 MB, and 1 MB is the most."),
        ({"file": b"\x00\x01\x02\x03" * 99}, "is no text, mail or vCard"),
    ],
)
def test_what_is_no_sheet_is_refused_and_what_was_pasted_stays(
    posted: dict[str, Any], said: str, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    if isinstance(posted.get("file"), bytes):
        posted = {**posted, "file": as_file(posted["file"])}
    answer = put(browser(alice), anwen, **posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert posted.get("text", "")[:200].strip() in page
    assert not TheirSheet.objects.exists()


def test_posted_twice_it_is_put_in_once(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    first, again = (put(client, anwen, text="Hobbies: golf", once="same") for _ in "12")
    assert first["Location"] == again["Location"]
    assert TheirSheet.objects.count() == 1


def test_a_stranger_and_a_viewer_put_nothing_in(
    anwen: Relationship, bob: Member, stranger: Member, browser: Browser
) -> None:
    assert put(browser(stranger), anwen, text="Hobbies: golf").status_code == 404
    assert put(browser(bob), anwen, text="Hobbies: golf").status_code == 403
    page = browser(bob).get(f"/relationships/{anwen.pk}/their-sheets/").content.decode()
    assert "Put one in" not in page
    assert not TheirSheet.objects.exists()


def test_the_address_leads_to_its_page(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    answer = browser(alice).get(f"/relationships/{anwen.pk}/their-sheets/put-in/")
    assert answer["Location"] == f"/relationships/{anwen.pk}/their-sheets/#put-in"
