"""Print the brief for the next one-to-one with a person."""

import argparse
import json
from typing import TYPE_CHECKING

from touchline.commands.member import member_for
from touchline.core.keys import key_in
from touchline.core.refusal import Refused

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.relationships.models import Relationship


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the person and the format."""
    parser.add_argument("person", help="a name, the beginning of one, or the person's number")
    parser.add_argument("--format", choices=("md", "json"), default="md")


def _find(member: "Member", wanted: str) -> "Relationship":
    from touchline.core.fold import fold
    from touchline.relationships.models import Relationship

    everyone = Relationship.objects.visible_to(member).select_related("person__company")
    found: list[Relationship]
    key = key_in(wanted)
    if key is not None:
        found = list(everyone.filter(person_id=key))
    else:
        words = fold(wanted).split()
        found = [
            each
            for each in everyone
            if all(any(w.startswith(x) for w in fold(each.person.name).split()) for x in words)
        ]
    if not found:
        raise Refused(f"There is no programme with anybody called “{wanted}”.")
    if len(found) > 1:
        names = ", ".join(f"{each.person.name} ({each.person_id})" for each in found[:8])
        raise Refused(f"“{wanted}” could be several: {names}. Give the number.")
    return found[0]


def run(options: argparse.Namespace) -> int:
    """Print the brief, as the page shows it."""
    from django.utils import timezone

    from touchline.meetings.brief_text import to_json, to_markdown
    from touchline.meetings.briefing import brief_for

    member = member_for(options)
    with timezone.override(member.zone):
        brief = brief_for(_find(member, options.person), member)
    if options.format == "json":
        print(json.dumps(to_json(brief), ensure_ascii=False, indent=2))
    else:
        print(to_markdown(brief), end="")
    return 0
