"""The PDF, the vCard and the QR code of a sheet: pure, from shapes alone."""

import io
import xml.etree.ElementTree as ET
from datetime import date

import pytest
import segno
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from touchline.people.importing import reading
from touchline.sheets.paper import qr
from touchline.sheets.paper.card import sheet_card
from touchline.sheets.paper.pdf import LOGO_MM, data, sheet_pdf
from touchline.sheets.paper.shortening import BUDGETS, Piece, cut, levels, shortened, size
from touchline.sheets.parts import LONGEST, PARTS, Shown
from touchline.sheets.showing import CompanyShown, SheetShown, Way

ADDRESS = "https://touchline.example.org/with/sheet/AbCdEfGhIjKlMnOpQrStUvWxYz012345/"
SCRIPT = '<script>alert(1)</script>#panic("x") \\u{41} *b* _i_ $x$ @ref // c /* d */'


def a_sheet(texts: dict[str, str], name: str = "Ada Loom", role: str = "Weaver") -> SheetShown:
    parts = tuple(
        Shown(part.key, part.name, texts[part.key], False) for part in PARTS if part.key in texts
    )
    site = Way("website", "loom.example", "https://loom.example")
    ways = (Way("phone", "+44 20 5550 1234", "tel:+442055501234"), site)
    firm = CompanyShown("Loom & Daughters", "Four looms", "Cloth", "Leeds", site, "", False)
    return SheetShown(name, role, "", ways, False, parts, firm, date(2026, 11, 22))


def words(made: bytes) -> tuple[int, str]:
    """Return how many pages a PDF has, and its text in one line."""
    pages = PdfReader(io.BytesIO(made)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_short_sheet_stands_whole_on_its_page() -> None:
    texts = {part.key: f"What I say under {part.key}." for part in PARTS}
    many, said = words(sheet_pdf(a_sheet(texts), address=ADDRESS))
    assert many == 1
    for part in PARTS:
        assert part.name in said
        assert texts[part.key] in said
    for each in ("Ada Loom", "Weaver, Loom & Daughters", "+44 20 5550 1234", "Four looms", "Leeds"):
        assert each in said
    assert "touchline.example.org/with/sheet/" in said
    assert "As of Sunday 22 November 2026." in said
    assert "Shortened" not in said
    assert said.count("loom.example") == 1


@pytest.mark.parametrize(
    "text",
    [
        ("Somebody said a thing. " * 60)[:LONGEST],
        "ab\n" * (LONGEST // 3),
        "W" * LONGEST,
        "漢字" * (LONGEST // 2),
        ("ناس " * 300)[:LONGEST],
    ],
    ids=["long", "lines", "one word", "han", "arabic"],
)
def test_the_longest_sheet_is_one_page_and_says_what_was_shortened(text: str) -> None:
    many, said = words(
        sheet_pdf(a_sheet(dict.fromkeys((p.key for p in PARTS), text)), address=ADDRESS)
    )
    assert many == 1
    assert "Shortened to fit one page: About me, My work" in said
    assert "As of Sunday 22 November 2026." in said


@pytest.mark.parametrize("name", ["W" * 120, "Ada " * 30, "A", ""])
def test_any_name_and_role_leave_one_page(name: str) -> None:
    assert words(sheet_pdf(a_sheet({"about": "Hello."}, name=name, role="w " * 60)))[0] == 1


def test_what_is_typed_is_text_on_the_page() -> None:
    texts = {part.key: SCRIPT for part in PARTS}
    many, said = words(sheet_pdf(a_sheet(texts, name=SCRIPT, role=SCRIPT), address=ADDRESS))
    assert many == 1
    plain = said.replace("\u200b", "").replace(" ", "")
    assert plain.count(SCRIPT.replace(" ", "")) == len(PARTS) + 2


@pytest.mark.parametrize("size", [(640, 1), (1, 240), (640, 240), (30, 30)])
def test_a_logo_of_any_shape_leaves_one_page(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGBA", size, "teal").save(out, "PNG")
    shown = a_sheet({part.key: "A line or two. " * 20 for part in PARTS})
    high = data(shown, "", b"", out.getvalue())["logo_high"]
    assert 0 < high <= LOGO_MM[1]
    assert high * size[0] / size[1] <= LOGO_MM[0] + 0.01
    many, said = words(sheet_pdf(shown, address=ADDRESS, logo=out.getvalue()))
    assert many == 1
    assert "The page itself" in said


def test_without_an_address_there_is_no_code() -> None:
    shown = a_sheet({"about": "Hello."})
    assert data(shown, "", b"", b"")["qr"] == ""
    assert "The page itself" not in words(sheet_pdf(shown))[1]


PIECES = st.lists(st.builds(Piece, st.just("A"), st.text(min_size=1, max_size=LONGEST)), max_size=9)


@given(PIECES, st.sampled_from(BUDGETS))
def test_what_is_shortened_begins_as_it_was_and_says_so(pieces: list[Piece], budget: int) -> None:
    for before, after in zip(pieces, shortened(pieces, budget), strict=True):
        if not after.cut:
            assert after == before
            continue
        assert after.text.endswith("…")
        begun = "".join(after.text.removesuffix("…").split())
        assert "".join(before.text.split()).startswith(begun)
        assert size(after.text) <= size(before.text)


@given(PIECES)
def test_levels_grow_shorter(pieces: list[Piece]) -> None:
    sizes = [sum(size(piece.text) for piece in level) for level in levels(pieces)]
    assert sizes == sorted(sizes, reverse=True)


def test_the_longest_give_first() -> None:
    pieces = [Piece("Short", "A word."), Piece("Long", "A sentence of some words. " * 40)]
    short, long = shortened(pieces, 300)
    assert short == pieces[0]
    assert long.cut


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("One sentence that goes on for a while, here. Then another one", 56,
         "One sentence that goes on for a while, here.\u00a0…"),
        ("Words without any end that go on and on, and then some more of them", 48,
         "Words without any end that go on and on, and\u00a0…"),
        ("First line\nSecond line", 48, "First line\u00a0…"),
    ],
)  # fmt: skip
def test_a_text_is_cut_after_a_sentence_or_a_word(text: str, room: int, kept: str) -> None:
    assert cut(text, room) == kept


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)


@hypothesis_settings(max_examples=40)
@given(TEXT, TEXT, TEXT)
def test_a_card_can_be_read_back(name: str, role: str, about: str) -> None:
    name, role, about = ("x" + " ".join(each.split()) for each in (name, role, about))
    card = sheet_card(a_sheet({"about": about}, name=name, role=role), whose=1, address=ADDRESS)
    assert card.count("BEGIN:VCARD") == 1
    found = reading.read(card.encode(), "a.vcf")
    (row,) = found.rows
    assert (row.name, row.title, row.company) == (name, role, "Loom & Daughters")
    assert about in row.notes
    assert ADDRESS in {point.value for point in row.points}


def test_a_card_holds_no_line_that_was_typed() -> None:
    texts = {"about": "x\r\nEND:VCARD\r\nBEGIN:VCARD\nTEL:+4499"}
    card = sheet_card(a_sheet(texts, name="A\nTEL:1;,\\", role=SCRIPT), whose=1)
    lines = card.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith(("BEGIN", "END", "TEL"))] == [
        "BEGIN:VCARD",
        "TEL;TYPE=work:+44 20 5550 1234",
        "END:VCARD",
    ]


def test_a_card_of_the_same_member_takes_its_own_place() -> None:
    shown = a_sheet({})
    uids = [
        next(line for line in sheet_card(shown, whose=key).splitlines() if line.startswith("UID"))
        for key in (1, 1, 2)
    ]
    assert uids[0] == uids[1] != uids[2]


@pytest.mark.parametrize("address", [ADDRESS, "https://example.org/?a=%3Cscript%3E\"'<x>&amp;"])
def test_a_code_is_a_picture_of_its_address_and_nothing_else(address: str) -> None:
    tree = ET.fromstring(qr.svg(address))
    tags = {element.tag.partition("}")[2] for element in tree.iter()}
    assert tags <= {"svg", "path", "g"}
    assert "example" not in qr.svg(address)
    # The dark squares of its rows are those of the code.
    dark = sum(map(sum, segno.make(address, error="m", micro=False).matrix))
    path = next(e.get("d", "") for e in tree.iter() if e.get("stroke") or "stroke" in e.attrib)
    steps = [part for part in path.replace("h", " h").split() if part.startswith("h")]
    assert sum(int(step[1:].split("m")[0]) for step in steps) == dark
    assert qr.data_uri(address).startswith("data:image/svg+xml;base64,")
