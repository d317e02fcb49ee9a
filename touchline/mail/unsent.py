"""What did not go out, for Today: in one query, which finds nothing nearly always."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.core.prepared import MEMBER, Prepared
from touchline.mail.models import About, Message, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that failed: what it is, to whom, and why in a sentence."""

    key: int
    what: str
    name: str
    relationship: int | None
    failure: str
    referral: int | None = None


_FAILED = Prepared(
    lambda at: (
        Message.objects.visible_to(at.member)
        .filter(state=State.FAILED)
        .order_by("-made_at", "-pk")
        .values_list(
            "pk", "what", "to_name", "to_address", "relationship_id", "failure", "referral_id"
        )
    ),
    member=MEMBER,
)


def unsent_of(member: "Member") -> list[Unsent]:
    """Return the member's messages that failed and wait for a word, newest first."""
    return [
        Unsent(key, About(what).label, name or address, relationship, failure, referral)
        for key, what, name, address, relationship, failure, referral in _FAILED(member=member)
    ]
