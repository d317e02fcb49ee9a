"""What a prompt remembers of one relationship, and prompts of its own."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship
from touchline.relationships.models import Relationship


class Outcome(models.TextChoices):
    """What became of a prompt that was put forward."""

    ANSWERED = "answered", "Answered"
    NOT_NOW = "not_now", "Not now"
    NOT_HERE = "not_here", "Never for this person"
    NEVER = "never", "Never again"


class Asked(Scoped):
    """One answer about one prompt (M13): answered, not now, never here, never again.

    ``about`` is what it was filled with (``company:12``, ``note:3``), empty for a prompt
    without a placeholder: the same question about another company is another question.
    *Never again* is the member's own and holds for everyone they meet.
    """

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="asked")
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked"
    )
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    prompt = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    on = models.DateField()

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["on", "id"]
        indexes = [
            models.Index(fields=["relationship", "prompt", "on"], name="asked_of"),
            models.Index(fields=["by"], name="asked_never", condition=Q(outcome="never")),
        ]

    def __str__(self) -> str:
        return f"{self.prompt}: {self.get_outcome_display()}"


class OwnPrompt(Scoped):
    """A prompt of one relationship: one more, or other words for one of the playbook's.

    ``key`` is unique in the relationship; where it is a key of the playbook's, the words, slot
    and memory here stand in place of those there.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="own_prompts"
    )
    key = models.CharField(max_length=40)
    topic = models.CharField(max_length=40)
    slot = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300)
    # As the playbook writes it: once, every, 6m, on:promise_broken.
    memory = models.CharField(max_length=40)

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["relationship", "key"], name="own_prompt_once"),
        ]

    def __str__(self) -> str:
        return self.text
