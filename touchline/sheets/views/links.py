"""The links of one relationship: made, replaced, revoked, and when they were looked at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.core.paths import path_to
from touchline.relationships.models import State
from touchline.relationships.views.reaching import relationship_of
from touchline.sheets.models import Link, Purpose
from touchline.sheets.opening import hand, opens

_MADE = {
    Purpose.PAGE: "The link is made. Nothing is sent to anybody.",
    Purpose.YOURS: "The link that asks for their sheet is made. Nothing is sent to anybody.",
}
_REPLACED = "The link is replaced. The one before opens nothing any more."


@change
def links(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the links of a relationship; a post makes the one of a purpose, or replaces it."""
    relationship = relationship_of(request, pk)
    member, now = request.member, timezone.now()
    home = path_to("sheets:links", relationship.pk)
    if request.method == "POST":
        purpose, former = request.POST.get("purpose", ""), request.POST.get("former", "")
        if hand(relationship, member, purpose, former=former, now=now):
            messages.success(request, _REPLACED if former else _MADE[Purpose(purpose)])
        else:
            messages.info(request, "The link has changed since this page was loaded. Look again.")
        return SeeOther(f"{home}#{purpose}" if purpose in _MADE else home)
    found, former_ones = opens(
        relationship, member, now=now, whole=lambda path: request.build_absolute_uri(path)
    )
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "opens": found,
        "former": former_ones,
        "ended": relationship.state == State.ENDED,
        "home": home,
    }
    return render(request, "sheets/links.html", page)


@change
def revocation(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a link for good."""
    link = get_object_or_404(
        Link.objects.visible_to(request.member).select_related("relationship"), pk=pk
    )
    home = (
        path_to("sheets:links", link.relationship_id)
        if link.relationship_id
        else path_to("sheets:hand_out")
    )
    if request.method == "POST":
        # Closed twice it is closed; whoever was quicker has said so in the journal.
        if link.revoked_at is None:
            link.revoke(request.member, now=timezone.now())
        messages.success(request, "The link is closed. It opens nothing any more.")
    return SeeOther(back(request, home))
