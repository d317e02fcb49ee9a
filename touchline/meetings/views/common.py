"""What is shared with a person after all or not; what a note touches, weighed once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.meetings.common import dismissing
from touchline.meetings.models import Note
from touchline.relationships.views.reaching import relationship_of

_WEIGHED = {
    "keep": "The note stays as it is.",
    "private": "The note is private to you now.",
    "drop": "The note is gone.",
}


@change
def not_in_common(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a theme that is not shared after all away; with ``undo`` bring it back."""
    relationship = relationship_of(request, pk)
    if request.method == "POST":
        theme = request.POST.get("theme", "")[:60]
        if request.POST.get("undo") == "1":
            dismissing.bring_back(relationship, request.member, theme)
            messages.success(request, "Back among what you have in common.")
        else:
            dismissing.dismiss(relationship, request.member, theme)
            messages.success(request, "Taken away; it is not shown again.")
    return SeeOther(back(request, relationship.get_absolute_url()))


@change
def note_weighing(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep a note that touches what is sensitive, make it private, or drop it."""
    notes = Note.objects.visible_to(request.member)
    note: Note = get_object_or_404(
        notes.select_related("relationship__person", "one_to_one"), pk=pk
    )
    home = back(request, (note.one_to_one or note.relationship).get_absolute_url())
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        note.weigh(request.member, choice)
        messages.success(request, _WEIGHED[choice])
    return SeeOther(home)
