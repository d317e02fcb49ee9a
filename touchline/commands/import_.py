"""Bring people in from contact files: vCard, LinkedIn, Google, Outlook."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchline.commands.member import member_for

if TYPE_CHECKING:
    from touchline.people.importing.preview import Preview
    from touchline.people.importing.rows import Reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and what to do with them."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a contact file")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would happen; store nothing"
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(options: argparse.Namespace) -> int:
    """Bring the files in one by one, each whole or not at all; 1 where one was refused.

    JSON: ``{"dry_run": bool, "files": [{"file", "format", "new", "changed", "unchanged",
    "problems": [{"line", "text"}]} or {"file", "refused"}]}``.
    """
    from touchline.core.refusal import Refused
    from touchline.people.importing.bringing import bring_in_file
    from touchline.people.importing.rows import Unreadable

    member = member_for(options)
    if not member.may_change:
        raise Refused("A viewer may look at people, not bring them in.")
    files: list[dict[str, Any]] = []
    for path in options.files:
        try:
            reading, found = bring_in_file(
                member, path.name, path.read_bytes(), dry_run=options.dry_run
            )
        except OSError as error:
            files.append({"file": str(path), "refused": f"{path}: {error.strerror}."})
        except Unreadable as refused:
            files.append({"file": str(path), "refused": str(refused)})
        else:
            files.append(_report(path, reading, found))
    if options.json:
        print(json.dumps({"dry_run": options.dry_run, "files": files}, ensure_ascii=False))
    for report in files:
        if "refused" in report:
            print(f"touchline: {report['refused']}", file=sys.stderr)
        elif not options.json:
            _tell(report, dry_run=options.dry_run)
    return 1 if any("refused" in report for report in files) else 0


def _report(path: Path, reading: "Reading", found: "Preview") -> dict[str, Any]:
    return {
        "file": str(path),
        "format": reading.format,
        "new": len(found.new),
        "changed": len(found.changed),
        "unchanged": len(found.unchanged),
        "problems": [{"line": one.line, "text": one.text} for one in found.problems],
    }


def _tell(report: dict[str, Any], *, dry_run: bool) -> None:
    would = " (nothing stored)" if dry_run else ""
    print(
        f"{report['file']}: {report['new']} new, {report['changed']} changed, "
        f"{report['unchanged']} unchanged{would}"
    )
    for problem in report["problems"]:
        print(f"  line {problem['line']}: {problem['text']}")
