"""The whole history with a person in one order: what happened, newest first. Pure, and loaded.

Each kind of thing is asked for its newest ``limit`` and the newest of all of them are kept,
so that a page costs the same however long the history is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from touchline.core.words import every, ordinal, span
from touchline.meetings.models import (
    TOOK_PLACE,
    Action,
    Call,
    Choice,
    Decision,
    Fact,
    Note,
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

    ``slight`` things step back; ``url`` leads to the record.
    """

    at: datetime
    kind: str
    heading: str
    words: str = ""
    asides: tuple[str, ...] = ()
    slight: bool = False
    url: str = ""


def newest(groups: Iterable[Iterable[Event]], limit: int) -> list[Event]:
    """Merge histories, newest first, and keep the newest ``limit``."""
    merged = [event for group in groups for event in group]
    merged.sort(key=lambda event: event.at, reverse=True)
    return merged[:limit]


def _noon(on: date) -> datetime:
    """Put a thing that has only a day into the order of moments: at noon."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def _one_to_ones(
    relationship: Relationship, member: "Member", before: datetime, limit: int
) -> list[Event]:
    playbook = of(member.workspace)
    until_then = (
        OneToOne.objects.filter(relationship=OuterRef("relationship"), state__in=TOOK_PLACE)
        .filter(starts_at__lte=OuterRef("starts_at"))
        .order_by()
        .values("relationship")
        .annotate(many=Count("pk"))
        .values("many")
    )
    rows = list(
        OneToOne.objects.visible_to(member)
        .filter(relationship=relationship, starts_at__lt=before)
        .exclude(state=State.PLANNED)
        .annotate(nth=Subquery(until_then))
        .order_by("-starts_at")[:limit]
    )
    notes: dict[int, list[str]] = {}
    for one_id, text in (
        Note.objects.visible_to(member)
        .filter(one_to_one__in=[one.pk for one in rows], private=False)
        .order_by("at", "id")
        .values_list("one_to_one_id", "text")
    ):
        notes.setdefault(one_id, []).append(text)
    before_us = relationship.held_before
    return [met(one, before_us + (one.nth or 0), notes.get(one.pk, []), playbook) for one in rows]


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
        words=" ".join(notes[:4]),
        asides=tuple(asides),
        slight=not one.took_place,
        url=reverse("meetings:one_to_one", args=[one.pk]),
    )


def _calls(
    relationship: Relationship, member: "Member", before: datetime, limit: int
) -> list[Event]:
    found = (
        Call.objects.visible_to(member)
        .filter(relationship=relationship, on__lte=timezone.localtime(before).date())
        .order_by("-on", "-id")[:limit]
    )
    return [called(call) for call in found]


def called(call: Call) -> Event:
    """Tell of a call."""
    return Event(_noon(call.on), "calls", f"Call, {span(call.minutes)}", call.text, slight=True)


SETTLED = {"kept": "Kept", "kept_late": "Kept, late", "dropped": "Dropped"}


def _promises(
    relationship: Relationship, member: "Member", before: datetime, limit: int
) -> list[Event]:
    found = (
        Action.objects.visible_to(member)
        .filter(relationship=relationship, settled_on__lte=timezone.localtime(before).date())
        .order_by("-settled_on", "-id")[:limit]
    )
    return [settled(action) for action in found]


def settled(action: Action) -> Event:
    """Tell of a promise kept or dropped."""
    return Event(
        _noon(action.settled_on or action.due_on),
        "promises",
        f"{SETTLED[action.state]}: {'your' if action.whose == 'mine' else 'their'} promise",
        action.text,
        slight=True,
    )


def _decisions(
    relationship: Relationship, member: "Member", before: datetime, limit: int
) -> list[Event]:
    playbook = of(member.workspace)
    until = timezone.localtime(before).date()
    decided = (
        Decision.objects.visible_to(member)
        .filter(relationship=relationship, on__lte=until)
        .order_by("-on", "-id")[:limit]
    )
    stepped = (
        Step.objects.visible_to(member)
        .filter(relationship=relationship, on__lte=until)
        .order_by("-on", "-id")[:limit]
    )
    return [*map(decision_made, decided), *(step_taken(one, playbook) for one in stepped)]


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


def _notes(
    relationship: Relationship, member: "Member", before: datetime, limit: int
) -> list[Event]:
    found = (
        Note.objects.visible_to(member)
        .filter(relationship=relationship, at__lt=before, one_to_one=None)
        .order_by("-at", "-id")[:limit]
    )
    return [noted(note) for note in found]


def noted(note: Note) -> Event:
    """Tell of a note taken between meetings."""
    return Event(
        note.at,
        "notes",
        "Note, private to you" if note.private else note.get_kind_display(),
        note.text,
        slight=True,
    )


def _facts(
    relationship: Relationship, member: "Member", before: datetime, limit: int
) -> list[Event]:
    playbook = of(member.workspace)
    found = (
        Fact.objects.visible_to(member)
        .current()
        .filter(person_id=relationship.person_id, on__lte=timezone.localtime(before).date())
        .order_by("-on", "-id")[:limit]
    )
    return [
        Event(
            _noon(fact.on),
            "facts",
            f"{playbook.topic_name(fact.topic)}, a fact",
            fact.text,
            slight=True,
        )
        for fact in found
    ]


SOURCES: dict[str, Callable[..., list[Event]]] = {
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
    only: str = "",
    before: datetime | None = None,
    limit: int = PAGE,
) -> dict[str, Any]:
    """Load a page of the history that ``member`` may see.

    ``only`` is one of KINDS or empty for all; ``before`` continues an earlier page. Returns
    ``events``, and ``earlier``: the moment to continue before, or None at the beginning.
    """
    at = before or timezone.now()
    chosen = [SOURCES[only]] if only in SOURCES else list(SOURCES.values())
    groups = [source(relationship, member, at, limit + 1) for source in chosen]
    # Days share their noon: what stands exactly at the seam was on the page before.
    groups = [[event for event in group if before is None or event.at < before] for group in groups]
    events = newest(groups, limit + 1)
    more = len(events) > limit
    shown = events[:limit]
    if more:
        # Never part what happened at one moment: the next page begins strictly before it.
        seam = shown[-1].at
        together = [event for event in newest(groups, 10 * limit) if event.at == seam]
        shown = [event for event in shown if event.at != seam] + together
    return {
        "events": shown,
        "earlier": shown[-1].at if more and shown else None,
        "only": only if only in SOURCES else "",
        "kinds": KINDS,
    }
