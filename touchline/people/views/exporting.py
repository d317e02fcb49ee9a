"""Takes people out as a file: what the list shows, or everyone."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.refusal import Refused
from touchline.people import search
from touchline.people.exporting.writing import FORMATS, MEDIA_TYPES, content, note_export
from touchline.people.models import Person
from touchline.people.views.listing import Asked, everyone

SALT = "touchline.people.export"
GOOD_FOR = 600  # Seconds that a prepared file may be fetched.


@only_a_form
def export(request: MemberRequest) -> HttpResponse:
    """Show what may be taken out; a POST notes it and goes on to the file."""
    member = request.member
    asked = _asked(request)
    if request.method == "POST":
        kind = request.POST.get("format", "")
        if kind not in FORMATS:
            raise Refused("Choose vCard or CSV.")
        if request.POST.get("who") == "everyone":
            asked = Asked()
        many = len(everyone(member, asked))
        if not many:
            raise Refused("There is nobody in that list to export.")
        note_export(member, kind, many)
        wanted = {name: value for name, value in asdict(asked).items() if value}
        of = signing.dumps([member.pk, kind, wanted], salt=SALT, compress=True)
        return SeeOther(f"{reverse('people:export_file')}?of={of}")
    page = {
        "section": "people",
        "asked": [(name, value) for name, value in asdict(asked).items() if value],
        "here": request.get_full_path(),
        "narrowed": bool(asked.q or asked.narrows),
        "shown": len(everyone(member, asked)),
        "capped": bool(asked.q) and search.find(member, asked.q).capped,
        "all": Person.objects.visible_to(member).count(),
        "formats": FORMATS.items(),
        "list_url": reverse("people:people") + asked.url(),
    }
    return render(request, "people/export.html", page)


@only_a_form
def export_file(request: MemberRequest) -> Any:
    """Send the file that was just asked for; without a fresh request, ask."""
    try:
        member_pk, kind, wanted = signing.loads(
            request.GET.get("of", ""), salt=SALT, max_age=GOOD_FOR
        )
    except signing.BadSignature:
        member_pk, kind, wanted = 0, "", {}
    if member_pk != request.member.pk or request.method == "POST":
        if request.GET.get("of"):
            messages.error(request, "That file was prepared a while ago. Ask for it again.")
        return redirect("people:export")
    given = QueryDict(mutable=True)
    given.update(wanted)
    ids = everyone(request.member, Asked.of(given))
    return StreamingHttpResponse(
        content(request.member, ids, kind),
        content_type=MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="people.{kind}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _asked(request: HttpRequest) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    asked = Asked.of(given)
    return Asked(**{**asdict(asked), "select": ""})
