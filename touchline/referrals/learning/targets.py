"""What a debrief would change: as it stands, and as it is proposed to be."""

from dataclasses import dataclass

from touchline.meetings.models import PitchCard
from touchline.meetings.models.pitch_cards import PARTS as CARD_LENGTHS
from touchline.playbook.prompts import LONGEST_PROMPT
from touchline.referrals.learning.changing import Happened
from touchline.referrals.learning.ideal import BY_KEY as FIELDS
from touchline.referrals.learning.lessons import BY_KEY, CARD, PROMPT, WHO_ELSE, Lesson, proposed
from touchline.referrals.models import (
    Debrief,
    IdealReferral,
    Proposal,
    ProposalState,
    Referral,
)
from touchline.referrals.models.ideals import LONGEST
from touchline.referrals.passing.naming import for_partner


def happened(referral: Referral, line: str = "", who_else: str = "") -> Happened:
    """Return what the table is asked with."""
    person = referral.person
    return Happened(
        outcome=referral.outcome,
        received=not referral.is_given,
        partner=referral.relationship.person.first,
        title=person.title if person else "",
        need=for_partner(referral).need,
        line=line,
        who_else=who_else,
    )


def ideal_for(referral: Referral) -> IdealReferral:
    """Return the ideal referral that it teaches: the partner's, of one received our own."""
    whose = (
        {"relationship": referral.relationship}
        if referral.is_given
        else {"member": referral.member}
    )
    row: IdealReferral | None = IdealReferral.objects.filter(**whose).first()
    made = row or IdealReferral(workspace_id=referral.workspace_id, **whose)
    if referral.is_given:
        made.relationship = referral.relationship
    return made


def card_for(referral: Referral) -> PitchCard:
    """Return the partner's pitch card, not stored yet where there is none."""
    row: PitchCard | None = PitchCard.objects.filter(relationship=referral.relationship).first()
    card = row or PitchCard(workspace_id=referral.workspace_id)
    card.relationship = referral.relationship
    return card


class Targets:
    """What the proposals of one referral would change, each loaded once and when asked for."""

    def __init__(self, referral: Referral) -> None:
        self.referral = referral
        self._ideal: IdealReferral | None = None
        self._card: PitchCard | None = None

    @property
    def ideal(self) -> IdealReferral:
        """The ideal referral that it teaches."""
        self._ideal = self._ideal or ideal_for(self.referral)
        return self._ideal

    @property
    def card(self) -> PitchCard:
        """The partner's pitch card."""
        self._card = self._card or card_for(self.referral)
        return self._card

    def says(self, target: str) -> str:
        """Return the whole of a target as it stands."""
        if target == PROMPT:
            return ""
        kind, _, field = target.partition(".")
        return str(getattr(self.card if kind == "card" else self.ideal, field))

    def seen(self, target: str) -> str:
        """Return what tells the target as it stands from any other."""
        if target == PROMPT:
            return "-"
        return self.card.edition if target == CARD else str(self.ideal.version)


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as it is put forward: against what stands there now."""

    proposal: Proposal
    before: str
    after: str
    seen: str
    heading: str
    longest: int

    @property
    def rows(self) -> int:
        """The lines that its words take, 1 to 8."""
        return min(8, max(1, sum(1 + len(line) // 60 for line in self.after.splitlines())))


def heading(target: str) -> str:
    """Say what a target is, as the pages call it."""
    if target == PROMPT:
        return "A question for next time"
    if target == CARD:
        return "How they like to be introduced"
    return FIELDS[target.partition(".")[2]].heading


def longest(target: str) -> int:
    """Return how many letters a target may have."""
    if target == PROMPT:
        return LONGEST_PROMPT
    return CARD_LENGTHS["introduce"] if target == CARD else LONGEST[target.partition(".")[2]]


def put_forward(debrief: Debrief, targets: Targets) -> list[Shown]:
    """Return the open proposals against what stands there now, which another may have changed."""
    what = happened(targets.referral, debrief.note, debrief.who_else)
    rows = []
    for row in debrief.proposals.all():
        if row.state != ProposalState.PROPOSED:
            continue
        before, after = targets.says(row.target), row.after
        if before != row.before and (lesson := _lesson_of(debrief, row)):
            after = proposed(lesson, before, what).after or row.after
        rows.append(
            Shown(row, before, after, targets.seen(row.target), heading(row.target),
                  longest(row.target))
        )  # fmt: skip
    return rows


def _lesson_of(debrief: Debrief, proposal: Proposal) -> Lesson | None:
    key = WHO_ELSE if proposal.why == BY_KEY[WHO_ELSE].words else debrief.reason
    return BY_KEY.get(key)
