"""A person's picture, as its own small file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from touchline.accounts.middleware import MemberRequest
from touchline.core.brought import IN_PLACE
from touchline.people import photos
from touchline.people.models import Person, Photo


def photo(request: MemberRequest, person_id: int) -> HttpResponse:
    """Send the picture; 404 where there is none, or nobody whom the member may see."""
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=person_id)
    found = get_object_or_404(Photo.objects.visible_to(request.member), person=person)
    etag = f'"{found.source}"'
    headers = {
        **IN_PLACE,
        "Cache-Control": "private, no-cache",
        "ETag": etag,
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(bytes(found.content), photos.CONTENT_TYPE, headers=headers)
