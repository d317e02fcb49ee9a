"""What the page tests share: one relationship, and forms as a browser sends them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.models import OneToOne, State
from touchline.relationships.models import Relationship


def anwen(member: Member, **fields: Any) -> Relationship:
    """Make a relationship begun a good while ago."""
    fields.setdefault("on", member.today() - timedelta(days=200))
    return makers.a_relationship(member, "Anwen Pritchard", **fields)


def ahead(relationship: Relationship, member: Member, days: int = 7, **fields: Any) -> OneToOne:
    """Make one planned some days ahead, at ten."""
    return makers.a_one_to_one(
        relationship, member, member.today() + timedelta(days=days), **fields
    )


def under_way(relationship: Relationship, member: Member, **fields: Any) -> OneToOne:
    """Make one that was begun ten minutes ago."""
    now = timezone.now()
    one = makers.a_one_to_one(
        relationship,
        member,
        member.today(),
        state=State.UNDER_WAY,
        began_at=now - timedelta(minutes=10),
        **fields,
    )
    one.starts_at = now - timedelta(minutes=10)
    one.save()
    return one


def held(relationship: Relationship, member: Member, days: int = 1, **fields: Any) -> OneToOne:
    """Make one held some days ago."""
    return makers.a_one_to_one(
        relationship, member, member.today() - timedelta(days=days), state=State.HELD, **fields
    )


def as_value(at: datetime) -> str:
    """Say a moment as a proposed time does."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def free_day(member: Member) -> date:
    """Return a day well ahead."""
    return member.today() + timedelta(days=70)
