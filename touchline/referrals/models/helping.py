"""Other help than referrals (M9), and what one wants referrals to come to."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models import Q

from touchline.core.money import Money
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped
from touchline.journal.models import record
from touchline.meetings.models import OfARelationship
from touchline.referrals.states import Direction
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


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

    @classmethod
    @transaction.atomic
    def keep(
        cls, by: "Member", relationship: Relationship, *, direction: str, text: str, on: date
    ) -> "Help":
        """Keep a good turn. Raises Refused without words, or for a day to come."""
        _check(by, direction, text, on)
        turn: Help = cls.objects.create(
            workspace_id=relationship.workspace_id, relationship=relationship, by=by,
            direction=direction, text=text.strip()[:300], on=on,
        )  # fmt: skip
        record(by, "keep", turn, person_id=relationship.person_id)
        return turn

    @transaction.atomic
    def change(self, by: "Member", *, direction: str, text: str, on: date) -> None:
        """Correct it; what it said before is journalled."""
        _check(by, direction, text, on)
        before = {"direction": self.direction, "text": self.text, "on": self.on.isoformat()}
        self.direction, self.text, self.on = direction, text.strip()[:300], on
        self.save(update_fields=["direction", "text", "on"])
        record(by, "change", self, person_id=self.relationship.person_id, before=before)

    @transaction.atomic
    def remove(self, by: "Member") -> None:
        """Take it away; what it said is journalled."""
        record(by, "remove", self, person_id=self.relationship.person_id, text=self.text)
        self.delete()


def _check(by: "Member", direction: str, text: str, on: date) -> None:
    if direction not in Direction.values:
        raise Refused("Say who helped whom.")
    if not text.strip():
        raise Refused("Say in a line what it was.")
    if on > by.today():
        raise Refused("That day is still to come. Give the day that it was.")


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

    @classmethod
    @transaction.atomic
    def aim(cls, by: "Member", *, income: Money, order: Money, quotes_per_win: Decimal) -> "Goal":
        """Say what one wants of a year. Raises Refused for two currencies, or for nothing."""
        if income.currency != order.currency:
            raise Refused("Give the income and the order in one currency.")
        if income.minor <= 0 or order.minor <= 0 or quotes_per_win < 1:
            raise Refused("Give more than nothing, and at least one quote for a win.")
        goal, _ = cls.objects.update_or_create(
            member=by,
            defaults={
                "workspace_id": by.workspace_id,
                "income_minor": income.minor,
                "order_minor": order.minor,
                "currency": income.currency,
                "quotes_per_win": quotes_per_win,
            },
        )
        record(by, "aim", goal)
        return goal
