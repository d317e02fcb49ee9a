"""Who is introduced: whether they may be, and what is kept where it is somebody else by now."""

from typing import TYPE_CHECKING, Any

from touchline.core.refusal import Refused
from touchline.referrals.models.said import Asked, Third
from touchline.referrals.states import BEFORE, State

if TYPE_CHECKING:
    from touchline.referrals.models.referrals import Referral

# What was said of the prospect alone, and holds of nobody else.
THEIRS: dict[str, Any] = {
    "prospect_asked_on": None, "prospect_answer": "", "prospect_answered_on": None,
    "prospect_how": "", "expects_contact": None, "words_agreed_on": None, "fits": {},
}  # fmt: skip


def people_of(person: Any, third: Any, third_is: str) -> list[Any]:
    """Return the people who are introduced: the prospect, and a third partner who is one."""
    also = third.person if third and third_is == Third.INTRODUCED else None
    return [one for one in (person, also) if one]


def unless_left_alone(person: Any, third: Any, third_is: str) -> None:
    """Raise Refused where one of those introduced is marked do not contact."""
    for one in people_of(person, third, third_is):
        if one.do_not_contact:
            raise Refused(f"{one.name} is marked do not contact, so they can’t be introduced.")


def unless_partner(person: Any, company: Any, partner: Any, *, given: bool) -> None:
    """Raise Refused where the prospect is the partner, who may well pass us their own firm."""
    if person and person.pk == partner.person_id:
        raise Refused("The prospect is the partner. Who is to be introduced to them?")
    if given and company and not person and company.pk == partner.person.company_id:
        raise Refused("The prospect is the partner’s own company. Who is to be introduced to them?")


def unless_out_of_reach(referral: "Referral") -> None:
    """Raise Refused where there is nobody to introduce: none said, deleted, or the partner."""
    who = [*people_of(referral.person, referral.third, referral.third_is), referral.company]
    if not any(who):
        raise Refused("Say first who the prospect is.")
    for one in who:
        if one and one.deleted_at:
            raise Refused(f"{one.name} is deleted. Bring them back first, or say who it is.")
    unless_partner(
        referral.person, referral.company, referral.relationship, given=referral.is_given
    )


def _who(person: Any, company: Any, third: Any, third_is: str) -> set[tuple[str, int]]:
    """Return whose consent it takes: that of the people, without any the company's."""
    people = {("person", one.pk) for one in people_of(person, third, third_is)}
    return people or ({("company", company.pk)} if company else set())


def another(referral: "Referral", changed: dict[str, Any]) -> dict[str, Any]:
    """Return what else changes with ``changed`` where it makes the prospect somebody else.

    A consent is of those who gave it (M10): before the introduction it is dropped, with what
    was said of them, and the state is what the receiver's side leaves. Raises Refused later,
    where somebody else makes it another referral. Who is left out takes nobody's place.
    """
    names = ("person", "company", "third", "third_is")
    if not (referral.is_given and changed.keys() & set(names)) or referral.is_history:
        return {}
    before = _who(*(getattr(referral, name) for name in names))
    after = _who(*(changed.get(name, getattr(referral, name)) for name in names))
    if (after and after <= before) or not (before or referral.prospect_asked_on):
        return {}
    if referral.prospect_asked_on is None:
        return THEIRS if referral.state in BEFORE else {}
    if referral.state not in BEFORE:
        raise Refused(
            "The prospect was asked and it went on from there. To introduce somebody else, go "
            "back, or begin another referral."
        )
    return {**THEIRS, **back_to(referral, referral.receiver_asked_on)}


def back_to(referral: "Referral", asked_on: Any) -> dict[str, Any]:
    """Return the state of one of which at most the receiver was asked, ``asked_on`` that day."""
    begun_on = referral.steps.filter(verb="begin").order_by("-id").values_list("on", flat=True)
    return {
        "state": State.ASKING if asked_on else State.IDEA,
        "state_on": asked_on or begun_on.first() or referral.state_on,
        "asked_on": asked_on,
        "agreed_on": None,
    }


def strike(referral: "Referral", by: Any, *, partner: bool) -> None:
    """Let the prospect's steps be gone back from, with another partner those of both sides."""
    reason = "It was with another partner." if partner else "The prospect is somebody else."
    whose = Asked.values if partner else [Asked.PROSPECT]
    referral.steps.filter(what__in=whose, gone_back_on=None).update(
        gone_back_on=by.today(), gone_back_by=by, gone_back_reason=reason
    )
