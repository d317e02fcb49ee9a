"""Handing my sheet out: its address, the page it opens, PDF, vCard, QR code and pictures."""

import io
import re
from base64 import b64decode
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfReader

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.people.importing import reading
from touchline.sheets.models import CompanySheet, Link, Sheet, Visit
from touchline.sheets.paper import qr
from touchline.sheets.parts import PARTS

Browser = Callable[[Member], Client]
SCRIPT = "<script>alert('x')</script>"
FOR_ANYONE = [part for part in PARTS if part.shown_to == "anyone"]
FOR_PARTNERS = [part for part in PARTS if part.shown_to == "partners"]


def a_picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "teal").save(out, kind)
    return out.getvalue()


@pytest.fixture
def sheet(alice: Member) -> Sheet:
    made = a_sheet(
        alice, role="Weaver", phone="+44 20 5550 1234", email="alice@example.org",
        website="https://loom.example", **{part.key: f"Words of {part.key}" for part in PARTS},
    )  # fmt: skip
    made.photo = a_picture()
    made.save()
    CompanySheet.objects.create(
        workspace=alice.workspace, about="Four looms", logo=a_picture("PNG"), version=1
    )
    return made


def text_of(pdf: bytes) -> tuple[int, str]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_an_address_is_made_shown_replaced_and_closed(
    alice: Member, sheet: Sheet, browser: Browser, client: Client
) -> None:
    mine = browser(alice)
    assert "It has no address yet." in mine.get("/sheet/hand-out/").content.decode()
    assert mine.post("/sheet/address/").status_code == 303
    first = Link.objects.get()
    page = mine.get("/sheet/hand-out/").content.decode()
    assert f"http://testserver{first.path}" in page
    assert qr.data_uri(f"http://testserver{first.path}") in page
    assert "Nobody has looked at it yet." in page
    assert client.get(first.path).status_code == 200
    assert "Looked at once" in mine.get("/sheet/hand-out/").content.decode()
    mine.post("/sheet/address/", {"replace": "1"})
    second = Link.objects.get(revoked_at=None)
    assert client.get(first.path).status_code == 404
    assert client.get(second.path).status_code == 200
    mine.post("/sheet/address/", {"revoke": "1"})
    assert client.get(second.path).status_code == 404
    again = mine.post("/sheet/address/", {"revoke": "1"}, follow=True)
    assert "There is no address to close any more." in again.content.decode()


def test_without_a_sheet_there_is_nothing_to_hand_out(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    assert "Write your sheet" in client.get("/sheet/hand-out/").content.decode()
    answer = client.post("/sheet/address/", follow=True)
    assert "Write your sheet first." in answer.content.decode()
    assert not Link.objects.exists()


def test_an_address_of_another_key_says_so(alice: Member, sheet: Sheet, browser: Browser) -> None:
    link = a_link(None, alice, "sheet")
    Link.objects.filter(pk=link.pk).update(nonce="made with another key")
    page = browser(alice).get("/sheet/hand-out/").content.decode()
    assert "cannot be shown any more" in page
    assert "Make a new one" in page


def test_the_page_shows_what_is_for_anyone_and_nothing_else(
    alice: Member, sheet: Sheet, client: Client
) -> None:
    link = a_link(None, alice, "sheet")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(link.path)
    assert len(asked) <= 8
    page = answer.content.decode()
    for part in FOR_ANYONE:
        assert f"Words of {part.key}" in page
    for part in FOR_PARTNERS:
        assert f"Words of {part.key}" not in page
        assert part.name not in page
    for each in (
        "Alice Hill",
        "Weaver",
        "tel:+442055501234",
        "Four looms",
        link.path + "photo.jpg",
    ):
        assert each in page
    assert link.token not in page.partition("<title>")[2].partition("</title>")[0]
    assert "<form" not in page
    assert len(answer.content) < 60_000


def test_hidden_parts_are_in_no_form_of_it(alice: Member, sheet: Sheet, client: Client) -> None:
    link = a_link(None, alice, "sheet")
    _, pdf = text_of(client.get(f"{link.path}sheet.pdf").content)
    card = client.get(f"{link.path}card.vcf").content.decode().replace("\r\n ", "")
    for said in (pdf, card):
        for part in FOR_ANYONE:
            assert f"Words of {part.key}" in said
        for part in FOR_PARTNERS:
            assert f"Words of {part.key}" not in said


def test_its_files_are_what_they_say(alice: Member, sheet: Sheet, client: Client) -> None:
    link = a_link(None, alice, "sheet")
    kinds = {
        "sheet.pdf": ("application/pdf", b"%PDF-"),
        "card.vcf": ("text/vcard; charset=utf-8", b"BEGIN:VCARD\r\n"),
        "photo.jpg": ("image/jpeg", b"\xff\xd8\xff"),
        "logo.png": ("image/png", b"\x89PNG"),
    }
    for name, (kind, begins) in kinds.items():
        answer = client.get(link.path + name)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer.content.startswith(begins)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert link.token not in answer["Content-Disposition"]
        if name != "sheet.pdf":
            assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    many, said = text_of(client.get(f"{link.path}sheet.pdf").content)
    assert many == 1
    assert f"testserver{link.path}" in said.replace(" ", "").replace("\u200b", "")
    (row,) = reading.read(client.get(f"{link.path}card.vcf").content, "a.vcf").rows
    assert (row.name, row.title) == ("Alice Hill", "Weaver")
    assert row.photo == a_picture()


def test_its_files_go_with_the_address(alice: Member, sheet: Sheet, client: Client) -> None:
    link = a_link(None, alice, "sheet")
    page = makers.a_relationship(alice, "Anwen Pritchard")
    other = a_link(page, alice, "page")
    for name in ("sheet.pdf", "card.vcf", "photo.jpg", "logo.png"):
        assert client.post(link.path + name).status_code == 405
        assert client.get(f"/with/sheet/{other.token}/{name}").status_code == 404
        assert client.get(f"/with/page/{link.token}/{name}").status_code == 404
    assert client.get(f"{other.path}photo.jpg").content == a_picture()
    link.revoke(alice, now=link.made_at)
    for name in ("sheet.pdf", "card.vcf", "photo.jpg", "logo.png"):
        assert client.get(link.path + name).status_code == 404


def test_pictures_are_no_look_and_the_page_is_one(
    alice: Member, sheet: Sheet, client: Client
) -> None:
    link = a_link(None, alice, "sheet")
    for name in ("photo.jpg", "logo.png"):
        client.get(link.path + name)
    assert not Visit.objects.exists()
    client.get(link.path)
    assert Visit.objects.get().pages == 1


def test_without_pictures_there_are_none(alice: Member, client: Client) -> None:
    a_sheet(alice, about="Hello")
    link = a_link(None, alice, "sheet")
    page = client.get(link.path).content.decode()
    assert "photo.jpg" not in page
    for name in ("photo.jpg", "logo.png"):
        assert client.get(link.path + name).status_code == 404


def test_an_empty_sheet_says_so(alice: Member, client: Client) -> None:
    link = a_link(None, alice, "sheet")
    assert "Nothing is written here yet." in client.get(link.path).content.decode()
    assert text_of(client.get(f"{link.path}sheet.pdf").content)[0] == 1


def test_partners_get_their_parts_from_me(alice: Member, sheet: Sheet, browser: Browser) -> None:
    client = browser(alice)
    for path in ("/sheet/sheet.pdf", "/sheet/card.vcf", "/sheet/as-seen/"):
        said = {}
        for whose in ("", "?as=partners"):
            content = client.get(path + whose).content
            said[whose] = text_of(content)[1] if path.endswith("pdf") else content.decode()
        for part in FOR_PARTNERS:
            assert f"Words of {part.key}" not in said[""].replace("\r\n ", "")
            assert f"Words of {part.key}" in said["?as=partners"].replace("\r\n ", "")


def test_script_in_every_field_is_text_wherever_it_is_handed_out(
    alice: Member, client: Client
) -> None:
    texts = {part.key: f"{SCRIPT} {part.key}" for part in PARTS}
    a_sheet(
        alice, role=SCRIPT, phone=SCRIPT, email="x@example.org",
        website="javascript:alert(1)", **texts,
    )  # fmt: skip
    CompanySheet.objects.create(
        workspace=alice.workspace, about=SCRIPT, offer=SCRIPT, area=SCRIPT,
        website="javascript:alert(2)", version=1,
    )  # fmt: skip
    alice.user.name = f"{SCRIPT}\r\nX-Evil: 1"
    alice.user.save()
    alice.workspace.name = SCRIPT
    alice.workspace.save()
    link = a_link(None, alice, "sheet")
    page = client.get(link.path).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") >= len(FOR_ANYONE) + 6
    assert 'href="javascript' not in page
    pdf = client.get(f"{link.path}sheet.pdf")
    many, said = text_of(pdf.content)
    assert many == 1
    assert "<script>alert" in said.replace("\u200b", "")
    assert b"/JavaScript" not in pdf.content
    assert b"/URI (javascript" not in pdf.content
    card = client.get(f"{link.path}card.vcf")
    lines = card.content.decode().replace("\r\n ", "").split("\r\n")
    assert all(re.match(r"(item\d+\.)?[A-Za-z-]+[;:]", line) for line in lines if line)
    for answer in (pdf, card):
        assert "X-Evil" not in answer.headers
        assert "<" not in answer["Content-Disposition"]
    code = b64decode(qr.data_uri(f"http://testserver{link.path}").partition(",")[2]).decode()
    assert "script" not in code
