"""Loads the rows of a brief, in at most nine queries however long the story is.

What the story, the choice of questions and what is in common each need of one table comes in
one query, and all the single words beside (a telephone number, a theme taken away) in another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from touchline.core.prepared import DAY, KEY, MEMBER, MOMENT, NEVER, Prepared
from touchline.meetings.asking.material import Given, material
from touchline.meetings.asking.rows import FactRow, Material, NoteRow, PromiseRow
from touchline.meetings.models import (
    Action,
    ActionState,
    AgendaItem,
    Call,
    Fact,
    Note,
    NoteKind,
    NotInCommon,
    OneToOne,
    OwnPrompt,
    State,
)
from touchline.people.models import ContactPoint, PointKind
from touchline.referrals.asking import FURTHER
from touchline.referrals.clocks import rows as clock_rows
from touchline.referrals.clocks.clocks import Followed
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, What

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# The relationship is fetched through the member; its rows need no join to be the member's to
# see, except notes, which may be private, and facts, which may be of other people.
_MEETINGS = Prepared(
    lambda at: (
        OneToOne.objects.filter(relationship=at.relationship)
        .exclude(state__in=[State.CANCELLED, State.MISSED])
        .order_by("starts_at", "pk")
        .values_list(
            "pk", "kind", "state", "starts_at", "length_minutes", "covered_topics", "place",
            "video_url", "travel_minutes",
        )
    ),
    relationship=KEY,
)  # fmt: skip
_NOTES = Prepared(
    lambda at: (
        Note.objects.filter(relationship=at.relationship)
        .told_to(at.member)
        .filter(
            ~Q(topic="")
            | Q(kind=NoteKind.IDEA)
            | Q(one_to_one=None, at__gt=at.since)
            | Q(one_to_one=at.last)
        )
        .order_by("at", "pk")
        .values_list("pk", "one_to_one_id", "kind", "topic", "text", "at", "private")
    ),
    relationship=KEY,
    member=MEMBER,
    last=KEY,
    since=MOMENT,
)
# Of the person, of the company they are with by whomever, and my own.
_FACTS = Prepared(
    lambda at: (
        # Person and company are seen already. By workspace, or by what was replaced, as well
        # SQLite would walk all facts there are instead of looking up three times.
        Fact.objects.told_to(at.member)
        .filter(Q(person=at.person) | Q(company=at.company) | Q(of_member=at.member.pk))
        .order_by("pk")
        .values_list(
            "pk", "one_to_one_id", "topic", "slot", "company_id", "text", "said_by", "on",
            "confirmed_on", "dated_on", "yearly", "person_id", "of_member_id", "person__name",
            "replaced_by_id",
        )
    ),
    member=MEMBER,
    person=KEY,
    company=KEY,
)  # fmt: skip
_CALL, _ITEM, _ARRIVED = "call", "item", "arrived"
_NO_DAY, _NOTHING = Value(None, output_field=DateField()), Value("", output_field=TextField())
# Promises that are open or news, the calls since, the open items of both sides with the words of
# the note that each points at, unless that is private to somebody else, and what they wrote to us
# since, or handed over and nobody has settled yet; the rest of what arrives is among the others.
_BETWEEN = Prepared(
    lambda at: (
        Action.objects.filter(
            Q(state=ActionState.OPEN) | Q(settled_on__gte=at.since), relationship=at.relationship
        )
        .order_by()
        .values_list("pk", "whose", "text", "due_on", "state", "settled_on", _NOTHING)
        .union(
            Call.objects.filter(relationship=at.relationship, on__gt=at.since)
            .exclude(text="")
            .order_by()
            .values_list("pk", Value(""), "text", "on", Value(_CALL), _NO_DAY, _NOTHING),
            AgendaItem.objects.filter(
                relationship=at.relationship, covered_in=None, dropped=False
            )
            .order_by()
            .values_list(
                "pk", "side", "text", "added_on", Value(_ITEM), _NO_DAY,
                Case(
                    When(
                        Q(about_note__private=False) | Q(about_note__author=at.member.pk),
                        then="about_note__text",
                    ),
                    default=_NOTHING,
                    output_field=TextField(),
                ),
            ),
            Arrival.objects.filter(
                Q(what=What.SHEET, their_sheet__settled_at=None)
                | Q(what__in=(What.GOING, What.FEEDBACK), at__gt=at.last_at),
                relationship=at.relationship,
            )
            .order_by()
            .values_list(
                "pk", "what", "text", _NO_DAY, Value(_ARRIVED), _NO_DAY,
                # A moment among days: as text, and read again below.
                Cast("at", TextField()),
            ),
            all=True,
        )
    ),
    relationship=KEY,
    member=MEMBER,
    since=DAY,
    last_at=MOMENT,
)  # fmt: skip
_OWN, _PHONE, _AWAY = "own", "phone", "away"
_WORDS = Prepared(
    lambda at: (
        OwnPrompt.objects.filter(relationship=at.relationship)
        .order_by()
        .values_list("pk", Value(_OWN), "key", "topic", "slot", "text", "memory")
        .union(
            ContactPoint.objects.filter(person=at.person, kind=PointKind.PHONE)
            .order_by()
            .values_list(
                "position", Value(_PHONE), "value", "normal", Value(""), Value(""), Value("")
            ),
            NotInCommon.objects.filter(relationship=at.relationship, member=at.member.pk)
            .order_by()
            .values_list("pk", Value(_AWAY), "theme", Value(""), Value(""), Value(""), Value("")),
            all=True,
        )
    ),
    relationship=KEY,
    person=KEY,
    member=MEMBER,
)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A one-to-one that took place or is to come."""

    pk: int
    kind: str
    state: str
    starts_at: Any
    length_minutes: int
    covered_topics: list[str]
    place: str
    video_url: str
    travel_minutes: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What a brief is made from; ``last`` is the one-to-one before, ``since`` its day.

    ``facts`` are of the person, ``own`` texts of my own facts, ``history`` who told what of
    their company ('' for me). ``calls`` are days with their text, ``items`` rows of the open
    agenda items, ``away`` the themes that are not in common after all.
    """

    found: Material
    meeting: MeetingRow | None
    last: MeetingRow | None
    since: date
    took_place: int
    meetings: Sequence[MeetingRow]
    notes: Sequence[Any]
    facts: Sequence[FactRow]
    own: Sequence[tuple[int, str]]
    history: Sequence[tuple[str, str]]
    promises: Sequence[Any]
    calls: Sequence[tuple[date, str]]
    items: Sequence[Any]
    arrived: Sequence[tuple[date, str, str]]
    referrals: Sequence[Followed]
    phone: tuple[str, str]
    away: frozenset[str]


def rows(relationship: Relationship, member: "Member", one_to_one: OneToOne | None) -> Rows:
    """Load the rows of one meeting's brief: the given one, else of the next planned."""
    person, pk, today = relationship.person, relationship.pk, member.today()
    meetings = _MEETINGS(relationship=pk)
    every = [MeetingRow(*row) for row in meetings]
    meeting = _meeting(every, one_to_one)
    before = [
        one
        for one in every
        if one.state in (State.HELD, State.CLOSED_OUT)
        and (meeting is None or one.starts_at < meeting.starts_at)
    ]
    last = before[-1] if before else None
    since = timezone.localtime(last.starts_at).date() if last else relationship.begun_on
    notes = _NOTES(
        relationship=pk,
        member=member,
        last=last.pk if last else 0,
        since=last.starts_at if last else NEVER,
    )
    told = _FACTS(member=member, person=person.pk, company=person.company_id or 0)
    facts = [row for row in told if row[14] is None]
    theirs = [FactRow(*row[:11]) for row in facts if row[11] == person.pk]
    rows_between = _BETWEEN(
        relationship=pk, member=member, since=since, last_at=last.starts_at if last else NEVER
    )
    between = sorted(rows_between, key=itemgetter(0))
    promises = [row for row in between if row[4] not in (_CALL, _ITEM, _ARRIVED)]
    referrals = clock_rows.of_partner(pk, since)
    words = sorted(_WORDS(relationship=pk, person=person.pk, member=member))
    phones = [(row[2], row[3]) for row in words if row[1] == _PHONE]
    found = material(
        relationship,
        member,
        one_to_one,
        today=today,
        given=Given(
            meetings=meetings,
            facts=theirs,
            own=[row[2:] for row in words if row[1] == _OWN],
            notes=[
                NoteRow._make((*row[:5], timezone.localtime(row[5]).date()))
                for row in reversed(notes)
                if not row[6] and (row[3] or row[2] == NoteKind.IDEA)
            ],
            promises=[
                PromiseRow(*row[:4])
                for row in sorted(promises, key=lambda row: (row[3], row[0]))
                if row[4] == ActionState.OPEN and row[3] < today
            ],
            further={FURTHER: referrals},
        ),
    )
    return Rows(
        found=found,
        meeting=meeting,
        last=last,
        since=since,
        took_place=relationship.held_before + len(before),
        meetings=every,
        notes=notes,
        facts=theirs,
        own=[(row[0], row[5]) for row in facts if row[12] == member.pk],
        history=[
            (row[13] or "", row[5])
            for row in sorted(facts, key=lambda row: (row[7], row[0]), reverse=True)
            if row[4] is not None and row[4] == person.company_id and row[11] != person.pk
        ],
        promises=promises,
        calls=[(row[3], row[2]) for row in between if row[4] == _CALL],
        items=[row for row in between if row[4] == _ITEM],
        arrived=[(_day(row[6]), row[1], row[2]) for row in between if row[4] == _ARRIVED],
        referrals=referrals,
        phone=phones[0] if phones else ("", ""),
        away=frozenset(row[2] for row in words if row[1] == _AWAY),
    )


def _day(moment: str) -> date:
    """Return the member's day of a moment in UTC, as the databases write one as text."""
    at = datetime.fromisoformat(moment)
    return timezone.localtime(at if at.tzinfo else at.replace(tzinfo=UTC)).date()


def _meeting(every: Sequence[MeetingRow], one: OneToOne | None) -> MeetingRow | None:
    if one is not None:
        # One that was cancelled or missed is not among them, and has its brief all the same.
        return MeetingRow(
            one.pk, one.kind, one.state, one.starts_at, one.length_minutes, one.covered_topics,
            one.place, one.video_url, one.travel_minutes,
        )  # fmt: skip
    ahead = (each for each in every if each.state in (State.PLANNED, State.UNDER_WAY))
    return next(ahead, None)
