"""Bringing a contact file in: choose it, look at what it would do, then do it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.words import count, listed
from touchline.people.forms import UploadForm
from touchline.people.importing import bringing
from touchline.people.importing.preview import SHOWN, Preview, preview
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Reading, Unreadable
from touchline.people.models import Import, ImportState

MAX_BYTES = 25 * 1024 * 1024
Looked = tuple[str, bytes, Reading, Preview]


def looks_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read and compare the file before the transaction of the change begins.

    A large file takes seconds; nobody else's change should wait for them.
    """

    @wraps(view)
    def wrapped(request: MemberRequest) -> HttpResponse:
        looked: Looked | None = None
        form = UploadForm()
        if request.method == "POST" and request.member.may_change:
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                looked = _look(request, form)
        return view(request, form, looked)

    return wrapped


def _look(request: MemberRequest, form: UploadForm) -> Looked | None:
    file = form.cleaned_data["file"]
    if file.size > MAX_BYTES:
        form.add_error(
            "file",
            f"{file.name} is {file.size / 1024 / 1024:.0f} MB; 25 MB is the most that can be read "
            "at once. Export fewer contacts at a time, or leave out their pictures.",
        )
        return None
    content = file.read()
    try:
        reading = read(content, file.name)
    except Unreadable as refused:
        form.add_error("file", str(refused))
        return None
    return file.name, content, reading, preview(request.member.workspace, reading)


@looks_first
@only_a_form
def import_new(request: MemberRequest, form: UploadForm, looked: Looked | None) -> HttpResponse:
    """Show where to choose a file; a POST keeps it and shows what it would do."""
    if looked is not None:
        return SeeOther(bringing.keep(request.member, *looked).get_absolute_url())
    status = 422 if request.method == "POST" else 200
    page = {"section": "people", "form": form}
    return render(request, "people/import_new.html", page, status=status)


def import_(request: MemberRequest, import_id: int) -> HttpResponse:
    """Show what a file would do, that it is being brought in, or what came of it."""
    kept = get_object_or_404(
        Import.objects.visible_to(request.member).defer("content"), pk=import_id
    )
    return render(
        request,
        "people/import.html",
        {
            "section": "people",
            "kept": kept,
            "is_waiting": kept.state == ImportState.QUEUED,
            "is_done": kept.state == ImportState.APPLIED,
            "summary": _summary(kept),
            "to_do": kept.counts.get("new", 0) + kept.counts.get("changed", 0),
            "most": SHOWN,
        },
    )


def _summary(kept: Import) -> str:
    """Say in a sentence what a file would do, or what came of it."""
    new, changed = kept.counts.get("new", 0), kept.counts.get("changed", 0)
    same = kept.counts.get("unchanged", 0)
    title = kept.preview.get("title", "")
    if kept.state == ImportState.APPLIED:
        parts = [f"{new:,} new"] + ([f"{changed:,} changed"] if changed else [])
        parts += [f"{same:,} as before"] if same else []
        return f"{listed(parts)}."
    if not new + changed:
        if not same:
            return f"{title}. There is nobody in it who could be brought in."
        return f"{title}. Everyone in it is among your people already."
    parts = [f"add {count(new, 'person', 'people')}"] if new else []
    parts += [f"change {count(changed, 'person', 'people')}"] if changed else []
    stays = (
        f" {count(same, 'person', 'people').capitalize()} would stay as they are." if same else ""
    )
    return f"{title}. It would {listed(parts)}.{stays} Nothing has been changed yet."


@change
def application(request: MemberRequest, import_id: int) -> HttpResponse:
    """Ask for a previewed file to be brought in."""
    kept = get_object_or_404(
        Import.objects.visible_to(request.member).defer("content"), pk=import_id
    )
    if request.method != "POST":
        return redirect(kept)
    bringing.queue(kept, request.member)
    return SeeOther(kept.get_absolute_url())
