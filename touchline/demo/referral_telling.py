"""Puts the referrals of the sample into its chronicle, each step through its verb on its day."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from touchline.accounts.models import Member
from touchline.core.money import Money
from touchline.demo.referral_story import Aim, GoodTurn, Ideal, Passed, Past, Turn
from touchline.demo.telling import Chronicle
from touchline.meetings.models import Note
from touchline.people.editing import company_named
from touchline.people.models import Person
from touchline.referrals.entering import begin, enter_history
from touchline.referrals.learning.debriefing import accept, learn
from touchline.referrals.learning.targets import Targets, put_forward
from touchline.referrals.models import Goal, Help, IdealReferral, Referral
from touchline.referrals.passing.checking import gaps_of
from touchline.referrals.states import State
from touchline.relationships.models import Relationship

LATE = time(20, 30)
CONSENTS = {
    "ask_partner": ("receiver", ""),
    "partner_yes": ("receiver", "yes"),
    "ask_prospect": ("prospect", ""),
    "prospect_yes": ("prospect", "yes"),
    "prospect_no": ("prospect", "no"),
}


class ReferralTelling:
    """Tells of referrals; whoever acts does so as of the day on which it happened."""

    def __init__(self, chronicle: Chronicle, people: Mapping[str, Person]) -> None:
        self.chronicle, self.people = chronicle, people
        self.on = chronicle.today
        self.by: Member = copy(chronicle.member)
        # The verbs ask whoever acts for the day it is.
        self.by.today = lambda now=None: self.on  # type: ignore[method-assign]
        self.events = 0

    def _then(self, on: date, verb: Callable[[], object]) -> None:
        # One after the other: steps of one evening keep their order.
        self.events += 1
        moment = self.chronicle.moment(on, LATE) + timedelta(seconds=self.events)

        def happens() -> None:
            self.on = on
            verb()

        self.chronicle.then(moment, happens)

    def passed(self, one: Passed) -> None:
        """Put a referral and all its steps into the chronicle."""
        begun, rows = self.chronicle.day(one.on), list[Referral]()
        self._then(begun, lambda: rows.append(self._begin(one)))
        for turn in one.turns:
            on = max(begun, self.chronicle.working(turn.on))
            self._then(on, lambda turn=turn: self._take(rows[0], one, turn))  # type: ignore[misc]
        if one.learnt:
            on = max(begun, self.chronicle.working(one.learnt.on))
            self._then(on, lambda: self._learn(rows[0], one))

    def past(self, one: Past) -> None:
        """Put one from before the software in, on the day it was entered."""
        self._then(self.chronicle.day(one.entered), partial(self._enter, one))

    def ideal(self, one: Ideal) -> None:
        """Put in what was written down of whom to send."""
        self._then(self.chronicle.day(one.on), partial(self._write, one))

    def good_turn(self, one: GoodTurn) -> None:
        """Put in other help."""
        on = self.chronicle.working(one.on)
        self._then(on, partial(self._help, one, on))

    def aim(self, one: Aim) -> None:
        """Put in what was wanted of the year."""
        self._then(self.chronicle.day(one.on), partial(self._aim, one))

    def _relationship(self, name: str) -> Relationship:
        found: Relationship = Relationship.objects.select_related("person").get(
            person=self.people[name]
        )
        return found

    def _begin(self, one: Passed) -> Referral:
        relationship = self._relationship(one.partner)
        source: dict[str, object] = {}
        if one.note:
            note = Note.objects.get(relationship=relationship, text__startswith=one.note)
            source = {"note": note, "one_to_one_id": note.one_to_one_id, "stated_on": self.on}
        elif one.where:
            source = {"stated_on": self.on}
        if one.third:
            source |= {"third": self._relationship(one.third), "third_is": one.third_is}
        return begin(
            self.by,
            relationship,
            one.direction,
            need=one.need,
            on=self.on,
            person=self.people[one.person] if one.person else None,
            company=company_named(self.by, one.company),
            stated_where=one.where,
            heat=one.heat,
            expects_contact=one.expects,
            words=one.words,
            words_agreed_on=self.on if one.words else None,
            material=one.material,
            **source,
        )

    def _take(self, row: Referral, one: Passed, turn: Turn) -> None:
        on, verb = self.on, turn.verb
        money = (
            {"value_minor": turn.value * 100, "currency": one.currency} if turn.value else {}
        )  # fmt: skip
        if verb in CONSENTS:
            whom, answer = CONSENTS[verb]
            if answer:
                row.answer(self.by, whom, answer, on=on, how=turn.how)
            else:
                row.ask(self.by, whom, on=on, how=turn.how)
        elif verb == "introduce":
            gaps = gaps_of(Referral.objects.select_related(*_WHOLE).get(pk=row.pk), self.by)
            row.introduce(self.by, on=on, gaps=gaps, reason=turn.text if gaps else "")
        elif verb == "quote":
            row.quote(self.by, on=on, **money)  # type: ignore[arg-type]
        elif verb == "win":
            row.win(self.by, on=on, became=turn.text, **money)  # type: ignore[arg-type]
        elif verb in ("lose", "postpone", "no_answer", "dud"):
            row.end_as(self.by, verb, on=on, became=turn.text)
        elif verb in ("feedback", "material", "checked"):
            row.tell(self.by, verb, on=on)
        else:
            getattr(row, verb)(self.by, on=on)

    def _learn(self, row: Referral, one: Passed) -> None:
        assert one.learnt  # noqa: S101 asked by the caller
        said = one.learnt
        debrief = learn(
            self.by, row, outcome=row.outcome, reason=said.reason, line=said.line,
            who_else=said.who_else,
        )  # fmt: skip
        for shown in put_forward(debrief, Targets(row)):
            seen = Targets(row).seen(shown.proposal.target)
            accept(self.by, row, shown.proposal, after=shown.after, seen=seen)

    def _enter(self, one: Past) -> None:
        money = {"value_minor": one.value * 100, "currency": "GBP"} if one.value else {}
        enter_history(
            self.by,
            self._relationship(one.partner),
            one.direction,
            need=one.need,
            days={State(state): self.chronicle.working(on) for state, on in one.days},
            person=self.people[one.person] if one.person else None,
            company=company_named(self.by, one.company),
            became=one.became,
            **money,
        )

    def _write(self, one: Ideal) -> None:
        whose: dict[str, object] = (
            {"relationship": self._relationship(one.partner)}
            if one.partner
            else {"member": self.by}
        )
        row = IdealReferral.objects.filter(**whose).first()
        row = row or IdealReferral(workspace_id=self.by.workspace_id, **whose)
        words: dict[str, Any] = dict(one.words)
        row.write(self.by, seen=row.version, on=self.on, **words)

    def _help(self, one: GoodTurn, on: date) -> None:
        relationship = self._relationship(one.partner)
        Help.keep(self.by, relationship, direction=one.direction, text=one.text, on=on)

    def _aim(self, one: Aim) -> None:
        income, order = (Money(whole * 100, "GBP") for whole in (one.income, one.order))
        Goal.aim(self.by, income=income, order=order, quotes_per_win=Decimal(one.quotes_per_win))


# What the readiness list looks at beside the referral itself.
_WHOLE = (
    "relationship__person__company",
    "relationship__pitch_card",
    "relationship__ideal_referral",
    "person__company",
    "company",
)


def tell_of_referrals(
    chronicle: Chronicle,
    people: Mapping[str, Person],
    told: Iterable[Passed | Past | Ideal | GoodTurn | Aim],
) -> None:
    """Put referrals, and what belongs to them, into the chronicle, which plays them later."""
    telling = ReferralTelling(chronicle, people)
    for one in told:
        match one:
            case Passed():
                telling.passed(one)
            case Past():
                telling.past(one)
            case Ideal():
                telling.ideal(one)
            case GoodTurn():
                telling.good_turn(one)
            case Aim():
                telling.aim(one)
