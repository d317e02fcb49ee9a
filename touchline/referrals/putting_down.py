"""Puts down a referral from a line that was read: whom it means, begun now or as history."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchline.core import money
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.core.words import listed
from touchline.people.editing import company_named
from touchline.people.models import Person
from touchline.referrals.entering import begin, enter_history
from touchline.referrals.models import Direction, Referral, State
from touchline.referrals.models.said import worth
from touchline.referrals.one_line import Line
from touchline.referrals.prospects import Somebody, called, there
from touchline.referrals.twice import passed_already
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@transaction.atomic
def put_down(
    by: "Member",
    relationship: Relationship,
    line: Line,
    *,
    history: bool = False,
    anyway: bool = False,
    is_new: bool = False,
) -> Referral:
    """Begin what a line tells, or with ``history`` enter it as it happened.

    Days of states tell of history, but that of a received one's introduction. ``is_new`` makes
    somebody new of a name that others have, ``anyway`` passes the same prospect once
    more for the same need, to another partner or the same. Raises Refused, with nothing kept,
    where one of these is asked.
    """
    began_by_it = line.direction == Direction.RECEIVED and set(line.days) <= {State.INTRODUCED}
    if line.days and not history and not began_by_it:
        told = listed([State(state).label.lower() for state in line.days])
        raise Refused(
            f"That tells what has happened ({told}). If it was before Touchline, add --history; "
            f"else put down the idea and take its steps."
        )
    somebody = _who(by, line.who, is_new=is_new) if line.who else None
    company = company_named(by, line.company)
    is_known = somebody is None or somebody.person is not None
    if line.direction == Direction.GIVEN and is_known and not history and not anyway:
        already = passed_already(
            by,
            line.need,
            person=somebody.person if somebody else None,
            company=company,
        )
        if already:
            raise Refused(
                f"{already[0].prospect} is with {already[0].relationship.person.name} already for "
                f"“{already[0].need}”. If it is meant, add --anyway."
            )
    fields: dict[str, Any] = {
        "person": somebody.made(by, line.company, _source(relationship)) if somebody else None,
        "company": company,
        "stated_on": line.stated_on,
        "stated_where": line.stated_where,
        "heat": line.heat,
        "became": line.became,
    }
    if line.money:
        fields |= worth(money.read(line.money, by.workspace.country))
    if history:
        return enter_history(
            by, relationship, line.direction, need=line.need, days=line.days, **fields
        )
    today = by.today()
    introduced = line.days.get(State.INTRODUCED)
    on = line.on or introduced or today
    made = begin(by, relationship, line.direction, need=line.need, on=on, **fields)
    if introduced:
        made.receive(by, on=introduced)
    return made


def _source(relationship: Relationship) -> str:
    return f"{relationship.person.name}, a referral"


def _who(by: "Member", wanted: str, *, is_new: bool) -> Somebody:
    """Return who a name or a number means; Refused where it could be several."""
    if is_new:
        return Somebody(wanted, None)
    key = key_in(wanted)
    if key is not None:
        person: Person | None = there(by).filter(pk=key).first()
        if person is None:
            raise Refused(f"None of your people has the number {wanted}.")
        return Somebody(person.name, person)
    found = called(by, wanted)
    if isinstance(found, Somebody):
        return found
    names = ", ".join(f"{one.name} ({one.pk})" for one in found)
    raise Refused(
        f"“{wanted}” could be one of several: {names}. Give the number, or add --new for "
        f"somebody new."
    )
