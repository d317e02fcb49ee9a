"""Asking about a referral, and the introduction: words by hand, sent and put on record at once."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.mail import outbox
from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.models import About, Message
from touchline.mail.reaching import recipient
from touchline.people.models import Company, Person
from touchline.referrals.models import Asked, How, Referral
from touchline.referrals.passing.naming import refuse_names

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# A mail of one's own words is a written introduction, see ``HEATS``.
WRITTEN = 2


def asked_at(referral: Referral, whom: str) -> Person | Company | None:
    """Return who is written to when one side is asked; None where nobody is said."""
    if whom == Asked.RECEIVER:
        return referral.relationship.person
    return referral.person or referral.company


def asking(referral: Referral, whom: str, to: Recipient, subject: str, text: str) -> Draft:
    """Write the question to one side in these words.

    Raises Refused where words for the partner tell who the prospect is, before they may know.
    """
    if whom == Asked.RECEIVER:
        refuse_names(f"{subject}\n{text}", referral)
    return _written(About.ASKING, to, subject, text)


def introduction(
    referral: Referral, to: Recipient, also: Recipient, subject: str, text: str
) -> Draft:
    """Write the introduction to both. Raises Refused before both have agreed."""
    if not referral.both_agreed:
        raise Refused("Both have to say yes before they are introduced.")
    return _written(About.INTRODUCTION, to, subject, text, also)


def _written(
    what: str, to: Recipient, subject: str, text: str, also: Recipient | None = None
) -> Draft:
    return written(what, to, subject, {"subject": subject, "words": text}, also=also)


@transaction.atomic
def ask_by_mail(
    referral: Referral,
    by: "Member",
    whom: str,
    subject: str,
    text: str,
    *,
    to: str,
    now: datetime,
    on: date,
    seen: int | None,
) -> Message:
    """Send the question, and put down that they were asked; asked again it is sent alone.

    ``to`` is the address chosen. Raises Refused where nobody may or can write to them.
    """
    referral.unless_changed(seen)
    party = asked_at(referral, whom)
    if party is None:
        raise Refused("Say first who the prospect is.")
    draft = asking(referral, whom, recipient(party, to), subject, text)
    if getattr(referral, f"{whom}_asked_on") is None:
        referral.ask(by, whom, on=on, how=How.MAIL, seen=seen)
    partner = referral.relationship if whom == Asked.RECEIVER else None
    return outbox.send(draft, by, now=now, relationship=partner, referral=referral)


@transaction.atomic
def introduce_by_mail(
    referral: Referral,
    by: "Member",
    subject: str,
    text: str,
    *,
    addresses: tuple[str, str],
    now: datetime,
    on: date,
    gaps: list[str],
    reason: str,
    seen: int | None,
) -> Message:
    """Send the introduction to both, and put down that they were introduced.

    ``addresses`` are those chosen, the partner's first.
    """
    party = asked_at(referral, Asked.PROSPECT)
    if party is None:
        raise Refused("Say first who the prospect is.")
    to = recipient(referral.relationship.person, addresses[0])
    also = recipient(party, addresses[1])
    draft = introduction(referral, to, also, subject, text)
    heat = referral.heat or WRITTEN
    referral.introduce(by, on=on, gaps=gaps, reason=reason, heat=heat, seen=seen)
    return outbox.send(draft, by, now=now, relationship=referral.relationship, referral=referral)
