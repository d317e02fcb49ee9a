"""Takes what is on record to the drafts: who both are, the pitch card, the need."""

from typing import TYPE_CHECKING

from touchline.meetings.models import PitchCard
from touchline.referrals.models import Asked, Referral
from touchline.referrals.passing.drafts import (
    Party,
    Spoken,
    Words,
    ask_prospect,
    ask_receiver,
    introduction,
    party,
)
from touchline.referrals.passing.naming import for_partner, told_of
from touchline.referrals.passing.telling import find

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def asking(referral: Referral, whom: str, by: "Member") -> tuple[Words, ...]:
    """Return the drafts to ask one side of a referral.

    Of those to the partner none tells who the prospect is: where a word of ours happens to be
    their name, that draft is left out, and with all of them gone one without words is left.
    """
    partner = _partner(referral)
    if whom == Asked.RECEIVER:
        names = told_of(referral)
        drafts = ask_receiver(partner, for_partner(referral), str(by))
        telling = [one for one in drafts if find(f"{one.subject}\n{one.text}", names)]
        return tuple(one for one in drafts if one not in telling) or (Words("short", "", ""),)
    return ask_prospect(
        _prospect(referral),
        partner,
        _spoken(referral),
        referral.need,
        str(by),
        today=by.today(),
        stated_on=referral.stated_on,
    )


def introducing(
    referral: Referral, by: "Member", *, partner_first: bool = True
) -> tuple[Words, ...]:
    """Return the drafts of the introduction; ``partner_first``: the partner writes first."""
    return introduction(
        _partner(referral),
        _prospect(referral),
        _spoken(referral),
        referral.need,
        str(by),
        words=referral.words if referral.words_agreed_on else "",
        partner_first=partner_first,
    )


def _partner(referral: Referral) -> Party:
    person = referral.relationship.person
    return party(person.name, person.given, person.company.name if person.company else "")


def _prospect(referral: Referral) -> Party:
    person, company = referral.person, referral.company
    if person and not company:
        company = person.company
    firm = company.name if company else ""
    return party(person.name if person else "", person.given if person else "", firm)


def _spoken(referral: Referral) -> Spoken:
    card: PitchCard | None = getattr(referral.relationship, "pitch_card", None)
    return Spoken(card.sentence, card.ask_first) if card else Spoken()
