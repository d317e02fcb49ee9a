"""Makers of referrals: plain functions that bring them where they are to be by the verbs."""

from datetime import date, timedelta
from typing import Any

from touchline.accounts.models import Member
from touchline.demo.makers import a_person
from touchline.people.models import Person
from touchline.referrals.entering import begin
from touchline.referrals.models import IdealReferral, Referral
from touchline.referrals.states import Direction, State
from touchline.relationships.models import Relationship

_ASKED = ("ask",)
_AGREED = (*_ASKED, "partner_yes", "prospect_yes")
# What was said on the way to a state, from the introduction on.
_SINCE = {
    State.INTRODUCED: (),
    State.CONTACTED: ("contact",),
    State.MET: ("contact", "meet"),
    State.QUOTED: ("contact", "meet", "quote"),
    State.WON: ("contact", "meet", "quote", "win"),
    State.LOST: ("contact", "meet", "lose"),
    State.NOT_YET: ("contact", "postpone"),
    State.NO_ANSWER: ("no_answer",),
    State.DUD: ("contact", "dud"),
    State.THANKED: ("contact", "meet", "win", "thank"),
}


def _way(direction: str, state: str) -> tuple[str, ...]:
    before = {
        State.IDEA: (), State.ASKING: _ASKED, State.AGREED: _AGREED, State.DECLINED: ("no",)
    }  # fmt: skip
    if state in before:
        return before[State(state)]
    passed = (*_AGREED, "introduce") if direction == Direction.GIVEN else ("receive",)
    return (*passed, *_SINCE[State(state)])


def _take(made: Referral, by: Member, verb: str, on: date, money: dict[str, Any]) -> None:
    match verb:
        case "ask":
            made.ask(by, "receiver", on=on, how="mail")
        case "partner_yes":
            made.answer(by, "receiver", "yes", on=on, how="mail")
        case "prospect_yes" | "no":
            said = "no" if verb == "no" else "yes"
            made.answer(by, "prospect", said, on=on, how="phone")
        case "introduce":
            made.introduce(by, on=on, gaps=[], heat=made.heat or 3)
        case "quote" | "win":
            getattr(made, verb)(by, on=on, **money)
        case "receive" | "contact" | "meet" | "thank":
            getattr(made, verb)(by, on=on)
        case _:
            made.end_as(by, verb, on=on)


def a_referral(
    relationship: Relationship,
    member: Member,
    direction: str = Direction.GIVEN,
    *,
    need: str = "A lease to be read before it is signed",
    person: Person | str | None = "Tom Hart",
    state: str = State.IDEA,
    on: date | None = None,
    each_takes: timedelta = timedelta(days=2),
    value_minor: int | None = None,
    currency: str = "GBP",
    **fields: Any,
) -> Referral:
    """Make a referral and take it to ``state``, a step every ``each_takes`` from ``on``.

    It begins thirty days ago unless said otherwise; no step is later than today. Money is
    that of the quote or the win.
    """
    today = member.today()
    start = on or today - timedelta(days=30)
    if isinstance(person, str):
        person = a_person(member, person)
    fields.setdefault("stated_on", start)
    made = begin(member, relationship, direction, need=need, on=start, person=person, **fields)
    money = {"value_minor": value_minor, "currency": currency if value_minor else ""}
    day = start
    for verb in _way(direction, state):
        day = min(day + each_takes, today)
        _take(made, member, verb, day, money)
    return made


def an_ideal(of: Relationship | Member, **fields: Any) -> IdealReferral:
    """Make the ideal referral of a partner, or of a member."""
    whose = {"member": of} if isinstance(of, Member) else {"relationship": of}
    made: IdealReferral = IdealReferral.objects.create(
        workspace_id=of.workspace_id, **whose, **fields
    )
    return made
