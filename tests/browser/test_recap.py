"""A recap, looked at on a phone and sent to a real mail server."""

import email
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.browser.conftest import Journey
from touchline.accounts.models import Member
from touchline.core.jobs import Worker
from touchline.demo import makers
from touchline.mail.models import Message
from touchline.meetings.models import OneToOne, State

Travel = Callable[..., Journey]


class Box:
    """A mail server that keeps what it gets, or is out of order."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return self.answer


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def met(alice: Member) -> OneToOne:
    """One held yesterday with Anwen, the next planned in four weeks."""
    today = alice.today()
    person = makers.a_person(alice, "Anwen Pritchard", email="anwen@example.org")
    relationship = makers.a_relationship(alice, person, on=today - timedelta(days=60))
    held = makers.a_one_to_one(relationship, alice, today - timedelta(days=1), state=State.HELD)
    makers.a_one_to_one(relationship, alice, today + timedelta(days=28), place="The Boathouse")
    makers.a_note(relationship, alice, "The barn is let from August.", one_to_one=held)
    makers.a_note(relationship, alice, "She looks tired.", one_to_one=held)
    makers.an_action(relationship, alice, "mine", "Send the lease", today, one_to_one=held)
    return held


@pytest.mark.parametrize(("size", "scripts"), [("phone", True), ("wide", True), ("phone", False)])
def test_a_recap_is_looked_at_and_sent(
    alice: Member, met: OneToOne, travel: Travel, box: Box, size: str, scripts: bool
) -> None:
    journey = travel(size, scripts=scripts)
    journey.sign_in(alice)
    path = f"/one-to-ones/{met.pk}/recap/"
    page = journey.go(path) if scripts else journey.page
    if not scripts:
        page.goto(journey.base + path)
    letter = page.frame_locator("iframe.letter-frame").locator("body")
    expect(letter).to_contain_text("Send the lease")
    expect(letter).not_to_contain_text("The barn is let")
    page.get_by_label("At the top, if you like").fill("Thank you for the cake!")
    page.locator("label", has_text="The barn is let from August.").click()
    if not scripts:
        page.get_by_role("button", name="Show it as chosen").click()
    expect(letter).to_contain_text("The barn is let")
    expect(letter).to_contain_text("Thank you for the cake!")
    expect(letter).not_to_contain_text("She looks tired.")
    if scripts:
        journey.check()
    page.get_by_role("button", name="Send it to Anwen").click()
    expect(page.get_by_text("On its way to Anwen.").first).to_be_visible()
    Worker().run(until_empty=True)
    (mail,) = box.mails
    plain = mail.get_body(("plain",))
    assert plain is not None
    for said in ("Thank you for the cake!", "- The barn is let from August.", "- Send the lease"):
        assert said in plain.get_content()
    assert "tired" not in mail.as_string()
    invited = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert vobject.readOne(invited.get_content()).vevent.location.value == "The Boathouse"


def test_what_did_not_go_out_is_on_today_with_one_tap_to_try_again(
    alice: Member, met: OneToOne, travel: Travel, box: Box
) -> None:
    journey = travel("phone")
    journey.sign_in(alice)
    box.answer = "554 5.7.1 not today"
    journey.go(f"/one-to-ones/{met.pk}/recap/")
    journey.press("Send it to Anwen")
    Worker().run(until_empty=True)
    page = journey.go("/")
    expect(page.get_by_text("The mail server would not take this message.")).to_be_visible()
    box.answer = "250 OK"
    journey.press("Try again")
    Worker().run(until_empty=True)
    assert len(box.mails) == 1
    assert Message.objects.get().attempts == 2
    expect(journey.go("/").get_by_role("heading", name="Not sent")).to_have_count(0)
