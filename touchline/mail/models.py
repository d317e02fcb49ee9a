"""What goes out: one row a message, kept until it is sent and after."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import Transitions
from touchline.mail.links import filled
from touchline.meetings.models import OneToOne
from touchline.referrals.models import Referral
from touchline.relationships.models import Relationship
from touchline.sheets.models import Link

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class State(models.TextChoices):
    QUEUED = "queued", "Waiting to go out"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    DROPPED = "dropped", "Let go"


STATES = Transitions(
    "message",
    {
        "deliver": {State.QUEUED: State.SENT},
        "fail": {State.QUEUED: State.FAILED},
        "try_again": {State.FAILED: State.QUEUED},
        "drop": {State.QUEUED: State.DROPPED, State.FAILED: State.DROPPED},
    },
)


class About(models.TextChoices):
    """Which message it is; each is one function with its templates."""

    RECAP = "recap", "Recap"
    INVITATION = "invitation", "Invitation"
    CANCELLATION = "cancellation", "Cancellation"
    BEFOREHAND = "beforehand", "Note before a one-to-one"
    DIGEST = "digest", "Digest"
    ASKING = "asking", "Asking about a referral"
    INTRODUCTION = "introduction", "Introduction"
    SHEET = "sheet", "Info sheet"
    YOURS = "yours", "Asking for their sheet"
    PAGE = "page", "Their page"


class MessageQuerySet(ScopedQuerySet["Message"]):
    """Messages are seen by the member who sent them."""

    def visible_to(self, member: "Member") -> "MessageQuerySet":
        """Return the messages that the member sent."""
        return super().visible_to(member).filter(by=member.pk)


class Message(Scoped):
    """One message, as it was previewed and as it goes out.

    ``calendar`` is the text of an iCalendar file, ``method`` what it asks for (REQUEST,
    CANCEL), both empty where none goes along. ``link`` is the link whose address it holds: in the
    text a mark stands for the secret (``links.SECRET``), which comes in as it goes out and is not
    stored. ``with_sheet`` says that the sender's info sheet goes along, drawn as it goes out.
    ``failure`` says in a sentence why the last attempt did not succeed.
    """

    by = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="messages")
    relationship = models.ForeignKey(
        Relationship, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    what = models.CharField(max_length=12, choices=About.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    to_name = models.CharField(max_length=120, blank=True)
    to_address = models.EmailField()
    # The other one of two who are introduced.
    also_name = models.CharField(max_length=120, blank=True)
    also_address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    method = models.CharField(max_length=8, blank=True)
    link = models.ForeignKey(Link, null=True, blank=True, on_delete=models.SET_NULL)
    with_sheet = models.BooleanField(default=False)
    # The Message-ID it goes out with, the same at each attempt.
    message_id = models.CharField(max_length=120)
    failure = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["relationship", "-made_at"], name="message_of"),
            # Today: what did not go out.
            models.Index(fields=["by"], name="message_failed", condition=Q(state="failed")),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_when",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def told(self) -> str:
        """The text as it is shown afterwards: without the secret of its link."""
        return filled(self.text, None)
