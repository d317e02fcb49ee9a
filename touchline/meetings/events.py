"""What happened with a person, each thing in words: the events of a history. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from touchline.core.markdown import plain
from touchline.core.paths import path_to
from touchline.core.words import every, ordinal, span
from touchline.meetings.models import (
    Action,
    Call,
    Choice,
    Decision,
    Note,
    NoteKind,
    OneToOne,
    State,
)
from touchline.playbook.playbook import Playbook
from touchline.relationships.models import State as RelationshipState
from touchline.relationships.models import Step


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


def noon(on: date) -> datetime:
    """Put a thing that has only a day into the order of moments: at noon."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def noted_words(notes: list[str]) -> str:
    """Return what was noted in a one-to-one as one passage, its first four lines."""
    return " ".join(" ".join(plain(note).split()) for note in notes[:4])


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
        words=noted_words(notes),
        asides=tuple(asides),
        slight=not one.took_place,
        url=path_to("meetings:one_to_one", one.pk),
        one_to_one=one.pk,
    )


def called(call: Call) -> Event:
    """Tell of a call."""
    return Event(noon(call.on), "calls", f"Call, {span(call.minutes)}", call.text, slight=True)


SETTLED = {"kept": "Kept", "kept_late": "Kept, late", "dropped": "Dropped"}


def settled(action: Action) -> Event:
    """Tell of a promise kept or dropped."""
    return Event(
        noon(action.settled_on or action.due_on),
        "promises",
        f"{SETTLED[action.state]}: {'your' if action.whose == 'mine' else 'their'} promise",
        action.text,
        slight=True,
    )


def decision_made(decision: Decision) -> Event:
    """Tell of a decision."""
    return Event(
        noon(decision.on), "decisions", decided_words(decision), decision.reason, slight=True
    )


def step_taken(step: Step, playbook: Playbook) -> Event:
    """Tell of a step to a stage."""
    return Event(
        noon(step.on),
        "decisions",
        f"{'Began as' if not step.from_stage else 'Step to'} "
        f"“{playbook.stage(step.to_stage).name}”",
        step.noted,
        slight=True,
    )


def decided_words(decision: Decision) -> str:
    """Say a decision in a line: *Decided to meet less, every quarter*."""
    rhythm = every(decision.meeting_days_after)
    if decision.choice == Choice.CONTINUE and decision.state_before != RelationshipState.ACTIVE:
        return f"Taken up again, {rhythm}"
    said = {
        Choice.CONTINUE: f"Decided to continue, {rhythm}",
        Choice.MEET_MORE: f"Decided to meet more, {rhythm}",
        Choice.MEET_LESS: f"Decided to meet less, {rhythm}",
        Choice.END: "Decided to end the programme",
    }
    if decision.choice == Choice.PAUSE and decision.until:
        return f"Decided to pause until {decision.until.day} {decision.until:%B %Y}"
    return said[Choice(decision.choice)]


def noted(note: Note) -> Event:
    """Tell of a note taken between meetings."""
    return Event(
        note.at,
        "notes",
        "Note, private to you" if note.private else NoteKind(note.kind).label,
        note.text,
        slight=True,
    )
