"""Whether a prospect has gone to a partner already, for the same need."""

from typing import TYPE_CHECKING, Any

from touchline.core.fold import words
from touchline.people.models import Company, Person
from touchline.referrals.models import Direction, Referral, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Words that say nothing of what is needed.
_SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "before", "by", "for", "from", "has", "have", "he",
    "her", "his", "in", "into", "is", "it", "its", "me", "my", "need", "needs", "new", "of", "on",
    "or", "our", "out", "she", "so", "some", "somebody", "someone", "that", "the", "their", "them",
    "they", "this", "to", "up", "want", "wants", "was", "who", "will", "with", "you", "your",
})  # fmt: skip
# What came to nothing is no obstacle to trying with somebody else.
_IN_THE_WAY = ("", State.WON, State.NOT_YET)


def same_need(one: str, other: str) -> bool:
    """Say whether two sentences are of the same need: half of the shorter one's words or more.

    Pure. Small words don't count; where a sentence has no other, it must be the same in full.
    """
    first, second = set(words(one)) - _SMALL, set(words(other)) - _SMALL
    if not first or not second:
        return words(one) == words(other)
    return 2 * len(first & second) >= min(len(first), len(second))


def came_to_nothing(referral: Referral) -> bool:
    """Say whether it is no obstacle to trying with somebody else."""
    return referral.state == State.DECLINED or referral.outcome not in _IN_THE_WAY


def passed_already(
    member: "Member",
    need: str,
    *,
    person: Person | None,
    company: Company | None,
    besides: int | None = None,
) -> list[Referral]:
    """Return the given referrals of a prospect, to whichever partner, for the same need.

    A person is the prospect whatever their company; without one the company is. Those
    declined, lost, unanswered or duds are no obstacle.
    """
    if person is None and company is None:
        return []
    who: dict[str, Any] = {"person": person} if person else {"person": None, "company": company}
    found = (
        Referral.objects.visible_to(member)
        .filter(direction=Direction.GIVEN, outcome__in=_IN_THE_WAY, **who)
        .exclude(state=State.DECLINED)
        .exclude(pk=besides)
        .select_related("relationship__person")
    )
    return [one for one in found[:50] if same_need(one.need, need)]
