"""The programme with one person."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import Transitions, swap
from touchline.core.words import full_day
from touchline.journal.models import record
from touchline.people.models import Person
from touchline.playbook.playbook import STAGES
from touchline.relationships.cadence import Cadence
from touchline.relationships.load import Commitment
from touchline.relationships.so_far import SoFar

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class State(models.TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


STATES = Transitions(
    "programme",
    {
        "pause": {State.ACTIVE: State.PAUSED, State.PAUSED: State.PAUSED},
        "resume": {State.PAUSED: State.ACTIVE, State.ENDED: State.ACTIVE},
        "end": {State.ACTIVE: State.ENDED, State.PAUSED: State.ENDED},
    },
)


class Stage(models.TextChoices):
    """Keys of the stages; their names are the playbook's."""

    PROSPECTIVE = "prospective", "Prospective"
    GETTING_TO_KNOW_YOU = "getting_to_know_you", "Getting to know you"
    TELL_ME_THE_DETAIL = "tell_me_the_detail", "Tell me the detail"
    REFERRAL_PARTNER = "referral_partner", "Referral partner"


def _no_step(to: str, here: str) -> str:
    if to == here:
        return "This programme is at that stage already."
    return "Stages are taken one at a time."


# The verb is the stage one steps to: one stage forward at a time, back to any.
STEPS = Transitions(
    "programme",
    {
        to: {here: to for at, here in enumerate(STAGES) if place <= at + 1 and to != here}
        for place, to in enumerate(STAGES)
    },
    field="stage",
    says=_no_step,
)


class Alignment(models.TextChoices):
    NOT_SAID = "", "Not said"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class RelationshipQuerySet(ScopedQuerySet["Relationship"]):
    """Relationships of people who are there: not deleted, nor merged into another."""

    def visible_to(self, member: "Member") -> Self:
        there = super().visible_to(member)
        return there.filter(person__deleted_at=None, person__merged_into=None)

    def active(self) -> Self:
        """Return those that are neither paused nor ended."""
        return self.filter(state=State.ACTIVE)

    def led_by(self, member: "Member") -> Self:
        """Return those whose main contact ``member`` is."""
        return self.filter(main_contact=member)


class Relationship(SoFar, Scoped):
    """How far one is with a person, in what rhythm, and what each side expects.

    Every length is in minutes, every interval in days.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="relationship")
    # M17: exactly one main contact.
    main_contact = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="relationships"
    )
    stage = models.CharField(max_length=24, choices=Stage.choices, default=Stage.PROSPECTIVE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    paused_until = models.DateField(null=True, blank=True)
    alignment = models.CharField(
        max_length=8, choices=Alignment.choices, default=Alignment.NOT_SAID, blank=True
    )
    alignment_reasons = models.TextField(blank=True)
    meeting_days = models.PositiveIntegerField(
        default=63, validators=[MinValueValidator(1), MaxValueValidator(1100)]
    )
    meeting_tolerance_days = models.PositiveIntegerField(
        default=28, validators=[MaxValueValidator(400)]
    )
    call_days = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    call_tolerance_days = models.PositiveIntegerField(
        default=14, validators=[MaxValueValidator(200)]
    )
    place = models.CharField(max_length=200, blank=True)
    length_minutes = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    travel_minutes = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(600)], help_text="One way."
    )
    notes = models.TextField(blank=True)
    why = models.CharField("why it was begun", max_length=300, blank=True)
    begun_on = models.DateField()
    # One-to-ones before the software: they count for M1, marked so.
    held_before = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(999)])
    held_before_last_on = models.DateField(null=True, blank=True)
    # Each side's expectation until next time; the latest close-out rewrites them.
    they_expect = models.TextField(blank=True)
    we_expect = models.TextField(blank=True)

    objects: ClassVar[Any] = RelationshipQuerySet.as_manager()

    class Meta:
        indexes = [
            # Today, the load and the partners page: all of one member's.
            models.Index(fields=["workspace", "main_contact", "state"], name="relationship_mine"),
            models.Index(fields=["workspace", "stage"], name="relationship_by_stage"),
        ]
        constraints = [
            models.CheckConstraint(
                name="relationship_pause_has_a_day",
                condition=Q(state="paused", paused_until__isnull=False)
                | (~Q(state="paused") & Q(paused_until__isnull=True)),
            ),
            models.CheckConstraint(name="relationship_intervals", condition=Q(meeting_days__gt=0)),
            models.CheckConstraint(
                name="relationship_held_before_has_a_day",
                condition=Q(held_before=0) | Q(held_before_last_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return path_to("relationships:relationship", self.pk)

    @property
    def meetings(self) -> Cadence:
        """The cadence of one-to-ones."""
        return Cadence(self.meeting_days, self.meeting_tolerance_days)

    @property
    def calls_cadence(self) -> Cadence | None:
        """The cadence of calls, None where there are none between meetings."""
        return Cadence(self.call_days, self.call_tolerance_days) if self.call_days else None

    @property
    def commitment(self) -> Commitment:
        """What this relationship asks of its main contact's week while it is active."""
        return Commitment(
            name=self.person.name,
            length_minutes=self.length_minutes,
            travel_minutes=self.travel_minutes,
            preparation_minutes=self.main_contact.preparation_minutes,
            meeting_days=self.meeting_days,
            call_minutes=self.main_contact.call_minutes,
            call_days=self.call_days,
            key=self.pk or 0,
        )

    def _record(self, by: "Member", verb: str, **details: Any) -> None:
        record(by, verb, self, person_id=self.person_id, **details)

    def pause(self, by: "Member", *, until: date, today: date) -> None:
        """Rest until a day ahead; on that day Today asks again."""
        if until <= today:
            raise Refused("A pause ends on a day that is still to come.")
        STATES.take(self, "pause", still=["paused_until"], paused_until=until)
        self._record(by, "pause", until=until.isoformat())

    def resume(self, by: "Member") -> None:
        """Take the programme up again."""
        STATES.take(self, "resume", paused_until=None)
        self._record(by, "resume")

    def end(self, by: "Member", *, reason: str) -> None:
        """End the programme; the history stays."""
        if not reason.strip():
            raise Refused("Say in a line why it ends; it is kept in the history.")
        STATES.take(self, "end", paused_until=None)
        self._record(by, "end", reason=reason)

    def change(self, by: "Member", **fields: Any) -> None:
        """Change what is said about the programme: place, length, travel, why, expectations.

        The journal keeps which fields changed.
        """
        changed = [name for name, value in fields.items() if getattr(self, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(self, name, fields[name])
        self.save(update_fields=changed)
        self._record(by, "change", fields=changed)

    def hand_over(self, by: "Member", to: "Member") -> None:
        """Make another member of the workspace the main contact (M17): exactly one at a time.

        Raises Refused for a viewer, a stranger, or whoever is the main contact already.
        """
        if to.workspace_id != self.workspace_id or not to.may_change:
            raise Refused("A main contact is a member of this workspace who may change things.")
        if to.pk == self.main_contact_id:
            raise Refused(f"{to} is the main contact already.")
        before = self.main_contact_id
        swap(self, "programme", ["main_contact_id"], main_contact=to)
        self._record(by, "hand_over", before=before, after=to.pk)

    def set_rhythm(self, by: "Member", meetings: Cadence, calls: Cadence | None) -> None:
        """Change the cadence of meetings and calls, and with it the load."""
        before = {
            "meeting_days": self.meeting_days,
            "meeting_tolerance_days": self.meeting_tolerance_days,
            "call_days": self.call_days,
        }
        swap(
            self,
            "programme",
            [*before, "call_tolerance_days"],
            meeting_days=meetings.ideal_days,
            meeting_tolerance_days=meetings.tolerance_days,
            call_days=calls.ideal_days if calls else None,
            call_tolerance_days=calls.tolerance_days if calls else self.call_tolerance_days,
        )
        self._record(by, "set_rhythm", before=before)

    def step(self, by: "Member", to: str, *, on: date, noted: str = "") -> "Step":
        """Take the dated step to the next stage, or back to an earlier one.

        The terms are checked by ``touchline.meetings.stepping``, which knows the meetings;
        this only keeps the order: one stage forward at a time, back to any.
        """
        before = self.stage
        STEPS.take(self, to)
        step = Step.objects.create(
            workspace_id=self.workspace_id,
            relationship=self,
            from_stage=before,
            to_stage=to,
            on=on,
            by=by,
            noted=noted,
        )
        self._record(by, "step", to=to, on=full_day(on))
        return step


class Step(Scoped):
    """A dated step from one stage to another; the first one is the beginning itself."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="steps")
    from_stage = models.CharField(max_length=24, choices=Stage.choices, blank=True)
    to_stage = models.CharField(max_length=24, choices=Stage.choices)
    on = models.DateField()
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    # What was still missing when the step was taken anyway, or why it was taken back.
    noted = models.TextField(blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.relationship}: {self.to_stage}"
