"""My sheet for whoever has its address: the page, and the same as a PDF and a vCard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from touchline.sheets.loading import company_of, sheet_of
from touchline.sheets.models import Link, Purpose
from touchline.sheets.paper import making
from touchline.sheets.sharing import shared
from touchline.sheets.showing import for_viewer
from touchline.sheets.views.handing_out import card_answer, pdf_answer, whole


@shared(Purpose.SHEET)
def shared_sheet(request: HttpRequest, link: Link) -> HttpResponse:
    """Show the sheet as anyone sees it."""
    host, secret = link.host, [link.token]
    shown = for_viewer(
        sheet_of(host),
        company_of(host),
        name=str(host),
        company_name=str(link.workspace),
        partner=False,
        photo=reverse("sheets:shared_sheet_photo", args=secret),
        logo=reverse("sheets:shared_sheet_logo", args=secret),
    )
    page = {
        "shown": shown,
        "pdf": reverse("sheets:shared_sheet_pdf", args=secret),
        "card": reverse("sheets:shared_sheet_card", args=secret),
    }
    return render(request, "sheets/shared_sheet.html", page)


@shared(Purpose.SHEET)
def shared_sheet_pdf(request: HttpRequest, link: Link) -> HttpResponse:
    """Send the sheet as a PDF."""
    made = making.pdf_of(link.host, partner=False, address=whole(request, link))
    return pdf_answer(link.host, made)


@shared(Purpose.SHEET)
def shared_sheet_card(request: HttpRequest, link: Link) -> HttpResponse:
    """Send the sheet as a vCard."""
    made = making.card_of(link.host, partner=False, address=whole(request, link))
    return card_answer(link.host, made)
