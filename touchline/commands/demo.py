"""Serve a sample workspace, made at the first start, to try everything out."""

import argparse
import os
from pathlib import Path

from touchline.commands import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    serve.add_arguments(parser)


def prepare(options: argparse.Namespace) -> None:
    """Keep the sample apart from anybody's own data; sign in by the printed link alone."""
    if not os.environ.get("TOUCHLINE_DATA"):
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        os.environ["TOUCHLINE_DATA"] = str(Path(base) / "touchline-demo")
    os.environ["TOUCHLINE_DEBUG"] = "0"
    os.environ.setdefault("TOUCHLINE_LOCAL", "1")
    serve.prepare(options)


def run(options: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import timezone

    from touchline.accounts.models import Member, Role
    from touchline.commands.links import sign_in_link
    from touchline.commands.preparing import address

    listener, application = serve.ready(options)
    member = Member.objects.filter(role=Role.OWNER).select_related("user").order_by("pk").first()
    if member is None:
        from touchline.demo.workspace import make_demo

        with transaction.atomic():
            member = make_demo(timezone.localdate())
    base = address(options.port)
    say = [
        f"Touchline’s sample workspace is at {base}/",
        f"Sign in with this link, once, within a day:\n{sign_in_link(member.user, base)}",
    ]
    if options.lan:
        say.append(serve.open_to_lan(options.port))
    return serve.serve(options, listener, application, say)
