"""Which partner a referral is with, and what is kept where it is another one by now."""

from typing import TYPE_CHECKING, Any

from touchline.core.refusal import Refused
from touchline.referrals.models.prospects import THEIRS, back_to
from touchline.referrals.states import BEFORE

if TYPE_CHECKING:
    from touchline.referrals.models.referrals import Referral

# What was asked, answered and agreed on was all about the partner before.
_ASKED: dict[str, Any] = {
    **THEIRS, "receiver_asked_on": None, "receiver_answer": "", "receiver_answered_on": None,
    "receiver_how": "", "words": "",
}  # fmt: skip


def may_go_to_another(referral: "Referral") -> bool:
    """Say whether another partner is a correction, and not another referral.

    It is one before it is passed; and of history, which was nobody's consent, until it taught
    something of the partner.
    """
    if referral.is_history:
        return not hasattr(referral, "debrief")
    return referral.state in BEFORE


def another(referral: "Referral", changed: dict[str, Any]) -> dict[str, Any]:
    """Return what else changes with ``changed`` where it names another partner.

    Both said yes or no to this one, so that both are asked anew and it is an idea again.
    """
    if "relationship" not in changed:
        return {}
    if not may_go_to_another(referral):
        raise Refused(
            f"It went on from there with {referral.relationship.person.name}. For another "
            f"partner begin another referral."
        )
    if referral.is_history:
        return {}
    return {**_ASKED, **(back_to(referral, None) if referral.asked_on else {})}
