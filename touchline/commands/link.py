"""Print a fresh one-time sign-in link, for somebody locked out."""

import argparse

from touchline.commands.arguments import port
from touchline.core.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", nargs="?", metavar="E-MAIL", help="whose; else the only owner's")
    parser.add_argument("--port", type=port, default=8000, help="the port in the link (8000)")


def run(options: argparse.Namespace) -> int:
    from touchline.accounts.models import Member, Role
    from touchline.commands.links import sign_in_link
    from touchline.commands.preparing import address

    members = Member.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    if options.email:
        member = members.filter(user__email__iexact=options.email).first()
        if member is None:
            raise Refused(f"{options.email} is nobody here.")
    else:
        owners = list(members.filter(role=Role.OWNER)[:2])
        if not owners:
            raise Refused("There is no workspace yet. `touchline init` makes one.")
        if len(owners) > 1:
            raise Refused("There are several owners: give the e-mail address of one.")
        member = owners[0]
    print(f"For {member.user.email}, once, within a day:")
    print(sign_in_link(member.user, address(options.port)))
    return 0
