"""Bringing a contact file in: choose it, look at what it would do, do it, take it back."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from touchline.accounts.middleware import MemberRequest
from touchline.core import uploads
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.scoping import UNDO_DAYS
from touchline.core.words import count, listed
from touchline.people.forms import UploadForm
from touchline.people.importing import bringing
from touchline.people.importing.mapping import FIELDS, BadMapping, Mapping
from touchline.people.importing.preview import SHOWN
from touchline.people.importing.text import MAX_BYTES, too_large
from touchline.people.models import Import, ImportState

EARLIER = 10
TITLES = {
    ImportState.READING: "Looking at it",
    ImportState.APPLYING: "Bringing them in",
    ImportState.STOPPING: "Stopping after the people it is at",
    ImportState.UNDOING: "Taking it back",
}


@only_a_form
def import_new(request: MemberRequest) -> HttpResponse:
    """Show where to choose a file; a POST keeps it, for a job to look at."""
    form = UploadForm()
    if request.method == "POST":
        form = _form(request)
        if form.is_valid():
            file = form.cleaned_data["file"]
            kept = bringing.keep(request.member, file.name, file.read())
            return SeeOther(kept.get_absolute_url())
    earlier = Import.objects.visible_to(request.member).defer("content", "plan", "report")
    page = {"section": "people", "form": form, "earlier": earlier.order_by("-pk")[:EARLIER]}
    return render(
        request, "people/import_new.html", page, status=422 if request.method == "POST" else 200
    )


def _form(request: MemberRequest) -> UploadForm:
    """Read what was posted, and turn a file away by its size before it is opened."""
    refused = uploads.too_large(request)
    form = UploadForm(request.POST, request.FILES)
    if not refused and form.is_valid():
        file = form.cleaned_data["file"]
        refused = (file.name, file.size) if file.size > MAX_BYTES else None
    if refused:
        form.full_clean()
        form.errors.pop("file", None)
        form.add_error("file", too_large(f"“{refused[0]}”", refused[1]))
    return form


def _kept(request: MemberRequest, import_id: int) -> Import:
    own = Import.objects.visible_to(request.member).defer("content", "plan")
    found: Import = get_object_or_404(own, pk=import_id)
    return found


def import_(request: MemberRequest, import_id: int) -> HttpResponse:
    """Show what a file would do, how far a job is with it, or what came of it."""
    kept = _kept(request, import_id)
    new, changed = kept.counts.get("new", 0), kept.counts.get("changed", 0)
    until = kept.applied_at + timedelta(days=UNDO_DAYS) if kept.applied_at else None
    response = render(
        request,
        "people/import.html",
        {
            "section": "people",
            "kept": kept,
            "doing": TITLES.get(ImportState(kept.state), ""),
            "summary": _summary(kept),
            "is_previewed": kept.state == ImportState.PREVIEWED,
            # One stopped long ago has let its file go, and with it what was to come.
            "is_open": kept.state == ImportState.PREVIEWED
            or (kept.state == ImportState.STOPPED and bool(kept.report)),
            "is_over": kept.state in (ImportState.APPLIED, ImportState.STOPPED),
            "may_undo": bringing.STATES.allows("undo", kept.state) and bool(kept.report),
            "undo": _undo(new, changed),
            "until": until,
            "to_do": new + changed,
            "rest": kept.total - kept.done,
            "most": SHOWN,
        },
    )
    # The last look of a page that watched: what it may do now stands around the part it takes.
    if request.headers.get("HX-Trigger") == "import" and not kept.is_working:
        response["HX-Refresh"] = "true"
    return response


def _summary(kept: Import) -> str:
    """Say in a sentence what a file would do, or what came of it."""
    counts = {name: int(number) for name, number in kept.counts.items()}
    new, changed, same = (counts.get(name, 0) for name in ("new", "changed", "unchanged"))
    title = kept.report.get("title") or kept.filename
    if kept.state == ImportState.UNDONE or kept.state == ImportState.HALF_UNDONE:
        return _undone(counts)
    if kept.state != ImportState.PREVIEWED:
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


def _undo(new: int, changed: int) -> str:
    """Say what undoing would do."""
    parts = [f"takes out {count(new, 'person', 'people')} it added"] if new else []
    parts += [f"puts back {count(changed, 'person', 'people')} it changed"] if changed else []
    return f"Undoing {listed(parts)}. Whatever you changed since stays." if parts else ""


def _undone(counts: dict[str, int]) -> str:
    removed, back = counts.get("removed", 0), counts.get("put_back", 0)
    parts = [f"{removed:,} taken out"] if removed or not back else []
    parts += [f"{back:,} put back"] if back else []
    return f"{listed(parts)}."


@only_a_form
def columns(request: MemberRequest, import_id: int) -> HttpResponse:
    """Ask which column of a table is what; a POST looks at the file with the answer."""
    kept = _kept(request, import_id)
    asked = kept.report.get("columns")
    if not asked or not bringing.STATES.allows("map", kept.state):
        return redirect(kept)
    chosen = dict(asked["suggestion"])
    if kept.mapping is not None:
        # One remembered may write the same headings in another case.
        known = Mapping.from_json(kept.mapping)
        chosen = {heading: known.field(heading) for heading in asked["headings"]}
    error = ""
    if request.method == "POST":
        given = [
            [heading, request.POST.get(f"column-{number}", "")]
            for number, heading in enumerate(asked["headings"])
        ]
        chosen = dict(given)
        try:
            mapping = Mapping.from_json(given)
        except BadMapping as refused:
            error = str(refused)
        else:
            remember = not asked["headless"]
            bringing.use_mapping(kept, request.member, mapping, remember=remember)
            return SeeOther(kept.get_absolute_url())
    return render(
        request,
        "people/columns.html",
        {
            "section": "people",
            "kept": kept,
            "error": error,
            "fields": list(FIELDS.items()),
            "columns": [
                (f"column-{number}", heading, _samples(asked["samples"], number), chosen[heading])
                for number, heading in enumerate(asked["headings"])
            ],
            "headless": asked["headless"],
        },
        status=422 if error else 200,
    )


def _samples(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    """Return the first few different values of a column."""
    values = [row[column][:80] for row in rows if column < len(row) and row[column].strip()]
    return list(dict.fromkeys(values))[:3]


def _verb(
    take: Callable[[Import, Any], None],
) -> Callable[[MemberRequest, int], HttpResponse]:
    """Make the view of a verb of an import: it takes posts, and shows the import."""

    def view(request: MemberRequest, import_id: int) -> HttpResponse:
        kept = _kept(request, import_id)
        if request.method != "POST":
            return redirect(kept)
        take(kept, request.member)
        return SeeOther(kept.get_absolute_url())

    return change(view)


reading = _verb(bringing.look_again)
application = _verb(bringing.queue)
stopping = _verb(bringing.stop)
undoing = _verb(bringing.undo)
