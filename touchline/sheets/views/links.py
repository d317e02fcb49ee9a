"""The links of one relationship: made, replaced, revoked, and when they were looked at."""

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.relationships.views.reaching import relationship_of


def links(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the links of a relationship."""
    page = {"section": "people", "relationship": relationship_of(request, pk)}
    return render(request, "sheets/links.html", page)
