"""Loads what a choice of questions rests on, in at most eight queries however long the story.

What only some questions need (contacts, the diary, promises, notes) is asked for where one of
the kind's questions needs it. No private note is ever loaded: a question that is picked stands
on the agenda, which the whole team reads.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Q, Value
from django.utils import timezone

from touchline.core.prepared import DAY, KEY, MEMBER, MOMENT, Prepared
from touchline.meetings.asking.own import OWN
from touchline.meetings.asking.rows import (
    PICKED,
    AskedRow,
    ContactRow,
    FactRow,
    Material,
    MetRow,
    NoteRow,
    PromiseRow,
)
from touchline.meetings.models import (
    Action,
    AgendaItem,
    Asked,
    Fact,
    Note,
    NoteKind,
    OneToOne,
    Outcome,
    OwnPrompt,
    State,
)
from touchline.people.models import Acquaintance, Person
from touchline.playbook.models import of
from touchline.playbook.playbook import Kind
from touchline.playbook.prompts import Memory, Prompt
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# How far ahead one's own diary counts as *I am seeing them soon*.
SOON = timedelta(days=42)
MOST_NOTES, MOST_PROMISES, MOST_CONTACTS, MOST_MET = 200, 30, 100, 20


# The relationship is fetched through the member; its rows need no join to be theirs to see.
_MEETINGS = Prepared(
    lambda at: (
        OneToOne.objects.filter(relationship=at.relationship)
        .exclude(state__in=[State.CANCELLED, State.MISSED])
        .order_by("starts_at", "pk")
        .values_list("pk", "kind", "state", "starts_at", "length_minutes", "covered_topics")
    ),
    relationship=KEY,
)
_FACTS = Prepared(
    lambda at: (
        Fact.objects.current()
        .filter(person=at.person)
        .order_by("pk")
        .values_list(
            "pk", "one_to_one_id", "topic", "slot", "company_id", "text", "said_by", "on",
            "confirmed_on", "dated_on", "yearly",
        )
    ),
    person=KEY,
)  # fmt: skip
# Answers, and what came onto the agenda: in one query, as both are what was asked.
_ASKED = Prepared(
    lambda at: (
        Asked.objects.filter(
            Q(relationship=at.relationship) | Q(by=at.member.pk, outcome=Outcome.NEVER)
        )
        .order_by()
        .values_list(
            "relationship_id", "one_to_one_id", "by_id", "prompt", "about", "outcome", "on"
        )
        .union(
            AgendaItem.objects.filter(relationship=at.relationship, dropped=False)
            .exclude(prompt="")
            .order_by()
            .values_list(
                "relationship_id", "covered_in_id", Value(0), "prompt", "prompt_about",
                Value(PICKED), "added_on",
            ),
        )
    ),
    relationship=KEY,
    member=MEMBER,
)  # fmt: skip
_NOTES = Prepared(
    lambda at: (
        Note.objects.filter(relationship=at.relationship, private=False)
        .filter(~Q(topic="") | Q(kind=NoteKind.IDEA))
        .order_by("-at", "-pk")
        .values_list("pk", "one_to_one_id", "kind", "topic", "text", "at")[:MOST_NOTES]
    ),
    relationship=KEY,
)
# A person's own prompts, and the promises whose day has gone by: both few, and all of them words.
_OVERDUE = "overdue"
_OWN_AND_OVERDUE = Prepared(
    lambda at: (
        OwnPrompt.objects.filter(relationship=at.relationship)
        .order_by()
        .values_list(
            "pk", "key", "topic", "slot", "text", "memory", Value(None, output_field=DateField())
        )
        .union(
            Action.objects.filter(relationship=at.relationship, due_on__lt=at.today)
            .open()
            .order_by()
            .values_list("pk", "whose", Value(""), Value(""), "text", Value(_OVERDUE), "due_on"),
            all=True,
        )
    ),
    relationship=KEY,
    today=DAY,
)
_MET = Prepared(
    lambda at: (
        OneToOne.objects.visible_to(at.member)
        .planned()
        .filter(
            relationship__main_contact=at.member.pk,
            relationship__person__company__deleted_at=None,
            relationship__person__company__isnull=False,
            starts_at__gt=at.since,
            starts_at__lte=at.until,
        )
        .exclude(relationship=at.relationship)
        .order_by("starts_at", "pk")
        .values_list(
            "relationship__person__company_id",
            "relationship__person__company__name",
            "relationship__person__name",
            "starts_at",
        )[:MOST_MET]
    ),
    member=MEMBER,
    relationship=KEY,
    since=MOMENT,
    until=MOMENT,
)


# Those one knows well first: the keys of acquaintance fall so. Names backwards, because then
# the index has them in this order, and of ten thousand the first hundred are read.
_KNOWN = Prepared(
    lambda at: (
        Person.objects.visible_to(at.member)
        .filter(
            acquaintance__in=[Acquaintance.WELL, Acquaintance.A_LITTLE],
            do_not_contact=False,
            company__isnull=False,
            company__deleted_at=None,
        )
        .exclude(pk=at.person)
        .order_by("-acquaintance", "-sort_key", "-pk")
        .values_list("company_id", "company__name", "name", "acquaintance")[:MOST_CONTACTS]
    ),
    member=MEMBER,
    person=KEY,
)


# What a later part loads for the events that it raises, by the name it has in ``further``.
FURTHER: dict[str, Callable[[Material], Sequence[Any]]] = {}


def loaded_by(name: str, loader: Callable[[Material], Sequence[Any]]) -> None:
    """Let another part, which stands above this one, load rows of its own in one query."""
    FURTHER[name] = loader


@dataclass(frozen=True, slots=True)
class Given:
    """Rows that somebody has loaded already, in the shape and order of the queries above.

    Further columns of ``meetings`` are left alone. ``facts``, ``notes`` and ``promises`` are rows;
    ``further`` has those of later parts.
    """

    meetings: Sequence[Any]
    facts: Sequence[FactRow]
    own: Sequence[Any]
    notes: Sequence[NoteRow]
    promises: Sequence[PromiseRow]
    further: Mapping[str, Sequence[Any]]


def material(
    relationship: Relationship,
    member: "Member",
    one_to_one: OneToOne | None,
    *,
    today: date,
    given: Given | None = None,
) -> Material:
    """Load what could be asked in a one-to-one: the given one, else the next planned.

    What is ``given`` is not loaded again.

    ``relationship`` comes with its person. Only what ``member`` may see is in it.
    """
    playbook, pk = of(member.workspace), relationship.pk
    meetings = given.meetings if given else _MEETINGS(relationship=pk)
    one = _one(meetings, one_to_one.pk if one_to_one else None)
    started = one[3] if one else timezone.now()
    before = [row for row in meetings if row[2] in _HELD and row[3] < started]
    position = relationship.held_before + len(before) + 1
    kind = playbook.kind(one[1]) if one else playbook.kind_after(position - 1)
    if given:
        own_rows, promises = given.own, given.promises
    else:
        own_rows, promises = _own_and_overdue(pk, today)
    prompts, own = with_own(kind, own_rows)
    names = {name for prompt in prompts for name in prompt.placeholders}
    events = {prompt.memory.event for prompt in prompts}
    company = relationship.person.company_id
    held = [_day(row[3]) for row in before]
    found = Material(
        playbook=playbook,
        kind=kind,
        prompts=prompts,
        own=own,
        key=one[0] if one else None,
        position=position,
        length_minutes=one[4] if one else relationship.length_minutes,
        today=today,
        on=max(today, _day(started)) if one else today,
        last_on=held[-1] if held else relationship.held_before_last_on,
        stage=relationship.stage,
        days={row[0]: _day(row[3]) for row in meetings},
        kinds={row[0]: row[1] for row in meetings},
        birthday=relationship.person.birthday,
        member=member.pk,
        relationship=pk,
        ticked=[(row[0], topic) for row in meetings for topic in row[5]],
        facts=given.facts if given else _rows(FactRow, _FACTS(person=relationship.person_id)),
        asked=asked_of(relationship, member),
        promises=promises[:MOST_PROMISES],
        notes=given.notes[:MOST_NOTES] if given else _rows(NoteRow, _NOTES(relationship=pk)),
    )
    if {"contact", "company"} & names:
        known = _rows(ContactRow, _KNOWN(member=member, person=relationship.person_id))
        found = replace(found, contacts=[row for row in known if row.company != company])
    if "met_company" in names or "company_met" in events:
        since = max(started, timezone.now())
        rows = _MET(member=member, relationship=pk, since=since, until=since + SOON)
        met = _rows(MetRow, rows)
        found = replace(found, met=[row for row in met if row.company != company])
    further = given.further if given else {name: load(found) for name, load in FURTHER.items()}
    return replace(found, further=further)


def _own_and_overdue(
    relationship: int, today: date
) -> tuple[list[tuple[str, str, str, str, str]], list[PromiseRow]]:
    rows = sorted(_OWN_AND_OVERDUE(relationship=relationship, today=today), key=itemgetter(0))
    own = [row[1:6] for row in rows if row[5] != _OVERDUE]
    overdue = [PromiseRow(row[0], row[1], row[4], row[6]) for row in rows if row[5] == _OVERDUE]
    return own, sorted(overdue, key=lambda one: (one.due_on, one.pk))


_HELD = (State.HELD, State.CLOSED_OUT)


def asked_of(relationship: Relationship, member: "Member") -> list[AskedRow]:
    """Return what was asked of a person, and what the member never asks anybody again."""
    rows = _ASKED(relationship=relationship.pk, member=member)
    return sorted(_rows(AskedRow, rows), key=lambda row: (row.on, row.prompt, row.about))


def _rows(shape: Any, rows: Iterable[Sequence[Any]]) -> list[Any]:
    """Shape rows; a moment, which only ever stands last, becomes its day."""
    return [
        shape(*row[:-1], _day(row[-1]) if isinstance(row[-1], datetime) else row[-1])
        for row in rows
    ]


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _one(meetings: Sequence[Any], key: int | None) -> Any:
    """Return the row of the meeting asked for, else of the next one ahead; None without."""
    if key is not None:
        return next((row for row in meetings if row[0] == key), None)
    return next((row for row in meetings if row[2] in (State.PLANNED, State.UNDER_WAY)), None)


def with_own(
    kind: Kind, own: Iterable[tuple[str, str, str, str, str]]
) -> tuple[tuple[Prompt, ...], frozenset[str]]:
    """Return a kind's prompts with those of one relationship, and the keys of these.

    One with the key of the playbook's stands in its place; any other can be asked in every
    kind of meeting.
    """
    by_key = {prompt.key: prompt for prompt in kind.prompts}
    more = set()
    for key, topic, slot, text, memory in own:
        read = Memory.read(memory)
        if key in by_key:
            old = by_key[key]
            by_key[key] = replace(old, topic=topic, slot=slot, text=text, memory=read)
        elif key.startswith(OWN):
            by_key[key] = Prompt(key, topic, text, slot, read, ())
            more.add(key)
    return tuple(by_key.values()), frozenset(more)
