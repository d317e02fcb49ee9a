"""Free text from meetings and between them."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from touchline.core.scoping import Scoped
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship
from touchline.people import search
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class NoteKind(models.TextChoices):
    NOTE = "note", "Note"
    # A referral talked about; a plain note until referrals have their own record.
    IDEA = "idea", "Idea for a referral"


class NoteQuerySet(OfARelationship):
    def visible_to(self, member: "Member") -> Self:
        """Return the team's notes and the member's own private ones."""
        return super().visible_to(member).told_to(member)

    def told_to(self, member: "Member") -> Self:
        """Leave out what others keep to themselves; of a relationship that is seen already."""
        return self.filter(Q(private=False) | Q(author_id=member.pk))


class Note(Scoped):
    """Free text, from a meeting or between meetings; for the team, or private to its author."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+")
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=NoteKind.choices, default=NoteKind.NOTE)
    topic = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    private = models.BooleanField(default=False)
    # Marked to stand in the recap that the partner gets.
    shared = models.BooleanField(default=False)
    # Asked once whether to keep what touches health, belief and the like, and answered.
    weighed = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["relationship", "-at"], name="note_of")]
        constraints = [
            models.CheckConstraint(
                name="note_private_is_not_shared",
                condition=Q(private=False) | Q(shared=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def edit(self, by: "Member", *, text: str, topic: str, private: bool) -> None:
        """Correct it."""
        self.text, self.topic, self.private = text, topic, private
        self.save(update_fields=["text", "topic", "private"])
        record(by, "edit", self, person_id=self.relationship.person_id)
        search.index([self.relationship.person_id])

    def delete_by(self, by: "Member") -> None:
        """Take it away; the journal keeps that it was, not what it said."""
        record(by, "delete", self, person_id=self.relationship.person_id)
        self.delete()
        search.index([self.relationship.person_id])
