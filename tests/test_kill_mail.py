"""kill -9 between a mail server's taking a message and our storing it: sent again, as the same."""

import asyncio
import email
import subprocess
import sys
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.serving import ROOT, environment, free_port, installation, touchline, wait_for
from tests.test_kill_middle import rows, run

pytestmark = pytest.mark.slow

BEGIN = """
import django
django.setup()
from django.utils import timezone
from touchline.accounts.models import Member
from touchline.mail import outbox
from touchline.mail.draft import Draft, Recipient
member = Member.objects.signed_in(Member.objects.get().user_id).get()
draft = Draft("recap", Recipient("Anwen", "anwen@example.org"), "Hello", "Hello.", "")
outbox.send(draft, member, now=timezone.now())
"""


class Slow:
    """Takes the first message and never says so; answers for the others."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content))
        if len(self.mails) == 1:
            await asyncio.sleep(600)
        return "250 OK"


def test_a_killed_worker_loses_no_message_and_gives_it_no_second_name(tmp_path: Path) -> None:
    data, port = installation(tmp_path / "data"), free_port()
    assert run(data, BEGIN).wait(60) == 0
    slow = Slow()
    controller = Controller(slow, hostname="127.0.0.1", port=port)
    controller.start()
    wire = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_STARTTLS": "0"}
    try:
        worker = subprocess.Popen(
            [sys.executable, "-m", "touchline.cli", "worker"],
            env=environment(data, **wire), cwd=ROOT,
        )  # fmt: skip
        wait_for(lambda: slow.mails, "the server to have the message")
        worker.kill()
        worker.wait(60)
        state = "SELECT state, attempts FROM mail_message"
        assert rows(data, state) == [("queued", 1)]
        assert touchline(data, "worker", "--until-empty", **wire).returncode == 0
        assert rows(data, state) == [("sent", 2)]
        assert touchline(data, "worker", "--until-empty", **wire).returncode == 0
    finally:
        controller.stop()
    assert len(slow.mails) == 2
    assert len({mail["Message-ID"] for mail in slow.mails}) == 1
