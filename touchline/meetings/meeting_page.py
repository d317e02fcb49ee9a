"""Loads what the page of one one-to-one shows: agenda, topics, lines, what is owed.

However much was said, the page costs the same number of queries.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from touchline.core.prepared import DAY, MEMBER, Prepared
from touchline.core.words import capital, full_day, number, week_of
from touchline.journal.models import Entry
from touchline.meetings.models import (
    Action,
    ActionState,
    AgendaItem,
    Fact,
    Note,
    NoteKind,
    OneToOne,
    Side,
)
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook, Prompt

if TYPE_CHECKING:
    from touchline.accounts.models import Member

FACTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line as taken down: ``noun`` is note, fact or action, ``lead`` says which in words."""

    noun: str
    pk: int
    at: datetime
    lead: str
    text: str
    mine: bool = False
    aside: str = ""
    done: bool = False


@dataclass(slots=True)
class TopicRow:
    """One topic of the kind: whether it is covered, what to ask, what is known."""

    key: str
    name: str
    ticked: bool
    lines: int
    prompts: Sequence[Prompt]
    known: list[Fact] = field(default_factory=list)
    more: list[Fact] = field(default_factory=list)

    @property
    def covered(self) -> bool:
        return self.ticked or self.lines > 0


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """All that the page shows."""

    mine: list[AgendaItem]
    theirs: list[AgendaItem]
    lines: list[Line]
    topics: list[TopicRow]
    open_actions: list[Action]
    owed: str
    reached: int

    @property
    def agenda_size(self) -> int:
        return len(self.mine) + len(self.theirs)


_OWED = Prepared(
    lambda at: (
        Action.objects.visible_to(at.member)
        .open()
        .filter(whose=Side.MINE, relationship__main_contact=at.member.pk, due_on__gte=at.since)
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
    weeks = owed_by_week(member, today)
    current = [fact for fact in facts if fact.replaced_by_id is None]
    return MeetingPage(
        mine=[item for item in items if item.side == Side.MINE],
        theirs=[item for item in items if item.side == Side.THEIRS],
        lines=_lines(
            one,
            notes,
            [fact for fact in current if fact.one_to_one_id == one.pk],
            [action for action in actions if action.one_to_one_id == one.pk],
            weeks,
            of(member.workspace),
        ),
        topics=_topics(one, notes, current, of(member.workspace)),
        open_actions=[
            action
            for action in actions
            if action.state == ActionState.OPEN and action.one_to_one_id != one.pk
        ],
        owed=owed_soon(weeks, today),
        reached=sum(item.covered_in_id is not None for item in items),
    )


def _lines(
    one: OneToOne,
    notes: Iterable[Note],
    facts: Sequence[Fact],
    actions: Sequence[Action],
    weeks: Counter[date],
    playbook: Playbook,
) -> list[Line]:
    """Return the lines of a meeting, newest first.

    When facts and promises were taken down is in the journal; notes keep it themselves.
    """
    written: dict[tuple[str, int], datetime] = {}
    if facts or actions:
        entries = Entry.objects.filter(
            Q(noun="fact", noun_id__in=[fact.pk for fact in facts])
            | Q(noun="action", noun_id__in=[action.pk for action in actions]),
            workspace_id=one.workspace_id,
        ).order_by("-at")
        for noun, key, at in entries.values_list("noun", "noun_id", "at"):
            written[noun, key] = at
    found = []
    for note in notes:
        lead = [] if note.kind == NoteKind.NOTE else ["an idea for a referral"]
        if note.topic:
            lead.insert(0, playbook.topic_name(note.topic))
        if note.private:
            lead.append("private, only you see it")
        found.append(Line("note", note.pk, note.at, _said(lead), note.text))
    for fact in facts:
        said = _said([playbook.topic_name(fact.topic), "a fact"])
        at = written.get(("fact", fact.pk), one.starts_at)
        found.append(Line("fact", fact.pk, at, said, fact.text))
    found.extend(_promise(one, action, weeks, written) for action in actions)
    found.sort(key=lambda line: (line.at, line.noun, line.pk), reverse=True)
    return found


def _promise(
    one: OneToOne,
    action: Action,
    weeks: Counter[date],
    written: dict[tuple[str, int], datetime],
) -> Line:
    mine = action.whose == Side.MINE
    whose = "Yours" if mine else one.relationship.person.first
    is_open = action.state == ActionState.OPEN
    lead = f"{whose}, by {full_day(action.due_on, timezone.localdate())}."
    aside = "" if is_open else f"{action.get_state_display()}."
    if mine and is_open:
        others = weeks[week_of(action.due_on)] - 1
        if others > 0:
            aside = f"You owe {number(others)} other{'s' if others > 1 else ''} that week."
    return Line(
        "action",
        action.pk,
        written.get(("action", action.pk), one.starts_at),
        lead,
        action.text,
        mine,
        aside,
        not is_open,
    )


def _said(parts: list[str]) -> str:
    text = ", ".join(parts)
    return f"{capital(text)}." if text else ""


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
            [prompt for prompt in kind.prompts if prompt.topic == topic.key][:2],
            known[topic.key][:FACTS_SHOWN],
            known[topic.key][FACTS_SHOWN:],
        )
        for topic in kind.topics
    ]
