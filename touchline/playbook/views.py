"""The playbook's pages: the whole of it, and one to edit each part.

Each form carries the version it was made from, so that of two people who edit at once the
second is told, with all that was typed still there.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.refusal import Refused
from touchline.playbook import editing
from touchline.playbook.forms import KindForm, stages_of, tiers_of, topics_of
from touchline.playbook.models import WorkspacePlaybook, of
from touchline.playbook.playbook import KINDS, Malformed

STALE = (
    "Somebody else changed the playbook while you were typing. Yours is still here and not "
    "stored; look at theirs first, then save again to put yours in its place."
)


def playbook(request: MemberRequest) -> HttpResponse:
    """Show the stages, the kinds of meeting and the rhythms."""
    page = {"section": "playbook", "playbook": of(request.member.workspace)}
    return render(request, "playbook/playbook.html", page)


@only_a_form
def kind(request: MemberRequest, key: str) -> HttpResponse:
    """Edit a kind of meeting: its name, length, topics and questions."""
    current = _row(request)
    if key not in KINDS:
        raise Http404
    shown = current.playbook.kind(key)
    data = request.POST or None
    form = KindForm(data, initial={"name": shown.name, "length_minutes": shown.length_minutes})
    topics = topics_of(shown, data)
    page: dict[str, Any] = {"kind": shown, "form": form, "topics": topics}
    if data is None or not (form.is_valid() and topics.is_valid()):
        return _edit_page(request, "kind", current, page)
    given = form.cleaned_data
    made = editing.with_kind(
        current.data, key, given["name"], given["length_minutes"], topics.typed()
    )
    return _store(request, "kind", current, made, page)


@change
def as_shipped(request: MemberRequest, key: str) -> HttpResponse:
    """Put a kind of meeting back as a new workspace has it."""
    if key not in KINDS:
        raise Http404
    if request.method != "POST":
        return redirect("playbook:kind", key=key)
    current = _row(request)
    try:
        current.edit(
            request.member, editing.as_shipped(current.data, key), seen=_seen(request, current)
        )
    except Malformed as malformed:
        raise Refused(str(malformed)) from None
    messages.success(request, f"{current.playbook.kind(key).name} is as it was shipped.")
    return SeeOther(reverse("playbook:kind", args=[key]))


@only_a_form
def stages(request: MemberRequest) -> HttpResponse:
    """Edit the stages' names and terms."""
    current = _row(request)
    forms = stages_of(current.playbook, request.POST or None)
    return _rows(request, "stages", "stages", current, forms)


@only_a_form
def rhythms(request: MemberRequest) -> HttpResponse:
    """Edit the rhythm suggested for each alignment."""
    current = _row(request)
    forms = tiers_of(current.playbook, request.POST or None)
    return _rows(request, "rhythms", "tiers", current, forms)


def _row(request: MemberRequest) -> WorkspacePlaybook:
    """Return the member's own playbook to edit."""
    of(request.member.workspace)
    row: WorkspacePlaybook = request.member.workspace.playbook
    return row


def _rows(
    request: MemberRequest, stem: str, part: str, current: WorkspacePlaybook, forms: dict[str, Any]
) -> HttpResponse:
    page = {"forms": forms}
    valid = [form.is_valid() for form in forms.values()]
    if request.method != "POST" or not all(valid):
        return _edit_page(request, stem, current, page)
    typed = {key: form.cleaned_data for key, form in forms.items()}
    made = editing.with_rows(current.data, part, typed)
    return _store(request, stem, current, made, page)


def _seen(request: HttpRequest, current: WorkspacePlaybook) -> int:
    """Return the version the form was made from; one that cannot be read is an old one."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _store(
    request: MemberRequest,
    stem: str,
    current: WorkspacePlaybook,
    made: dict[str, Any],
    page: dict[str, Any],
) -> HttpResponse:
    try:
        current.edit(request.member, made, seen=_seen(request, current))
    except Malformed as malformed:
        return _edit_page(request, stem, current, {**page, "error": str(malformed)})
    except Refused:
        return _edit_page(request, stem, current, {**page, "stale": STALE})
    messages.success(request, "The playbook is saved.")
    return SeeOther(reverse("playbook:playbook"))


def _edit_page(
    request: MemberRequest, stem: str, current: WorkspacePlaybook, page: dict[str, Any]
) -> HttpResponse:
    shown = {"section": "playbook", "version": current.version, **page}
    status = 422 if request.method == "POST" else 200
    return render(request, f"playbook/{stem}.html", shown, status=status)
