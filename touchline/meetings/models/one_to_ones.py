"""One meeting, and what became of it."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped
from touchline.core.states import Transitions, swap
from touchline.journal.models import record
from touchline.meetings.models import so_far
from touchline.meetings.models.scoping import OfARelationship, Side
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Kind(models.TextChoices):
    """Keys of the kinds of meeting; their names are the playbook's."""

    GETTING_TO_KNOW_YOU = "getting_to_know_you", "Getting to know you"
    TELL_ME_THE_DETAIL = "tell_me_the_detail", "Tell me the detail"
    REFERRAL_PARTNER = "referral_partner", "Referral partner"
    LISTENING = "listening", "Listening"


class State(models.TextChoices):
    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    HELD = "held", "Held"
    CLOSED_OUT = "closed_out", "Closed out"
    CANCELLED = "cancelled", "Cancelled"
    MISSED = "missed", "Missed"


TOOK_PLACE = (State.HELD, State.CLOSED_OUT)


STATES = Transitions(
    "one-to-one",
    {
        "move": {State.PLANNED: State.PLANNED},
        "cancel": {State.PLANNED: State.CANCELLED},
        "miss": {State.PLANNED: State.MISSED},
        "begin": {State.PLANNED: State.UNDER_WAY},
        "hold": {State.PLANNED: State.HELD, State.UNDER_WAY: State.HELD},
        "close_out": {State.UNDER_WAY: State.CLOSED_OUT, State.HELD: State.CLOSED_OUT},
        "reinstate": {
            State.CANCELLED: State.PLANNED,
            State.MISSED: State.PLANNED,
            State.UNDER_WAY: State.PLANNED,
        },
        "reopen": {State.CLOSED_OUT: State.HELD},
    },
)


class OneToOneQuerySet(OfARelationship):
    """One-to-ones by what became of them."""

    def took_place(self) -> Self:
        """Return those held, closed out or not."""
        return self.filter(state__in=TOOK_PLACE)

    def planned(self) -> Self:
        return self.filter(state=State.PLANNED)

    def ahead(self, now: datetime) -> Self:
        """Return those planned for a time to come, the next one first."""
        return self.planned().filter(starts_at__gt=now).order_by("starts_at")


class OneToOne(Scoped):
    """One meeting: planned, under way, held, closed out; or cancelled, missed.

    ``starts_at`` is UTC; lengths are minutes, ``travel_minutes`` one way.
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="one_to_ones"
    )
    kind = models.CharField(max_length=24, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_at = models.DateTimeField()
    length_minutes = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    travel_minutes = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(600)])
    place = models.CharField(max_length=200, blank=True)
    video_url = models.URLField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=6, choices=Side.choices, blank=True)
    missed_by = models.CharField(max_length=6, choices=Side.choices, blank=True)
    times_moved = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    closed_out_at = models.DateTimeField(null=True)
    went_well = models.BooleanField(null=True)
    # Topics ticked as covered, by key; notes and facts on a topic cover it as well.
    covered_topics = models.JSONField(default=list)
    # What each side expected until next time, as agreed at this close-out.
    they_expect = models.TextField(blank=True)
    we_expect = models.TextField(blank=True)
    # M5: why there is no next date, where there is none.
    no_next_reason = models.CharField(max_length=300, blank=True)
    # What the calendar file is known by, and the version that replaces earlier ones.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    # The version that the partner was last sent, None where no invitation went out.
    sent_sequence = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = OneToOneQuerySet.as_manager()

    class Meta:
        verbose_name = "one-to-one"
        verbose_name_plural = "one-to-ones"
        indexes = [
            # The line, the count for M1, the last and the next of one relationship. All that
            # Today asks of each stands in the index, so that it need not look up the rows.
            models.Index(
                fields=["relationship", "state", "starts_at", "went_well"], name="one_to_one_of"
            ),
            # Today: what is on.
            models.Index(fields=["workspace", "state", "starts_at"], name="one_to_one_when"),
        ]
        constraints = [
            models.CheckConstraint(
                name="one_to_one_missed_by_somebody",
                condition=Q(state="missed", missed_by__in=["mine", "theirs"])
                | (~Q(state="missed") & Q(missed_by="")),
            ),
            models.CheckConstraint(
                name="one_to_one_closed_out_when",
                condition=Q(state="closed_out", closed_out_at__isnull=False)
                | ~Q(state="closed_out"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relationship} on {self.starts_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return path_to("meetings:one_to_one", self.pk)

    @property
    def ends_at(self) -> datetime:
        """When it is to end."""
        return self.starts_at + timedelta(minutes=self.length_minutes)

    def following(self, now: datetime) -> "OneToOne | None":
        """Return the next other one planned with the same person, with this relationship."""
        found: OneToOne | None = (
            self.relationship.one_to_ones.ahead(now).exclude(pk=self.pk).first()
        )
        if found:
            found.relationship = self.relationship
        return found

    @property
    def took_place(self) -> bool:
        return self.state in TOOK_PLACE

    @property
    def minutes_spent(self) -> int:
        """What it took: the measured length where it was begun and ended, else the planned.

        A meeting left open overnight is not believed: beyond four times its planned length
        the planned length counts.
        """
        if self.began_at and self.ended_at:
            measured = round((self.ended_at - self.began_at).total_seconds() / 60)
            if 5 <= measured <= 4 * self.length_minutes:
                return measured
        return self.length_minutes

    def _record(self, by: "Member", verb: str, **details: Any) -> None:
        record(by, verb, self, person_id=self.relationship.person_id, **details)

    def _to(self, verb: str, **values: Any) -> None:
        """Take the table's step for ``verb``; each makes a new version of the calendar file."""
        STATES.take(self, verb, still=["sequence"], sequence=self.sequence + 1, **values)
        so_far.keep([self.relationship_id])

    def save(self, **given: Any) -> None:
        """Store it, and on the relationship how far its one-to-ones have come."""
        super().save(**given)
        so_far.keep([self.relationship_id])

    def move(self, by: "Member", *, starts_at: datetime, **fields: Any) -> None:
        """Move it to another time, and where given to another place or length."""
        before = self.starts_at
        moved = self.times_moved + (starts_at != before)
        self._to("move", starts_at=starts_at, times_moved=moved, **fields)
        self._record(by, "move", before=before.isoformat(), after=starts_at.isoformat())

    def cancel(self, by: "Member", *, reason: str = "") -> None:
        """Call it off."""
        self._to("cancel")
        self._record(by, "cancel", reason=reason)

    def miss(self, by: "Member", *, whose: str, now: datetime) -> None:
        """Record that it did not happen because one side did not come."""
        if self.starts_at > now:
            raise Refused("It has not started yet, so nobody has missed it. Cancel or move it.")
        self._to("miss", missed_by=whose)
        self._record(by, "miss", whose=whose)

    def begin(self, by: "Member", *, now: datetime) -> None:
        """Begin it: notes are taken from here on."""
        self._to("begin", began_at=now)
        self._record(by, "begin")

    def hold(self, by: "Member", *, now: datetime) -> None:
        """Say that it took place; the close-out is still to come."""
        if self.starts_at > now and self.state == State.PLANNED:
            raise Refused("It lies ahead. Begin it when you meet, or move it.")
        began = min(self.starts_at, self.began_at or now)
        self._to("hold", ended_at=now if self.began_at else None, starts_at=began)
        self._record(by, "hold")

    def reinstate(self, by: "Member") -> None:
        """Take back a cancel, a miss or a begin."""
        if self.state != State.UNDER_WAY and self.relationship.state != "active":
            raise Refused("This programme rests or has ended. Take it up again first.")
        self._to("reinstate", missed_by="", began_at=None)
        self._record(by, "reinstate")

    def close_out(self, by: "Member", *, now: datetime, **fields: Any) -> None:
        """Close it out; ``fields`` are what the close-out form said of the meeting itself."""
        self._to(
            "close_out",
            closed_out_at=now,
            ended_at=self.ended_at or (now if self.began_at else None),
            # One begun before its day took place when it was begun, not when it was planned.
            starts_at=min(self.starts_at, self.began_at or now),
            **fields,
        )
        self._record(by, "close_out")

    def cover_topic(self, by: "Member", topic: str, *, covered: bool) -> None:
        """Tick a topic as covered, or take the tick back."""
        if self.state not in (State.UNDER_WAY, State.HELD):
            raise Refused("Topics are ticked while a one-to-one is under way or held.")
        ticked = {*self.covered_topics, topic} if covered else {*self.covered_topics} - {topic}
        swap(self, "one-to-one", ["state"], covered_topics=sorted(ticked))
        self._record(by, "cover_topic" if covered else "uncover_topic", topic=topic)

    def reopen(self, by: "Member") -> None:
        """Open a close-out again, to correct it; what it decided stays until decided anew."""
        self._to("reopen")
        self._record(by, "reopen")
