"""Log a call with a person, in a line: "spoke, 10 min, hiring, call again in a week"."""

import argparse
import json

from touchline.commands.member import member_for, programme_of
from touchline.core.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the person and the line."""
    parser.add_argument("person", help="a name, the beginning of one, or the person's number")
    parser.add_argument(
        "line",
        nargs="+",
        help="what was said; with /action me ... by friday and /fact family: ... in it",
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(options: argparse.Namespace) -> int:
    """Log it. JSON: ``{"person", "on", "minutes", "text", "again_on"}``, days in ISO form."""
    from django.utils import timezone

    from touchline.meetings.calling import log, to_come

    member = member_for(options)
    if not member.may_change:
        raise Refused(f"{member} may look at everything and change nothing.")
    today = member.today()
    line = " ".join(options.line)
    with timezone.override(member.zone):
        relationship = programme_of(member, options.person)
        call = log(relationship, member, line, now=timezone.now(), today=today)
    again = call.again_on
    if options.json:
        said = {
            "person": relationship.person.name,
            "on": call.on.isoformat(),
            "minutes": call.minutes,
            "text": call.text,
            "again_on": again.isoformat() if again else None,
        }
        print(json.dumps(said, ensure_ascii=False))
    else:
        spoken = to_come(call, line, member, today)
        print(f"The call with {relationship.person.name} is logged.{spoken}")
    return 0
