"""The lines of a one-to-one as its page shows them, and when each was written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from touchline.core.paths import path_to
from touchline.core.words import capital, full_day, number, week_of
from touchline.journal.models import Entry
from touchline.meetings.holding.sides import Tick
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
from touchline.playbook.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Line:
    """One line as taken down: ``noun`` is note, fact or action, ``lead`` says which in words.

    ``url`` is where it is corrected, ``note`` the note itself where it is one.
    """

    noun: str
    pk: int
    at: datetime
    lead: str
    text: str
    url: str
    mine: bool = False
    aside: str = ""
    done: bool = False
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What the journal knows of a meeting: when facts and promises were taken, and the ticks."""

    at: dict[tuple[str, int], datetime]
    ticks: list[Tick]


def written(
    one: OneToOne,
    facts: Iterable[Fact],
    actions: Iterable[Action],
    items: Iterable[AgendaItem],
) -> Written:
    """Ask the journal, in one query; a tick taken back counts no more."""
    covered = {item.pk: item.side == Side.MINE for item in items if item.covered_in_id == one.pk}
    entries = Entry.objects.filter(
        Q(noun="fact", noun_id__in=[fact.pk for fact in facts])
        | Q(noun="action", noun_id__in=[action.pk for action in actions])
        | Q(noun="agendaitem", noun_id__in=list(covered), verb="agendaitem.cover")
        | Q(noun="onetoone", noun_id=one.pk, verb="onetoone.cover_topic"),
        workspace_id=one.workspace_id,
    ).order_by("-at")
    at: dict[tuple[str, int], datetime] = {}
    ticked: dict[str | int, Tick] = {}
    for noun, key, moment, details in entries.values_list("noun", "noun_id", "at", "details"):
        if noun == "agendaitem":
            ticked.setdefault(key, Tick(moment, covered[key]))
        elif noun == "onetoone":
            topic = str(details.get("topic", ""))
            if topic in one.covered_topics:
                ticked.setdefault(topic, Tick(moment, mine=False))
        else:
            at[noun, key] = moment
    return Written(at, list(ticked.values()))


def lines(
    one: OneToOne,
    notes: Iterable[Note],
    facts: Iterable[Fact],
    actions: Iterable[Action],
    when: Written,
    weeks: Counter[date],
    playbook: Playbook,
) -> list[Line]:
    """Return the lines of a meeting, newest first.

    When facts and promises were taken down is in the journal; notes keep it themselves.
    """
    back = f"back={one.get_absolute_url()}"
    found = [_note(note, playbook, back) for note in notes]
    for fact in facts:
        said = _said([playbook.topic_name(fact.topic), "a fact"])
        at = when.at.get(("fact", fact.pk), one.starts_at)
        url = f"{path_to('meetings:fact_correction', fact.pk)}?one_to_one={one.pk}&{back}"
        found.append(Line("fact", fact.pk, at, said, fact.text, url))
    found.extend(_promise(one, action, weeks, when, back) for action in actions)
    found.sort(key=lambda line: (line.at, line.noun, line.pk), reverse=True)
    return found


def _note(note: Note, playbook: Playbook, back: str) -> Line:
    lead = [] if note.kind == NoteKind.NOTE else ["an idea for a referral"]
    if note.topic:
        lead.insert(0, playbook.topic_name(note.topic))
    if note.private:
        lead.append("private, only you see it")
    url = f"{path_to('meetings:note', note.pk)}?{back}"
    return Line("note", note.pk, note.at, _said(lead), note.text, url, note=note)


def _promise(one: OneToOne, action: Action, weeks: Counter[date], when: Written, back: str) -> Line:
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
        when.at.get(("action", action.pk), one.starts_at),
        lead,
        action.text,
        f"{path_to('meetings:action', action.pk)}?{back}",
        mine,
        aside,
        not is_open,
    )


def _said(parts: Sequence[str]) -> str:
    text = ", ".join(parts)
    return f"{capital(text)}." if text else ""
