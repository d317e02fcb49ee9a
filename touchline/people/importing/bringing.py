"""The life of one import: kept, looked at, brought in, taken back. Pages, command, jobs."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from touchline.core.refusal import Refused
from touchline.core.scoping import UNDO_DAYS
from touchline.core.states import Transitions
from touchline.journal.models import record
from touchline.people.importing.mapping import Mapping
from touchline.people.models import ColumnMapping, Import, ImportState, Touched

if TYPE_CHECKING:
    from touchline.accounts.models import Member

logger = logging.getLogger("touchline.imports")

# A step that gave no sign of life for so long, and has no job, is over.
SILENT_MINUTES = 10
PREVIEW_DAYS = 7

_S = ImportState
# The one table. The clock and the jobs take *find*, *ask*, *refuse*, *halt*, *apply*,
# *end_undo* and *fail*; people take the others.
STATES = Transitions(
    "import",
    {
        "map": {_S.NEEDS_MAPPING: _S.READING, _S.PREVIEWED: _S.READING},
        "look_again": {_S.FAILED: _S.READING, _S.PREVIEWED: _S.READING},
        "find": {_S.READING: _S.PREVIEWED},
        "ask": {_S.READING: _S.NEEDS_MAPPING},
        "refuse": {_S.READING: _S.REFUSED},
        "queue": {_S.PREVIEWED: _S.APPLYING, _S.STOPPED: _S.APPLYING},
        "stop": {_S.APPLYING: _S.STOPPING},
        "halt": {_S.STOPPING: _S.STOPPED},
        "apply": {_S.APPLYING: _S.APPLIED, _S.STOPPING: _S.APPLIED},
        "undo": {
            _S.APPLIED: _S.UNDOING,
            _S.STOPPED: _S.UNDOING,
            _S.HALF_UNDONE: _S.UNDOING,
        },
        "end_undo": {_S.UNDOING: _S.UNDONE},
        "fail": {
            _S.READING: _S.FAILED,
            _S.APPLYING: _S.STOPPED,
            _S.STOPPING: _S.STOPPED,
            _S.UNDOING: _S.HALF_UNDONE,
        },
    },
    says=lambda verb, state: _says(verb, state),
)

_NOW = {
    _S.READING: "is being looked at",
    _S.NEEDS_MAPPING: "has columns that nobody knows yet",
    _S.PREVIEWED: "has not been brought in",
    _S.REFUSED: "was refused",
    _S.FAILED: "could not be looked at",
    _S.APPLYING: "is being brought in",
    _S.STOPPING: "is being stopped",
    _S.STOPPED: "was stopped half-way",
    _S.APPLIED: "has been brought in",
    _S.UNDOING: "is being undone",
    _S.HALF_UNDONE: "was undone half-way",
    _S.UNDONE: "has been undone",
}
_DONE = {
    "queue": "brought in",
    "apply": "brought in",
    "stop": "stopped",
    "halt": "stopped",
    "undo": "undone",
    "end_undo": "undone",
    "map": "given other columns",
    "fail": "ended",
}


def _says(verb: str, state: str) -> str:
    done = _DONE.get(verb, "looked at again")
    return f"This file {_NOW[ImportState(state)]}, so it can’t be {done} now."


def keep(member: "Member", filename: str, content: bytes) -> Import:
    """Keep a file and ask for it to be looked at; nobody is changed by it."""
    from touchline.people.tasks import read_import

    with transaction.atomic():
        kept: Import = Import.objects.create(
            workspace_id=member.workspace_id,
            member=member,
            filename=filename[:200] or "a file",
            content=content,
        )
        record(member, "keep", kept, filename=kept.filename)
        _enqueue(kept, read_import, kept.pk, member.pk)
    return kept


def use_mapping(kept: Import, by: "Member", mapping: Mapping, *, remember: bool) -> None:
    """Say which column is what, and ask for the file to be looked at with that.

    Remembered for the next file with the same headings, unless the file had none of its own.
    """
    from touchline.people.tasks import read_import

    if refusal := mapping.refusal():
        raise Refused(refusal)
    with transaction.atomic():
        report = {"columns": {**kept.report.get("columns", {}), "remembered": False}}
        values = {"report": report, "counts": {}, "refusal": "", **_fresh()}
        STATES.take(kept, "map", mapping=mapping.to_json(), **values)
        if remember:
            remember_mapping(by, mapping)
        record(by, "map", kept)
        _enqueue(kept, read_import, kept.pk, by.pk)


def remember_mapping(by: "Member", mapping: Mapping) -> None:
    """Use these columns by itself for the next file with the same headings."""
    ColumnMapping.objects.update_or_create(
        workspace_id=by.workspace_id,
        headings=mapping.key,
        defaults={"mapping": mapping.to_json()},
    )


def look_again(kept: Import, by: "Member") -> None:
    """Ask for the file to be compared anew with the people there are now."""
    from touchline.people.tasks import read_import

    with transaction.atomic():
        STATES.take(kept, "look_again", refusal="", counts={}, **_fresh())
        _enqueue(kept, read_import, kept.pk, by.pk)


def queue(kept: Import, by: "Member") -> None:
    """Ask for it to be brought in, or for one that was stopped to go on."""
    from touchline.people.tasks import apply_import

    values: dict[str, Any] = {"refusal": "", "progress_at": timezone.now()}
    if Import.objects.filter(pk=kept.pk, state=ImportState.STOPPED, content=None).exists():
        raise Refused(
            "This was stopped more than a month ago, and its file is gone. Choose the file again."
        )
    if kept.state != ImportState.STOPPED:
        values |= {**_fresh(), "plan": None}
    with transaction.atomic():
        STATES.take(kept, "queue", **values)
        record(by, "queue", kept)
        # The queue is a table of this database: the job exists exactly when this commits.
        _enqueue(kept, apply_import, kept.pk, by.pk)


def stop(kept: Import, by: "Member") -> None:
    """Ask for it to be stopped; what was brought in until then stays, and can be undone."""
    with transaction.atomic():
        STATES.take(kept, "stop")
        record(by, "stop", kept)


def undo(kept: Import, by: "Member", *, queued: bool = True) -> None:
    """Ask for what it did to be taken back; for a month this can be done.

    Not ``queued``, the caller does the work.
    """
    from touchline.people.tasks import undo_import

    since = timezone.now() - timedelta(days=UNDO_DAYS)
    if kept.applied_at and kept.applied_at < since:
        raise Refused("This was brought in more than a month ago, so it can’t be undone any more.")
    with transaction.atomic():
        values = {**_fresh(), "total": kept.touched.count(), "refusal": ""}
        if kept.state != ImportState.HALF_UNDONE:
            values["counts"] = {**kept.counts, "removed": 0, "put_back": 0, "left": 0}
        STATES.take(kept, "undo", **values)
        record(by, "undo", kept, people=kept.total)
        if queued:
            _enqueue(kept, undo_import, kept.pk, by.pk)


def fail(kept: Import, sentence: str) -> None:
    """Say why a step ended early; what it had done by then stays, and can be taken further."""
    kept.refresh_from_db(fields=["state"])
    if not STATES.allows("fail", kept.state):
        return
    values: dict[str, Any] = {"refusal": sentence}
    if kept.state in (ImportState.APPLYING, ImportState.STOPPING):
        values["applied_at"] = timezone.now()
    with transaction.atomic():
        STATES.take(kept, "fail", **values)
        record(None, "fail", kept)


def notice_silent(now: datetime) -> int:
    """End the steps whose job is gone: given up after its workers died, or never begun.

    Returns how many. A step of the command has no job, but gives signs of life.
    """
    silent = Import.objects.filter(
        state__in=list(STATES.table["fail"]),
        progress_at__lt=now - timedelta(minutes=SILENT_MINUTES),
    ).defer("content", "plan")
    ended = 0
    for kept in silent:
        waiting = DBTaskResult.objects.filter(
            pk=kept.job_id or UUID(int=0),
            status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
        )
        if not waiting.exists():
            logger.warning("Import %s has been silent and has no job.", kept.pk)
            fail(kept, "This was broken off, and nobody was at it any more. Try again.")
            ended += 1
    return ended


def let_go(now: datetime) -> int:
    """Forget files looked at a week ago, and of others, after a month, all but their counts.

    What was never brought in goes whole. Of an import the file, the names in its report and
    the records by which it could be undone go. Returns how many imports were touched.
    """
    month = now - timedelta(days=UNDO_DAYS)
    never = Import.objects.filter(
        state__in=(_S.NEEDS_MAPPING, _S.PREVIEWED, _S.REFUSED, _S.FAILED),
        created_at__lt=now - timedelta(days=PREVIEW_DAYS),
    )
    gone = int(never.delete()[0])
    old = Import.objects.filter(
        state__in=(_S.STOPPED, _S.APPLIED, _S.HALF_UNDONE, _S.UNDONE), applied_at__lt=month
    ).exclude(report={}, content=None, plan=None)
    for pk in old.values_list("pk", flat=True):
        with transaction.atomic():
            Touched.objects.filter(of_id=pk).delete()
            gone += Import.objects.filter(pk=pk).update(content=None, plan=None, report={})
    return gone


def _fresh() -> dict[str, Any]:
    return {"done": 0, "total": 0, "progress_at": timezone.now()}


def _enqueue(kept: Import, task: Any, *arguments: int) -> None:
    kept.job_id = task.enqueue(*arguments).id
    Import.objects.filter(pk=kept.pk).update(job_id=kept.job_id)
