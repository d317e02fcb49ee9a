"""Promises: whose, what, by when."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped
from touchline.core.states import Transitions
from touchline.journal.models import Partner, record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship, Side
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class ActionState(models.TextChoices):
    OPEN = "open", "Open"
    KEPT = "kept", "Kept"
    KEPT_LATE = "kept_late", "Kept late"
    DROPPED = "dropped", "Dropped"


ACTION_STATES = Transitions(
    "promise",
    {
        "keep": {ActionState.OPEN: ActionState.KEPT},
        "keep_late": {ActionState.OPEN: ActionState.KEPT_LATE},
        "change": {ActionState.OPEN: ActionState.OPEN},
        "drop": {ActionState.OPEN: ActionState.DROPPED},
        "reopen": {
            ActionState.KEPT: ActionState.OPEN,
            ActionState.KEPT_LATE: ActionState.OPEN,
            ActionState.DROPPED: ActionState.OPEN,
        },
    },
)


class ActionQuerySet(OfARelationship):
    def open(self) -> Self:
        return self.filter(state=ActionState.OPEN)


class Action(Scoped):
    """A promise: whose, what, by when."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="actions")
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    whose = models.CharField(max_length=6, choices=Side.choices)
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    promised_on = models.DateField()
    state = models.CharField(max_length=9, choices=ActionState.choices, default=ActionState.OPEN)
    # Dropped with the other side's agreement; otherwise it counts as not kept.
    agreed = models.BooleanField(default=False)
    settled_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["relationship", "state", "due_on"], name="action_of"),
            # The balance over a period, which is read from this alone.
            models.Index(
                fields=["relationship", "due_on", "whose", "state", "agreed"], name="action_due"
            ),
            # Today: what is owed, soonest first.
            models.Index(
                fields=["workspace", "due_on"], name="action_open", condition=Q(state="open")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="action_settled_when",
                condition=Q(state="open", settled_on=None)
                | (~Q(state="open") & Q(settled_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def _settle(
        self, by: "Member | Partner", verb: str, on: date | None, agreed: bool = False
    ) -> None:
        ACTION_STATES.take(self, verb, settled_on=on, agreed=agreed)
        record(by, verb, self, person_id=self.relationship.person_id)

    def keep(self, by: "Member | Partner", *, on: date) -> None:
        """Say that it was kept; after its day it was kept late."""
        self._settle(by, "keep" if on <= self.due_on else "keep_late", on)

    def drop(self, by: "Member", *, on: date, agreed: bool) -> None:
        """Let it go, with the other side's agreement or without."""
        self._settle(by, "drop", on, agreed)

    def reopen(self, by: "Member | Partner") -> None:
        """Take a keep or a drop back."""
        self._settle(by, "reopen", None)

    def change(self, by: "Member", *, text: str, whose: str, due_on: date) -> None:
        """Correct an open promise; a later day is journalled."""
        if self.state != ActionState.OPEN:
            raise Refused("This promise is settled. Open it again to change it.")
        before = {"text": self.text, "whose": self.whose, "due_on": self.due_on.isoformat()}
        ACTION_STATES.take(
            self, "change", still=list(before), text=text, whose=whose, due_on=due_on
        )
        record(by, "change", self, person_id=self.relationship.person_id, before=before)
