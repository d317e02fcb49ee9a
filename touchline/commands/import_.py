"""Bring people in from contact files: vCard, LinkedIn, Google, Outlook, Thunderbird, any CSV."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchline.commands.member import member_for

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.people.importing.at_once import Done


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and what to do with them."""
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="a contact file")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would happen; store nothing"
    )
    parser.add_argument(
        "--map",
        metavar="HEADING=FIELD",
        action="append",
        default=[],
        help="what a column of an unknown table is; it is remembered for the next such file",
    )
    parser.add_argument(
        "--undo", metavar="IMPORT", type=int, help="take back what an import did, by its number"
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(options: argparse.Namespace) -> int:
    """Bring the files in one by one, or undo an import; 1 where a file was refused.

    JSON: ``{"dry_run": bool, "files": [{"file", "format", "import", "new", "changed",
    "unchanged", "problems": [{"line", "text"}]} or {"file", "refused"}]}``; of ``--undo``
    ``{"import", "removed", "put_back", "left": [{"person", "name", "why"}]}``.
    """
    from touchline.core.refusal import Refused

    member = member_for(options)
    if not member.may_change:
        raise Refused("A viewer may look at people, not bring them in.")
    if options.undo is not None:
        if options.files or options.dry_run or options.map:
            raise Refused("--undo takes one import back, and goes with nothing but --json.")
        return _undo(member, options)
    if not options.files:
        raise Refused("Name a contact file to bring in, or an import to --undo.")
    columns = _columns(options.map)
    files = [_report(path, member, columns, options) for path in options.files]
    if options.json:
        print(json.dumps({"dry_run": options.dry_run, "files": files}, ensure_ascii=False))
    for report in files:
        if "refused" in report:
            print(f"touchline: {report['refused']}", file=sys.stderr)
        elif not options.json:
            _tell(report, dry_run=options.dry_run)
    return 1 if any("refused" in report for report in files) else 0


def _columns(pairs: list[str]) -> dict[str, str]:
    from touchline.core.refusal import Refused

    columns = {}
    for pair in pairs:
        heading, sign, field = pair.rpartition("=")
        if not sign or not heading.strip():
            raise Refused(f"--map takes a heading and what it is, as in Telefon=phone, not {pair}.")
        columns[heading.strip()] = field.strip()
    return columns


def _report(
    path: Path, member: "Member", columns: dict[str, str], options: argparse.Namespace
) -> dict[str, Any]:
    """Bring one file in and say what came of it."""
    from touchline.people.importing.at_once import bring_in_file
    from touchline.people.importing.rows import Unreadable
    from touchline.people.importing.text import MAX_BYTES, too_large

    try:
        # A device or a pipe has no size that says anything; a file is never read past the limit.
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Unreadable(too_large(f"“{path.name}”", path.stat().st_size))
        done = bring_in_file(member, path.name, content, dry_run=options.dry_run, columns=columns)
    except OSError as error:
        return {"file": str(path), "refused": f"{path}: {error.strerror}."}
    except Unreadable as refused:
        return {"file": str(path), "refused": str(refused)}
    return _figures(path, done)


def _figures(path: Path, done: "Done") -> dict[str, Any]:
    counts = done.report.counts
    problems = sorted(done.report.problems, key=lambda one: one.line)
    return {
        "file": str(path),
        "format": done.format,
        "import": done.kept.pk if done.kept else None,
        "new": counts["new"],
        "changed": counts["changed"],
        "unchanged": counts["unchanged"],
        "problems": [{"line": one.line, "text": one.text} for one in problems],
    }


def _tell(report: dict[str, Any], *, dry_run: bool) -> None:
    after = " (nothing stored)" if dry_run else f" (import {report['import']})"
    print(
        f"{report['file']}: {report['new']} new, {report['changed']} changed, "
        f"{report['unchanged']} unchanged{after}"
    )
    for problem in report["problems"]:
        print(f"  line {problem['line']}: {problem['text']}")


def _undo(member: "Member", options: argparse.Namespace) -> int:
    from touchline.people.importing.at_once import undo

    kept = undo(member, options.undo)
    left = [
        {"person": pk, "name": name, "why": why} for pk, name, why in kept.report.get("left", ())
    ]
    counts = {name: kept.counts.get(name, 0) for name in ("removed", "put_back")}
    if options.json:
        print(json.dumps({"import": kept.pk, **counts, "left": left}, ensure_ascii=False))
        return 0
    print(f"{kept.filename}: {counts['removed']} taken out, {counts['put_back']} put back")
    for one in left:
        print(f"  {one['name']} stays: {one['why']}")
    return 0
