"""Where a partner says about themselves what they like."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchline.sheets.models import Link, Purpose
from touchline.sheets.sharing import shared_change


@shared_change(Purpose.YOURS)
def shared_yours(request: HttpRequest, link: Link) -> HttpResponse:
    """Ask for their sheet."""
    return render(request, "sheets/shared_yours.html", {"host": link.host})
