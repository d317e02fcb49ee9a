"""Loads what Today is arranged from, in a handful of queries however long the programme is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from touchline.meetings.courses import courses
from touchline.meetings.models import Action, OneToOne, State
from touchline.playbook.models import of
from touchline.relationships import load
from touchline.relationships.models import Relationship
from touchline.relationships.models import Stage as RelationshipStage
from touchline.relationships.models import State as RelationshipState
from touchline.today.arrange import AHEAD, Meeting, Owed, Someone, Today, arrange

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Gathered:
    """Today, with the weekly load and the relationships it was arranged from, by id."""

    today: Today
    load: load.Change
    relationships: dict[int, Relationship]


def gather(member: "Member", now: datetime | None = None) -> Gathered:
    """Load and arrange the member's day."""
    moment = timezone.localtime(now or timezone.now(), member.zone)
    today = moment.date()
    playbook = of(member.workspace)
    rows = list(
        Relationship.objects.visible_to(member)
        .led_by(member)
        .exclude(state=RelationshipState.ENDED)
        .select_related("person__company")
    )
    for row in rows:
        row.main_contact = member
    found = courses(member, rows)
    people = [
        Someone(
            key=row.pk,
            person=row.person_id,
            name=row.person.name,
            first=row.person.first,
            initials=row.person.initials,
            what=row.person.what,
            stage=playbook.stage(row.stage).name,
            is_partner=row.stage == RelationshipStage.REFERRAL_PARTNER,
            course=found[row.pk],
            they_expect=row.they_expect,
        )
        for row in rows
    ]
    starts = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    meetings = (
        OneToOne.objects.visible_to(member)
        .filter(relationship__main_contact=member)
        .filter(
            Q(
                state__in=[State.PLANNED, State.UNDER_WAY],
                starts_at__lt=starts + AHEAD + timedelta(days=1),
            )
            | Q(state=State.HELD)
            | Q(state=State.CLOSED_OUT, starts_at__gte=starts)
        )
    )
    day_of = [
        Meeting(
            one.pk,
            one.relationship_id,
            one.kind,
            one.state,
            timezone.localtime(one.starts_at, member.zone),
            one.length_minutes,
            one.travel_minutes,
            one.place,
            one.video_url,
        )
        for one in meetings
    ]
    owed = (
        Action.objects.visible_to(member)
        .open()
        .filter(relationship__main_contact=member, due_on__lte=today + AHEAD)
        .values_list("pk", "relationship_id", "whose", "text", "due_on")
    )
    promises = [
        Owed(key, relationship, whose == "mine", text, due_on)
        for key, relationship, whose, text, due_on in owed
    ]
    active = [row.commitment for row in rows if row.state == RelationshipState.ACTIVE]
    total = load.total(active)
    return Gathered(
        arrange(people, day_of, promises, moment),
        load.Change(total, total, member.weekly_budget_minutes),
        {row.pk: row for row in rows},
    )
