"""What an outcome taught: said in a few taps, proposed, and written where somebody agrees (M14)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import F

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings import capturing
from touchline.meetings.asking import own
from touchline.meetings.models import Side
from touchline.playbook.models import of
from touchline.referrals.learning.changing import Happened
from touchline.referrals.learning.lessons import BY_KEY, CARD, PROMPT, WHO_ELSE, Lesson, proposed
from touchline.referrals.learning.targets import Targets, happened, heading, longest
from touchline.referrals.models import (
    PROPOSAL_STATES,
    Debrief,
    Proposal,
    ProposalState,
    Referral,
)
from touchline.referrals.passing.naming import refuse_names
from touchline.referrals.states import DEBRIEFED
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Where a question from a debrief is asked: the first of these that the playbook still has.
TOPICS = ("referrals", "ideal_referral", "how_to_introduce")
LONGEST_LINE = 300


class Waiting(NamedTuple):
    """An outcome that nobody has learnt from yet, or whose lessons nobody has decided on."""

    referral: Referral
    undecided: int


def waiting(relationship: Relationship) -> list[Waiting]:
    """Return what waits for a debrief with this partner, the newest outcome first (M4)."""
    ours = Referral.objects.filter(relationship=relationship).select_related("person", "company")
    rows = [Waiting(one, 0) for one in ours.to_debrief()]
    told = ours.filter(
        debrief__outcome=F("outcome"), debrief__proposals__state=ProposalState.PROPOSED
    )
    for one in told.distinct().prefetch_related("debrief__proposals"):
        left = [each for each in one.debrief.proposals.all() if _is_open(each)]
        rows.append(Waiting(one, len(left)))
    return sorted(rows, key=lambda row: (row.referral.outcome_on, row.referral.pk), reverse=True)


def _is_open(proposal: Proposal) -> bool:
    return bool(proposal.state == ProposalState.PROPOSED)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of an outcome: its debrief, in words, and what became of its proposals.

    ``can`` says that it is an outcome to learn from; ``debrief`` is None until somebody has.
    """

    can: bool
    debrief: Debrief | None = None
    reason: str = ""
    cause: str = ""
    open: tuple[Proposal, ...] = ()
    decided: tuple[tuple[str, Proposal], ...] = ()


def told(referral: Referral) -> Told:
    """Return the debrief of a referral as it stands; one of another outcome counts no more."""
    if referral.outcome not in DEBRIEFED:
        return Told(can=False)
    rows = Debrief.objects.filter(referral=referral, outcome=referral.outcome)
    debrief: Debrief | None = rows.prefetch_related("proposals").first()
    if debrief is None:
        return Told(can=True)
    proposals = debrief.proposals.all()
    return Told(
        can=True,
        debrief=debrief,
        reason=BY_KEY[debrief.reason].words,
        cause=debrief.get_cause_display(),
        open=tuple(one for one in proposals if _is_open(one)),
        decided=tuple((heading(one.target), one) for one in proposals if not _is_open(one)),
    )


@transaction.atomic
def learn(
    by: "Member", referral: Referral, *, outcome: str, reason: str, line: str = "",
    who_else: str = "",
) -> Debrief:  # fmt: skip
    """Say why it worked or did not, and propose what that would change.

    ``outcome`` is the one that the page showed. Said anew, it takes the place of what was said
    before; what was accepted stays. Raises Refused where nothing can be learnt yet, where the
    reason is not one of this outcome, or where the line has to say more.
    """
    lesson = BY_KEY.get(reason)
    if referral.outcome not in DEBRIEFED:
        raise Refused("A debrief is for what was won, lost or a dud. Say first what came of it.")
    if outcome != referral.outcome:
        raise Refused("Something else has come of this referral meanwhile. Look again.")
    if lesson is None or not lesson.tapped or outcome not in lesson.outcomes:
        raise Refused("Choose the reason that comes nearest.")
    line = " ".join(line.split())[:LONGEST_LINE]
    asked = [lesson]
    if outcome in BY_KEY[WHO_ELSE].outcomes and who_else.strip():
        asked.append(BY_KEY[WHO_ELSE])
    what, targets = happened(referral, line, who_else), Targets(referral)
    changes = []
    for one in asked:
        change = proposed(one, targets.says(_target(one, what)), what)
        if not change.after:
            raise Refused(f"Say in the line what it was: {one.hint[:1].lower()}{one.hint[1:]}")
        changes.append(change)
    debrief, _ = Debrief.objects.update_or_create(
        workspace_id=referral.workspace_id,
        referral=referral,
        defaults={
            "outcome": outcome, "reason": reason, "cause": lesson.cause, "note": line,
            "who_else": "\n".join(one.strip() for one in who_else.splitlines() if one.strip()),
            "on": by.today(), "by": by,
        },
    )  # fmt: skip
    debrief.proposals.filter(state=ProposalState.PROPOSED).delete()
    Proposal.objects.bulk_create(
        Proposal(
            workspace_id=referral.workspace_id, debrief=debrief, target=change.target,
            way=change.way, before=change.before, after=change.after, why=change.why,
        )
        for change in changes
        if change.after != change.before
    )  # fmt: skip
    record(
        by, "learn", debrief, person_id=referral.relationship.person_id, reason=reason,
        outcome=outcome,
    )  # fmt: skip
    return debrief


def _target(lesson: Lesson, what: Happened) -> str:
    return proposed(lesson, "", what).target


@transaction.atomic
def accept(by: "Member", referral: Referral, proposal: Proposal, *, after: str, seen: str) -> None:
    """Write what a proposal says, as edited, where it belongs; its history names the referral.

    ``seen`` tells what the page showed, see ``Targets.seen``. Raises Refused where it was
    decided on, where that was changed meanwhile, where the words are too long or none, or where
    they tell the partner of a prospect who is still unnamed.
    """
    targets, target = Targets(referral), proposal.target
    after = after.replace("\r\n", "\n").strip()
    if not after:
        raise Refused("Write what it should say, or leave it as it is.")
    if seen != targets.seen(target):
        raise Refused("What this would change was changed meanwhile. It is put forward anew.")
    if len(after) > longest(target):
        raise Refused(f"Shorten it: there is room for {longest(target):,} letters.")
    if target in (CARD, PROMPT):
        refuse_names(after, referral)
    before = targets.says(target)
    _decide(by, referral, proposal, "accept", before=before, after=after)
    if target == PROMPT:
        _ask_next_time(by, referral.relationship, after)
    elif target == CARD:
        targets.card.write(by, seen=seen, introduce=after)
    else:
        field = {target.partition(".")[2]: after}
        targets.ideal.write(by, seen=int(seen), on=by.today(), referral=referral, **field)


@transaction.atomic
def leave(by: "Member", referral: Referral, proposal: Proposal) -> None:
    """Leave it as it is; the proposal stays on record."""
    _decide(by, referral, proposal, "dismiss")


def _decide(by: "Member", referral: Referral, proposal: Proposal, verb: str, **values: str) -> None:
    PROPOSAL_STATES.take(proposal, verb, decided_on=by.today(), decided_by=by, **values)
    record(
        by, verb, proposal, person_id=referral.relationship.person_id, target=proposal.target
    )  # fmt: skip


def _ask_next_time(by: "Member", relationship: Relationship, text: str) -> None:
    """Make it a question of theirs, picked for the agenda: so the next brief has it for certain."""
    there = [topic.key for topic in of(by.workspace).topics]
    topic = next((key for key in TOPICS if key in there), there[0])
    made = own.add(relationship, by, topic=topic, slot="", text=text, memory="once")
    capturing.agenda_item(
        relationship, by, made.text, side=Side.MINE, on=by.today(), prompt=made.key
    )


def of_that_kind(debrief: Debrief, referral: Referral) -> int:
    """Count the duds of one kind with a partner: a second one says that nobody said so."""
    if debrief.outcome != "dud":
        return 0
    found: int = Debrief.objects.filter(
        referral__relationship=referral.relationship,
        referral__direction=referral.direction,
        outcome=debrief.outcome,
        reason=debrief.reason,
        pk__lte=debrief.pk,
    ).count()
    return found
