"""A sheet as a PDF of one page of A4 that one would be proud to hand over. Pure but for the PDF."""

import io
import json
from base64 import b64encode
from functools import lru_cache
from typing import Any

from PIL import Image

from touchline.core.pdf import pdf
from touchline.core.words import full_day, listed
from touchline.sheets.paper import qr
from touchline.sheets.paper.shortening import Piece, levels
from touchline.sheets.showing import SheetShown

TEMPLATE = "sheets/paper/typst/sheet.typ"
# The left column is so much wider than the right.
WIDER = 1.25
LOGO_MM = (60, 11)
# In letters of room: a longer one is not even tried in the largest type.
SHORT = 3600


def sheet_pdf(
    shown: SheetShown, *, address: str = "", photo: bytes = b"", logo: bytes = b""
) -> bytes:
    """Return a sheet as a PDF of one page.

    ``address`` is the whole address of its page, which stands on it with a QR code; ``photo`` a
    JPEG, ``logo`` a PNG. What does not fit is shortened, and the page says which parts were.
    """
    return _made(json.dumps(data(shown, address, photo, logo), ensure_ascii=False, sort_keys=True))


# A sheet changes every few months and is fetched by whoever looks: the last ones are kept.
@lru_cache(maxsize=16)
def _made(given: str) -> bytes:
    return pdf(TEMPLATE, json.loads(given))


def data(shown: SheetShown, address: str, photo: bytes, logo: bytes) -> dict[str, Any]:
    """Return what the template sets: the head, the sheet in ever shorter versions, the foot."""
    firm = shown.company
    pieces = [Piece(part.name, part.text) for part in shown.parts]
    told = "\n".join(each for each in (firm.about, firm.offer, firm.area) if each)
    if told:
        pieces.append(Piece(firm.name, told))
    # One's own website is the company's as often as not.
    ways = dict.fromkeys((*shown.ways, *([firm.website] if firm.website else [])))
    return {
        "name": shown.name,
        "role": ", ".join(each for each in (shown.role, firm.name) if each),
        "ways": [{"words": way.words, "href": way.href} for way in ways],
        "photo": _picture(photo, "jpeg"),
        "logo": _picture(logo, "png"),
        "logo_high": _logo_high(logo),
        "levels": [_level(each) for each in levels(pieces)],
        "short": sum(piece.size for piece in pieces) <= SHORT,
        "wider": WIDER,
        "address": address,
        "address_words": address.partition("://")[2],
        "qr": qr.svg(address) if address else "",
        "as_of": f"As of {full_day(shown.as_of)}." if shown.as_of else "",
    }


def _size(content: bytes, kind: str) -> tuple[int, int]:
    """Return the width and the height of a picture of ours, in pixels."""
    with Image.open(io.BytesIO(content), formats=[kind]) as opened:
        return opened.size


def _picture(content: bytes, kind: str) -> str:
    """Return a picture as an SVG around it: a text, which a template reads at once."""
    if not content:
        return ""
    wide, high = _size(content, kind)
    inside = b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:image/{kind};base64,{inside}"/></svg>'
    )


def _logo_high(logo: bytes) -> float:
    """Return how high a logo is printed, in millimetres, so that it is not too wide either."""
    if not logo:
        return 0
    wide, high = _size(logo, "png")
    return min(LOGO_MM[1], LOGO_MM[0] * high / wide)


def _level(pieces: list[Piece]) -> dict[str, Any]:
    cut = [piece.name for piece in pieces if piece.cut]
    columns: list[list[dict[str, str]]] = [[], []]
    whole = sum(piece.size for piece in pieces)
    before = 0
    for piece in pieces:
        # In order, down the left column and then down the right; a piece goes where its middle is.
        right = (before + piece.size / 2) > whole * WIDER / (1 + WIDER)
        columns[right and len(pieces) > 2].append({"name": piece.name, "text": piece.text})
        before += piece.size
    return {
        "columns": columns,
        "cut": f"Shortened to fit one page: {listed(cut)}." if cut else "",
    }
