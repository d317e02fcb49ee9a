"""Plays stories through the product's verbs, in the order in which they happened.

Each verb is called as of its own day, so that the sample holds nothing a person could not have
entered: transitions, terms and loads are those of the day. Journal entries are dated after.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.story import (
    Item,
    Meeting,
    Note,
    OwnFact,
    Phoned,
    Pitch,
    Programme,
    Promise,
    Rhythm,
)
from touchline.journal.models import Entry
from touchline.meetings import capturing, planning
from touchline.meetings.close_out import CloseOut, close_out
from touchline.meetings.models import Action, Fact, OneToOne, PitchCard
from touchline.meetings.models import Note as NoteRow
from touchline.meetings.models.pitch_cards import PARTS
from touchline.people.editing import company_named
from touchline.people.models import Person
from touchline.relationships.cadence import Cadence
from touchline.relationships.models import Relationship

MORNING, NOON, EVENING = time(8), time(12, 30), time(20)


@dataclass
class Chronicle:
    """What happened to everybody, gathered first and then played in order of time."""

    member: Member
    today: date
    events: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def day(self, on: int) -> date:
        """Return a day counted from today."""
        return self.today + timedelta(days=on)

    def working(self, on: int) -> date:
        """Return a day, off the weekend: back to Friday, ahead to Monday; today as it is."""
        found = self.day(on)
        while on and found.weekday() > 4:
            found += timedelta(days=1 if on > 0 else -1)
        return found

    def moment(self, on: date, at: time) -> datetime:
        return makers.at(self.member, on, at.hour, at.minute)

    def then(self, moment: datetime, verb: Callable[[], object]) -> None:
        """Let something happen at a moment."""
        self.events.append((moment, verb))

    def play(self) -> None:
        """Let it all happen; the journal says when it did, not when it was written."""
        newest = Entry.objects.order_by("-pk").values_list("pk", flat=True)
        before = newest.first() or 0
        moments, last_written = [], []
        for moment, verb in sorted(self.events, key=lambda event: event[0]):
            verb()
            moments.append(moment)
            last_written.append(newest.first() or 0)
        entries = list(Entry.objects.filter(workspace=self.member.workspace_id, pk__gt=before))
        for entry in entries:
            entry.at = moments[bisect_left(last_written, entry.pk)]
        Entry.objects.bulk_update(entries, ["at"], batch_size=200)


class Telling:
    """One programme, put into the chronicle verb by verb."""

    def __init__(self, chronicle: Chronicle, programme: Programme, person: Person) -> None:
        self.chronicle, self.programme, self.person = chronicle, programme, person
        self.by = chronicle.member
        self.rows: dict[Meeting, OneToOne] = {}
        self.notes: list[NoteRow] = []
        self.facts: dict[str, Fact] = {}
        self.promised: dict[Promise, Action] = {}
        # What is booked at the close-out of what.
        self.following: dict[Meeting, Meeting] = {}
        self.relationship: Relationship

    def tell(self) -> None:
        """Put every event of the programme into the chronicle."""
        chronicle, programme = self.chronicle, self.programme
        begun = chronicle.moment(chronicle.working(programme.begun), MORNING)
        chronicle.then(begun, self._start)
        before: Meeting | None = None
        for meeting in programme.meetings:
            self._meeting(meeting, before)
            before = meeting
        for called in programme.calls:
            on = chronicle.working(called.on)
            chronicle.then(chronicle.moment(on, NOON), partial(self._call, called))
        for note in programme.between:
            self._at(note.on or 0, NOON, partial(self._loose, note))
        for item in programme.items:
            self._at(item.on, EVENING, partial(self._item, item))
        for rhythm in programme.rhythms:
            self._at(rhythm.on, EVENING, partial(self._rhythm, rhythm))
        if programme.pitch:
            self._at(programme.pitch.on, EVENING, partial(self._pitch, programme.pitch))

    def _at(self, on: int, at: time, verb: Callable[[], object]) -> None:
        self.chronicle.then(self.chronicle.moment(self.chronicle.day(on), at), verb)

    def _start(self) -> None:
        story, day = self.programme, self.chronicle.day
        self.relationship = makers.a_relationship(
            self.by,
            self.person,
            on=self.chronicle.working(story.begun),
            stage=story.stage,
            held_before=story.held_before,
            held_before_last_on=(
                day(story.held_before_last) if story.held_before_last is not None else None
            ),
            why=story.why,
            place=story.place,
            notes=story.notes,
            alignment=story.alignment,
            alignment_reasons=story.alignment_reasons,
            meeting_days=story.meeting_days[0],
            meeting_tolerance_days=story.meeting_days[1],
            call_days=story.call_days[0] if story.call_days else None,
            call_tolerance_days=story.call_days[1] if story.call_days else 0,
            length_minutes=story.minutes,
            travel_minutes=story.travel,
        )

    def starts(self, meeting: Meeting, on: int | None = None) -> datetime:
        """Return when a meeting is, or was first booked for."""
        chronicle = self.chronicle
        counted = meeting.on if on is None else on
        found = chronicle.day(counted) if meeting.exact else chronicle.working(counted)
        return chronicle.moment(found, time.fromisoformat(meeting.at))

    def _meeting(self, meeting: Meeting, before: Meeting | None) -> None:
        chronicle, starts = self.chronicle, self.starts(meeting)
        if before is None or meeting.ahead is not None:
            booked = chronicle.working(meeting.on - (meeting.ahead or 12))
            chronicle.then(chronicle.moment(booked, NOON), partial(self._plan, meeting))
        else:
            self.following[before] = meeting
        if meeting.moved_from is not None:
            told = chronicle.moment(chronicle.day(meeting.moved_from - 1), EVENING)
            chronicle.then(told, partial(self._move, meeting))
        if meeting.ended == "missed":
            chronicle.then(starts + timedelta(minutes=30), partial(self._miss, meeting))
        elif meeting.ended == "cancelled":
            chronicle.then(starts - timedelta(hours=20), partial(self._cancel, meeting))
        elif meeting.ended in ("held", "closed_out"):
            self._held(meeting, starts)
        for side, text in meeting.covered:
            item = partial(self._covered, meeting, side, text)
            chronicle.then(starts + timedelta(minutes=50), item)

    def _held(self, meeting: Meeting, starts: datetime) -> None:
        chronicle = self.chronicle
        minutes = timedelta(minutes=meeting.minutes or self.programme.minutes)
        chronicle.then(starts, lambda: self.rows[meeting].begin(self.by, now=starts))
        for position, note in enumerate(meeting.notes):
            chronicle.then(
                starts + timedelta(minutes=8 + 6 * position), partial(self._note, meeting, note)
            )
        taken = partial(self._learn, meeting)
        chronicle.then(starts + timedelta(minutes=40), taken)
        for promise in meeting.promises:
            chronicle.then(starts + timedelta(minutes=45), partial(self._promise, meeting, promise))
            settled = promise.dropped if promise.kept is None else promise.kept
            if settled is not None:
                self._at(settled, EVENING, partial(self._settle, promise))
        ends = starts + minutes
        chronicle.then(ends, lambda: self.rows[meeting].hold(self.by, now=ends))
        if meeting.ended == "closed_out":
            done = ends + timedelta(minutes=40)
            chronicle.then(done, partial(self._close_out, meeting, done))

    def _plan(self, meeting: Meeting) -> None:
        story = self.programme
        first = self.starts(meeting, meeting.moved_from)
        row = planning.plan(
            self.relationship,
            self.by,
            starts_at=first,
            now=first - timedelta(days=1),
            asked_by=meeting.asked_by,
            place=story.place if meeting.place is None else meeting.place,
            travel_minutes=story.travel if meeting.place is None else 0,
            video_url=meeting.video_url,
        )
        self.rows[meeting] = row

    def _move(self, meeting: Meeting) -> None:
        self.rows[meeting].move(self.by, starts_at=self.starts(meeting))

    def _miss(self, meeting: Meeting) -> None:
        now = self.starts(meeting) + timedelta(minutes=30)
        self.rows[meeting].miss(self.by, whose=meeting.missed_by, now=now)

    def _cancel(self, meeting: Meeting) -> None:
        self.rows[meeting].cancel(self.by, reason=meeting.reason)

    def _close_out(self, meeting: Meeting, now: datetime) -> None:
        following = self.following.get(meeting)
        they, we = meeting.expect
        close_out(
            self.rows[meeting],
            self.by,
            CloseOut(
                choice=meeting.choice,
                reason=meeting.reason,
                until=self.chronicle.day(meeting.until) if meeting.until is not None else None,
                went_well=meeting.well,
                they_expect=they,
                we_expect=we,
                covered_topics=meeting.topics,
                no_next_reason="" if following else meeting.no_next,
                next_at=self.starts(following, following.moved_from) if following else None,
                next_place=following.place if following else None,
                next_video_url=following.video_url if following else "",
                step_to=meeting.step,
            ),
            now=now,
        )
        if following:
            booked = self.relationship.one_to_ones.planned().latest("starts_at")
            booked.relationship = self.relationship
            OneToOne.objects.filter(pk=booked.pk).update(asked_by=following.asked_by)
            booked.asked_by = following.asked_by
            self.rows[following] = booked

    def _note(self, meeting: Meeting | None, note: Note, at: datetime | None = None) -> None:
        if meeting is not None and at is None:
            at = self.starts(meeting) + timedelta(minutes=8 + 6 * meeting.notes.index(note))
        assert at is not None  # noqa: S101 a note is of a meeting or of a day
        self.notes.append(
            capturing.note(
                self.relationship,
                self.by,
                note.text,
                at=at,
                one_to_one=self.rows[meeting] if meeting else None,
                topic=note.topic,
                private=note.private,
                kind="idea" if note.idea else "note",
            )
        )

    def _loose(self, note: Note) -> None:
        self._note(None, note, self.chronicle.moment(self.chronicle.day(note.on or 0), NOON))

    def _learn(self, meeting: Meeting) -> None:
        row, on = self.rows[meeting], self.starts(meeting).date()
        for fact in meeting.facts:
            if fact.instead_of:
                earlier = self.facts[fact.instead_of]
                made = earlier.correct(self.by, text=fact.text, on=on, one_to_one=row)
            else:
                made = capturing.fact(
                    self.relationship,
                    self.by,
                    fact.text,
                    topic=fact.topic,
                    on=on,
                    one_to_one=row,
                    said_by=fact.said_by,
                    slot=fact.slot,
                    company=company_named(self.by, fact.company),
                    dated_on=self.chronicle.day(fact.day) if fact.day is not None else None,
                    yearly=fact.yearly,
                )
            self.facts[fact.text] = made

    def _promise(self, meeting: Meeting, promise: Promise) -> None:
        made = capturing.promise(
            self.relationship,
            self.by,
            promise.text,
            whose=promise.whose,
            due_on=self.chronicle.day(promise.due),
            on=self.starts(meeting).date(),
            one_to_one=self.rows[meeting],
        )
        self.promised[promise] = made

    def _settle(self, promise: Promise) -> None:
        made, day = self.promised[promise], self.chronicle.day
        if promise.kept is not None:
            made.keep(self.by, on=day(promise.kept))
        elif promise.dropped is not None:
            made.drop(self.by, on=day(promise.dropped), agreed=promise.agreed)

    def _covered(self, meeting: Meeting, side: str, text: str) -> None:
        row, starts = self.rows[meeting], self.starts(meeting)
        added = (starts - timedelta(days=2)).date()
        item = capturing.agenda_item(self.relationship, self.by, text, side=side, on=added)
        item.cover(self.by, row)

    def _item(self, item: Item) -> None:
        about = next((note for note in self.notes if note.text.startswith(item.about)), None)
        capturing.agenda_item(
            self.relationship,
            self.by,
            item.text,
            side=item.side,
            on=self.chronicle.day(item.on),
            about=about if item.about else None,
        )

    def _call(self, called: Phoned) -> None:
        day = self.chronicle.working
        capturing.call(
            self.relationship,
            self.by,
            on=day(called.on),
            minutes=called.minutes,
            text=called.text,
            again_on=day(called.again) if called.again is not None else None,
            today=day(called.on),
        )

    def _pitch(self, pitch: Pitch) -> None:
        workspace = self.relationship.workspace_id
        card = PitchCard(workspace_id=workspace, relationship=self.relationship)
        words = {part: getattr(pitch, part) for part in PARTS}
        card.write(self.by, seen=card.edition, **words)
        if pitch.approved is not None:
            on = self.chronicle.day(pitch.approved)
            card.approve(self.by, seen=card.edition, on=on, today=on)

    def _rhythm(self, rhythm: Rhythm) -> None:
        calls = Cadence(*rhythm.calls) if rhythm.calls else None
        self.relationship.set_rhythm(self.by, Cadence(*rhythm.meetings), calls)


def tell_of_oneself(chronicle: Chronicle, told: Iterable[OwnFact]) -> None:
    """Put what the member keeps of herself into the chronicle."""
    for fact in told:
        on = chronicle.day(fact.on)
        keep = partial(
            capturing.own_fact,
            chronicle.member,
            fact.text,
            topic=fact.topic,
            slot=fact.slot,
            company=company_named(chronicle.member, fact.company),
            on=on,
        )
        chronicle.then(chronicle.moment(on, EVENING), keep)


def tell(chronicle: Chronicle, told: Iterable[tuple[Programme, Person]]) -> None:
    """Put programmes into the chronicle and let them happen, all in one order."""
    for programme, person in told:
        Telling(chronicle, programme, person).tell()
    chronicle.play()
