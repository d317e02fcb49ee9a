"""Takes a line down as what it says it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from touchline.core.refusal import Refused
from touchline.meetings import capturing, planning
from touchline.meetings.holding import reading
from touchline.meetings.models import NoteKind, OneToOne, Side
from touchline.people import naming
from touchline.playbook.models import of
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# A promise without a day is due in a week; the line says so and can be changed.
UNSAID = timedelta(days=7)
NOTE, FACT, MINE, THEIRS, IDEA, NEXT = "note", "fact", "mine", "theirs", "idea", "next"


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it comes: its words, what the buttons say it is, its topic, and when."""

    text: str
    what: str
    topic: str
    private: bool
    at: datetime


def read(typed: Typed, one: OneToOne, by: "Member") -> reading.Reading:
    """Read a line: what it says it is goes before what the buttons say."""
    on = timezone.localtime(typed.at).date()
    if not typed.text.lstrip().startswith("/"):
        if typed.what in (MINE, THEIRS):
            return reading.promise(typed.text, on, by.month_first, mine=typed.what == MINE)
        if typed.what == FACT:
            return reading.Fact(typed.text)
        if typed.what == NEXT:
            return reading.next_date(typed.text, on, by.month_first)
        if typed.what == IDEA:
            return reading.Idea(typed.text)
    return read_of(typed.text, one.relationship, by, on)


def read_of(text: str, relationship: Relationship, by: "Member", on: date) -> reading.Reading:
    """Read a line that was typed on a day about a person: their name and the topics are known."""
    person = relationship.person
    return reading.read(
        text,
        on,
        by.month_first,
        them=[name for name in (naming.short(person.name, person.given), person.given) if name],
        topics=[(topic.key, topic.name) for topic in of(by.workspace).topics],
    )


def take(typed: Typed, one: OneToOne, by: "Member", *, now: datetime) -> None:
    """Take a line down, or raise Refused with what to do about it."""
    if typed.topic and of(by.workspace).topic(typed.topic) is None:
        raise Refused("That topic is not in the playbook any more: choose another.")
    read_as = read(typed, one, by)
    if isinstance(read_as, reading.Next):
        _meet(read_as, one, by, now)
        return
    keep(
        read_as,
        one.relationship,
        by,
        at=typed.at,
        one_to_one=one,
        topic=typed.topic,
        private=typed.private,
    )


def keep(
    read_as: reading.Reading,
    relationship: Relationship,
    by: "Member",
    *,
    at: datetime,
    one_to_one: OneToOne | None = None,
    topic: str = "",
    private: bool = False,
) -> None:
    """Keep what a line says as what it is: a fact, a promise, a note or an idea.

    ``topic`` is the one at hand, where the line names none. Raises Refused for a line that
    cannot be read, and for a next date, which is no line to keep.
    """
    if isinstance(read_as, reading.Refusal):
        raise Refused(read_as.sentence)
    if private and not isinstance(read_as, reading.Note | reading.Idea):
        raise Refused("Only notes and ideas can be private. Facts are the team’s.")
    on = timezone.localtime(at).date()
    match read_as:
        case reading.Fact(text, named):
            if not (named or topic):
                raise Refused(
                    "A fact is about a topic: choose one, or name it first, as in"
                    " /fact family: two daughters."
                )
            held_on = timezone.localtime(one_to_one.starts_at).date() if one_to_one else on
            capturing.fact(
                relationship,
                by,
                text,
                topic=named or topic,
                on=min(held_on, on),
                one_to_one=one_to_one,
            )
        case reading.Promise(text, mine, due_on):
            capturing.promise(
                relationship,
                by,
                text,
                whose=Side.MINE if mine else Side.THEIRS,
                due_on=due_on or on + UNSAID,
                on=on,
                one_to_one=one_to_one,
            )
        case reading.Note(text) | reading.Idea(text):
            idea = isinstance(read_as, reading.Idea)
            capturing.note(
                relationship,
                by,
                text,
                at=at,
                one_to_one=one_to_one,
                topic=topic,
                private=private or (isinstance(read_as, reading.Note) and read_as.private),
                kind=NoteKind.IDEA if idea else NoteKind.NOTE,
            )
        case reading.Next():
            raise Refused("A next date is set on their page, with Plan the next one.")


def _meet(said: reading.Next, one: OneToOne, by: "Member", now: datetime) -> None:
    """Plan the next one-to-one, or move the one that is planned: said twice is a correction."""
    usual = timezone.localtime(one.starts_at).time()
    starts_at = timezone.make_aware(datetime.combine(said.on, said.at or usual))
    place = {"place": said.place} if said.place else {}
    planned = one.following(now)
    if planned is None:
        planning.plan(one.relationship, by, starts_at=starts_at, now=now, **place)
    elif starts_at <= now:
        raise Refused("That time has gone by. Say a time to come.")
    elif planned.starts_at != starts_at or (place and planned.place != said.place):
        planned.move(by, starts_at=starts_at, **place)
