"""Loads the whole history with a person in one order: what happened, newest first.

Each kind of thing is asked for its newest ``PAGE`` and the newest of all of them are kept,
so that a page costs the same however long the history is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, DateField, Subquery, Value
from django.utils import timezone

from touchline.core.prepared import ALWAYS, DAY, KEY, MEMBER, MOMENT, NEVER, Prepared
from touchline.meetings.events import (
    Event,
    called,
    decision_made,
    met,
    newest,
    noon,
    noted,
    noted_words,
    settled,
    step_taken,
)
from touchline.meetings.models import (
    Action,
    Call,
    Decision,
    Fact,
    Note,
    OneToOne,
    State,
)
from touchline.playbook.models import of
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
# By the one more than a page shows one knows that there is more.
_ONE_MORE = PAGE + 1


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
    continues: bool

    def newest_days(self, rows: Prepared) -> list[Any]:
        """Return the rows of ``_by_day`` that fall in this stretch, newest first."""
        return rows(
            relationship=self.relationship.pk,
            person=self.relationship.person_id,
            until=timezone.localtime(self.before).date(),
            since=timezone.localtime(self.since).date() if self.since else date.min,
        )


def _by_day(when: str, rows: Callable[[Any], Any]) -> Prepared:
    """Prepare rows that have a day ``when``: the newest of a stretch, as many as a page takes."""
    return Prepared(
        lambda at: (
            rows(at)
            .filter(**{f"{when}__lte": at.until, f"{when}__gte": at.since})
            .order_by(f"-{when}", "-id")[:_ONE_MORE]
        ),
        relationship=KEY,
        person=KEY,
        until=DAY,
        since=DAY,
    )


def _took_place(at: Any) -> Subquery:
    rows = OneToOne.objects.took_place().filter(
        relationship=at.relationship, starts_at__lt=at.until
    )
    counted = rows.order_by().values("relationship").annotate(many=Count("pk"))
    return Subquery(counted.values("many"))


_MET = Prepared(
    lambda at: (
        OneToOne.objects.filter(relationship=at.relationship, starts_at__lt=at.until)
        .exclude(state=State.PLANNED)
        .only("kind", "state", "starts_at", "place", "missed_by")
        # As many as took place in the stretch: the newest of them is that one in the row.
        .annotate(many=_took_place(at))
        .order_by("-starts_at", "-id")[:_ONE_MORE]
    ),
    relationship=KEY,
    until=MOMENT,
)


def _one_to_ones(stretch: Stretch) -> list[Event]:
    playbook = of(stretch.member.workspace)
    until = stretch.before if stretch.continues else ALWAYS
    events = []
    rows = _MET(relationship=stretch.relationship.pk, until=until)
    nth = stretch.relationship.held_before + (rows[0].many or 0 if rows else 0)
    # Counted down from the newest; one held before its hour counts and is not told yet.
    for one in rows:
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
        replace(event, words=noted_words(notes[event.one_to_one])) if event.one_to_one else event
        for event in events
    ]


_CALLED = _by_day(
    "on",
    lambda at: Call.objects.filter(relationship=at.relationship).values_list(
        "on", "minutes", "text", named=True
    ),
)


def _calls(stretch: Stretch) -> list[Event]:
    return [called(call) for call in stretch.newest_days(_CALLED)]


_SETTLED = _by_day(
    "settled_on",
    lambda at: Action.objects.filter(relationship=at.relationship).values_list(
        "settled_on", "due_on", "state", "whose", "text", named=True
    ),
)


def _promises(stretch: Stretch) -> list[Event]:
    return [settled(action) for action in stretch.newest_days(_SETTLED)]


def _decided(at: Any) -> Any:
    """Return decisions and steps as rows of one shape; a step is one that has a stage it led to."""
    which = {"relationship": at.relationship, "on__lte": at.until, "on__gte": at.since}
    nothing = Value("", output_field=CharField())
    no_day = Value(None, output_field=DateField())
    return (
        Decision.objects.filter(**which)
        .order_by()
        .values_list(
            "on", "pk", "reason", "choice", "until", "state_before", "meeting_days_after", nothing
        )
        .union(
            Step.objects.filter(**which)
            .order_by()
            .values_list("on", "pk", "noted", "from_stage", no_day, nothing, Value(0), "to_stage"),
            all=True,
        )
        .order_by("-on", "-pk")[:_ONE_MORE]
    )


def _decisions(stretch: Stretch) -> list[Event]:
    playbook = of(stretch.member.workspace)
    decisions, steps = [], []
    for on, _, words, was, until, state_before, days, to in stretch.newest_days(_DECIDED):
        if to:
            step = Step(on=on, noted=words, from_stage=was, to_stage=to)
            steps.append(step_taken(step, playbook))
        else:
            decision = Decision(
                on=on, reason=words, choice=was, until=until, state_before=state_before,
                meeting_days_after=days,
            )  # fmt: skip
            decisions.append(decision_made(decision))
    return [*decisions, *steps]


_DECIDED = Prepared(_decided, relationship=KEY, person=KEY, until=DAY, since=DAY)


_NOTED = Prepared(
    lambda at: (
        Note.objects.filter(relationship=at.relationship, one_to_one=None)
        .filter(at__lt=at.until, at__gte=at.since)
        .told_to(at.member)
        .order_by("-at", "-id")
        .values_list("at", "kind", "private", "text", named=True)[:_ONE_MORE]
    ),
    relationship=KEY,
    member=MEMBER,
    until=MOMENT,
    since=MOMENT,
)


def _notes(stretch: Stretch) -> list[Event]:
    rows = _NOTED(
        relationship=stretch.relationship.pk,
        member=stretch.member,
        until=stretch.before,
        since=stretch.since or NEVER,
    )
    return [noted(note) for note in rows]


_LEARNT = _by_day(
    "on",
    lambda at: Fact.objects.current().filter(person=at.person).values_list("on", "topic", "text"),
)


def _facts(stretch: Stretch) -> list[Event]:
    playbook = of(stretch.member.workspace)
    return [
        Event(noon(on), "facts", f"{playbook.topic_name(topic)}, a fact", text, slight=True)
        for on, topic, text in stretch.newest_days(_LEARNT)
    ]


Source = Callable[[Stretch], list[Event]]
SOURCES: dict[str, Source] = {
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
    also: Mapping[str, tuple[str, Source]] | None = None,
) -> dict[str, Any]:
    """Load a page of the history that ``member`` may see.

    ``only`` is one of KINDS or empty for all; ``before`` continues an earlier page. ``also`` are
    kinds from parts above this one, each with its name. Returns ``events``, and ``earlier``: the
    moment to continue before, or None at the beginning.
    """
    also = also or {}
    kinds = KINDS | {key: name for key, (name, _) in also.items()}
    sources = SOURCES | {key: source for key, (_, source) in also.items()}
    at = before or timezone.now()
    chosen = [sources[only]] if only in sources else list(sources.values())
    groups: list[list[Event]] = []
    events: list[Event] = []
    for source in chosen:
        # Nothing older than the last that fits so far is shown: the kinds to come stop there.
        since = events[PAGE].at if len(events) > PAGE else None
        continues = before is not None
        group = source(Stretch(relationship, member, at, since, continues))
        # Days share their noon: what stands exactly at the seam was on the page before.
        groups.append([event for event in group if before is None or event.at < before])
        events = newest(groups, _ONE_MORE)
    more = len(events) > PAGE
    shown = events[:PAGE]
    if more:
        # Never part what happened at one moment: the next page begins strictly before it.
        seam = shown[-1].at
        together = [event for event in newest(groups, 10 * PAGE) if event.at == seam]
        shown = [event for event in shown if event.at != seam] + together
    return {
        "events": _with_notes(shown),
        "earlier": shown[-1].at if more and shown else None,
        "only": only if only in sources else "",
        "kinds": kinds,
    }
