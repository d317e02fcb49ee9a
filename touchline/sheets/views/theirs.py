"""Their sheet: what they said about themselves, to be taken over answer by answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.relationships.views.reaching import relationship_of
from touchline.sheets.models import TheirSheet


def their_sheets(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the sheets of one partner."""
    page = {"section": "people", "relationship": relationship_of(request, pk)}
    return render(request, "sheets/their_sheets.html", page)


def their_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one sheet of theirs."""
    sheet = get_object_or_404(TheirSheet.objects.visible_to(request.member), pk=pk)
    return render(request, "sheets/their_sheet.html", {"section": "people", "sheet": sheet})
