"""Loads what the page of one one-to-one shows: agenda, topics, lines, what is owed.

However much was said, the page costs the same number of queries.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from touchline.core.prepared import DAY, MEMBER, Prepared
from touchline.core.words import number, week_of
from touchline.meetings.holding.lines import Line, lines, written
from touchline.meetings.holding.sides import Sides, sides
from touchline.meetings.knowing.listing import A_TOPIC
from touchline.meetings.models import (
    Action,
    ActionState,
    AgendaItem,
    Fact,
    Note,
    OneToOne,
    Side,
    State,
)
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(slots=True)
class TopicRow:
    """One topic of the kind: whether it is covered, and what is known, the newest at hand.

    ``told`` is how many facts there are, ``known`` the first of them.
    """

    key: str
    name: str
    ticked: bool
    lines: int
    told: int = 0
    known: list[Fact] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.told - len(self.known)

    @property
    def covered(self) -> bool:
        return self.ticked or self.lines > 0


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """All that the page shows; ``known`` are the current facts, newest first."""

    mine: list[AgendaItem]
    theirs: list[AgendaItem]
    lines: list[Line]
    topics: list[TopicRow]
    open_actions: list[Action]
    owed: str
    reached: int
    sides: Sides
    known: list[Fact]

    @property
    def agenda_size(self) -> int:
        return len(self.mine) + len(self.theirs)


_OWED = Prepared(
    # By main contact alone, who is of one workspace: by that as well SQLite would read the
    # open promises of all members.
    lambda at: (
        Action.objects.open()
        .filter(whose=Side.MINE, relationship__main_contact=at.member.pk, due_on__gte=at.since)
        .filter(relationship__person__deleted_at=None, relationship__person__merged_into=None)
        .order_by()
        .values_list("due_on", flat=True)
    ),
    member=MEMBER,
    since=DAY,
)


def owed_by_week(member: "Member", since: date) -> Counter[date]:
    """Count the member's own open promises by the Monday of the week they are due in."""
    return Counter(week_of(on) for on in _OWED(member=member, since=week_of(since)))


def owe(many: int, when: str) -> str:
    """Say what is owed in a week: *You owe three things that week*; empty for nothing."""
    return f"You owe {number(many)} {'thing' if many == 1 else 'things'} {when}" if many else ""


def owed_soon(weeks: Counter[date], today: date) -> str:
    """Say what is owed this week and next, beside a promise about to be made."""
    this, following = week_of(today), week_of(today) + timedelta(days=7)
    now, then = weeks[this], weeks[following]
    if now and then:
        return f"{owe(now, 'this week')}, {number(then)} next week."
    sentence = owe(now, "this week") or owe(then, "next week")
    return f"{sentence}." if sentence else "You owe nothing this week or next."


def meeting_page(one: OneToOne, member: "Member", today: date) -> MeetingPage:
    """Load the page of a one-to-one; ``one`` comes with its relationship and person."""
    relationship = one.relationship
    items = list(
        AgendaItem.objects.visible_to(member)
        .filter(relationship=relationship, dropped=False)
        .filter(Q(covered_in=one) if one.closed_out_at else Q(covered_in=None) | Q(covered_in=one))
        .select_related("about_note")
    )
    for item in items:
        # A private note stays its author's, also where an item points at it.
        if item.about_note and item.about_note.private and item.about_note.author_id != member.pk:
            item.about_note = None
    notes = list(Note.objects.visible_to(member).filter(one_to_one=one))
    facts = list(
        Fact.objects.visible_to(member).filter(
            Q(replaced_by=None) | Q(one_to_one=one), person_id=relationship.person_id
        )
    )
    actions = list(
        Action.objects.visible_to(member).filter(
            Q(one_to_one=one) | Q(state=ActionState.OPEN), relationship=relationship
        )
    )
    # Nothing is promised at one to come.
    weeks = Counter() if one.state == State.PLANNED else owed_by_week(member, today)
    current = [fact for fact in facts if fact.replaced_by_id is None]
    told = [fact for fact in current if fact.one_to_one_id == one.pk]
    promised = [action for action in actions if action.one_to_one_id == one.pk]
    when = written(one, told, promised, items)
    return MeetingPage(
        mine=[item for item in items if item.side == Side.MINE],
        theirs=[item for item in items if item.side == Side.THEIRS],
        lines=lines(one, notes, told, promised, when, weeks, of(member.workspace)),
        topics=_topics(one, notes, current, of(member.workspace)),
        open_actions=[
            action
            for action in actions
            if action.state == ActionState.OPEN and action.one_to_one_id != one.pk
        ],
        owed=owed_soon(weeks, today),
        reached=sum(item.covered_in_id is not None for item in items),
        known=sorted(current, key=lambda fact: (fact.on, fact.pk), reverse=True),
        sides=sides(one.began_at or one.starts_at, when.ticks),
    )


def _topics(
    one: OneToOne, notes: Iterable[Note], facts: Iterable[Fact], playbook: Playbook
) -> list[TopicRow]:
    kind = playbook.kind(one.kind)
    here: Counter[str] = Counter(note.topic for note in notes)
    known: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        known[fact.topic].append(fact)
        here[fact.topic] += fact.one_to_one_id == one.pk
    return [
        TopicRow(
            topic.key,
            topic.name,
            topic.key in one.covered_topics,
            here[topic.key],
            len(known[topic.key]),
            # A page that is open asks for them again and again: the rest stands with the facts.
            known[topic.key][:A_TOPIC],
        )
        for topic in kind.topics
    ]
