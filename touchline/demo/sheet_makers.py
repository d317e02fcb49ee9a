"""Makers of info sheets, links and what arrives by them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from touchline.accounts.models import Member
from touchline.relationships.models import Relationship
from touchline.sheets import parts
from touchline.sheets.arriving import arrive
from touchline.sheets.models import (
    AnswerState,
    Arrival,
    Link,
    Purpose,
    Sheet,
    TheirAnswer,
    TheirSheet,
)


def a_link(
    relationship: Relationship | None,
    member: Member,
    purpose: str = Purpose.PAGE,
    *,
    now: datetime | None = None,
    valid: timedelta | None = None,
) -> Link:
    """Make a link of a relationship; without one, the address of the member's own sheet."""
    made: Link = Link.objects.issue(
        member, purpose, relationship, now=now or timezone.now(), valid=valid
    )
    return made


def an_arrival(
    relationship: Relationship, member: Member, what: str, text: str = "", **about: Any
) -> Arrival:
    """Let something arrive by the relationship's page, as if its partner had done it now."""
    link = Link.objects.filter(
        relationship=relationship, purpose=Purpose.PAGE, revoked_at=None
    ).first()
    at = about.pop("at", timezone.now())
    return arrive(link or a_link(relationship, member), what, at=at, text=text, **about)


def a_sheet(member: Member, **texts: str) -> Sheet:
    """Write a member's sheet, a text for each part, shown to whom it usually is."""
    now = timezone.now().isoformat()
    made: Sheet = Sheet.objects.create(
        workspace=member.workspace,
        member=member,
        audiences={part.key: part.shown_to for part in parts.PARTS},
        changed={key: now for key in texts if key in parts.KEYS},
        confirmed_on=member.today(),
        version=1,
        **texts,
    )
    return made


def their_sheet(
    relationship: Relationship, answers: dict[tuple[str, str], str], **fields: Any
) -> TheirSheet:
    """Let a partner have handed in a sheet: their words by topic and slot, to be decided on."""
    now = fields.pop("at", None) or timezone.now()
    made: TheirSheet = TheirSheet.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        began_at=now,
        handed_in_at=now,
        **fields,
    )
    for (topic, slot), text in answers.items():
        TheirAnswer.objects.create(
            workspace_id=made.workspace_id,
            sheet=made,
            topic=topic,
            slot=slot,
            text=text,
            state=AnswerState.PROPOSED,
            typed_at=now,
        )
    return made
