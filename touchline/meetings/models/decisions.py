"""The answers to M6."""

from typing import Any, ClassVar

from django.db import models

from touchline.core.scoping import Scoped
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship
from touchline.relationships.models import Relationship, State


class Choice(models.TextChoices):
    """The answers to M6."""

    CONTINUE = "continue", "Continue"
    MEET_MORE = "meet_more", "Meet more"
    MEET_LESS = "meet_less", "Meet less"
    PAUSE = "pause", "Pause until"
    END = "end", "End"


class Decision(Scoped):
    """The answer to *is this relationship still right for us* (M6), with what it changed.

    What held *before* is what an answer given instead, when its close-out is opened again,
    starts from. Both then stay in the history, each with its own day.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="decisions"
    )
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    choice = models.CharField(max_length=9, choices=Choice.choices)
    reason = models.TextField(blank=True)
    # How it is going for them, where they said so (M6).
    their_view = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    state_before = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    meeting_days_before = models.PositiveIntegerField()
    meeting_tolerance_days_before = models.PositiveIntegerField()
    meeting_days_after = models.PositiveIntegerField()
    # Minutes a week of this relationship's main contact, before and after.
    load_before = models.FloatField()
    load_after = models.FloatField()

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} with {self.relationship} on {self.on}"
