"""Print the brief for the next one-to-one with a person, or write it as a PDF."""

import argparse
import json
from pathlib import Path

from touchline.commands.member import member_for, programme_of
from touchline.core.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the person and the format."""
    parser.add_argument("person", help="a name, the beginning of one, or the person's number")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--format", choices=("md", "json"), default="md")
    how.add_argument("--pdf", metavar="FILE", help="write it to a file, one page of A4")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refused(f"{file} can’t be written: {error.strerror}.") from None


def run(options: argparse.Namespace) -> int:
    """Print the brief whole, or write it as the page shows it: cut to one sheet."""
    from django.utils import timezone

    from touchline.briefing.loading import brief_for
    from touchline.briefing.printing import brief_pdf
    from touchline.briefing.text import to_json, to_markdown

    member = member_for(options)
    with timezone.override(member.zone):
        brief = brief_for(programme_of(member, options.person), member)
        today = member.today()
    if options.pdf:
        _write(Path(options.pdf), brief_pdf(brief, today))
    elif options.format == "json":
        print(json.dumps(to_json(brief), ensure_ascii=False, indent=2))
    else:
        print(to_markdown(brief), end="")
    return 0
