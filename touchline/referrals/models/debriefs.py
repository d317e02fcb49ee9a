"""What an outcome taught (M14), and what it proposes to change."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import Transitions
from touchline.referrals.models.referrals import Referral

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Cause(models.TextChoices):
    """Where it lay, for better or worse."""

    INTRODUCTION = "introduction", "The introduction"
    FIT = "fit", "The fit"
    TIMING = "timing", "The timing"
    MEANS = "means", "The means"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    DISMISSED = "dismissed", "Left as it is"


PROPOSAL_STATES = Transitions(
    "proposal",
    {
        "accept": {ProposalState.PROPOSED: ProposalState.ACCEPTED},
        "dismiss": {ProposalState.PROPOSED: ProposalState.DISMISSED},
    },
)


class OfAReferral(ScopedQuerySet[Any]):
    """Rows that hang on a referral; those of deleted partners are out of sight."""

    path = "referral"

    def visible_to(self, member: "Member") -> Self:
        return (
            super()
            .visible_to(member)
            .filter(
                **{
                    f"{self.path}__relationship__person__deleted_at": None,
                    f"{self.path}__relationship__person__merged_into": None,
                }
            )
        )


class OfADebrief(OfAReferral):
    path = "debrief__referral"


class Debrief(Scoped):
    """Why one referral worked or did not, in short.

    ``reason`` is a key of ``referrals.learning.lessons``, ``cause`` empty where nobody knows
    yet, ``note`` the line typed with it; ``who_else`` names who else is in that position, a
    line each.
    """

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="debrief")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=24)
    cause = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    note = models.TextField(blank=True)
    who_else = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = OfAReferral.as_manager()

    def __str__(self) -> str:
        return f"Debrief of {self.referral}"


class Proposal(Scoped):
    """A change that a debrief proposes; nothing changes until somebody accepts it.

    ``target`` is ``ideal.<field>``, ``card.<part>`` of the pitch card, or ``prompt``; ``way`` is
    add, narrow or exclude. ``before`` and ``after`` are the whole of the target.
    """

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="proposals")
    target = models.CharField(max_length=40)
    way = models.CharField(max_length=8)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=9, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = OfADebrief.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="proposal_decided_when",
                condition=Q(state="proposed", decided_on=None)
                | (~Q(state="proposed") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.target}"
