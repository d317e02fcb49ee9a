"""Pictures that are none, or too large, or carry something: to every door that takes one."""

import base64
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.sheets.attacks.conftest import LinkOf
from tests.sheets.partner_page.cast import Cast
from tests.sheets.theirs.test_yours import picture
from touchline.accounts.models import Member
from touchline.core import uploads
from touchline.people import photos
from touchline.sheets.models import CompanySheet, Sheet, TheirSheet
from touchline.sheets.sorting import forms, mails, reading

Browser = Callable[[Member], Client]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that says it is so large, and holds what it is given."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = b"".join(chunk(*each) for each in chunks) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + rest


DISGUISED = {
    "a page": b"<!doctype html><script>alert(1)</script>",
    "an SVG": SVG,
    "a page that begins as a GIF": b"GIF89a/*<script>*/=1;alert(1)</script>",
    "a PDF": b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>",
    "an archive": b"PK\x03\x04" + b"\x00" * 60,
    "a program": b"MZ" + b"\x90" * 200,
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id)(w)file",
    "a TIFF": picture(format="TIFF"),
    "nothing but its first bytes": b"\xff\xd8\xff\xe0",
    "half a picture": picture()[:700],
    "more than 5 MB": picture() + b"\x00" * photos.MAX_BYTES,
    "a picture of 10 000 megapixels": png(100_000, 100_000, (b"IDAT", zlib.compress(b"\x00"))),
    "one that swells": png(4000, 4000, (b"zTXt", b"a\x00\x00" + zlib.compress(b"x" * 60_000_000))),
}


def upload_of(content: bytes, name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture
def doors(cast: Cast, link_of: LinkOf, browser: Browser) -> dict[str, Callable[[bytes], int]]:
    """Every place that takes a picture: what it answers to one."""
    member, yours = browser(cast.alice), link_of("yours").path

    def at(client: Client, path: str, field: str) -> Callable[[bytes], int]:
        return lambda content: client.post(path, {field: upload_of(content)}).status_code

    return {
        "theirs": at(Client(), f"{yours}answers/", "photo"),
        "theirs, handed over": at(Client(), f"{yours}handing-over/", "photo"),
        "mine": at(member, "/sheet/photo/", "picture"),
        "the company's": at(member, "/sheet/company/logo/", "picture"),
    }


@pytest.mark.parametrize("what", DISGUISED)
def test_what_is_no_picture_is_turned_away_at_every_door(
    what: str, doors: dict[str, Callable[[bytes], int]]
) -> None:
    for door, asked in doors.items():
        assert asked(DISGUISED[what]) == 422, door
    assert Sheet.objects.get().photo is None
    assert CompanySheet.objects.get().logo is None
    assert not TheirSheet.objects.exclude(photo=None).exists()


def test_what_is_kept_is_drawn_anew_and_carries_nothing(
    doors: dict[str, Callable[[bytes], int]], cast: Cast, link_of: LinkOf
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Marker-exif"
    exif.get_ifd(0x8825)[1] = "N"
    carrying = picture(exif=exif, comment=b"Marker-comment") + b"Marker-tail" + SVG
    assert b"Marker-exif" in carrying
    for door, asked in doors.items():
        assert asked(carrying) == 303, door
    sheet, page, yours = (link_of(each).path for each in ("sheet", "page", "yours"))
    for path, kind in {
        f"{sheet}photo.jpg": "JPEG", f"{sheet}logo.png": "PNG", f"{page}photo.jpg": "JPEG",
        f"{page}logo.png": "PNG", f"{yours}photo.jpg": "JPEG",
    }.items():  # fmt: skip
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert answer["Content-Type"] == f"image/{kind.lower()}"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert b"Marker" not in answer.content
        assert b"<svg" not in answer.content
        opened = Image.open(io.BytesIO(answer.content))
        assert opened.format == kind
        assert not opened.getexif()
        assert not set(opened.info) & {"comment", "icc_profile", "exif", "xmp"}


def test_where_there_is_no_picture_a_line_says_so(
    cast: Cast, link_of: LinkOf, browser: Browser
) -> None:
    sheet, page, yours = (link_of(each).path for each in ("sheet", "page", "yours"))
    theirs = TheirSheet.objects.latest("pk")
    asked = [
        *(
            (Client(), f"{path}{name}")
            for path in (sheet, page)
            for name in ("photo.jpg", "logo.png")
        ),
        (Client(), f"{yours}photo.jpg"),
        (browser(cast.alice), f"/their-sheets/{theirs.pk}/photo.jpg"),
    ]
    for client, path in asked:
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert answer["Content-Type"] == "text/plain"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert answer.content == b"There is no picture."


def test_what_is_cut_off_for_its_size_is_not_said_to_be_saved(
    link_of: LinkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    monkeypatch.setattr(uploads, "_AROUND", 1000)
    link = link_of("yours")
    typed = {"answer:family/partner": "Rhys", "photo": upload_of(picture())}
    answer = Client().post(f"{link.path}answers/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "it has more than 5 MB" in page
    assert "Rhys</textarea>" in page


@pytest.mark.parametrize(
    "typed",
    [
        {"answer:family/partner": "x" * 2001},
        {"answer:nothing/asked": "x"},
        {"answer:": "x"},
        {"answer:family/partner/more": "x"},
        {"still": "family/partner" * 1000},
        {f"answer:topic-{at}/slot": "x" for at in range(900)},
        {f"was:{at}": "x" for at in range(900)},
    ],
    ids=["too long", "not asked", "no key", "a longer key", "still", "many answers", "many marks"],
)
def test_more_than_a_form_holds_is_kept_nowhere(typed: dict[str, str], link_of: LinkOf) -> None:
    answer = Client().post(f"{link_of('yours').path}answers/", typed)
    assert answer.status_code in {303, 409, 422}
    assert not TheirSheet.objects.filter(settled_at=None).exists()


def test_a_form_of_more_fields_than_any_page_has_is_refused(link_of: LinkOf) -> None:
    typed = {f"answer:{at}/x": "x" for at in range(5001)}
    answer = Client().post(f"{link_of('yours').path}answers/", typed)
    assert answer.status_code == 400
    assert answer["Referrer-Policy"] == "no-referrer"


HEAD = b"From: a@x.example\r\nMessage-ID: <1@x.example>\r\nMIME-Version: 1.0\r\n"
SAYS = b"\r\n\r\nHobbies: golf\r\n"
SWOLLEN = {
    "parameters": HEAD + b"Content-Type: text/plain; " + b"a*0=b; " * 100_000 + SAYS,
    "a name in pieces": HEAD
    + b"Content-Type: text/plain\r\nContent-Disposition: inline; "
    + b"filename*0*=a; " * 50_000
    + SAYS,
    "a subject of many": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 60_000 + SAYS,
    "a header of many lines": HEAD
    + b"Content-Type: text/plain;\r\n"
    + b" a=b;\r\n" * 100_000
    + b" c=d"
    + SAYS,
}


@pytest.mark.parametrize("what", SWOLLEN)
def test_a_swollen_header_is_cut_and_the_mail_is_read(what: str, monkeypatch: Any) -> None:
    given: list[int] = []
    parse, decode = mails.BytesParser.parsebytes, mails.decode_header

    def parsing(self: Any, content: bytes) -> Any:
        given.append(len(content))
        return parse(self, content)

    def decoding(header: str) -> Any:
        given.append(len(header))
        return decode(header)

    monkeypatch.setattr(mails.BytesParser, "parsebytes", parsing)
    monkeypatch.setattr(mails, "decode_header", decoding)
    found = reading.read(SWOLLEN[what])
    assert "Hobbies: golf" in found.text
    # What the library takes by its square is short; of a subject that is its decoding.
    assert max(given[what == "a subject of many" :]) < 4 * mails.MOST_HEADER


def test_a_page_of_nothing_but_tags_is_too_long_and_no_more() -> None:
    for tag in (b"<", b"<li>", b"<blockquote>"):
        with pytest.raises(reading.Unreadable, match="longer than a sheet"):
            reading.read(b"<html>" + tag * (1_000_000 // len(tag)))


@pytest.mark.parametrize(
    "text", ["a \nb", "a \n", "a \n \nb", "-- \nb", "> a \nb", "a \n> b", "a \n\nb \n c", " \n \n"]
)
def test_flowed_lines_are_joined_as_one_by_one(text: str) -> None:
    out: list[str] = []
    for line in text.split("\n"):
        goes = out and out[-1].endswith(" ") and out[-1] != "-- " and not out[-1].startswith(">")
        if goes and not line.startswith(">"):
            out[-1] += line.removeprefix(" ")
        else:
            out.append(line)
    assert mails._flowed(text) == "\n".join(out)


def test_a_sheet_that_is_put_in_is_read_before_anybody_waits(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, held = len(connection.savepoint_ids), []

    def noting(function: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any) -> Any:
            held.append(len(connection.savepoint_ids))
            return function(*args)

        return noted

    monkeypatch.setattr(forms, "read", noting(reading.read))
    monkeypatch.setattr(photos, "small", noting(photos.small))
    path = reverse("sheets:putting_in", args=[cast.anwen.pk])
    inside = base64.b64encode(picture()).decode()
    card = f"BEGIN:VCARD\nFN:Anwen\nPHOTO;ENCODING=b:{inside}\nEND:VCARD\n"
    answer = browser(cast.alice).post(path, {"text": card})
    assert answer.status_code == 303
    assert TheirSheet.objects.get(source="put_in").photo
    # The sheet, and the picture in it.
    assert held == [outside, outside]


@pytest.mark.parametrize("what", [*DISGUISED, *SWOLLEN])
def test_whatever_is_put_in_is_answered(what: str, cast: Cast, browser: Browser) -> None:
    path = reverse("sheets:putting_in", args=[cast.anwen.pk])
    content = {**DISGUISED, **SWOLLEN}[what]
    sent = SimpleUploadedFile("../../x\r\nX-Evil: 1<script>.eml", content, "text/plain")
    answer = browser(cast.alice).post(path, {"file": sent})
    assert answer.status_code in {303, 422}
    assert "X-Evil" not in answer.headers
    for sheet in TheirSheet.objects.filter(source="put_in"):
        assert "\n" not in sheet.filename
        page = browser(cast.alice).get(f"/their-sheets/{sheet.pk}/").content.decode()
        assert "<script>alert" not in page
