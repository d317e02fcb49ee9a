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
from touchline.playbook.forms import (
    ClocksForm,
    KindForm,
    QuestionForm,
    TopicForm,
    fillings,
    more_of,
    parts_of,
    places_of,
    slots_of,
    stages_of,
    tiers_of,
)
from touchline.playbook.models import WorkspacePlaybook, of
from touchline.playbook.playbook import KINDS, Malformed, Prompt
from touchline.playbook.showing import clocks_shown, topic_shown, topics_shown

STALE = (
    "Somebody else changed the playbook while you were typing. Yours is still here and not "
    "stored; look at theirs first, then save again to put yours in its place."
)


def playbook(request: MemberRequest) -> HttpResponse:
    """Show the stages, kinds of meeting, topics with their questions, rhythms and clocks."""
    shown = of(request.member.workspace)
    page = {"section": "playbook", "playbook": shown, "topics": topics_shown(shown)}
    page["clocks"] = clocks_shown(shown)
    return render(request, "playbook/playbook.html", page)


@only_a_form
def kind(request: MemberRequest, key: str) -> HttpResponse:
    """Edit a kind of meeting: its name, length, parts and topics."""
    current = _row(request)
    if key not in KINDS:
        raise Http404
    shown = current.playbook.kind(key)
    data = request.POST or None
    form = KindForm(data, initial={"name": shown.name, "length_minutes": shown.length_minutes})
    parts, places = parts_of(shown, data), places_of(shown, data)
    more = more_of(shown, current.playbook, data)
    rows = zip(places, shown.topics, strict=False)
    page: dict[str, Any] = {"kind": shown, "form": form, "parts": parts, "places": places}
    page |= {"more": more, "rows": rows}
    valid = [each.is_valid() for each in (form, parts, places, more)]
    if data is None or not all(valid):
        return _edit_page(request, "kind", current, page)
    made = editing.with_kind(
        current.data,
        key,
        topics=places.typed() + more.typed(),
        shape=parts.typed(),
        **form.cleaned_data,
    )
    return _store(request, "kind", current, made, page)


@only_a_form
def topic(request: MemberRequest, key: str) -> HttpResponse:
    """Edit a topic: its name, how soon it grows old, what there is to know; see its questions."""
    current = _row(request)
    shown = current.playbook.topic(key)
    if shown is None:
        raise Http404
    data = request.POST or None
    form = TopicForm(data, initial={"name": shown.name, "stale_months": shown.stale_months})
    slots = slots_of(shown, data)
    page: dict[str, Any] = {"topic": topic_shown(current.playbook, shown), "form": form}
    page["slots"] = slots
    valid = [form.is_valid(), slots.is_valid()]
    if data is None or not all(valid):
        return _edit_page(request, "topic", current, page)
    made = editing.with_topic(current.data, key, slots=slots.typed(), **form.cleaned_data)
    to = f"{reverse('playbook:playbook')}#topic-{key}"
    return _store(request, "topic", current, made, page, to)


@only_a_form
def question(request: MemberRequest, key: str) -> HttpResponse:
    """Edit a question: its words, what it asks for, when, and in which meetings."""
    current = _row(request)
    prompt = current.playbook.prompt(key)
    if prompt is None:
        raise Http404
    return _question(request, current, prompt.topic, prompt)


@only_a_form
def new_question(request: MemberRequest, key: str) -> HttpResponse:
    """Add a question to a topic."""
    return _question(request, _row(request), key, None)


def _question(
    request: MemberRequest, current: WorkspacePlaybook, key: str, prompt: Prompt | None
) -> HttpResponse:
    topic = current.playbook.topic(key)
    if topic is None:
        raise Http404
    form = QuestionForm(request.POST or None, playbook=current.playbook, topic=topic, prompt=prompt)
    page: dict[str, Any] = {"topic": topic, "prompt": prompt, "form": form, "fillings": fillings()}
    page["picked"] = [form["slot"], form["memory"]]
    if not form.is_valid():
        return _edit_page(request, "question", current, page)
    made = editing.with_question(current.data, prompt.key if prompt else "", form.typed())
    return _store(request, "question", current, made, page, reverse("playbook:topic", args=[key]))


@change
def question_out(request: MemberRequest, key: str) -> HttpResponse:
    """Take a question out of the playbook."""
    current = _row(request)
    prompt = current.playbook.prompt(key)
    if prompt is None:
        raise Http404
    if request.method != "POST":
        return redirect("playbook:question", key=key)
    made = editing.without_question(current.data, key)
    current.edit(request.member, made, seen=_seen(request, current))
    messages.success(request, f"“{prompt.text}” is taken out.")
    return SeeOther(reverse("playbook:topic", args=[prompt.topic]))


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


@only_a_form
def clocks(request: MemberRequest) -> HttpResponse:
    """Edit how long each thing after a referral may take."""
    current = _row(request)
    form = ClocksForm(request.POST or None, shown=current.playbook.clocks)
    page = {"form": form}
    if not form.is_valid():
        return _edit_page(request, "clocks", current, page)
    made = editing.with_clocks(current.data, form.cleaned_data)
    return _store(request, "clocks", current, made, page)


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
    to: str = "",
) -> HttpResponse:
    try:
        current.edit(request.member, made, seen=_seen(request, current))
    except Malformed as malformed:
        return _edit_page(request, stem, current, {**page, "error": str(malformed)})
    except Refused:
        return _edit_page(request, stem, current, {**page, "stale": STALE})
    messages.success(request, "The playbook is saved.")
    return SeeOther(to or reverse("playbook:playbook"))


def _edit_page(
    request: MemberRequest, stem: str, current: WorkspacePlaybook, page: dict[str, Any]
) -> HttpResponse:
    shown = {"section": "playbook", "version": current.version, **page}
    status = 422 if request.method == "POST" else 200
    return render(request, f"playbook/{stem}.html", shown, status=status)
