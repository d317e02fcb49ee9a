"""Handing my sheet out: its address, PDF, vCard and QR code."""

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest


def hand_out(request: MemberRequest) -> HttpResponse:
    """Show the ways to hand my sheet out."""
    return render(request, "sheets/hand_out.html", {"section": "more"})
