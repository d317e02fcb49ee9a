"""Bringing a file in while somebody waits at the command line: the same work, without a job."""

from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people.importing import bringing, working
from touchline.people.importing.csvs import key_of
from touchline.people.importing.mapping import FIELDS, BadMapping, Mapping, Unmapped
from touchline.people.importing.preview import Outcome, Report, begun, preview
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Reading, Unreadable
from touchline.people.models import Import, ImportState

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Done:
    """What a file came to; ``kept`` is None where nothing was to be stored."""

    format: str
    report: Report
    kept: Import | None


def bring_in_file(
    member: "Member",
    filename: str,
    content: bytes,
    *,
    dry_run: bool,
    columns: Pairs[str, str] | None = None,
) -> Done:
    """Read a file and bring it in, or with ``dry_run`` only say what it would do.

    ``columns`` says of headings what they are; of the others, what is remembered or suggested
    counts. Raises Unreadable for a file that is refused whole. Broken off in the middle, what
    was brought in stays: the same file again adds the rest.
    """
    reading, mapping = _read(member, filename, content, columns or {})
    if dry_run:
        return Done(reading.format, preview(member.workspace, reading), None)
    kept: Import = Import.objects.create(
        workspace=member.workspace,
        member=member,
        filename=filename[:200] or "a file",
        content=content,
        mapping=mapping.to_json() if mapping else None,
        state=ImportState.APPLYING,
    )
    if mapping and columns:
        bringing.remember_mapping(member, mapping)
    record(member, "keep", kept, filename=kept.filename)
    report = begun(reading)

    def watch(found: Outcome) -> None:
        report.add(found)

    try:
        working.bring_in(kept, member, reading, watch)
    except BaseException:
        bringing.fail(kept, "This was broken off. Go on with it, or undo it.")
        raise
    return Done(reading.format, report, kept)


def undo(member: "Member", import_id: int) -> Import:
    """Take back what an import did; Refused where there is none, or it can't be undone."""
    own = Import.objects.visible_to(member).select_related("workspace")
    kept: Import | None = own.filter(pk=import_id).first()
    if kept is None:
        raise Refused(f"There is no import {import_id}.")
    bringing.undo(kept, member, queued=False)
    try:
        working.take_back(kept, member)
    except BaseException:
        bringing.fail(kept, "This was broken off. Undo the rest.")
        raise
    return kept


def _read(
    member: "Member", filename: str, content: bytes, columns: Pairs[str, str]
) -> tuple[Reading, Mapping | None]:
    try:
        return read(content, filename), None
    except Unmapped as unknown:
        mapping = working.mapping_for(member.workspace_id, unknown)
        if columns:
            mapping = _mapping(filename, mapping or unknown.suggestion, columns)
        if mapping is None:
            guessed = ", ".join(
                f'"{heading}={field}"' for heading, field in unknown.suggestion.columns
            )
            raise Unreadable(
                f"{unknown} Say which column is what with --map, as in --map {guessed}."
            ) from None
        return read(content, filename, mapping), mapping


def _mapping(filename: str, otherwise: Mapping, columns: Pairs[str, str]) -> Mapping:
    given = {key_of(heading): field for heading, field in columns.items()}
    known = {key_of(heading) for heading, _ in otherwise.columns}
    for heading in columns:
        if key_of(heading) not in known:
            raise Unreadable(f"“{filename}” has no column “{heading}”.")
    for field in columns.values():
        if field not in FIELDS:
            raise Unreadable(f"A column can be one of {', '.join(FIELDS)}, not “{field}”.")
    try:
        return Mapping.from_json(
            [[heading, given.get(key_of(heading), field)] for heading, field in otherwise.columns]
        )
    except BadMapping as refused:
        raise Unreadable(str(refused)) from None
