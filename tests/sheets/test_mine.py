"""My sheet's pages: written, confirmed, put back, and who may."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.sheet_makers import a_sheet
from touchline.journal.models import Entry
from touchline.meetings import capturing
from touchline.people import photos
from touchline.sheets.models import CompanySheet, Sheet, SheetChange
from touchline.sheets.parts import KEYS, OFF
from touchline.sheets.writing import changing

Browser = Callable[[Member], Client]
SCRIPT = "<script>alert('x')</script>"


def posted(sheet: Sheet | None = None, **words: Any) -> dict[str, Any]:
    """Return what the form of a sheet posts."""
    audiences = sheet.audiences if sheet else {}
    held = {key: getattr(sheet, key) if sheet else "" for key in KEYS}
    given = {f"for_{key}": audiences.get(key, OFF) for key in KEYS}
    return {"seen": sheet.version if sheet else 0, **held, **given, **words}


def a_picture(kind: str = "PNG", size: tuple[int, int] = (640, 480), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def a_file(content: bytes, name: str = "me.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def test_it_is_begun_from_what_i_told_and_nobody_sees_it_before_i_save(
    alice: Member, browser: Browser
) -> None:
    capturing.own_fact(alice, "Fell running", topic="interests", on=alice.today())
    page = browser(alice).get("/sheet/").content.decode()
    assert "Fell running" in page
    assert "alice@example.org" in page
    assert not Sheet.objects.exists()


def test_others_facts_are_not_on_it(alice: Member, browser: Browser) -> None:
    colleague = makers.a_member(alice.workspace, "carol@example.org", "Carol Dee")
    capturing.own_fact(colleague, "Fell running", topic="interests", on=alice.today())
    assert "Fell running" not in browser(alice).get("/sheet/").content.decode()


def test_saved_it_stands_so_and_says_since_when(alice: Member, browser: Browser) -> None:
    client, before = browser(alice), timezone.now()
    given = posted(about="Hello\r\n\r\nagain", for_about="anyone", website="example.org")
    assert client.post("/sheet/", given).status_code == 303
    sheet = Sheet.objects.get()
    assert (sheet.about, sheet.website) == ("Hello\n\nagain", "https://example.org")
    assert sheet.audiences["about"] == "anyone"
    assert sheet.confirmed_on == alice.today()
    assert sheet.changed_at.keys() == {"about", "contact"}
    assert all(before <= at <= timezone.now() for at in sheet.changed_at.values())
    assert {change.field for change in SheetChange.objects.all()} == {"about", "website"}
    assert Entry.objects.filter(verb="sheet.write").count() == 1
    client.post("/sheet/", posted(sheet, website="https://example.org"))
    sheet.refresh_from_db()
    assert sheet.version == 1, "the same again is no version"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"about": "x" * 1201}, "About me: at most 1,200 letters."),
        ({"website": "javascript:alert(1)"}, "Website: give its whole address"),
        ({"website": "ftp://example.org"}, "Website: give its whole address"),
        ({"email": "nobody"}, "E-mail: give a whole address"),
        ({"phone": "call me"}, "Phone: give a number"),
        ({"for_about": "everyone"}, "choose one of those offered"),
        ({"seen": "x"}, ""),
        ({"seen": 7}, "changed in another tab meanwhile"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    words: dict[str, str], said: str, alice: Member, browser: Browser
) -> None:
    a_sheet(alice, about="As it was")
    answer = browser(alice).post("/sheet/", posted(Sheet.objects.get(), **words))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Sheet.objects.get().about == "As it was"


def test_a_viewer_reads_their_page_and_writes_nothing(
    alice: Member, bob: Member, browser: Browser
) -> None:
    a_sheet(alice, about="Alice’s own words")
    client = browser(bob)
    page = client.get("/sheet/").content.decode()
    assert "Alice’s own words" not in page
    assert "<textarea" not in page
    for path in ("", "photo/", "still-right/", "former-words/", "company/", "company/logo/",
                 "company/former-words/", "address/"):  # fmt: skip
        assert client.post(f"/sheet/{path}", posted(about="x")).status_code == 403


def test_nobody_reads_or_writes_anothers(alice: Member, stranger: Member) -> None:
    sheet = a_sheet(alice, about="Mine")
    colleague = makers.a_member(alice.workspace, "carol@example.org", "Carol Dee")
    for member in (colleague, stranger):
        assert not Sheet.objects.visible_to(member).exists()
        with pytest.raises(Refused, match="their own"):
            changing.write(sheet, member, seen=1, now=timezone.now(), words={"about": "x"})


def test_still_right_is_noted_and_asked_again_after_six_months(
    alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    assert client.post("/sheet/still-right/").status_code == 303
    assert not Sheet.objects.exists()
    sheet = a_sheet(alice, about="Hello")
    Sheet.objects.update(confirmed_on=alice.today() - timedelta(days=200))
    assert "Is it still right?" in client.get("/sheet/").content.decode()
    client.post("/sheet/still-right/")
    sheet.refresh_from_db()
    assert sheet.confirmed_on == alice.today()
    assert sheet.version == 1
    assert "Is it still right?" not in client.get("/sheet/").content.decode()


def test_former_words_are_put_back_and_those_of_now_kept(
    alice: Member, stranger: Member, browser: Browser
) -> None:
    client = browser(alice)
    sheet = a_sheet(alice, about="As it was")
    client.post("/sheet/", posted(sheet, about="As it is"))
    change = SheetChange.objects.get(field="about")
    page = client.get("/sheet/").content.decode()
    assert "<del" in page
    assert "Put the former words back" in page
    assert client.post("/sheet/former-words/", {"change": change.pk}).status_code == 303
    sheet.refresh_from_db()
    assert (sheet.about, sheet.version) == ("As it was", 3)
    assert SheetChange.objects.filter(before="As it is").exists()
    for member in (stranger, makers.a_member(alice.workspace, "carol@example.org", "Carol")):
        answer = browser(member).post("/sheet/former-words/", {"change": change.pk})
        assert answer.status_code == 404
    assert client.post("/sheet/former-words/", {"change": "x"}).status_code == 404


def test_two_tabs_make_one_version(alice: Member) -> None:
    a_sheet(alice, about="As it was")
    first, second = Sheet.objects.get(), Sheet.objects.get()
    changing.write(first, alice, seen=1, now=timezone.now(), words={"about": "One"})
    with pytest.raises(Refused, match="Look again"):
        changing.write(second, alice, seen=1, now=timezone.now(), words={"about": "Two"})
    assert Sheet.objects.get().about == "One"
    begun = changing.begun(alice)
    with pytest.raises(Refused, match="Look again"):
        changing.write(begun, alice, seen=0, now=timezone.now(), words={"about": "Three"})


def test_a_part_shown_to_more_people_is_new_to_them(alice: Member) -> None:
    sheet = a_sheet(alice, about="Hello", family="Two girls")
    Sheet.objects.update(changed={})
    sheet.refresh_from_db()
    shown = {**sheet.audiences, "family": "anyone", "about": "off", "story": "anyone"}
    changing.write(sheet, alice, seen=1, now=timezone.now(), words={}, audiences=shown)
    assert set(sheet.changed) == {"family"}


@pytest.mark.parametrize(
    ("words", "audiences", "said"),
    [
        ({"secret": "x"}, {}, "no part"),
        ({"audiences": "x"}, {}, "no part"),
        ({"about": "x" * 1201}, {}, "at most 1,200"),
        ({}, {"about": "world"}, "Choose who sees"),
        ({}, {"photo": "anyone"}, "Choose who sees"),
    ],
)
def test_no_other_field_is_written(
    words: dict[str, str], audiences: dict[str, str], said: str, alice: Member
) -> None:
    sheet = a_sheet(alice, about="Hello")
    with pytest.raises(Refused, match=said):
        changing.write(sheet, alice, seen=1, now=timezone.now(), words=words, audiences=audiences)


def test_a_picture_is_drawn_anew(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    upload = a_picture("JPEG", exif=exif) + b"PK\x03\x04 a second file behind it"
    assert client.post("/sheet/photo/", {"picture": a_file(upload)}).status_code == 303
    stored = bytes(Sheet.objects.get().photo or b"")
    assert stored.startswith(b"\xff\xd8\xff")
    assert b"taken at home" not in stored
    assert b"second file" not in stored
    with Image.open(io.BytesIO(stored)) as drawn:
        assert drawn.size == (photos.SIDE, photos.SIDE)
        assert not drawn.getexif()
    assert "data:image/jpeg;base64," in client.get("/sheet/").content.decode()
    assert client.post("/sheet/photo/", {"remove": "1"}).status_code == 303
    assert Sheet.objects.get().photo is None


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (b"", "choose a file with something in it"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "read"),
        (b"<html><script>alert(1)</script></html>", "read"),
        (b"%PDF-1.7", "read"),
        (a_picture()[:200], "damaged"),
        (b"\xff\xd8\xff" + b"0" * (photos.MAX_BYTES + 1), "5 MB"),
        (lambda: a_picture(size=(6000, 5000)), "too many pixels"),
    ],
    ids=["empty", "svg", "html", "pdf", "torn", "large", "bomb"],
)
@pytest.mark.parametrize("where", ["/sheet/photo/", "/sheet/company/logo/"])
def test_what_is_no_picture_is_refused_with_a_sentence(
    where: str, made: bytes | Callable[[], bytes], said: str, alice: Member, browser: Browser
) -> None:
    content = made if isinstance(made, bytes) else made()
    answer = browser(alice).post(where, {"picture": a_file(content, "me.jpg", "image/jpeg")})
    assert answer.status_code == 422
    assert "Picture: " in answer.content.decode()
    assert said in answer.content.decode()
    assert not Sheet.objects.exists()
    assert not CompanySheet.objects.exists()


def test_a_logo_stays_whole_and_clear(alice: Member, browser: Browser) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (1200, 300), (0, 0, 0, 0)).save(out, "PNG", pnginfo=None)
    assert browser(alice).post("/sheet/company/logo/", {"picture": a_file(out.getvalue())})
    with Image.open(io.BytesIO(bytes(CompanySheet.objects.get().logo or b""))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == (640, 160)
        assert drawn.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_logo_of_many_colours_stays_small() -> None:
    out = io.BytesIO()
    Image.effect_noise((2400, 900), 90).convert("RGB").save(out, "PNG")
    whole = photos.whole(out.getvalue())
    with Image.open(io.BytesIO(whole)) as drawn:
        assert drawn.width <= photos.LOGO[0]
        assert drawn.height <= photos.LOGO[1]
    assert len(whole) < 200_000


def test_the_companys_part_is_written_by_its_owners(
    alice: Member, bob: Member, browser: Browser
) -> None:
    given = {"seen": 0, "about": "Four looms", "offer": "", "area": "Leeds", "website": ""}
    colleague = makers.a_member(alice.workspace, "carol@example.org", "Carol Dee")
    answer = browser(colleague).post("/sheet/company/", given, follow=True)
    assert "written by its owners" in answer.content.decode()
    assert not CompanySheet.objects.exists()
    assert browser(alice).post("/sheet/company/", given).status_code == 303
    company = CompanySheet.objects.get()
    assert company.about == "Four looms"
    for member in (colleague, bob):
        page = browser(member).get("/sheet/company/").content.decode()
        assert "Four looms" in page
        assert 'method="post" action="/sheet/company' not in page
    late = browser(alice).post("/sheet/company/", {**given, "about": "Five"})
    assert late.status_code == 422
    assert "meanwhile" in late.content.decode()
    browser(alice).post("/sheet/company/", {**given, "seen": 1, "about": "Five"})
    change = SheetChange.objects.get(before="Four looms")
    browser(alice).post("/sheet/company/former-words/", {"change": change.pk})
    company.refresh_from_db()
    assert (company.about, company.version) == ("Four looms", 3)
    stranger = makers.a_member(makers.a_workspace("Else"), "y@example.org", "Y", "owner")
    other = browser(stranger).post("/sheet/company/former-words/", {"change": change.pk})
    assert other.status_code == 404


def test_script_in_every_field_is_text_on_my_pages(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    words = {key: f"{SCRIPT} {key}" for key in KEYS}
    shown = {f"for_{key}": "anyone" for key in KEYS}
    given = posted(None, **words, **shown, role=SCRIPT, phone=f"1{SCRIPT}")
    assert client.post("/sheet/", given).status_code == 303
    client.post(
        "/sheet/company/",
        {"seen": 0, "about": SCRIPT, "offer": SCRIPT, "area": SCRIPT, "website": ""},
    )
    for path in ("/sheet/", "/sheet/company/", "/sheet/as-seen/", "/sheet/as-seen/?as=partners"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page, path
        assert "&lt;script&gt;alert" in page, path
