"""What happened to a referral, day by day."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.referrals.states import State

if TYPE_CHECKING:
    from touchline.accounts.models import Member


# Verbs that nobody goes back from: how it began, and another prospect or partner, who is
# changed back.
STAYING = ("begin", "change")


class StepQuerySet(ScopedQuerySet["Step"]):
    def visible_to(self, member: "Member") -> Self:
        there = super().visible_to(member)
        return there.filter(
            referral__relationship__person__deleted_at=None,
            referral__relationship__person__merged_into=None,
        )


class Step(Scoped):
    """One dated step of a referral; one gone back from stays, with the reason.

    ``what`` names the side that was asked or answered, what was dated, or *partner* where it
    is with another one. ``before`` has the
    columns that it changed as they were, for going back.
    """

    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.CASCADE, related_name="steps"
    )
    verb = models.CharField(max_length=10)
    what = models.CharField(max_length=10, blank=True)
    from_state = models.CharField(max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=State.choices)
    on = models.DateField()
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    gone_back_on = models.DateField(null=True, blank=True)
    gone_back_by = models.ForeignKey(
        "accounts.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gone_back_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = StepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} on {self.on}"
