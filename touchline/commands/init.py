"""Make the first workspace and print its owner's one-time sign-in link."""

import argparse

from touchline.commands.arguments import port
from touchline.core.refusal import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="NAME", help="what to call it")
    parser.add_argument("--owner", required=True, metavar="E-MAIL", help="whose it is")
    parser.add_argument("--port", type=port, default=8000, help="the port in the link (8000)")


def run(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from touchline.accounts.models import User, Workspace
    from touchline.commands.links import sign_in_link
    from touchline.commands.preparing import address, keep_private, migrate
    from touchline.playbook.models import of

    name, email = options.workspace.strip(), options.owner.strip()
    if not 1 <= len(name) <= 120:
        raise Refused("--workspace: give a name of 1 to 120 characters.")
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"--owner: “{email}” is not an e-mail address.") from None
    keep_private()
    migrate()
    with transaction.atomic():
        if Workspace.objects.exists():
            raise Refused("There is a workspace already. `touchline link` prints a sign-in link.")
        user = User.objects.create_user(email)
        owner = Workspace.objects.begin(name, user, country="GB", time_zone="Europe/London")
        of(owner.workspace)
        link = sign_in_link(user, address(options.port))
    print(f"{name} is ready. Start `touchline serve`, then sign in once, within a day:\n{link}")
    return 0
