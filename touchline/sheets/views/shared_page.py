"""The partner's page: what both need for the next meeting, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchline.sheets.models import Link, Purpose
from touchline.sheets.sharing import shared


@shared(Purpose.PAGE)
def shared_page(request: HttpRequest, link: Link) -> HttpResponse:
    """Show the page."""
    return render(request, "sheets/shared_page.html", {"host": link.host})
