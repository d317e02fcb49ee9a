"""Out of sight for a month, and back: the same for people and for companies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther
from touchline.people.models import Company, Person


def put_away(
    request: MemberRequest, found: Person | Company, *, said: str, deleted: str, then: str
) -> HttpResponse:
    """Delete it and go to the page ``then``; the message leads to ``deleted``, where to undo."""
    if request.method != "POST":
        return redirect(found)
    found.delete_by(request.member)
    undo = '{} {} <a href="{}">Undo</a> within a month.'
    messages.success(request, format_html(undo, found.name, said, reverse(deleted)))
    return SeeOther(reverse(then))


def bring_back(request: MemberRequest, found: Person | Company, *, deleted: str) -> HttpResponse:
    """Take a deletion back and go there."""
    if request.method != "POST":
        return redirect(deleted)
    found.restore_by(request.member)
    messages.success(request, f"{found.name} is back.")
    return SeeOther(found.get_absolute_url())
