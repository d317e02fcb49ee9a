"""The outbox: a message is queued on the member's word and sent by a worker.

Sent at least once: a worker killed after the server took the message and before that was
stored sends it again, under the same Message-ID, by which mailboxes know it for the same.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.utils import make_msgid, parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from touchline.core.refusal import Refused
from touchline.core.words import one_line
from touchline.journal.models import record
from touchline.mail.along import sheet_file
from touchline.mail.draft import Draft
from touchline.mail.failing import sentence
from touchline.mail.links import closed, filled
from touchline.mail.models import STATES, About, Message, State
from touchline.mail.reaching import addresses, forbidden
from touchline.mail.saying import private_by_now
from touchline.meetings.calendar_file import version_in
from touchline.meetings.models import OneToOne
from touchline.people.models import Company, Person
from touchline.referrals.models import Answer, Referral
from touchline.referrals.passing.naming import tells, unnamed
from touchline.relationships.models import Relationship
from touchline.sheets.models import Link, Purpose

if TYPE_CHECKING:
    from touchline.accounts.models import Member

logger = logging.getLogger("touchline.mail")

# A message that is queued for so long and has no job is not going anywhere.
SILENT = timedelta(minutes=10)
NOT_AGREED = "One of the two does not agree to it by now. Let it go."
GONE_BACK = "It was gone back from, so they are not introduced yet. Let it go, and write it anew."
NOT_ASKED = "It was gone back from, or is with another partner by now. Let it go, and ask anew."
TAKEN_BACK = "A note in it is private by now. Let it go, and write it anew."
UNSENT = "The worker gave it up several times. Try again; its log says more."


@transaction.atomic
def send(
    draft: Draft,
    by: "Member",
    *,
    now: datetime,
    relationship: Relationship | None = None,
    one_to_one: OneToOne | None = None,
    referral: Referral | None = None,
) -> Message:
    """Queue a message; a worker sends it once this is committed.

    ``relationship`` is that of the partner to whom it goes; what goes to a prospect has none.
    The link that a draft is still to have is made with it.
    """
    link = draft.link
    if draft.issues:
        of = relationship if draft.issues != Purpose.SHEET else None
        link = Link.objects.issue(by, draft.issues, of, now=now)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message: Message = Message.objects.create(
        workspace_id=by.workspace_id,
        by=by,
        relationship=relationship,
        one_to_one=one_to_one,
        referral=referral,
        what=draft.what,
        to_name=draft.to.name,
        to_address=draft.to.address,
        also_name=draft.also.name if draft.also else "",
        also_address=draft.also.address if draft.also else "",
        subject=draft.subject,
        text=draft.text,
        html=draft.html,
        calendar=draft.calendar,
        method=draft.method,
        link_id=link.pk if link else None,
        with_sheet=draft.with_sheet,
        message_id=make_msgid(domain=domain),
        made_at=now,
    )
    _record(message, by, "queue", what=draft.what)
    _enqueue(message)
    return message


@transaction.atomic
def try_again(message: Message, by: "Member") -> None:
    """Queue a message that failed once more; Refused where it says a time that holds no more."""
    if message.calendar:
        uid, version = version_in(message.calendar)
        if OneToOne.objects.filter(uid=uid, sequence__gt=version).exists():
            raise Refused("The one-to-one was changed since. Let this go, and send it anew.")
    if reason := closed(message, timezone.now()):
        raise Refused(reason)
    STATES.take(message, "try_again", failure="")
    _record(message, by, "try_again")
    _enqueue(message)


@transaction.atomic
def drop(message: Message, by: "Member") -> None:
    """Let a message that failed go."""
    STATES.take(message, "drop")
    _record(message, by, "drop")


def deliver(pk: int) -> None:
    """Send one queued message: the work of the job.

    Run again, it finds the message sent, or sends what was never stored as sent. Of two
    that begin at once one goes on. Nothing is locked while the server is spoken to.
    """
    related = (
        "by__user", "relationship__person__company", "relationship__main_contact__user",
        "referral__person", "referral__company", "link__relationship",
    )  # fmt: skip
    message = Message.objects.select_related(*related).filter(pk=pk).first()
    if message is None or message.state != State.QUEUED:
        return
    ours = Message.objects.filter(pk=pk, state=State.QUEUED, attempts=message.attempts)
    if not ours.update(attempts=message.attempts + 1):
        return
    message.attempts += 1
    failure = _in_the_way(message)
    if not failure:
        try:
            as_mail(message).send()
        except Refused as refused:
            failure = str(refused)
        except Exception as error:
            # Without the error's own words: servers repeat addresses, and worse.
            logger.warning("Message %s was not sent: %s.", pk, type(error).__name__)
            failure = sentence(error, message.to_address)
    try:
        _fail(message, failure) if failure else _sent(message)
    except Refused as refused:
        logger.warning("Message %s was let go while it was sent: %s", pk, refused)


def _in_the_way(message: Message) -> str:
    """Say why a message must not go out any more, since it was queued; empty where it may."""
    relationship, referral = message.relationship, message.referral
    reached: list[Person | Company] = [relationship.person] if relationship else []
    if referral and (message.what == About.INTRODUCTION or not relationship):
        prospect = referral.person or referral.company
        if reason := _of_the_prospect(message, referral, prospect):
            return reason
        reached += [prospect] if prospect else []
    if referral and message.what == About.ASKING:
        asked_on = referral.receiver_asked_on if relationship else referral.prospect_asked_on
        elsewhere = relationship is not None and relationship.pk != referral.relationship_id
        if elsewhere or asked_on is None:
            return NOT_ASKED
    for each in reached:
        if reason := forbidden(each):
            return reason
    if reason := closed(message, timezone.now()):
        return reason
    if relationship is None:
        return ""
    if private_by_now(relationship, message.text):
        return TAKEN_BACK
    if message.what != About.INTRODUCTION:
        # A calendar file breaks its lines anywhere.
        calendar = message.calendar.replace("\r\n ", "")
        said = f"{message.subject}\n{message.text}\n{calendar}"
        if who := tells(said, unnamed(relationship)):
            return f"It tells {relationship.person.first} of {who}, who has not agreed to that."
    return ""


def _of_the_prospect(
    message: Message, referral: Referral, prospect: Person | Company | None
) -> str:
    """Say why a question or an introduction must not reach the prospect as it was written."""
    is_introduction = message.what == About.INTRODUCTION
    declined = referral.prospect_answer == Answer.NO
    if declined if not is_introduction else not referral.both_agreed:
        return NOT_AGREED
    if is_introduction and referral.introduced_on is None:
        return GONE_BACK
    at = message.also_address if is_introduction else message.to_address
    if prospect is None or at not in addresses(prospect):
        return f"{at} is not the prospect’s address by now. Let it go, and write it anew."
    return ""


def as_mail(message: Message) -> EmailMultiAlternatives:
    """Return a message as it goes over the wire: text, HTML, the calendar file twice, the sheet.

    The calendar file once as an alternative, where calendars look for an invitation, and once as
    a file, for programs that know it only so. Here, and nowhere that is stored, the address of
    its link comes in. Raises ValueError for an e-mail address that cannot be one, Refused where
    the sheet has nothing left to show.
    """
    by, own = message.by, message.what == About.DIGEST
    headers = {"Message-ID": message.message_id}
    if own:
        headers["Auto-Submitted"] = "auto-generated"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=filled(message.text, message.link),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[
            _address(name, address)
            for name, address in (
                (message.to_name, message.to_address),
                (message.also_name, message.also_address),
            )
            if address
        ],
        reply_to=None if own else [_address(str(by), by.user.email)],
        headers=headers,
    )
    if message.html:
        mail.attach_alternative(filled(message.html, message.link), "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.method}")
        mail.attach("invitation.ics", message.calendar.encode(), "application/ics")
    if message.with_sheet:
        mail.attach(*sheet_file(message), "application/pdf")
    return mail


def _address(name: str, address: str) -> str:
    """Return a name and an address as a header says them, whatever the name is made of."""
    return str(Address(display_name=one_line(name), addr_spec=address))


@transaction.atomic
def _sent(message: Message) -> None:
    STATES.take(message, "deliver", sent_at=timezone.now(), failure="")
    if message.calendar:
        uid, version = version_in(message.calendar)
        # By what stands in the file itself: the one-to-one may have been moved since.
        of_it = OneToOne.objects.filter(workspace_id=message.workspace_id, uid=uid)
        of_it.exclude(sent_sequence__gt=version).update(sent_sequence=version)
    _record(message, message.by, "deliver")


@transaction.atomic
def _fail(message: Message, failure: str) -> None:
    STATES.take(message, "fail", failure=failure[:300])
    _record(message, message.by, "fail")


def notice_silent(now: datetime) -> int:
    """Fail the messages whose job is gone: its workers died of it. Return how many."""
    from touchline.mail.tasks import deliver_message

    silent = Message.objects.filter(state=State.QUEUED, made_at__lt=now - SILENT)
    if not (waiting := list(silent.select_related("by", "relationship"))):
        return 0
    jobs = DBTaskResult.objects.filter(
        task_path=deliver_message.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    )
    working = {job["args"][0] for job in jobs.values_list("args_kwargs", flat=True)}
    gone = [message for message in waiting if message.pk not in working]
    for message in gone:
        with suppress(Refused):  # Its job ended just now, and said so itself.
            _fail(message, UNSENT)
    return len(gone)


def _enqueue(message: Message) -> None:
    from touchline.mail.tasks import deliver_message

    # The queue is a table: the job is there when the message is committed, and not before.
    deliver_message.enqueue(message.pk)


def _record(message: Message, by: "Member", verb: str, **details: Any) -> None:
    person = message.relationship.person_id if message.relationship else None
    if person is None and message.referral:
        person = message.referral.person_id
    record(by, verb, message, person_id=person, **details)
