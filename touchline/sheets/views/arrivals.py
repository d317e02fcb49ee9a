"""What partners did on their pages: seen, and a time of theirs agreed to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.core.refusal import Refused
from touchline.meetings.views.one_to_ones import runs_into, when
from touchline.sheets.arrivals.agreeing import agree
from touchline.sheets.arrivals.telling import read
from touchline.sheets.models import Arrival


@change
def seen(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it was seen."""
    arrivals = Arrival.objects.visible_to(request.member).select_related("relationship")
    arrival = get_object_or_404(arrivals, pk=pk)
    if request.method == "POST":
        arrival.see(request.member, now=timezone.now())
    return SeeOther(back(request, arrival.get_absolute_url()))


@change
def agreement(request: MemberRequest, pk: int) -> HttpResponse:
    """Move a one-to-one to a time that suits them: ``at`` is one of those they named, ISO."""
    arrival = get_object_or_404(
        Arrival.objects.visible_to(request.member).select_related(
            "one_to_one__relationship__person", "relationship", "link"
        ),
        pk=pk,
    )
    if request.method == "POST":
        at = read(request.POST.get("at", ""))
        if at is None:
            raise Refused("Choose one of the times they named.")
        now = timezone.now()
        one = agree(arrival, request.member, starts_at=at, now=now)
        live = arrival.link is not None and arrival.link.is_live(now)
        shown = f" {one.relationship.person.first} sees it on their page." if live else ""
        messages.success(request, f"Moved to {when(one)}.{runs_into(request, one)}{shown}")
    return SeeOther(back(request, arrival.get_absolute_url()))
