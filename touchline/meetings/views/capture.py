"""Capture: one line at a time, each saved at once, each open to correction."""

import hashlib
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.refusal import Refused
from touchline.meetings.forms import LineForm, NoteForm
from touchline.meetings.holding.taking import NOTE, Typed, take
from touchline.meetings.models import Note, OneToOne, State
from touchline.meetings.views.one_to_ones import meeting_context, meeting_response
from touchline.meetings.views.reaching import one_to_one_of
from touchline.playbook.models import of

OPEN = (State.UNDER_WAY, State.HELD)
CLOSED = "Lines are taken down while a one-to-one is under way or held. Open it first."
# What differs each time a page is made, and says nothing of what it shows.
_TOKENS = re.compile(r'(name="(?:once|csrfmiddlewaretoken)" value=")[^"]*')


@change
def lines(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a line down; or show what was taken down so far, for the page that is open on it."""
    one = one_to_one_of(request, pk)
    if request.method != "POST":
        return _so_far(request, one) if one.state in OPEN else SeeOther(one.get_absolute_url())
    form = LineForm(request.POST)
    if one.state not in OPEN:
        messages.error(request, CLOSED)
        return meeting_response(request, one, status=422)
    if form.is_valid():
        try:
            _take(request, one, form)
        except Refused as refused:
            form.add_error("text", str(refused))
    if form.errors:
        return meeting_response(request, one, form, status=422)
    home = back(request, one.get_absolute_url())
    kept = {key: form.cleaned_data[key] for key in ("what", "topic") if form.cleaned_data[key]}
    if request.POST.get("back") or not (kept.get("topic") or kept.get("what", NOTE) != NOTE):
        return SeeOther(home)
    return SeeOther(f"{home}?{urlencode(kept)}")


def _so_far(request: MemberRequest, one: OneToOne) -> HttpResponse:
    """Show lines and agenda alone; 304 where the browser has them just so already."""
    answer = render(request, "meetings/lines.html", meeting_context(request, one))
    shown = _TOKENS.sub(r"\1", answer.content.decode())
    tag = f'"{hashlib.sha256(shown.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-store"
    return answer


def _take(request: MemberRequest, one: OneToOne, form: LineForm) -> None:
    data, now = form.cleaned_data, timezone.now()
    typed = Typed(
        data["text"], data["what"], data["topic"], data["private"], _typed_at(data, one, now)
    )
    take(typed, one, request.member, now=now)


def _typed_at(data: dict[str, Any], one: OneToOne, now: datetime) -> datetime:
    """Return when a line was typed, which may be a while before it could be sent."""
    at: datetime | None = data["at"]
    began = one.began_at or one.starts_at
    return at if at is not None and began <= at <= now else now


@change
def topics(request: MemberRequest, pk: int) -> HttpResponse:
    """Tick a topic of the meeting as covered, or take the tick back."""
    one = one_to_one_of(request, pk)
    if request.method == "POST":
        topic = request.POST.get("topic", "")
        kind = of(request.member.workspace).kind(one.kind)
        if topic not in {each.key for each in kind.topics}:
            raise Refused("That topic does not belong to this kind of meeting.")
        one.cover_topic(request.member, topic, covered=request.POST.get("covered") == "1")
    return SeeOther(back(request, one.get_absolute_url()))


def _note_of(request: MemberRequest, pk: int) -> Note:
    notes = Note.objects.visible_to(request.member)
    note: Note = get_object_or_404(
        notes.select_related("relationship__person", "one_to_one"), pk=pk
    )
    return note


def _home(note: Note) -> str:
    owner = note.one_to_one or note.relationship
    return owner.get_absolute_url()


@only_a_form
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a note."""
    found = _note_of(request, pk)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"text": found.text, "topic": found.topic, "private": found.private},
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["private"] and found.author_id != request.member.pk:
            raise Refused("Only its author can keep a note private.")
        found.edit(request.member, **form.cleaned_data)
        return SeeOther(back(request, _home(found)))
    context = {
        "note": found,
        "person": found.relationship.person,
        "topics": of(request.member.workspace).topics,
        "form": form,
        "home": back(request, _home(found)),
        "section": "today",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/note.html", context, status=status)


@change
def note_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a note away."""
    found = _note_of(request, pk)
    home = back(request, _home(found))
    if request.method == "POST":
        found.delete_by(request.member)
        messages.success(request, "The note is gone.")
    return SeeOther(home)
