"""Referrals given and received, whom partners want to meet, and what outcomes taught."""

from touchline.referrals.models.debriefs import (
    PROPOSAL_STATES,
    Cause,
    Debrief,
    Proposal,
    ProposalState,
)
from touchline.referrals.models.helping import Goal, Help
from touchline.referrals.models.ideals import ONE, SEVERAL, IdealChange, IdealReferral
from touchline.referrals.models.referrals import Referral, ReferralQuerySet
from touchline.referrals.models.said import HEATS, Answer, Asked, How, Third
from touchline.referrals.models.steps import STAYING, Step
from touchline.referrals.states import OUTCOMES, STATES, Direction, State

__all__ = [
    "HEATS",
    "ONE",
    "OUTCOMES",
    "PROPOSAL_STATES",
    "SEVERAL",
    "STATES",
    "STAYING",
    "Answer",
    "Asked",
    "Cause",
    "Debrief",
    "Direction",
    "Goal",
    "Help",
    "How",
    "IdealChange",
    "IdealReferral",
    "Proposal",
    "ProposalState",
    "Referral",
    "ReferralQuerySet",
    "State",
    "Step",
    "Third",
]
