"""Free text from meetings and between them."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship
from touchline.meetings.sensitivity import Category, touches
from touchline.people import search
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


# What may become of a note that touches what is sensitive.
WEIGHINGS = ("keep", "private", "drop")


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
        """Correct it; one that is private from now on leaves the recap."""
        self.text, self.topic, self.private = text, topic, private
        self.shared = self.shared and not private
        self.save(update_fields=["text", "topic", "private", "shared"])
        record(by, "edit", self, person_id=self.relationship.person_id)
        search.index([self.relationship.person_id])

    def share(self, by: "Member", *, shared: bool) -> None:
        """Mark it to stand in the recap that the partner gets, or take the mark back."""
        if shared and self.private:
            raise Refused("A private note is not shared. Open it to the team first.")
        if shared == self.shared:
            return
        swap(self, "note", ["private", "text", "shared"], shared=shared)
        record(by, "share" if shared else "unshare", self, person_id=self.relationship.person_id)

    @property
    def to_weigh(self) -> Category | None:
        """What it touches that its author is to be asked about; None once that was answered."""
        return None if self.weighed or self.private else touches(self.text)

    def weigh(self, by: "Member", choice: str) -> None:
        """Answer, once, what becomes of it as it touches what is sensitive.

        ``choice`` is ``keep``, ``private`` or ``drop``; the author alone can say.
        """
        if choice not in WEIGHINGS:
            raise Refused("Say what becomes of the note: keep it, make it private, or drop it.")
        if self.author_id != by.pk:
            raise Refused("Only its author can say what becomes of this note.")
        if choice == "drop":
            self.delete_by(by)
            return
        away = {"private": True, "shared": False} if choice == "private" else {}
        swap(self, "note", ["private", "text", "shared"], weighed=True, **away)
        record(by, "weigh", self, person_id=self.relationship.person_id, choice=choice)
        if away:
            search.index([self.relationship.person_id])

    def delete_by(self, by: "Member") -> None:
        """Take it away; the journal keeps that it was, not what it said."""
        record(by, "delete", self, person_id=self.relationship.person_id)
        self.delete()
        search.index([self.relationship.person_id])
