"""Other help than referrals (M9), and what one wants referrals to come to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped
from touchline.meetings.models import OfARelationship
from touchline.referrals.states import Direction
from touchline.relationships.models import Relationship


class Help(Scoped):
    """A good turn in a line: a club one was taken to, advice, a speaker's slot."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="help")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    text = models.CharField(max_length=300)
    on = models.DateField()
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["workspace", "on", "relationship", "direction"], name="help_when"),
        ]

    def __str__(self) -> str:
        return self.text


class Goal(Scoped):
    """What a member wants of a year: income and average order in minor units of a currency.

    ``quotes_per_win`` is how many quotes it takes for one order, 1 or more.
    """

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="goal")
    income_minor = models.BigIntegerField()
    order_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    quotes_per_win = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goal_in_reach",
                condition=Q(income_minor__gt=0, order_minor__gt=0, quotes_per_win__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"Goal of {self.member}"
