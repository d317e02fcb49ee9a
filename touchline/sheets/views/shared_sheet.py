"""My sheet for whoever has its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchline.sheets.models import Link, Purpose
from touchline.sheets.sharing import shared


@shared(Purpose.SHEET)
def shared_sheet(request: HttpRequest, link: Link) -> HttpResponse:
    """Show the sheet."""
    return render(request, "sheets/shared_sheet.html", {"host": link.host})
