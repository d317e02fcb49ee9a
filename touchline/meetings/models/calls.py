"""Short touches between meetings."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models

from touchline.core.scoping import Scoped
from touchline.meetings.models import so_far
from touchline.meetings.models.scoping import OfARelationship
from touchline.relationships.models import Relationship


class Call(Scoped):
    """A short touch between meetings."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="calls")
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    minutes = models.PositiveIntegerField(default=10, validators=[MaxValueValidator(480)])
    text = models.TextField(blank=True)
    # When they agreed to speak again; until then it overrides the cadence of calls.
    again_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["relationship", "-on", "again_on"], name="call_of")]

    def __str__(self) -> str:
        return f"Call with {self.relationship} on {self.on}"

    def save(self, **given: Any) -> None:
        """Store it, and on the relationship that one has spoken."""
        super().save(**given)
        so_far.keep([self.relationship_id])
