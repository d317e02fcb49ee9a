"""A real SMTP server on loopback: what it was given, read back by other parsers than ours."""

import email
import io
import smtplib
import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from django.conf import settings
from django.utils import timezone
from pypdf import PdfReader

from tests.mail.cast import NOW, Partner, a_partner
from touchline.accounts.models import Member
from touchline.core.jobs import Worker
from touchline.core.refusal import Refused
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.mail import handing, outbox
from touchline.mail.along import ready
from touchline.mail.draft import Draft, Recipient
from touchline.mail.failing import sentence
from touchline.mail.invitation import cancellation, invitation
from touchline.mail.models import Message, State
from touchline.mail.recap import recap
from touchline.meetings.models import OneToOne

pytestmark = pytest.mark.django_db


class Taken:
    """Takes every message, or answers with what it is told to."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.recipient_answer = self.data_answer = "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data_answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.data_answer

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(each.content, policy=default)  # type: ignore[misc]
            for each in self.envelopes
        ]


@pytest.fixture
def server() -> Iterator[Taken]:
    taken = Taken()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    taken.port = port  # type: ignore[attr-defined]
    yield taken
    controller.stop()


@pytest.fixture
def through(server: Taken, settings: Any) -> Any:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port  # type: ignore[attr-defined]
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    settings.DEFAULT_FROM_EMAIL = "Touchline <touchline@house.example.org>"
    return settings


@pytest.fixture
def partner(alice: Member) -> Partner:
    return a_partner(alice)


def sent(draft: Draft, alice: Member, partner: Partner) -> Message:
    """Send a message as a page does, and let a worker do its work."""
    message = outbox.send(
        draft, alice, now=NOW, relationship=partner.relationship, one_to_one=partner.held
    )
    Worker().run(until_empty=True)
    message.refresh_from_db()
    return message


def test_a_recap_arrives_with_its_invitation(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    draft = recap(partner.held, alice, partner.to, now=NOW, line="Grüße!")
    message = sent(draft, alice, partner)
    assert message.state == State.SENT
    assert message.sent_at is not None
    envelope, mail = server.envelopes[0], server.mails[0]
    assert envelope.mail_from == "touchline@house.example.org"
    assert envelope.rcpt_tos == ["sian@example.org"]
    assert mail["From"] == "Touchline <touchline@house.example.org>"
    assert mail["Reply-To"] == "Alice Hill <alice@example.org>"
    assert mail["To"].addresses[0].display_name == "Siân Ó Briain"
    assert mail["Subject"] == "Alice Hill: our one-to-one on Thursday 10 June 2027"
    assert mail["Message-ID"] == message.message_id
    assert mail["Message-ID"].endswith("@house.example.org>")
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == draft.text
    assert html.get_content().replace("\r\n", "\n") == draft.html
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    invited = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert invited.get_param("method") == "REQUEST"
    file = next(mail.iter_attachments())
    assert file.get_filename() == "invitation.ics"
    assert file.get_content() == draft.calendar.encode()


BASE = "https://house.example.org"


def links_on(pdf: bytes) -> set[str]:
    """Return the addresses that the links of a PDF lead to."""
    notes = [note.get_object() for page in PdfReader(io.BytesIO(pdf)).pages
             for note in page.get("/Annots") or []]  # fmt: skip
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def test_the_sheet_arrives_as_a_pdf_with_its_address(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    a_sheet(alice, about="I mend roofs.", family="Two children.", email="alice@hill.example")
    draft = handing.sheet(
        partner.relationship, alice, partner.to, base=BASE, now=timezone.now(), line="Grüße!"
    )
    message = sent(draft, alice, partner)
    assert message.state == State.SENT
    mail, link = server.mails[0], message.link
    assert link is not None
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "Alice Hill.pdf"
    content = file.get_content()
    assert content.startswith(b"%PDF-")
    (page,) = PdfReader(io.BytesIO(content)).pages
    assert "I mend roofs." in page.extract_text()
    # As anyone sees it: it may be passed on.
    assert "Two children." not in page.extract_text()
    assert f"{BASE}{link.path}" in links_on(content)
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert f"{BASE}{link.path}" in body.get_content()
    assert link.token not in str(mail["Subject"])
    assert link.token not in f"{message.text}{message.html}"


def test_a_pdf_that_goes_with_their_page_does_not_lead_there(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    a_sheet(alice, about="I mend roofs.")
    now = timezone.now()
    page, own = a_link(partner.relationship, alice), a_link(None, alice, "sheet")
    along = ready(alice, partner.relationship, now=now).along(sheet=True, base=BASE)
    sent(recap(partner.held, alice, partner.to, now=NOW, along=along), alice, partner)
    mail = server.mails[0]
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == [
        "text/plain", "text/html", "text/calendar", "application/ics", "application/pdf"
    ]  # fmt: skip
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert f"{BASE}{page.path}" in plain.get_content()
    assert own.token not in plain.get_content()
    *_, file = mail.iter_attachments()
    assert f"{BASE}{own.path}" in links_on(file.get_content())
    assert not any(page.token in each for each in links_on(file.get_content()))


def test_the_invitation_its_update_and_its_cancellation_are_of_one_event(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    one = partner.planned
    sent(invitation(one, alice, partner.to, now=NOW), alice, partner)
    one.refresh_from_db()
    assert one.sent_sequence == one.sequence == 0
    one.move(alice, starts_at=one.starts_at.replace(day=9))
    sent(invitation(one, alice, partner.to, now=NOW), alice, partner)
    one.cancel(alice)
    sent(cancellation(one, alice, partner.to, now=NOW), alice, partner)
    one.refresh_from_db()
    assert one.sent_sequence == one.sequence == 2
    events = []
    for mail in server.mails:
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        calendar = vobject.readOne(part.get_content())
        assert calendar.method.value == part.get_param("method")
        events.append(calendar.vevent)
    assert [event.sequence.value for event in events] == ["0", "1", "2"]
    assert {event.uid.value for event in events} == {f"{one.uid}@touchline"}
    assert [event.status.value for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event.dtstart.value.isoformat() for event in events] == [
        "2027-07-08T10:30:00+00:00",
        "2027-07-09T10:30:00+00:00",
        "2027-07-09T10:30:00+00:00",
    ]
    first = events[0]
    assert (first.dtend.value - first.dtstart.value).total_seconds() == 45 * 60
    assert first.organizer.value == "mailto:alice@example.org"
    assert first.organizer.params["CN"] == ["Alice Hill"]
    assert first.attendee.value == "mailto:sian@example.org"
    assert first.attendee.params["CN"] == ["Siân Ó Briain"]
    assert first.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    assert first.location.value == "The Boathouse, Ellesmere"
    assert first.summary.value == "One-to-one: Alice Hill and Siân Ó Briain"


def test_an_older_version_does_not_take_the_place_of_a_later_one(
    alice: Member, partner: Partner, through: Any
) -> None:
    """Moved while the invitation was queued, it still has an older date to be told of."""
    one = partner.planned
    draft = invitation(one, alice, partner.to, now=NOW)
    one.move(alice, starts_at=one.starts_at.replace(day=9))
    sent(draft, alice, partner)
    one.refresh_from_db()
    assert (one.sent_sequence, one.sequence) == (0, 1)
    OneToOne.objects.filter(pk=one.pk).update(sent_sequence=1)
    sent(draft, alice, partner)
    one.refresh_from_db()
    assert one.sent_sequence == 1


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"recipient_answer": "550 5.1.1 nobody here"}, "refused sian@example.org"),
        ({"recipient_answer": "450 4.2.0 greylisted"}, "asks to wait"),
        ({"data_answer": "554 5.6.0 secret words of a server"}, "would not take this message"),
        ({"data_answer": "451 4.3.0 later"}, "asks to wait"),
    ],
)
def test_refused_it_fails_with_a_sentence_and_is_tried_again(
    alice: Member,
    partner: Partner,
    server: Taken,
    through: Any,
    answers: dict[str, str],
    says: str,
) -> None:
    for name, answer in answers.items():
        setattr(server, name, answer)
    message = sent(invitation(partner.planned, alice, partner.to, now=NOW), alice, partner)
    assert message.state == State.FAILED
    assert says in message.failure
    assert "secret" not in message.failure
    partner.planned.refresh_from_db()
    assert partner.planned.sent_sequence is None
    first_id = message.message_id
    server.recipient_answer = server.data_answer = "250 OK"
    outbox.try_again(message, alice)
    Worker().run(until_empty=True)
    message.refresh_from_db()
    assert (message.state, message.failure, message.attempts) == (State.SENT, "", 2)
    assert [mail["Message-ID"] for mail in server.mails] == [first_id]


def test_what_was_moved_since_is_not_tried_again(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    server.recipient_answer = "450 4.2.0 greylisted"
    one = partner.planned
    message = sent(invitation(one, alice, partner.to, now=NOW), alice, partner)
    one.move(alice, starts_at=one.starts_at.replace(day=9))
    with pytest.raises(Refused, match="changed since"):
        outbox.try_again(message, alice)
    message.refresh_from_db()
    assert message.state == State.FAILED


def test_no_server_fails_with_a_sentence(alice: Member, partner: Partner, through: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        through.EMAIL_PORT = free.getsockname()[1]
    message = sent(recap(partner.held, alice, partner.to, now=NOW), alice, partner)
    assert message.state == State.FAILED
    assert message.failure.startswith("The mail server could not be reached.")


def test_a_wrong_password_fails_without_saying_it(
    alice: Member, partner: Partner, through: Any
) -> None:
    through.EMAIL_HOST_USER, through.EMAIL_HOST_PASSWORD = "house", "open-sesame"
    message = sent(recap(partner.held, alice, partner.to, now=NOW), alice, partner)
    assert message.state == State.FAILED
    assert "open-sesame" not in message.failure


def test_the_job_run_twice_sends_once(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    message = sent(recap(partner.held, alice, partner.to, now=NOW), alice, partner)
    outbox.deliver(message.pk)
    assert len(server.mails) == 1


def test_killed_after_the_server_took_it_it_goes_again_under_the_same_name(
    alice: Member,
    partner: Partner,
    server: Taken,
    through: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At least once: nothing tells a worker that comes after what the server was told."""
    draft = recap(partner.held, alice, partner.to, now=NOW)
    message = outbox.send(draft, alice, now=NOW, relationship=partner.relationship)

    class Killed(BaseException):
        pass

    def kill(_: Message) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "_sent", kill)
        with pytest.raises(Killed):
            outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.state == State.QUEUED
    Worker().run(until_empty=True)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 2)
    assert len({mail["Message-ID"] for mail in server.mails}) == 1
    assert len(server.mails) == 2


def test_a_job_that_its_workers_died_of_is_told(alice: Member, partner: Partner) -> None:
    from datetime import timedelta

    from django_tasks_db.models import DBTaskResult

    draft = recap(partner.held, alice, partner.to, now=NOW)
    message = outbox.send(draft, alice, now=NOW, relationship=partner.relationship)
    assert outbox.notice_silent(NOW + timedelta(hours=1)) == 0
    DBTaskResult.objects.all().delete()
    assert outbox.notice_silent(NOW + timedelta(minutes=5)) == 0
    assert outbox.notice_silent(NOW + timedelta(hours=1)) == 1
    message.refresh_from_db()
    assert message.state == State.FAILED


def test_asked_meanwhile_not_to_be_contacted_nothing_goes(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    draft = recap(partner.held, alice, partner.to, now=NOW)
    message = outbox.send(draft, alice, now=NOW, relationship=partner.relationship)
    person = partner.relationship.person
    person.do_not_contact = True
    person.save()
    Worker().run(until_empty=True)
    message.refresh_from_db()
    assert message.state == State.FAILED
    assert "asked not to be contacted" in message.failure
    assert server.mails == []


def test_no_name_becomes_a_header(
    alice: Member, partner: Partner, server: Taken, through: Any
) -> None:
    alice.user.name = "Alice\r\nBcc: eve@example.org"
    to = Recipient('Siân "x" <eve@example.org>\r\nCc: eve@example.org', "sian@example.org")
    partner.held.relationship.main_contact = alice
    message = sent(recap(partner.held, alice, to, now=NOW), alice, partner)
    assert message.state == State.SENT
    mail = server.mails[0]
    assert server.envelopes[0].rcpt_tos == ["sian@example.org"]
    assert mail["Bcc"] is None
    assert mail["Cc"] is None
    assert "\n" not in mail["Subject"]
    assert [one.addr_spec for one in mail["To"].addresses] == ["sian@example.org"]
    calendar = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    assert vobject.readOne(calendar.get_content()).vevent.attendee.value == (
        "mailto:sian@example.org"
    )


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (smtplib.SMTPAuthenticationError(535, b"s3cret"), "did not accept our name and password"),
        (smtplib.SMTPSenderRefused(550, b"s3cret", "a@b"), "send from our address"),
        (smtplib.SMTPNotSupportedError("s3cret"), "SMTP_STARTTLS"),
        (smtplib.SMTPServerDisconnected("s3cret"), "broke off"),
        (smtplib.SMTPConnectError(421, b"s3cret"), "broke off"),
        (ssl.SSLError("s3cret"), "broke off"),
        (TimeoutError("s3cret"), "could not be reached"),
        (socket.gaierror("s3cret"), "could not be reached"),
        (ConnectionRefusedError("s3cret"), "could not be reached"),
        (PermissionError("s3cret"), "could not be written"),
        (ValueError("s3cret"), "cannot be made"),
        (RuntimeError("s3cret"), "went wrong on our side"),
    ],
)
def test_every_failure_has_its_sentence(error: Exception, says: str) -> None:
    said = sentence(error, "a@example.org")
    assert says in said
    assert "s3cret" not in said
    assert said.endswith((".", "?"))
    assert len(said) <= 300


def test_mail_is_off_the_wire_unless_a_server_is_named() -> None:
    assert not settings.EMAIL_HOST
