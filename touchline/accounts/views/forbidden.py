"""What a viewer is told who would change something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchline.accounts.models import Member, Role
from touchline.core.words import listed

NAMED = 3


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say what a viewer may do, and name the owners who can do the rest."""
    member: Member | None = getattr(request, "member", None)
    owners = ""
    if member is not None:
        found = Member.objects.visible_to(member).filter(role=Role.OWNER, user__is_active=True)
        first = found.select_related("user").order_by("pk")[:NAMED]
        owners = listed([str(one) for one in first], "or")
    return render(request, "403.html", {"owners": owners}, status=403)
