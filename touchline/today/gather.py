"""Loads what Today is arranged from, in a handful of queries however long the programme is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from touchline.core.prepared import DAY, MEMBER, MOMENT, Prepared
from touchline.meetings.courses import Programme, course_of
from touchline.meetings.knowing.loading import coming
from touchline.meetings.models import Action, OneToOne, State
from touchline.playbook.models import of
from touchline.referrals.clocks import rows as clock_rows
from touchline.referrals.clocks import words as clock_words
from touchline.relationships import load
from touchline.relationships.models import Relationship
from touchline.relationships.models import Stage as RelationshipStage
from touchline.relationships.models import State as RelationshipState
from touchline.sheets.arrivals.loading import for_today
from touchline.today.arrange import AHEAD, arrange
from touchline.today.shapes import Meeting, Owed, Someone, Today

if TYPE_CHECKING:
    from touchline.accounts.models import Member


# Columns, not rows: Today reads every relationship and shows a few of them.
_SPLIT = len(Programme._fields)
_OF_SOMEONE = (
    "person_id", "stage", "they_expect", "length_minutes", "travel_minutes", "person__name",
    "person__given", "person__family", "person__title", "person__company__name",
    "person__birthday",
)  # fmt: skip


_PROGRAMMES = Prepared(
    lambda at: (
        Relationship.objects.visible_to(at.member)
        .filter(main_contact=at.member.pk)
        .exclude(state=RelationshipState.ENDED)
        .values_list(*Programme._fields, *_OF_SOMEONE)
    ),
    member=MEMBER,
)
_MEETINGS = Prepared(
    # By main contact alone: with the workspace as well SQLite would read all of its one-to-ones.
    # Those of relationships that the member does not see are left out by ``arrange``.
    lambda at: OneToOne.objects.filter(relationship__main_contact=at.member.pk)
        # Where the relationship itself says that there is one to show.
        .filter(
            Q(relationship__under_way=True)
            | Q(relationship__to_close_out=True)
            | Q(relationship__next_at__lt=at.until)
            | Q(relationship__last_at__gte=at.today)
        )
    .filter(state__in=[State.PLANNED, State.UNDER_WAY, State.HELD, State.CLOSED_OUT])
    .filter(starts_at__lt=at.until)
    .filter(~Q(state=State.CLOSED_OUT) | Q(starts_at__gte=at.today))
    .values_list(
        "pk", "relationship_id", "kind", "state", "starts_at",
        "length_minutes", "travel_minutes", "place", "video_url",
    ),
    member=MEMBER,
    today=MOMENT,
    until=MOMENT,
)  # fmt: skip
_OWED = Prepared(
    lambda at: (
        Action.objects.visible_to(at.member)
        .open()
        .filter(relationship__main_contact=at.member.pk, due_on__lte=at.until)
        .values_list("pk", "relationship_id", "whose", "text", "due_on")
    ),
    member=MEMBER,
    until=DAY,
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Today, with the weekly load and what it was arranged from; the relationships by id."""

    today: Today
    load: load.Change
    relationships: dict[int, Programme]
    people: list[Someone]
    meetings: list[Meeting]


def gather(member: "Member", now: datetime | None = None) -> Gathered:
    """Load and arrange the member's day."""
    moment = timezone.localtime(now or timezone.now(), member.zone)
    today = moment.date()
    playbook = of(member.workspace)
    rows = _PROGRAMMES(member=member)
    told = [(Programme._make(row[:_SPLIT]), row[_SPLIT:]) for row in rows]
    stages = {stage.key: stage.name for stage in playbook.stages}
    people, asked = [], []
    for programme, rest in told:
        person, stage, expect, length, travel, name, given, family, title, company, birthday = rest
        people.append(
            Someone(
                key=programme.pk,
                person=person,
                name=name,
                stage=stages[stage],
                is_partner=stage == RelationshipStage.REFERRAL_PARTNER,
                course=course_of(programme, member.zone),
                they_expect=expect,
                given=given,
                family=family,
                title=title,
                company=company or "",
                birthday=birthday,
            )
        )
        if programme.state == RelationshipState.ACTIVE:
            asked.append(
                load.Commitment(
                    name,
                    length,
                    travel,
                    member.preparation_minutes,
                    programme.meeting_days,
                    member.call_minutes,
                    programme.call_days,
                    programme.pk,
                )
            )
    starts = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    meetings = _MEETINGS(member=member, today=starts, until=starts + AHEAD + timedelta(days=1))
    day_of = [
        Meeting(key, relationship, kind, state, timezone.localtime(at, member.zone), *where)
        for key, relationship, kind, state, at, *where in meetings
    ]
    promises = [
        Owed(key, relationship, whose == "mine", text, due_on)
        for key, relationship, whose, text, due_on in _OWED(member=member, until=today + AHEAD)
    ]
    occasions = [(one.person, one.occasion) for one in coming(member, today)]
    total = load.total(asked)
    followed = clock_rows.of_member(member, today)
    due = clock_words.shown(followed, playbook.clocks, str(member), today, AHEAD)
    arrivals, stale = for_today(member, today)
    return Gathered(
        arrange(people, day_of, promises, moment, occasions, due, arrivals=arrivals, stale=stale),
        load.Change(total, total, member.weekly_budget_minutes),
        {programme.pk: programme for programme, _ in told},
        people,
        day_of,
    )
