"""What each side wants to cover."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped
from touchline.core.states import Transitions
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship, Side
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.meetings.models.notes import Note


class AgendaState(models.TextChoices):
    OPEN = "open", "Open"
    COVERED = "covered", "Covered"
    DROPPED = "dropped", "Dropped"


AGENDA_STATES = Transitions(
    "agenda item",
    {
        "cover": {AgendaState.OPEN: AgendaState.COVERED},
        "uncover": {AgendaState.COVERED: AgendaState.OPEN},
        # For good: what is wanted after all is put on the agenda anew.
        "drop": {AgendaState.OPEN: AgendaState.DROPPED},
    },
    held_in=["covered_in_id", "dropped"],
)


class AgendaItem(Scoped):
    """What one side wants to cover.

    Items belong to the relationship: one that is neither covered nor dropped is on the
    agenda of every coming meeting, which is how uncovered items carry forward by themselves.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="agenda_items"
    )
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.CharField(max_length=300)
    # The prompt it came from, and what said before it points at.
    prompt = models.CharField(max_length=40, blank=True)
    # What the prompt was filled with, as ``Asked.about`` says it.
    prompt_about = models.CharField(max_length=80, blank=True)
    about_note = models.ForeignKey(
        "meetings.Note", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_on = models.DateField()
    covered_in = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="covered_items"
    )
    dropped = models.BooleanField(default=False)

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["relationship"],
                name="agenda_open",
                condition=Q(covered_in=None, dropped=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def state(self) -> str:
        """Open until it is covered in a meeting or taken off for good."""
        if self.dropped:
            return AgendaState.DROPPED
        return AgendaState.COVERED if self.covered_in_id else AgendaState.OPEN

    def about_for(self, member: "Member") -> "Note | None":
        """Return the note it points at, unless that is another member's private one."""
        note = self.about_note
        return None if note and note.private and note.author_id != member.pk else note

    def cover(self, by: "Member", one_to_one: OneToOne) -> None:
        """Tick it off in a meeting."""
        AGENDA_STATES.take(self, "cover", covered_in=one_to_one)
        record(by, "cover", self, person_id=one_to_one.relationship.person_id)

    def uncover(self, by: "Member") -> None:
        """Take the tick back."""
        AGENDA_STATES.take(self, "uncover", covered_in=None)
        record(by, "uncover", self, person_id=self.relationship.person_id)

    def drop(self, by: "Member") -> None:
        """Take it off the agenda for good."""
        AGENDA_STATES.take(self, "drop", dropped=True)
        record(by, "drop", self, person_id=self.relationship.person_id)
