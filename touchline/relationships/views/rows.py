"""Loads everything on one relationship, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateField, Q, Value

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
    """Everything on one relationship, oldest meetings first; an item of the agenda has ``whose``.

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


def _calls_and_steps(at: Any) -> Any:
    """Return both, a step told by the stage that it led to."""
    calls = (
        Call.objects.filter(relationship=at.relationship, on__gte=at.since)
        .order_by()
        .annotate(
            from_stage=Value("", output_field=CharField()),
            to_stage=Value("", output_field=CharField()),
        )
        .values_list(
            "on", "pk", "minutes", "text", "again_on", "from_stage", "to_stage", named=True
        )
    )
    steps = (
        Step.objects.filter(relationship=at.relationship)
        .order_by()
        .values_list(
            "on",
            "pk",
            Value(0),
            "noted",
            Value(None, output_field=DateField()),
            "from_stage",
            "to_stage",
            named=True,
        )
    )
    return calls.union(steps, all=True)


CALLS_AND_STEPS = Prepared(_calls_and_steps, relationship=KEY, since=DAY)
# What an item of the agenda is told from a promise by, in the column of its state.
TO_COVER = "to_cover"


def _promised_and_agenda(at: Any) -> Any:
    promised = (
        Action.objects.filter(relationship=at.relationship)
        .filter(Q(settled_on=None) | Q(settled_on__gte=at.since))
        .order_by()
        .values_list("pk", "whose", "text", "due_on", "state", "settled_on", named=True)
    )
    never = Value(None, output_field=DateField())
    agenda = (
        AgendaItem.objects.filter(relationship=at.relationship, covered_in=None, dropped=False)
        .order_by()
        .values_list(
            "pk", "side", "text", never, Value(TO_COVER, output_field=CharField()), never,
            named=True,
        )
    )  # fmt: skip
    return promised.union(agenda, all=True)


PROMISED_AND_AGENDA = Prepared(_promised_and_agenda, relationship=KEY, since=DAY)
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


def load(relationship: Relationship, member: Member, today: date) -> Rows:
    """Load what the page draws on: six queries, however long the history.

    The relationship itself was fetched through the member; its rows need no further join to
    be the member's to see, except notes, which may be private. Only what the page shows is
    read: each column left out is time, with hundreds of rows.
    """
    key, year_ago = relationship.pk, today - YEAR
    # Two things in one query, twice, which keeps the page within its dozen.
    dated = sorted(
        CALLS_AND_STEPS(relationship=key, since=year_ago), key=lambda row: (row.on, row.pk)
    )
    both = PROMISED_AND_AGENDA(relationship=key, since=year_ago)
    promised = [row for row in both if row.state != TO_COVER]
    agenda = [row for row in both if row.state == TO_COVER]
    return Rows(
        MEETINGS(relationship=key),
        [row for row in dated if not row.to_stage],
        sorted(promised, key=lambda row: (row.due_on, row.pk)),
        sorted(agenda, key=lambda row: row.pk),
        FACTS(person=relationship.person_id),
        NOTES(relationship=key, member=member),
        DECIDED(relationship=key),
        [
            Step(on=row.on, from_stage=row.from_stage, to_stage=row.to_stage, noted=row.text)
            for row in dated
            if row.to_stage
        ],
    )
