"""Put down a referral in a line: "Tom Hart, Hart Foods to Ann Lee: needs a lease read"."""

import argparse
import json

from touchline.commands.member import member_for, programme_of
from touchline.core.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the line, and what it may be asked back."""
    parser.add_argument(
        "line",
        nargs="+",
        help="WHO, COMPANY to or from PARTNER: NEED; behind it “, said on Tuesday at lunch”, "
        "“, heat 3”, “, worth £1,200”, “, introduced yesterday”",
    )
    parser.add_argument(
        "--history", action="store_true", help="it happened before Touchline, on the days given"
    )
    parser.add_argument(
        "--anyway", action="store_true", help="though it went to another partner for the same"
    )
    parser.add_argument("--new", action="store_true", help="the prospect is somebody new")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(options: argparse.Namespace) -> int:
    """Put it down.

    JSON: ``{"referral", "direction", "partner", "prospect", "need", "state", "next"}``, of which
    ``referral`` is its number and ``next`` what is to come next, empty for nothing.
    """
    from django.utils import timezone

    from touchline.referrals.models import State
    from touchline.referrals.one_line import parse
    from touchline.referrals.putting_down import put_down
    from touchline.referrals.stepping import awaited, steps
    from touchline.referrals.taking import standing_of

    member = member_for(options)
    if not member.may_change:
        raise Refused(f"{member} may look at everything and change nothing.")
    with timezone.override(member.zone):
        line = parse(" ".join(options.line), member.today(), member.month_first)
        relationship = programme_of(member, line.partner)
        made = put_down(
            member,
            relationship,
            line,
            history=options.history,
            anyway=options.anyway,
            is_new=options.new,
        )
    at = standing_of(made)
    following = steps(at).next
    said = {
        "referral": made.pk,
        "direction": made.direction,
        "partner": relationship.person.name,
        "prospect": made.prospect,
        "need": made.need,
        "state": made.state,
        "next": awaited(following.key, at) if following else "",
    }
    if options.json:
        print(json.dumps(said, ensure_ascii=False))
        return 0
    way = "to" if made.is_given else "from"
    then = f" Next: {said['next']}." if said["next"] else ""
    print(
        f"{made.prospect} {way} {relationship.person.name}, at “{State(made.state).label.lower()}”."
        f"{then}"
    )
    return 0
