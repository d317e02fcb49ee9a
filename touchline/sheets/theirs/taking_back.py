"""They empty an answer that was decided on: they no longer say this, and one of us is asked (M11).

Such an answer has no words. It points at the fact that was taken over, as long as that is held as
said by them; nothing is taken away before somebody here says so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.core.refusal import Refused
from touchline.meetings.models import Fact, SaidBy
from touchline.sheets.models import AnswerState, Link, Source, TheirAnswer
from touchline.sheets.theirs.wording import Key

if TYPE_CHECKING:
    from touchline.accounts.models import Member

DECIDED = (AnswerState.ACCEPTED, AnswerState.DECLINED)


@dataclass(frozen=True, slots=True)
class Before:
    """What they said of a slot, once it was decided on, and the fact that is held of it."""

    text: str
    fact: Fact | None


def said_before(link: Link, slots: Collection[Key]) -> dict[Key, Before]:
    """Return what was decided on of what they said by their links, of those slots, in one query.

    A slot that they took back since is left out.
    """
    if not slots:
        return {}
    rows = TheirAnswer.objects.filter(
        sheet__relationship=link.relationship_id,
        sheet__source=Source.LINK,
        state__in=DECIDED,
        topic__in={topic for topic, _ in slots},
    ).order_by("pk")
    found: dict[Key, Before] = {}
    for row in rows.select_related("fact"):
        if row.of not in slots or row.is_taken_back:
            found.pop(row.of, None)
            continue
        fact = found[row.of].fact if row.of in found else None
        found[row.of] = Before(row.text, row.fact if row.state == AnswerState.ACCEPTED else fact)
    return {slot: Before(one.text, held(one.fact)) for slot, one in found.items()}


def held(fact: Fact | None) -> Fact | None:
    """Return what a fact has become by now; None where it is not held as said by them any more."""
    while fact is not None and fact.replaced_by is not None:
        fact = fact.replaced_by
    return fact if fact is not None and fact.said_by == SaidBy.THEM else None


def withdraw(by: "Member", answer: TheirAnswer) -> None:
    """Take away what they no longer say, and what they said before in its place.

    What somebody else said before that is current again. Refused where the fact was corrected or
    taken away meanwhile.
    """
    found = held(answer.fact)
    if found is None or not Fact.objects.visible_to(by).filter(pk=found.pk).exists():
        raise Refused("This was changed meanwhile, or is gone already. Look again.")
    fact: Fact | None = found
    while fact is not None and fact.said_by == SaidBy.THEM:
        former = Fact.objects.filter(replaced_by=fact).first()
        fact.delete_by(by)
        if former is not None:
            former.refresh_from_db()
        fact = former
