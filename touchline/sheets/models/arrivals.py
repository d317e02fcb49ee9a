"""What a partner did on their page, until one of us has seen it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.scoping import Scoped
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.meetings.models import Action, AgendaItem, OfARelationship, OneToOne
from touchline.referrals.models import Referral
from touchline.relationships.models import Relationship
from touchline.sheets.models.links import Link
from touchline.sheets.models.theirs import TheirSheet

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class What(models.TextChoices):
    """What arrived: the answer to an invitation, an agenda item, a promise ticked, and so on."""

    ANSWER = "answer", "Answered the invitation"
    AGENDA = "agenda", "Put on the agenda"
    ACTION = "action", "Ticked off"
    FEEDBACK = "feedback", "Said about a referral"
    GOING = "going", "Said how it is going"
    SHEET = "sheet", "Handed in their sheet"


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "Can’t"
    OTHER = "other", "Another time"


class ArrivalQuerySet(OfARelationship):
    def unseen(self) -> Self:
        return self.filter(seen_at=None)


class Arrival(Scoped):
    """One thing that a partner did: what, in which words, about which record, and when.

    ``answer`` says what they answered to a one-to-one; ``sequence`` which version of it they saw
    (an answer to a time that was moved since holds no more), and ``times`` when else it suits
    them (UTC, ISO, at most three). Seen, it is off Today and stays on record.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="arrivals"
    )
    link = models.ForeignKey(
        Link, null=True, blank=True, on_delete=models.SET_NULL, related_name="arrivals"
    )
    what = models.CharField(max_length=8, choices=What.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    times = models.JSONField(default=list, blank=True)
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals"
    )
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals"
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals"
    )
    their_sheet = models.ForeignKey(
        TheirSheet, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["relationship", "-at"], name="arrival_of"),
            # Today: what nobody has seen.
            models.Index(
                fields=["workspace", "-at"], name="arrival_unseen", condition=Q(seen_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="arrival_answers_a_one_to_one",
                condition=~Q(what="answer") | (Q(one_to_one__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relationship}: {self.get_what_display()}"

    def get_absolute_url(self) -> str:
        """Return the page on which it is dealt with."""
        if self.what == What.SHEET and self.their_sheet_id:
            return path_to("sheets:their_sheet", self.their_sheet_id)
        if self.referral_id:
            return path_to("referrals:referral", self.referral_id)
        if self.one_to_one_id:
            return path_to("meetings:one_to_one", self.one_to_one_id)
        return path_to("relationships:relationship", self.relationship_id)

    def see(self, by: "Member", *, now: datetime) -> None:
        """Say that it was seen: it is off Today, for everybody here."""
        if self.seen_at is None:
            swap(self, "message from a partner", ["seen_at"], seen_at=now)
            record(by, "see", self, person_id=self.relationship.person_id)
