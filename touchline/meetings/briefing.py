"""Loads what a brief is made from, in seven queries however long the story is."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from touchline.core.prepared import DAY, KEY, MEMBER, MOMENT, NEVER, Prepared
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


# The relationship is fetched through the member; its rows need no join to be the member's to
# see, except notes, which may be private.
_MEETINGS = Prepared(
    lambda at: (
        OneToOne.objects.filter(relationship=at.relationship)
        .exclude(state__in=[State.CANCELLED, State.MISSED])
        .only(
            "kind",
            "state",
            "starts_at",
            "length_minutes",
            "place",
            "video_url",
            "travel_minutes",
            "covered_topics",
        )
        .order_by("starts_at")
    ),
    relationship=KEY,
)
_NOTES = Prepared(
    lambda at: (
        Note.objects.filter(relationship=at.relationship)
        .told_to(at.member)
        .filter(~Q(topic="") | Q(one_to_one=None, at__gt=at.since) | Q(one_to_one=at.last))
        .order_by("at", "id")
        .values_list("one_to_one_id", "topic", "text", "at")
    ),
    relationship=KEY,
    member=MEMBER,
    last=KEY,
    since=MOMENT,
)
_FACTS = Prepared(
    lambda at: (
        Fact.objects.current()
        .filter(person=at.person)
        .values_list("one_to_one_id", "topic", "text", "said_by", "on", "confirmed_on")
    ),
    person=KEY,
)
_PROMISES = Prepared(
    lambda at: Action.objects.filter(
        Q(state=ActionState.OPEN) | Q(settled_on__gte=at.since), relationship=at.relationship
    ).values_list("whose", "text", "due_on", "state", "settled_on"),
    relationship=KEY,
    since=DAY,
)
_CALLS = Prepared(
    lambda at: (
        Call.objects.filter(relationship=at.relationship, on__gt=at.since)
        .exclude(text="")
        .values_list("on", "text")
    ),
    relationship=KEY,
    since=DAY,
)
_ITEMS = Prepared(
    lambda at: AgendaItem.objects.filter(
        relationship=at.relationship, covered_in=None, dropped=False
    ).select_related("about_note"),
    relationship=KEY,
)


def story(
    relationship: Relationship, member: "Member", one_to_one: OneToOne | None = None
) -> brief.Story:
    """Load the story of a relationship up to one meeting: the given one, else the next planned.

    ``relationship`` comes with its person and company. Only what ``member`` may see is in it.
    """
    person, pk = relationship.person, relationship.pk
    meetings = _MEETINGS(relationship=pk)
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

    spoken, loose = [], []
    notes = _NOTES(
        relationship=pk, member=member, last=last.pk if last else 0, since=since or NEVER
    )
    for one_id, topic, text, at in notes:
        if topic:
            cover(one_id, topic)
        if last and one_id == last.pk:
            spoken.append(text)
        elif one_id is None and (since is None or at > since):
            loose.append(brief.Said(timezone.localtime(at).date(), text))
    facts = []
    for one_id, topic, text, said_by, on, confirmed_on in _FACTS(person=relationship.person_id):
        cover(one_id, topic)
        facts.append(brief.Known(topic, text, said_by, on, confirmed_on))
    last_day: date = timezone.localtime(since).date() if since else relationship.begun_on
    loose += [brief.Said(on, text) for on, text in _CALLS(relationship=pk, since=last_day)]
    took_place = relationship.held_before + len(before)
    return brief.Story(
        name=person.name,
        first=person.first,
        what=person.what,
        took_place=took_place,
        meeting=_meeting(one_to_one) if one_to_one else None,
        last=brief.Earlier(last_day, last.place, tuple(spoken)) if last else None,
        promises=tuple(
            brief.Promised(whose == Side.MINE, *promised)
            for whose, *promised in _PROMISES(relationship=pk, since=last_day)
        ),
        items=tuple(
            brief.Item(
                item.side == Side.MINE,
                item.text,
                item.added_on,
                said.text if (said := item.about_for(member)) else "",
            )
            for item in _ITEMS(relationship=pk)
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
