"""The work of an import, some people at a time: looked at, brought in, taken back.

Each batch is one transaction that first moves the import's own count on, from what this worker
read to what it will be: of two workers one does the batch, and a worker that was killed in the
middle has done all of it or nothing. Begun again, the work goes on where it was.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from touchline.core.words import short_day
from touchline.journal.models import record
from touchline.people import photos
from touchline.people.doubles.asking import look_again
from touchline.people.importing import applying, planning, undoing
from touchline.people.importing.bringing import STATES
from touchline.people.importing.mapping import Mapping, Unmapped
from touchline.people.importing.planning import Planned
from touchline.people.importing.preview import (
    SHOWN,
    Outcome,
    Report,
    begun,
    compare,
    preview,
)
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Reading, Unreadable
from touchline.people.models import ColumnMapping, Import, ImportState, Photo

if TYPE_CHECKING:
    from touchline.accounts.models import Member

BATCH = 250  # People in one transaction: a tenth of a second in which other writers wait.
# Seconds between two of them. SQLite gives its lock to whoever asks next, and a writer that
# waits asks every few hundredths of a second.
BREATH = 0.03
ATTEMPTS = 3

T = TypeVar("T")
Watch = Callable[[Outcome], None]


def _unseen(found: Outcome) -> None:
    pass


def look(kept: Import) -> None:
    """Read a kept file and say what it would do; then it is previewed, or refused, or asked about.

    Changes nobody. Again is no harm: it begins anew, and only the first end counts.
    """
    if kept.state != ImportState.READING or kept.content is None:
        return
    try:
        reading = reading_of(kept)
    except Unmapped as unknown:
        _end(kept, "ask", refusal=str(unknown), report={"columns": question(unknown)})
        return
    except Unreadable as refused:
        _end(kept, "refuse", refusal=str(refused), content=None)
        return
    found = preview(kept.workspace, reading, lambda done, total: _tell(kept, done, total))
    _end(
        kept,
        "find",
        format=reading.format,
        refusal="",
        counts=found.counts,
        report={**_columns(kept), "title": reading.title, **found.shown()},
    )


def reading_of(kept: Import) -> Reading:
    """Read a kept file with the columns that were said, or that are remembered for it.

    Raises Unmapped where nobody knows the columns, Unreadable for a file that is refused.
    """
    content = bytes(kept.content or b"")
    if kept.mapping is not None:
        return read(content, kept.filename, Mapping.from_json(kept.mapping))
    try:
        return read(content, kept.filename)
    except Unmapped as unknown:
        remembered = mapping_for(kept.workspace_id, unknown)
        if remembered is None:
            raise
        kept.mapping = remembered.to_json()
        kept.report = {"columns": {**question(unknown), "remembered": True}}
        Import.objects.filter(pk=kept.pk).update(mapping=kept.mapping, report=kept.report)
        return read(content, kept.filename, remembered)


def mapping_for(workspace_id: int, unknown: Unmapped) -> Mapping | None:
    """Return the columns remembered for a table with these headings."""
    if unknown.headless:
        return None
    kept = ColumnMapping.objects.filter(workspace_id=workspace_id, headings=unknown.key).first()
    return Mapping.from_json(kept.mapping) if kept else None


def bring_in(
    kept: Import, by: "Member", reading: Reading | None = None, watch: Watch = _unseen
) -> None:
    """Bring a queued file in, batch by batch, until it is done or somebody says stop.

    The plan is made once, against everybody known when bringing in begins, and kept; whoever
    goes on with it later follows the same. ``reading`` saves reading the file once more;
    ``watch`` is given what each batch came to.
    """
    if kept.state == ImportState.STOPPING:
        _halt(kept, by)
        return
    if kept.state != ImportState.APPLYING or kept.content is None:
        return
    reading = reading or reading_of(kept)
    source = f"{reading.title}, {short_day(by.today())}"
    planned = _plan(kept, reading)
    while planned is not None and kept.done < len(planned):
        some = planned[kept.done : kept.done + BATCH]
        found = _again(partial(_batch, kept, reading, source, some, _drawn(reading, some)))
        if found is None:
            planned = None
            break
        watch(found)
        time.sleep(BREATH)
    if planned is None:
        kept.refresh_from_db(fields=["state", "done"])
        if kept.state == ImportState.STOPPING:
            _halt(kept, by)
        return
    with transaction.atomic():
        STATES.take(kept, "apply", content=None, plan=None, applied_at=timezone.now(), refusal="")
        record(by, "apply", kept, filename=kept.filename, counts=kept.counts)
        _look_for_doubles(kept)


def _plan(kept: Import, reading: Reading) -> list[Planned] | None:
    """Return the plan kept, or make it; None where the import is not ours to go on with."""
    if kept.plan is not None:
        return planning.unpacked(bytes(kept.plan))
    planned = planning.plan(kept.workspace, reading.rows, ours=reading.ours)
    report = begun(reading)
    values: dict[str, Any] = {
        "plan": planning.packed(planned),
        "done": 0,
        "total": len(planned),
        "format": reading.format,
        "counts": report.counts,
        "report": {**_columns(kept), "title": reading.title, **report.shown()},
    }
    ours = Import.objects.filter(pk=kept.pk, state=ImportState.APPLYING, plan=None)
    if not ours.update(**values, progress_at=timezone.now()):
        return None
    for name, value in values.items():
        setattr(kept, name, value)
    return planned


def _drawn(reading: Reading, some: list[Planned]) -> dict[str, bytes]:
    """Draw the pictures of those who have none yet, by the digest of what they are drawn from.

    Not in the transaction: it may take longer than other writers wait.
    """
    had = Photo.objects.filter(person__in=[one.person_id for one in some if one.person_id])
    known = set(had.values_list("person_id", flat=True))
    found: dict[str, bytes] = {}
    for one in some:
        rows = (reading.rows[position] for position in one.rows)
        picture = next((row.photo for row in rows if row.photo), b"")
        if picture and one.person_id not in known:
            with suppress(photos.Unreadable):
                found[photos.digest(picture)] = photos.small(picture)
    return found


def _batch(
    kept: Import, reading: Reading, source: str, some: list[Planned], drawn: dict[str, bytes]
) -> Outcome | None:
    """Store some people; None where somebody stopped it, or another worker is at it."""
    with transaction.atomic():
        ours = Import.objects.filter(pk=kept.pk, state=ImportState.APPLYING, done=kept.done)
        done = kept.done + len(some)
        if not ours.update(done=done, progress_at=timezone.now()):
            return None
        found = compare(kept.workspace, reading.rows, some, lock=True)
        applying.store(kept, source, found, drawn)
        report = Report.so_far(kept.counts, kept.report)
        report.add(found)
        values: dict[str, Any] = {"counts": report.counts}
        shown = {**kept.report, **report.shown()}
        if shown != kept.report:
            values["report"] = shown
        Import.objects.filter(pk=kept.pk).update(**values)
    kept.done = done
    for name, value in values.items():
        setattr(kept, name, value)
    return found


def take_back(kept: Import, by: "Member") -> None:
    """Take back what an import did, the last first, until none of its records are left."""
    if kept.state != ImportState.UNDOING:
        return
    while _again(partial(_back, kept)):
        time.sleep(BREATH)
    kept.refresh_from_db(fields=["state", "counts"])
    if kept.state != ImportState.UNDOING or kept.touched.exists():
        return
    with transaction.atomic():
        STATES.take(kept, "end_undo", content=None, plan=None, undone_at=timezone.now(), refusal="")
        record(by, "end_undo", kept, filename=kept.filename, counts=kept.counts)


def _back(kept: Import) -> bool:
    """Take some people back; False where there are none left, or another worker is at it."""
    with transaction.atomic():
        ours = Import.objects.filter(pk=kept.pk, state=ImportState.UNDOING, done=kept.done)
        if not ours.update(progress_at=timezone.now()):
            return False
        records = list(kept.touched.order_by("-pk")[:BATCH])
        if not records:
            return False
        done = kept.done + len(records)
        found = undoing.take_back(records)
        counts = dict(kept.counts)
        for name, number in (
            ("removed", found.removed), ("put_back", found.put_back), ("left", len(found.left)),
        ):  # fmt: skip
            counts[name] = counts.get(name, 0) + number
        left = [*kept.report.get("left", ()), *([list(one) for one in found.left])][:SHOWN]
        report = {**kept.report, "left": left}
        Import.objects.filter(pk=kept.pk).update(done=done, counts=counts, report=report)
        look_again(kept.workspace_id, found.changed)
    kept.done, kept.counts, kept.report = done, counts, report
    return True


def _halt(kept: Import, by: "Member") -> None:
    with transaction.atomic():
        STATES.take(kept, "halt", applied_at=timezone.now())
        record(by, "halt", kept, filename=kept.filename, counts=kept.counts)
        _look_for_doubles(kept)


def _look_for_doubles(kept: Import) -> None:
    """Ask for whom it touched to be compared with everyone; of many, once, at the end."""
    look_again(kept.workspace_id, kept.touched.values_list("person_id", flat=True))


def _end(kept: Import, verb: str, **values: Any) -> None:
    with transaction.atomic():
        STATES.take(kept, verb, done=0, total=0, **values)
        record(None, verb, kept, counts=kept.counts)


def _tell(kept: Import, done: int, total: int) -> None:
    """Say how far it is; not in a transaction, for somebody is waiting to see it."""
    ours = Import.objects.filter(pk=kept.pk, state=ImportState.READING)
    ours.update(done=done, total=total, progress_at=timezone.now())


def question(unknown: Unmapped) -> dict[str, Any]:
    """Return what the page needs to ask which column is what."""
    return {
        "headings": list(unknown.headings),
        "samples": [list(row) for row in unknown.samples],
        "suggestion": unknown.suggestion.to_json(),
        "headless": unknown.headless,
    }


def _columns(kept: Import) -> dict[str, Any]:
    return {name: value for name, value in kept.report.items() if name == "columns"}


def _again(work: Callable[[], T]) -> T:
    """Do a batch once more where somebody else made the same company, or held the lock."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work()
        except (IntegrityError, OperationalError):
            if attempt == ATTEMPTS:
                raise
            time.sleep(0.2 * attempt)
    raise AssertionError("unreachable")
