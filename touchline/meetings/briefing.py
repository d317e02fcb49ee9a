"""Loads what a brief is made from, in seven queries however long the story is."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from touchline.meetings import brief
from touchline.meetings.models import (
    Action,
    ActionState,
    AgendaItem,
    Call,
    Fact,
    Note,
    OneToOne,
    Side,
    State,
)
from touchline.playbook.models import of
from touchline.playbook.playbook import KINDS
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def _meeting(one: OneToOne) -> brief.Meeting:
    return brief.Meeting(
        one.kind,
        timezone.localtime(one.starts_at),
        one.length_minutes,
        one.place,
        one.video_url,
        one.travel_minutes,
    )


def story(
    relationship: Relationship, member: "Member", one_to_one: OneToOne | None = None
) -> brief.Story:
    """Load the story of a relationship up to one meeting: the given one, else the next planned.

    ``relationship`` comes with its person and company. Only what ``member`` may see is in it.
    """
    person, pk = relationship.person, relationship.pk
    meetings = list(
        OneToOne.objects.visible_to(member)
        .filter(relationship=pk)
        .exclude(state__in=[State.CANCELLED, State.MISSED])
        .order_by("starts_at")
    )
    if one_to_one is None:
        ahead = [one for one in meetings if one.state in (State.PLANNED, State.UNDER_WAY)]
        one_to_one = ahead[0] if ahead else None
    before = [
        one
        for one in meetings
        if one.took_place and (one_to_one is None or one.starts_at < one_to_one.starts_at)
    ]
    last = before[-1] if before else None
    since = last.starts_at if last else None
    covered: dict[str, set[str]] = defaultdict(set)
    for one in meetings:
        covered[one.kind].update(one.covered_topics)
    kinds = {one.pk: one.kind for one in meetings}

    def cover(one_id: int | None, topic: str) -> None:
        for kind in [kinds[one_id]] if one_id in kinds else KINDS:
            covered[kind].add(topic)

    between = Q(one_to_one=None) & (Q(at__gt=since) if since else Q())
    wanted = ~Q(topic="") | between | (Q(one_to_one=last) if last else Q(pk=None))
    spoken, loose = [], []
    notes = Note.objects.visible_to(member).filter(wanted, relationship=pk).order_by("at", "id")
    for one_id, topic, text, at in notes.values_list("one_to_one_id", "topic", "text", "at"):
        if topic:
            cover(one_id, topic)
        if last and one_id == last.pk:
            spoken.append(text)
        elif one_id is None and (since is None or at > since):
            loose.append(brief.Said(timezone.localtime(at).date(), text))
    facts = []
    rows = Fact.objects.visible_to(member).current().filter(person_id=relationship.person_id)
    for one_id, topic, text, said_by, on, confirmed_on in rows.values_list(
        "one_to_one_id", "topic", "text", "said_by", "on", "confirmed_on"
    ):
        cover(one_id, topic)
        facts.append(brief.Known(topic, text, said_by, on, confirmed_on))
    last_day: date = timezone.localtime(since).date() if since else relationship.begun_on
    actions = Action.objects.visible_to(member).filter(
        Q(state=ActionState.OPEN) | Q(settled_on__gte=last_day), relationship=pk
    )
    items = AgendaItem.objects.visible_to(member).filter(
        relationship=pk, covered_in=None, dropped=False
    )
    calls = (
        Call.objects.visible_to(member).filter(relationship=pk, on__gt=last_day).exclude(text="")
    )
    loose += [brief.Said(on, text) for on, text in calls.values_list("on", "text")]
    took_place = relationship.held_before + len(before)
    return brief.Story(
        name=person.name,
        first=person.first,
        what=person.what,
        took_place=took_place,
        meeting=_meeting(one_to_one) if one_to_one else None,
        last=brief.Earlier(last_day, last.place, tuple(spoken)) if last else None,
        promises=tuple(
            brief.Promised(one.whose == Side.MINE, one.text, one.due_on, one.state, one.settled_on)
            for one in actions
        ),
        items=tuple(
            brief.Item(
                item.side == Side.MINE,
                item.text,
                item.added_on,
                said.text if (said := item.about_for(member)) else "",
            )
            for item in items.select_related("about_note")
        ),
        facts=tuple(facts),
        since=tuple(sorted(loose, key=lambda said: said.on)),
        covered=covered,
        they_expect=relationship.they_expect,
        we_expect=relationship.we_expect,
        next_kind=of(member.workspace).kind_after(took_place).key,
    )


def brief_for(
    relationship: Relationship, member: "Member", one_to_one: OneToOne | None = None
) -> brief.Brief:
    """Load and arrange the brief of one meeting, as of the member's today."""
    return brief.prepare(
        story(relationship, member, one_to_one), of(member.workspace), member.today()
    )
