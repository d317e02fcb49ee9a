"""What partners did on their pages."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.sheets.models import Arrival


@change
def seen(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it was seen."""
    arrivals = Arrival.objects.visible_to(request.member).select_related("relationship")
    arrival = get_object_or_404(arrivals, pk=pk)
    if request.method == "POST":
        arrival.see(request.member, now=timezone.now())
    return SeeOther(back(request, arrival.get_absolute_url()))
