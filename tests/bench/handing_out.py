"""Measures how long one's sheet takes to become a PDF."""

import io
import time
from datetime import date
from statistics import median

from PIL import Image

from touchline.people import photos
from touchline.sheets.paper.pdf import sheet_pdf
from touchline.sheets.parts import PARTS, Shown
from touchline.sheets.showing import CompanyShown, SheetShown, Way

ROUNDS = 20
# Three or four lines a part is what people write; the longest is shortened to fit.
USUAL, LONGEST = 200, 1200
_WORDS = (
    "Succession and tax for family firms and farms whose owner has just turned sixty, and for "
    "those who have to go on afterwards. People come to me when nobody has said it aloud yet. "
)
_ADDRESS = "https://touchline.example.org/with/sheet/AbCdEfGhIjKlMnOpQrStUvWxYz012345/"


def figures() -> dict[str, float]:
    """Return the milliseconds for a sheet of the usual length, and for the longest there is.

    Each time other words: none is made a second time.
    """
    photo = _photo()
    sheet_pdf(_sheet(USUAL, "Warm up"), address=_ADDRESS, photo=photo)
    return {
        "sheet PDF ms": round(_took(USUAL, photo), 1),
        "sheet PDF, longest, ms": round(_took(LONGEST, photo), 1),
    }


def _took(letters: int, photo: bytes) -> float:
    times = []
    for number in range(ROUNDS):
        shown = _sheet(letters, f"Number {number} of {letters}.")
        began = time.perf_counter()
        sheet_pdf(shown, address=_ADDRESS, photo=photo)
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def _sheet(letters: int, said: str) -> SheetShown:
    text = f"{said} {_WORDS * 9}"[:letters]
    parts = tuple(Shown(part.key, part.name, text, False) for part in PARTS)
    ways = (Way("phone", "+44 20 5550 1234", "tel:+442055501234"),)
    firm = CompanyShown("Hill & Dale", text, "", "South Wales", None, "", False)
    return SheetShown("Alice Hill", "Adviser", "", ways, False, parts, firm, date(2026, 11, 22))


def _photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((800, 800), 60).convert("RGB").save(out, "JPEG")
    return photos.small(out.getvalue())
