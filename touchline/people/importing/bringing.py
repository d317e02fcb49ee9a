"""The life of one import: kept, queued, brought in. Pages, command and job call these."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from touchline.core.refusal import Refused
from touchline.core.states import Transitions
from touchline.journal.models import record
from touchline.people.importing.applying import apply
from touchline.people.importing.preview import Preview, preview
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Reading
from touchline.people.models import Import, ImportState

if TYPE_CHECKING:
    from touchline.accounts.models import Member

STATES = Transitions(
    "import",
    {
        "queue": {
            ImportState.PREVIEWED: ImportState.QUEUED,
            ImportState.FAILED: ImportState.QUEUED,
        },
        "apply": {
            ImportState.PREVIEWED: ImportState.APPLIED,
            ImportState.QUEUED: ImportState.APPLIED,
        },
        "fail": {ImportState.QUEUED: ImportState.FAILED},
    },
)


def keep(
    member: "Member", filename: str, content: bytes, reading: Reading, found: Preview
) -> Import:
    """Keep a file with what it would do; nobody is changed by it."""
    kept: Import = Import.objects.create(
        workspace_id=member.workspace_id,
        member=member,
        filename=filename[:200] or "a file",
        format=reading.format,
        content=content,
        counts=found.counts,
        preview={"title": reading.title, **found.shown()},
    )
    record(member, "keep", kept, filename=kept.filename, counts=kept.counts)
    return kept


def queue(kept: Import, by: "Member") -> None:
    """Ask for it to be brought in; a second asking is refused."""
    from touchline.people.tasks import apply_import

    before = kept.state
    after = STATES.after("queue", before)
    if not Import.objects.filter(pk=kept.pk, state=before).update(state=after, refusal=""):
        raise Refused("Somebody else has just asked for this file to be brought in.")
    kept.state = after
    record(by, "queue", kept)
    # The queue is a table of this database: the job exists exactly when this commits.
    apply_import.enqueue(kept.pk, by.pk)


def bring_in(kept: Import, by: "Member") -> Preview | None:
    """Bring a kept file in, whole or not at all; None where that has happened already.

    Safe to call twice, also at once: the state is taken by a conditional update in the
    transaction of the change itself. The file is let go with it.
    """
    if kept.content is None:
        return None
    reading = read(bytes(kept.content), kept.filename)
    with transaction.atomic():
        taken = Import.objects.filter(pk=kept.pk, state=kept.state).update(
            state=STATES.after("apply", kept.state)
        )
        if not taken:
            return None
        found = apply(by, reading)
        kept.state, kept.content, kept.applied_at = ImportState.APPLIED, None, timezone.now()
        kept.counts = found.counts
        kept.preview = {"title": reading.title, "problems": found.shown()["problems"]}
        kept.save(update_fields=["state", "content", "applied_at", "counts", "preview"])
        record(by, "apply", kept, filename=kept.filename, counts=found.counts)
    return found


def fail(kept: Import, sentence: str) -> None:
    """Say why a queued file was not brought in; nothing of it was stored."""
    Import.objects.filter(pk=kept.pk, state=ImportState.QUEUED).update(
        state=STATES.after("fail", ImportState.QUEUED), refusal=sentence
    )


def bring_in_file(
    member: "Member", filename: str, content: bytes, *, dry_run: bool
) -> tuple[Reading, Preview]:
    """Read a file and bring it in at once, or with ``dry_run`` only say what it would do.

    Raises ``Unreadable`` for a file that is refused whole.
    """
    reading = read(content, filename)
    if dry_run:
        return reading, preview(member.workspace, reading)
    with transaction.atomic():
        found = apply(member, reading)
        kept = Import.objects.create(
            workspace_id=member.workspace_id,
            member=member,
            filename=filename[:200] or "a file",
            format=reading.format,
            state=ImportState.APPLIED,
            applied_at=timezone.now(),
            counts=found.counts,
            preview={"title": reading.title, "problems": found.shown()["problems"]},
        )
        record(member, "apply", kept, filename=kept.filename, counts=found.counts)
    return reading, found
