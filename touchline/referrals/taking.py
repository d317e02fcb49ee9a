"""Takes a step that a page, a list or a clock offers by its key."""

from datetime import date
from typing import TYPE_CHECKING

from touchline.core.money import Money
from touchline.core.refusal import Refused
from touchline.people import naming
from touchline.referrals.models import Answer, Asked, Referral
from touchline.referrals.models.said import worth
from touchline.referrals.states import thanked_for
from touchline.referrals.stepping import Standing

if TYPE_CHECKING:
    from touchline.accounts.models import Member

ENDINGS = ("lose", "postpone", "no_answer", "dud")


def standing_of(referral: Referral) -> Standing:
    """Return what of a referral decides on its steps; partner, person and company are loaded."""
    return Standing(
        state=referral.state,
        given=referral.is_given,
        partner=referral.relationship.person.first,
        prospect=spoken(referral),
        known=bool(referral.person_id or referral.company_id),
        silent=bool(referral.person and referral.person.do_not_contact),
        receiver_asked=referral.receiver_asked_on is not None,
        receiver_answer=referral.receiver_answer,
        prospect_asked=referral.prospect_asked_on is not None,
        prospect_answer=referral.prospect_answer,
        thanked=thanked_for(referral.state, referral.thanked_on, referral.outcome_on),
        told=frozenset(
            what for what in ("feedback", "material", "checked") if getattr(referral, f"{what}_on")
        ),
        material=referral.material,
        is_history=referral.is_history,
    )


def spoken(referral: Referral) -> str:
    """Return what the prospect is called in a sentence: a first name, a company, *they*."""
    if referral.person:
        return naming.first(referral.person.name, referral.person.given)
    return referral.company.name if referral.company else "the prospect"


def take(
    referral: Referral,
    by: "Member",
    step: str,
    *,
    on: date,
    seen: int | None = None,
    how: str = "",
    money: Money | None = None,
    said: str = "",
    heat: int | None = None,
    gaps: list[str] | None = None,
) -> None:
    """Take one step, by its key as in ``stepping``; raises Refused where it may not be.

    ``how`` is a way of asking, ``money`` that of a quote or a win, ``said`` a line: what it
    became, why it was let go, why it is passed in spite of its ``gaps``.
    """
    verb, _, about = step.partition(":")
    match verb:
        case "ask" if about in Asked.values:
            referral.ask(by, about, on=on, how=how, seen=seen)
        case "yes" | "no" if about in Asked.values:
            answer = Answer.YES if verb == "yes" else Answer.NO
            referral.answer(by, about, answer, on=on, how=how, seen=seen)
        case "introduce":
            if gaps is None:
                raise ValueError("An introduction comes with the gaps of its readiness list.")
            referral.introduce(by, on=on, gaps=gaps, reason=said, heat=heat, seen=seen)
        case "receive" | "contact" | "meet" | "thank":
            getattr(referral, verb)(by, on=on, seen=seen)
        case "quote":
            referral.quote(by, on=on, seen=seen, **worth(money))
        case "win":
            referral.win(by, on=on, became=said, seen=seen, **worth(money))
        case "decline":
            referral.decline(by, on=on, reason=said, seen=seen)
        case "tell":
            referral.tell(by, about, on=on, seen=seen)
        case _ if verb in ENDINGS:
            referral.end_as(by, verb, on=on, became=said, seen=seen)
        case _:
            raise Refused("Say what happened: choose one of those offered.")
