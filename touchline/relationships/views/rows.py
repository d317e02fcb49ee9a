"""Loads everything on one relationship, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from touchline.accounts.models import Member
from touchline.core.prepared import DAY, KEY, MEMBER, Prepared
from touchline.meetings.models import (
    Action,
    AgendaItem,
    Call,
    Decision,
    Fact,
    Note,
    OneToOne,
)
from touchline.relationships.models import Relationship, Step

OF_A_MEETING = (
    "kind", "state", "starts_at", "length_minutes", "place", "missed_by", "began_at", "ended_at",
    "covered_topics", "relationship",
)  # fmt: skip
# Kept and dropped promises and old notes beyond the newest are the timeline's.
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything on one relationship, one query each, oldest meetings first.

    What there are many of comes as named columns: a model of each would take twice as long.
    """

    meetings: Sequence[OneToOne]
    calls: Sequence[Any]
    actions: Sequence[Any]
    agenda: Sequence[Any]
    facts: Sequence[Any]
    notes: Sequence[Any]
    decisions: Sequence[Decision]
    steps: Sequence[Step]


MEETINGS = Prepared(
    lambda at: (
        OneToOne.objects.filter(relationship=at.relationship)
        .only(*OF_A_MEETING)
        .order_by("starts_at", "pk")
    ),
    relationship=KEY,
)
CALLS = Prepared(
    lambda at: (
        Call.objects.filter(relationship=at.relationship, on__gte=at.since)
        .order_by("on", "pk")
        .values_list("on", "minutes", "text", "again_on", named=True)
    ),
    relationship=KEY,
    since=DAY,
)
ACTIONS = Prepared(
    lambda at: (
        Action.objects.filter(relationship=at.relationship)
        .filter(Q(settled_on=None) | Q(settled_on__gte=at.since))
        .values_list("pk", "whose", "text", "due_on", "state", "settled_on", named=True)
    ),
    relationship=KEY,
    since=DAY,
)
AGENDA = Prepared(
    lambda at: AgendaItem.objects.filter(
        relationship=at.relationship, covered_in=None, dropped=False
    ).values_list("pk", "side", "text", named=True),
    relationship=KEY,
)
FACTS = Prepared(
    lambda at: (
        Fact.objects.current()
        .filter(person=at.person)
        .order_by("-on", "-pk")
        .values_list(
            "pk", "topic", "slot", "text", "said_by", "on", "confirmed_on", "one_to_one_id",
            "dated_on", "yearly", named=True,
        )
    ),
    person=KEY,
)  # fmt: skip
NOTES = Prepared(
    lambda at: (
        Note.objects.filter(relationship=at.relationship)
        .told_to(at.member)
        .order_by("-at", "-pk")
        .values_list("topic", "text", "private", "kind", "at", "one_to_one_id", named=True)
    ),
    relationship=KEY,
    member=MEMBER,
)
DECIDED = Prepared(
    lambda at: Decision.objects.filter(relationship=at.relationship), relationship=KEY
)
STEPPED = Prepared(lambda at: Step.objects.filter(relationship=at.relationship), relationship=KEY)


def load(relationship: Relationship, member: Member, today: date) -> Rows:
    """Load what the page draws on: eight queries, however long the history.

    The relationship itself was fetched through the member; its rows need no further join to
    be the member's to see, except notes, which may be private. Only what the page shows is
    read: each column left out is time, with hundreds of rows.
    """
    key, year_ago = relationship.pk, today - YEAR
    return Rows(
        MEETINGS(relationship=key),
        CALLS(relationship=key, since=year_ago),
        ACTIONS(relationship=key, since=year_ago),
        AGENDA(relationship=key),
        FACTS(person=relationship.person_id),
        NOTES(relationship=key, member=member),
        DECIDED(relationship=key),
        STEPPED(relationship=key),
    )
