"""A one-to-one for a calendar."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from touchline.accounts.middleware import MemberRequest
from touchline.meetings import calendar_file as files
from touchline.meetings.views.reaching import one_to_one_of


def calendar_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the calendar file; a later one replaces it."""
    one = one_to_one_of(request, pk)
    name = slugify(one.relationship.person.name) or "one-to-one"
    return HttpResponse(
        files.calendar_file(one, stamp=timezone.now()),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
