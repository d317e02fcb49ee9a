"""The pictures of a sheet: drawn as they come, and under the address of their page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from touchline.core.brought import IN_PLACE, NEVER_RUN
from touchline.people import photos
from touchline.sheets.loading import company_of, sheet_of
from touchline.sheets.models import Link, Purpose
from touchline.sheets.sharing import shared
from touchline.sheets.writing.forms import PictureForm


def drawn(draw: Callable[[bytes], bytes]) -> Callable[[Any], None]:
    """Return what draws a picture before its change begins: ``request.form`` holds it."""

    def read(request: Any) -> None:
        request.form = PictureForm(draw, request.POST, request.FILES)
        request.form.full_clean()

    return read


def _photo(request: HttpRequest, link: Link) -> HttpResponse:
    sheet = sheet_of(link.host)
    return sent(sheet.photo if sheet else None)


def _logo(request: HttpRequest, link: Link) -> HttpResponse:
    company = company_of(link.host)
    return sent(company.logo if company else None, "image/png")


def sent(
    content: bytes | memoryview | None, kind: str = photos.CONTENT_TYPE, **headers: str
) -> HttpResponse:
    """Send a picture, drawn by us, to be looked at in its place.

    Where there is none, 404 in a line: nobody reads a page in the place of a picture.
    """
    if content is None:
        missing = {**NEVER_RUN, "Cache-Control": "no-store"}
        return HttpResponse("There is no picture.", "text/plain", status=404, headers=missing)
    return HttpResponse(bytes(content), kind, headers={**IN_PLACE, **headers})


# The page itself was counted: its pictures are not another look.
shared_sheet_photo = shared(Purpose.SHEET, logged=False)(_photo)
shared_sheet_logo = shared(Purpose.SHEET, logged=False)(_logo)
shared_page_photo = shared(Purpose.PAGE, logged=False)(_photo)
shared_page_logo = shared(Purpose.PAGE, logged=False)(_logo)
