"""Loads everything on one relationship, for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.core.prepared import DAY, KEY, MEMBER, MOMENT, Prepared
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
from touchline.sheets.arrivals.loading import ABOUT, HOLDS, OF
from touchline.sheets.arrivals.telling import Arrived, Told, tell
from touchline.sheets.models import Arrival, Link, Visit

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
    arrivals: Sequence[Told]
    # When somebody last looked, None for never, by the purpose of each link that is live.
    looked: Mapping[str, datetime | None]


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
# What a note is told from an arrival and from a link by, in the column of its kind.
ARRIVED, LINK = "arrived", "link"


def _notes_and_page(at: Any) -> Any:
    """Return the notes, what arrived from the partner and nobody has seen, and the links.

    An arrival has its name as topic, and instead of *private* whether its answer holds; a link
    its purpose as topic, and ``when`` somebody last looked.
    """
    notes = (
        Note.objects.filter(relationship=at.relationship)
        .told_to(at.member)
        .order_by()
        .annotate(answer=Value(""), of=Value(""), when=Value(None, output_field=DateTimeField()))
        .values_list(
            "topic", "text", "private", "kind", "at", "one_to_one_id", "pk", "answer", "of",
            "when", named=True,
        )
    )  # fmt: skip
    arrived = (
        Arrival.objects.filter(relationship=at.relationship, seen_at=None)
        .order_by()
        .values_list(
            "what", "text", HOLDS, Value(ARRIVED), "at", ABOUT, "pk", "answer", OF,
            "one_to_one__starts_at", named=True,
        )
    )  # fmt: skip
    visits = Visit.objects.filter(link=OuterRef("pk")).order_by("-last_at", "-pk")
    links = (
        Link.objects.filter(relationship=at.relationship)
        .live(at.now)
        .order_by()
        .values_list(
            "purpose", Value(""), Value(False), Value(LINK), "made_at",
            Value(None, output_field=BigIntegerField()), "pk", Value(""), Value(""),
            Subquery(visits.values("last_at")[:1]), named=True,
        )
    )  # fmt: skip
    return notes.union(arrived, links, all=True)


NOTES_AND_PAGE = Prepared(_notes_and_page, relationship=KEY, member=MEMBER, now=MOMENT)
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
    # Two or three things in one query, thrice, which keeps the page within its dozen.
    dated = sorted(
        CALLS_AND_STEPS(relationship=key, since=year_ago), key=lambda row: (row.on, row.pk)
    )
    both = PROMISED_AND_AGENDA(relationship=key, since=year_ago)
    promised = [row for row in both if row.state != TO_COVER]
    agenda = [row for row in both if row.state == TO_COVER]
    noted = sorted(
        NOTES_AND_PAGE(relationship=key, member=member, now=timezone.now()),
        key=lambda row: (row.at, row.pk),
        reverse=True,
    )
    return Rows(
        MEETINGS(relationship=key),
        [row for row in dated if not row.to_stage],
        sorted(promised, key=lambda row: (row.due_on, row.pk)),
        sorted(agenda, key=lambda row: row.pk),
        FACTS(person=relationship.person_id),
        [row for row in noted if row.kind not in (ARRIVED, LINK)],
        DECIDED(relationship=key),
        [
            Step(on=row.on, from_stage=row.from_stage, to_stage=row.to_stage, noted=row.text)
            for row in dated
            if row.to_stage
        ],
        [_told(row, relationship, today) for row in noted if row.kind == ARRIVED],
        {row.topic: row.when for row in noted if row.kind == LINK},
    )


def _told(row: Any, relationship: Relationship, today: date) -> Told:
    person = relationship.person
    return tell(
        Arrived(
            row.pk, relationship.pk, row.topic, row.text, row.at, row.answer, row.one_to_one_id,
            row.of, row.when, row.private, person.name, person.given,
        ),
        today,
    )  # fmt: skip
