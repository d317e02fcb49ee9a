"""Handing my sheet out: its address, PDF, vCard and QR code."""

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.brought import NEVER_RUN
from touchline.core.changes import SeeOther, change
from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.meetings.views.sending import as_pdf
from touchline.people.exporting import vcard
from touchline.sheets.loading import sheet_of
from touchline.sheets.models import Link, Purpose
from touchline.sheets.paper import making, qr


def address_of(member: Member) -> Link | None:
    """Return the link that opens a member's sheet now; None where there is none."""
    mine = Link.objects.visible_to(member).filter(purpose=Purpose.SHEET, member=member.pk)
    found: Link | None = mine.live(timezone.now()).first()
    return found


def whole(request: HttpRequest, link: Link | None) -> str:
    """Return the whole address of a link; empty where there is none, or it can't be shown."""
    path = link.path if link else ""
    return request.build_absolute_uri(path) if path else ""


def hand_out(request: MemberRequest) -> HttpResponse:
    """Show the ways to hand my sheet out."""
    link = address_of(request.member)
    address = whole(request, link)
    looks = link.visits.aggregate(many=Count("pk"), last=Max("last_at")) if link else {}
    context = {
        "section": "sheet",
        "written": sheet_of(request.member) is not None,
        "link": link,
        "address": address,
        "code": qr.data_uri(address) if address else "",
        "looks": looks,
    }
    return render(request, "sheets/hand_out.html", context)


@change
def address(request: MemberRequest) -> HttpResponse:
    """Make the address of my sheet, put a new one in its place, or revoke it."""
    home = path_to("sheets:hand_out")
    if request.method != "POST":
        return SeeOther(home)
    member, now = request.member, timezone.now()
    if "revoke" in request.POST:
        link = address_of(member)
        if link is None:
            raise Refused("There is no address to close any more.")
        link.revoke(member, now=now)
        messages.success(request, "The address is closed: it opens nothing any more.")
    else:
        if sheet_of(member) is None:
            raise Refused("Write your sheet first.")
        Link.objects.issue(member, Purpose.SHEET, now=now)
        messages.success(request, "The address opens your sheet from now on.")
    return SeeOther(home)


def sheet_pdf(request: MemberRequest) -> HttpResponse:
    """Send my sheet as a PDF: as anyone sees it, or with ``as=partners`` as partners do."""
    link = address_of(request.member)
    partner = request.GET.get("as") == "partners"
    made = making.pdf_of(request.member, partner=partner, address=whole(request, link))
    return pdf_answer(request.member, made)


def card(request: MemberRequest) -> HttpResponse:
    """Send my sheet as a vCard, as ``sheet_pdf``."""
    link = address_of(request.member)
    partner = request.GET.get("as") == "partners"
    made = making.card_of(request.member, partner=partner, address=whole(request, link))
    return card_answer(request.member, made)


def pdf_answer(member: Member, made: bytes) -> HttpResponse:
    """Answer with a PDF to be looked at."""
    return as_pdf(made, f"Info sheet of {member}")


def card_answer(member: Member, made: str) -> HttpResponse:
    """Answer with a vCard, which a phone offers to put into its address book."""
    headers = {**NEVER_RUN, "Cache-Control": "private, no-store"}
    response = HttpResponse(made, vcard.MEDIA_TYPE, headers=headers)
    name = get_valid_filename(f"{str(member)[:80]}.vcf")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
