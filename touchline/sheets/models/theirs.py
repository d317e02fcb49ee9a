"""What they say about themselves: by their link, or as a sheet that somebody put in."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped
from touchline.core.states import Transitions
from touchline.meetings.models import Fact, OfARelationship
from touchline.relationships.models import Relationship
from touchline.sheets.models.links import Link


class Source(models.TextChoices):
    LINK = "link", "Filled in by them"
    PUT_IN = "put_in", "Put in by us"


class TheirSheet(Scoped):
    """One sheet of theirs, from the first letter typed until every answer is settled.

    ``raw`` is a sheet that was put in, as it came, and ``unsorted`` the lines of it that are no
    answer to anything: both stay in sight. ``handed_in_at`` is when they gave it to us; what is
    typed before that nobody here sees. ``photo`` was drawn anew, and goes once it is decided on.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="their_sheets"
    )
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.LINK)
    link = models.ForeignKey(
        Link, null=True, blank=True, on_delete=models.SET_NULL, related_name="their_sheets"
    )
    by = models.ForeignKey(
        "accounts.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filename = models.CharField(max_length=200, blank=True)
    raw = models.TextField(blank=True)
    unsorted = models.TextField(blank=True)
    photo = models.BinaryField(null=True, blank=True)
    # A picture is handed in with the answers; until then nobody here sees it.
    photo_given = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            # Whoever comes back goes on with the one that they began.
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(source="link", settled_at=None),
                name="their_sheet_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Sheet of {self.relationship}"


class AnswerState(models.TextChoices):
    TYPED = "typed", "Typed"
    PROPOSED = "proposed", "Handed in"
    ACCEPTED = "accepted", "Taken over"
    DECLINED = "declined", "Left out"


ANSWER_STATES = Transitions(
    "answer",
    {
        # Whoever types again takes back what they handed in; what was settled is another answer.
        "type": {AnswerState.TYPED: AnswerState.TYPED, AnswerState.PROPOSED: AnswerState.TYPED},
        "hand_in": {AnswerState.TYPED: AnswerState.PROPOSED},
        "accept": {
            AnswerState.PROPOSED: AnswerState.ACCEPTED,
            AnswerState.DECLINED: AnswerState.ACCEPTED,
        },
        "decline": {AnswerState.PROPOSED: AnswerState.DECLINED},
    },
)


class TheirAnswer(Scoped):
    """One answer: to which slot of which topic, in their words, and what became of it.

    ``fact`` is what it became once it was taken over. One without words takes back what they
    said before; ``fact`` is that, and to take it over is to take that away.
    """

    sheet = models.ForeignKey(TheirSheet, on_delete=models.CASCADE, related_name="answers")
    topic = models.CharField(max_length=40)
    slot = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=AnswerState.choices, default=AnswerState.TYPED)
    typed_at = models.DateTimeField()
    fact = models.ForeignKey(
        Fact, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["sheet", "topic", "slot"], name="their_answer_of")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_taken_back(self) -> bool:
        """Say whether they no longer say what they said before."""
        return not self.text

    @property
    def of(self) -> tuple[str, str]:
        """The slot that it answers: topic and slot by key."""
        return self.topic, self.slot
