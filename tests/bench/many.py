"""Makes much: workspaces of many people, and members with two years of one-to-ones each.

Rows go in by bulk and without journal; their shares (how many are planned, late, missed, open)
are those of a programme that is kept up, so that each page has to show what it would.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from touchline.accounts.models import Member, Role
from touchline.commands import tick
from touchline.core.fold import fold
from touchline.demo import makers
from touchline.meetings.models import (
    Action,
    AgendaItem,
    Call,
    Decision,
    Fact,
    Note,
    OneToOne,
    State,
    so_far,
)
from touchline.people import search
from touchline.people.models import Company, ContactPoint, Person, Tag
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.referrals.models import Help, Referral
from touchline.referrals.states import State as Outcome
from touchline.relationships.models import Relationship, Step

_NAMES = """
Mara Marcus Maud Manuel Martha Ada Bruno Celia Dario Edith Felix Greta Hugo Ines Jonas Kira Leon
Nadia Oskar Petra Quentin Rhea Silas Thea Ulrich Vera Wanda Xavier Yara Zeno
"""
_FIRST = "Hart Brook Stone Field Wick Thorn Marsh Ash Fern Hazel Clay Birch Reed Moor Lark"
_SECOND = "well ford ley ham ton wood by croft dale shaw mere hurst gate combe stead"
_SAID = """
the lease ends in spring and nobody has read it their daughter starts school moved office wants two
more vans hiring again asked about pensions met at the breakfast sells in a year new software old
printer good year bad roof likes rowing knows the mayor wrote to the bank
"""
GIVEN, FAMILY_A, FAMILY_B, WORDS = (text.split() for text in (_NAMES, _FIRST, _SECOND, _SAID))
TITLES = ("Managing director", "Marketing manager", "Owner", "Partner", "Surveyor", "Broker")
STAGES = ("prospective", "getting_to_know_you", "tell_me_the_detail", "referral_partner")
RARE = "Quillfeather"
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much one member has (issue 2, *Figures*), and how many such members there are."""

    members: int
    people: int
    relationships: int = 120
    one_to_ones: int = 3_000
    facts_and_notes: int = 20_000
    actions: int = 5_000
    calls: int = 2_400
    referrals: int = 360


class Filling:
    """One workspace in the making; the same size gives the same rows."""

    def __init__(self, size: Size, today: date) -> None:
        self.size, self.today, self.chance = size, today, Random(17)
        self.workspace = makers.a_workspace("Bench")
        self.playbook: Playbook = of(self.workspace)
        self.members = [
            makers.a_member(
                self.workspace, f"m{number}@example.org", f"Member {number}", Role.OWNER
            )
            for number in range(size.members)
        ]

    @transaction.atomic
    def fill(self) -> Member:
        """Make everything, the statistics of the planner included; return the first member."""
        people = self._people()
        each = self.size.relationships
        for position, member in enumerate(self.members):
            # Spread over the alphabet, as people one meets are.
            chosen = people[position :: len(people) // each][:each]
            self._programme(member, chosen)
        so_far.keep(Relationship.objects.values_list("pk", flat=True))
        search.index([one.pk for one in people])
        return self.members[0]

    def _line(self, words: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=words)).capitalize() + "."

    def _people(self) -> list[Person]:
        key, chance = self.workspace.pk, self.chance
        companies = [
            Company(workspace_id=key, name=name, folded=fold(name))
            for name in (f"{family} & Co {number}" for number, family in self._firms())
        ]
        companies = Company.objects.bulk_create(companies, BATCH)
        tags = Tag.objects.bulk_create(
            Tag(workspace_id=key, name=f"tag {n}", folded=f"tag {n}") for n in range(12)
        )
        rows = []
        for number in range(self.size.people):
            given = chance.choice(GIVEN)
            family = chance.choice(FAMILY_A) + chance.choice(FAMILY_B)
            person = Person(
                workspace_id=key,
                name=f"{given} {family}",
                given=given,
                family=RARE if number == self.size.people // 2 else family,
                title=chance.choice(TITLES),
                company=chance.choice(companies),
                source=f"File {number % 5}",
                acquaintance=("not_said", "well", "a_little", "only_a_name")[number % 4],
                notes=self._line(6) if number % 5 == 0 else "",
            )
            person.arrange()
            rows.append(person)
        people = Person.objects.bulk_create(rows, BATCH)
        through = Person.tags.through
        _store(
            through,
            (through(person_id=one.pk, tag_id=chance.choice(tags).pk) for one in people),
        )
        _store(ContactPoint, self._points(people))
        return people

    def _firms(self) -> Iterator[tuple[int, str]]:
        for number in range(max(1, self.size.people // 10)):
            yield number, self.chance.choice(FAMILY_A)

    def _points(self, people: list[Person]) -> Iterator[ContactPoint]:
        for number, one in enumerate(people):
            email = f"{one.given}.{one.family}{number}@example.org".lower()
            phone = f"07700 {900_000 + number % 1_000}"
            for kind, value, normal in (
                ("email", email, email),
                ("phone", phone, f"+447700{900_000 + number % 1_000}"),
            ):
                yield ContactPoint(
                    workspace_id=self.workspace.pk,
                    person=one,
                    kind=kind,
                    value=value,
                    normal=normal,
                )

    def _programme(self, member: Member, people: list[Person]) -> None:
        rows = [self._relationship(member, one, number) for number, one in enumerate(people)]
        relationships = Relationship.objects.bulk_create(rows, BATCH)
        begun = self.today - timedelta(days=730)
        _store(
            Step,
            (
                self._row(Step, one, to_stage=one.stage, on=begun, by=member)
                for one in relationships
            ),
        )
        each = self.size.one_to_ones // len(relationships)
        meetings = OneToOne.objects.bulk_create(
            [row for n, one in enumerate(relationships) for row in self._meetings(one, n, each)],
            BATCH,
        )
        held: dict[int, list[OneToOne]] = {one.pk: [] for one in relationships}
        for meeting in meetings:
            if meeting.took_place:
                held[meeting.relationship_id].append(meeting)
        by_key = {one.pk: one for one in relationships}

        def spread(count: int, make: Callable[[Relationship, OneToOne, int], Any]) -> Iterator[Any]:
            for number in range(count):
                one = relationships[number % len(relationships)]
                past = held[one.pk]
                yield make(one, past[number // len(relationships) % len(past)], number)

        half = self.size.facts_and_notes // 2
        _store(Note, spread(half, lambda *given: self._note(member, *given)))
        _store(Fact, spread(half, lambda *given: self._fact(member, *given)))
        _store(Action, spread(self.size.actions, self._action))
        _store(Call, spread(self.size.calls, lambda *given: self._call(member, *given)))
        _store(AgendaItem, spread(6 * len(relationships), self._item))
        _store(
            Decision,
            (
                self._decision(member, by_key[key], one)
                for key, all_ in held.items()
                for one in all_
            ),
        )
        several = self.size.referrals // len(relationships)
        _store(
            Referral,
            (
                self._referral(member, one, number * several + each, people)
                for number, one in enumerate(relationships)
                for each in range(several)
            ),
        )
        _store(Help, (self._help(member, one) for one in relationships[::2]))

    def _row(self, model: Any, relationship: Relationship, **fields: Any) -> Any:
        return model(workspace_id=self.workspace.pk, relationship=relationship, **fields)

    def _relationship(self, member: Member, person: Person, number: int) -> Relationship:
        state = "paused" if number % 12 == 7 else "ended" if number % 20 == 9 else "active"
        tier = self.playbook.tiers[number % 3]
        return Relationship(
            workspace_id=self.workspace.pk,
            person=person,
            main_contact=member,
            stage=STAGES[3 if number % 2 else number // 2 % 4],
            state=state,
            paused_until=(
                self.today + timedelta(days=number % 40 + 1) if state == "paused" else None
            ),
            alignment=tier.key,
            meeting_days=tier.meeting_days,
            meeting_tolerance_days=tier.meeting_tolerance_days,
            call_days=tier.call_days,
            call_tolerance_days=tier.call_tolerance_days,
            place="The Copper Pot",
            travel_minutes=15,
            begun_on=self.today - timedelta(days=730),
            they_expect=self._line(5),
            we_expect=self._line(5),
        )

    def _at(self, days: int, hour: int) -> datetime:
        on = self.today + timedelta(days=days)
        return datetime.combine(on, time(hour), tzinfo=self.members[0].zone)

    def _meetings(self, one: Relationship, number: int, count: int) -> Iterator[OneToOne]:
        """Two years: the last one held between now and five weeks ago, or for every eighth
        relationship half a year ago; the next one planned for half of the active."""
        last = 190 if number % 8 == 3 else 1 + number % 35
        ahead = one.state == "active" and number % 2 == 0
        hour = 8 + number % 10
        past = count - ahead
        for position in range(past):
            days = -last - round((past - 1 - position) * (720 - last) / past)
            state = State.CLOSED_OUT
            if position == past - 1 and number % 40 == 0:
                state = State.HELD
            elif position % 12 == 5:
                state = State.MISSED if position % 24 == 5 else State.CANCELLED
            starts = self._at(days, hour)
            yield self._row(
                OneToOne,
                one,
                kind=self.playbook.kind_after(position).key,
                state=state,
                starts_at=starts,
                missed_by="theirs" if state == State.MISSED else "",
                closed_out_at=starts + timedelta(hours=2) if state == State.CLOSED_OUT else None,
                went_well=True if state == State.CLOSED_OUT else None,
                times_moved=position % 5 == 0,
                asked_by="mine" if position % 2 else "theirs",
                place=one.place,
                travel_minutes=15,
            )
        if ahead:
            yield self._row(
                OneToOne,
                one,
                kind="referral_partner",
                starts_at=self._at(number // 2 % 28, hour),
                place=one.place,
                travel_minutes=15,
            )

    def _topic(self, meeting: OneToOne, number: int) -> str:
        topics = self.playbook.kind(meeting.kind).topics
        return topics[number % len(topics)].key

    def _note(self, by: Member, one: Relationship, met: OneToOne, number: int) -> Note:
        note: Note = self._row(
            Note,
            one,
            one_to_one=met if number % 10 else None,
            author=by,
            topic=self._topic(met, number),
            text=self._line(14),
            at=met.starts_at,
            private=number % 30 == 0,
        )
        return note

    def _fact(self, by: Member, one: Relationship, met: OneToOne, number: int) -> Fact:
        on = met.starts_at.date()
        return Fact(
            workspace_id=self.workspace.pk,
            person_id=one.person_id,
            one_to_one=met,
            author=by,
            topic=self._topic(met, number),
            text=self._line(8),
            on=on,
            confirmed_on=on,
        )

    def _action(self, one: Relationship, met: OneToOne, number: int) -> Action:
        """Three in a hundred are open: overdue, due this week, or later."""
        promised = met.starts_at.date()
        open_ = number % 33 == 0
        due = self.today + timedelta(days=number % 60 - 8) if open_ else promised
        late = number % 9 == 0
        settled = promised + timedelta(days=9 if late else 0)
        action: Action = self._row(
            Action,
            one,
            one_to_one=met,
            whose="mine" if number % 2 else "theirs",
            text=self._line(7),
            due_on=due,
            promised_on=min(promised, due),
            state="open" if open_ else "kept_late" if late else "kept",
            settled_on=None if open_ else settled,
        )
        return action

    def _call(self, by: Member, one: Relationship, met: OneToOne, _: int) -> Call:
        on = min(met.starts_at.date() + timedelta(days=10), self.today)
        call: Call = self._row(Call, one, by=by, on=on, text=self._line(5))
        return call

    def _item(self, one: Relationship, met: OneToOne, number: int) -> AgendaItem:
        item: AgendaItem = self._row(
            AgendaItem,
            one,
            side="mine" if number % 2 else "theirs",
            text=self._line(6),
            added_on=met.starts_at.date(),
            covered_in=met if number % 2 else None,
        )
        return item

    def _decision(self, by: Member, one: Relationship, met: OneToOne) -> Decision:
        decision: Decision = self._row(
            Decision,
            one,
            one_to_one=met,
            by=by,
            on=met.starts_at.date(),
            choice="continue",
            meeting_days_before=one.meeting_days,
            meeting_tolerance_days_before=one.meeting_tolerance_days,
            meeting_days_after=one.meeting_days,
            load_before=600.0,
            load_after=600.0,
        )
        return decision

    def _referral(
        self, by: Member, one: Relationship, number: int, people: list[Person]
    ) -> Referral:
        """Every fourth is under way, half of the rest won, some lost and some a dud."""
        passed = self.today - timedelta(days=3 + number * 7 % 600)
        ended = number % 4 != 0
        outcome = (Outcome.WON, Outcome.LOST, Outcome.WON, Outcome.DUD)[number // 4 % 4]
        until = min(passed + timedelta(days=30), self.today)
        prospect = people[number * 31 % len(people)]
        referral: Referral = self._row(
            Referral,
            one,
            direction="received" if number % 3 == 0 else "given",
            member=by,
            person=prospect if prospect.pk != one.person_id else None,
            need=self._line(6),
            heat=1 + number % 5,
            receiver_answer="yes",
            prospect_answer="yes",
            introduced_on=passed,
            contacted_on=min(passed + timedelta(days=number % 6), self.today),
            state=outcome if ended else Outcome.CONTACTED,
            state_on=until if ended else passed,
            outcome=outcome if ended else "",
            outcome_on=until if ended else None,
            feedback_on=until if ended and number % 3 else None,
            value_minor=125_000 if ended and outcome == Outcome.WON else None,
            currency="GBP" if ended and outcome == Outcome.WON else "",
        )
        return referral

    def _help(self, by: Member, one: Relationship) -> Help:
        turn: Help = self._row(
            Help, one, direction="given", text=self._line(5), by=by,
            on=self.today - timedelta(days=90),
        )  # fmt: skip
        return turn


def _store(model: Any, rows: Iterable[Any]) -> None:
    """Store rows as they are made, never all at once in memory."""
    made = iter(rows)
    while batch := list(islice(made, BATCH)):
        model.objects.bulk_create(batch)


def analyse() -> None:
    """Gather the planner's statistics as the clock does."""
    tick.analyse(timezone.now().replace(minute=0))
