"""My info sheet: what it says, and who sees which part."""

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest


def mine(request: MemberRequest) -> HttpResponse:
    """Show my sheet."""
    return render(request, "sheets/mine.html", {"section": "more"})
