"""The whole history with a person in one order: what happened, newest first. Pure, and loaded.

Each kind of thing is asked for its newest ``limit`` and the newest of all of them are kept,
so that a page costs the same however long the history is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from touchline.core.paths import path_to
from touchline.core.words import every, ordinal, span
from touchline.meetings.models import (
    Action,
    Call,
    Choice,
    Decision,
    Fact,
    Note,
    NoteKind,
    OneToOne,
    State,
)
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.relationships.models import Relationship, Step

if TYPE_CHECKING:
    from touchline.accounts.models import Member

KINDS = {
    "one-to-ones": "One-to-ones",
    "calls": "Calls",
    "promises": "Promises",
    "decisions": "Decisions",
    "notes": "Notes",
    "facts": "Facts",
}
PAGE = 30


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a heading in sans, words in serif, asides beneath.

    ``slight`` things step back; ``url`` leads to the record, ``one_to_one`` is its
    id where it is one.
    """

    at: datetime
    kind: str
    heading: str
    words: str = ""
    asides: tuple[str, ...] = ()
    slight: bool = False
    url: str = ""
    one_to_one: int = 0


def newest(groups: Iterable[Iterable[Event]], limit: int) -> list[Event]:
    """Merge histories, newest first, and keep the newest ``limit``."""
    merged = [event for group in groups for event in group]
    merged.sort(key=lambda event: event.at, reverse=True)
    return merged[:limit]


def _noon(on: date) -> datetime:
    """Put a thing that has only a day into the order of moments: at noon."""
    return timezone.make_aware(datetime.combine(on, time(12)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one page asks each kind for: those before a moment, not older than another.

    The relationship was fetched through the member; its rows need no join to be seen, and
    only notes are asked for by the member, for they may be private.
    """

    relationship: Relationship
    member: "Member"
    before: datetime
    since: datetime | None
    limit: int
    # How many one-to-ones took place, those before the software aside: before ``before`` where
    # this continues an earlier page, else in all.
    took_place: int
    continues: bool

    def newest_days(self, rows: Any, when: str) -> Any:
        """Cut rows that have a day ``when`` to this stretch, newest first."""
        rows = rows.filter(**{f"{when}__lte": timezone.localtime(self.before).date()})
        if self.since:
            rows = rows.filter(**{f"{when}__gte": timezone.localtime(self.since).date()})
        return rows.order_by(f"-{when}", "-id")[: self.limit]


def _one_to_ones(stretch: Stretch) -> list[Event]:
    playbook = of(stretch.member.workspace)
    rows = (
        OneToOne.objects.filter(relationship=stretch.relationship)
        .exclude(state=State.PLANNED)
        .only("kind", "state", "starts_at", "place", "missed_by")
    )
    if stretch.continues:
        rows = rows.filter(starts_at__lt=stretch.before)
    events = []
    nth = stretch.relationship.held_before + stretch.took_place
    # Counted down from the newest; one held before its hour counts and is not told yet.
    for one in rows.order_by("-starts_at", "-id")[: stretch.limit]:
        if one.starts_at < stretch.before:
            events.append(met(one, nth, [], playbook))
        nth -= one.took_place
    return events


def _with_notes(events: list[Event]) -> list[Event]:
    """Add to the one-to-ones shown what was noted in them, for the team."""
    notes: dict[int, list[str]] = {event.one_to_one: [] for event in events if event.one_to_one}
    if not notes:
        return events
    for one_id, text in (
        Note.objects.filter(one_to_one__in=notes, private=False)
        .order_by("at", "id")
        .values_list("one_to_one_id", "text")
    ):
        notes[one_id].append(text)
    return [
        replace(event, words=_noted_words(notes[event.one_to_one])) if event.one_to_one else event
        for event in events
    ]


def _noted_words(notes: list[str]) -> str:
    return " ".join(notes[:4])


def met(one: OneToOne, nth: int, notes: list[str], playbook: Playbook) -> Event:
    """Tell of a one-to-one, the ``nth`` that took place, with its notes."""
    where = f", {one.place}" if one.place else ""
    if one.took_place:
        heading = f"{ordinal(nth).capitalize()} one-to-one{where}"
    elif one.state == State.UNDER_WAY:
        heading = f"One-to-one under way{where}"
    elif one.state == State.MISSED:
        heading = (
            "One-to-one missed by you" if one.missed_by == "mine" else "One-to-one missed by them"
        )
    else:
        heading = "One-to-one cancelled"
    asides = [playbook.kind(one.kind).name] if one.took_place else []
    if one.state == State.HELD:
        asides.append("Not closed out yet")
    return Event(
        one.starts_at,
        "one-to-ones",
        heading,
        words=_noted_words(notes),
        asides=tuple(asides),
        slight=not one.took_place,
        url=path_to("meetings:one_to_one", one.pk),
        one_to_one=one.pk,
    )


def _calls(stretch: Stretch) -> list[Event]:
    rows = Call.objects.filter(relationship=stretch.relationship)
    columns = rows.values_list("on", "minutes", "text", named=True)
    return [called(call) for call in stretch.newest_days(columns, "on")]


def called(call: Call) -> Event:
    """Tell of a call."""
    return Event(_noon(call.on), "calls", f"Call, {span(call.minutes)}", call.text, slight=True)


SETTLED = {"kept": "Kept", "kept_late": "Kept, late", "dropped": "Dropped"}


def _promises(stretch: Stretch) -> list[Event]:
    rows = Action.objects.filter(relationship=stretch.relationship)
    columns = rows.values_list("settled_on", "due_on", "state", "whose", "text", named=True)
    return [settled(action) for action in stretch.newest_days(columns, "settled_on")]


def settled(action: Action) -> Event:
    """Tell of a promise kept or dropped."""
    return Event(
        _noon(action.settled_on or action.due_on),
        "promises",
        f"{SETTLED[action.state]}: {'your' if action.whose == 'mine' else 'their'} promise",
        action.text,
        slight=True,
    )


def _decisions(stretch: Stretch) -> list[Event]:
    playbook = of(stretch.member.workspace)
    decided = Decision.objects.filter(relationship=stretch.relationship).values_list(
        "on", "choice", "until", "reason", "meeting_days_after", named=True
    )
    stepped = Step.objects.filter(relationship=stretch.relationship).values_list(
        "on", "from_stage", "to_stage", "noted", named=True
    )
    return [
        *map(decision_made, stretch.newest_days(decided, "on")),
        *(step_taken(one, playbook) for one in stretch.newest_days(stepped, "on")),
    ]


def decision_made(decision: Decision) -> Event:
    """Tell of a decision."""
    return Event(
        _noon(decision.on), "decisions", decided_words(decision), decision.reason, slight=True
    )


def step_taken(step: Step, playbook: Playbook) -> Event:
    """Tell of a step to a stage."""
    return Event(
        _noon(step.on),
        "decisions",
        f"{'Began as' if not step.from_stage else 'Step to'} "
        f"“{playbook.stage(step.to_stage).name}”",
        step.noted,
        slight=True,
    )


def decided_words(decision: Decision) -> str:
    """Say a decision in a line: *Decided to meet less, every quarter*."""
    rhythm = every(decision.meeting_days_after)
    said = {
        Choice.CONTINUE: f"Decided to continue, {rhythm}",
        Choice.MEET_MORE: f"Decided to meet more, {rhythm}",
        Choice.MEET_LESS: f"Decided to meet less, {rhythm}",
        Choice.END: "Decided to end the programme",
    }
    if decision.choice == Choice.PAUSE and decision.until:
        return f"Decided to pause until {decision.until.day} {decision.until:%B %Y}"
    return said[Choice(decision.choice)]


def _notes(stretch: Stretch) -> list[Event]:
    rows = Note.objects.filter(relationship=stretch.relationship, one_to_one=None)
    columns = (
        rows.filter(at__lt=stretch.before)
        .told_to(stretch.member)
        .values_list("at", "kind", "private", "text", named=True)
    )
    if stretch.since:
        columns = columns.filter(at__gte=stretch.since)
    return [noted(note) for note in columns.order_by("-at", "-id")[: stretch.limit]]


def noted(note: Note) -> Event:
    """Tell of a note taken between meetings."""
    return Event(
        note.at,
        "notes",
        "Note, private to you" if note.private else NoteKind(note.kind).label,
        note.text,
        slight=True,
    )


def _facts(stretch: Stretch) -> list[Event]:
    playbook = of(stretch.member.workspace)
    rows = Fact.objects.current().filter(person_id=stretch.relationship.person_id)
    columns = rows.values_list("on", "topic", "text")
    return [
        Event(_noon(on), "facts", f"{playbook.topic_name(topic)}, a fact", text, slight=True)
        for on, topic, text in stretch.newest_days(columns, "on")
    ]


SOURCES: dict[str, Callable[[Stretch], list[Event]]] = {
    "one-to-ones": _one_to_ones,
    "calls": _calls,
    "promises": _promises,
    "decisions": _decisions,
    "notes": _notes,
    "facts": _facts,
}


def timeline(
    relationship: Relationship,
    member: "Member",
    *,
    took_place: int,
    only: str = "",
    before: datetime | None = None,
    limit: int = PAGE,
) -> dict[str, Any]:
    """Load a page of the history that ``member`` may see.

    ``only`` is one of KINDS or empty for all; ``before`` continues an earlier page;
    ``took_place`` counts the one-to-ones that did, before then where it is given. Returns
    ``events``, and ``earlier``: the moment to continue before, or None at the beginning.
    """
    at = before or timezone.now()
    chosen = [SOURCES[only]] if only in SOURCES else list(SOURCES.values())
    groups: list[list[Event]] = []
    events: list[Event] = []
    for source in chosen:
        # Nothing older than the last that fits so far is shown: the kinds to come stop there.
        since = events[limit].at if len(events) > limit else None
        continues = before is not None
        group = source(Stretch(relationship, member, at, since, limit + 1, took_place, continues))
        # Days share their noon: what stands exactly at the seam was on the page before.
        groups.append([event for event in group if before is None or event.at < before])
        events = newest(groups, limit + 1)
    more = len(events) > limit
    shown = events[:limit]
    if more:
        # Never part what happened at one moment: the next page begins strictly before it.
        seam = shown[-1].at
        together = [event for event in newest(groups, 10 * limit) if event.at == seam]
        shown = [event for event in shown if event.at != seam] + together
    return {
        "events": _with_notes(shown),
        "earlier": shown[-1].at if more and shown else None,
        "only": only if only in SOURCES else "",
        "kinds": KINDS,
    }
