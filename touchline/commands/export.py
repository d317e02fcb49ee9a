"""Write everyone into a contact file: vCard 4.0 or CSV, which import reads back."""

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from touchline.commands.member import member_for
from touchline.core.refusal import Refused

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and the report."""
    parser.add_argument(
        "--people",
        metavar="FILE",
        type=Path,
        required=True,
        help="the file to write, its format by its ending: .vcf or .csv",
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(options: argparse.Namespace) -> int:
    """Write the file, replacing one of that name. JSON: ``{"file", "format", "people"}``."""
    from touchline.people.exporting.writing import FORMATS, everyone, note_export

    target: Path = options.people.expanduser().absolute()
    file_format = target.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise Refused(f"Name a file that ends in .vcf or .csv, not {target.name}.")
    if target.is_dir():
        raise Refused(f"{target} is a folder. Name a file in it.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.")
    member = member_for(options)
    ids = everyone(member)
    note_export(member, file_format, len(ids))
    _write(target, member, ids, file_format)
    if options.json:
        report = {"file": str(options.people), "format": file_format, "people": len(ids)}
        print(json.dumps(report, ensure_ascii=False))
    else:
        print(f"{options.people}: {len(ids):,} {'person' if len(ids) == 1 else 'people'}")
    return 0


def _write(target: Path, member: "Member", ids: list[int], file_format: str) -> None:
    """Write beside the file and only then take its name: one cut short leaves the older one.

    Only this user may read it.
    """
    from touchline.people.exporting.writing import content

    handle, name = tempfile.mkstemp(prefix=".touchline-export-", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in content(member, ids, file_format):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
