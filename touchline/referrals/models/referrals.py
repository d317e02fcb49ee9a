"""One referral, given or received, from the idea to the thanks."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped
from touchline.journal.models import record
from touchline.meetings.models import Note, OfARelationship, OneToOne
from touchline.people.models import Company, Person
from touchline.referrals.models.correcting import Corrections
from touchline.referrals.models.said import Answer, How, Third
from touchline.referrals.states import (
    CLOSED,
    DEBRIEFED,
    Direction,
    State,
)
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class ReferralQuerySet(OfARelationship):
    """Referrals by where they stand."""

    def given(self) -> Self:
        return self.filter(direction=Direction.GIVEN)

    def received(self) -> Self:
        return self.filter(direction=Direction.RECEIVED)

    def open(self) -> Self:
        """Return those that something is still to come of, thanks included."""
        return self.exclude(state__in=CLOSED)

    def passed(self) -> Self:
        """Return those that were introduced, whatever came of them."""
        return self.filter(introduced_on__isnull=False)

    def to_debrief(self) -> Self:
        """Return those whose outcome nobody has learnt from yet (M14), entered history left out."""
        untold = Q(debrief=None) | ~Q(debrief__outcome=F("outcome"))
        return self.filter(untold, outcome__in=DEBRIEFED, is_history=False)


class Referral(Corrections, Scoped):
    """An introduction of a prospect, between us and a partner.

    ``relationship`` is the partner it is given to or received from; ``third`` another partner
    who takes part, see ``Third`` and docs/domain/balance.md for whom it counts. ``prospect`` is
    a person, a company, or both; an idea may have neither yet. ``need`` is a sentence,
    ``stated_on`` and ``stated_where`` say when and where somebody said so. ``value_minor`` is in
    minor units of ``currency`` (ISO 4217). ``heat`` is 1 to 5, see ``HEATS``. The days are those
    on which a state was reached; ``outcome`` stays when thanks have closed it. ``version`` grows
    with each verb, so that two tabs can't both take a step.
    """

    # As third below: found by the indexes that begin with it.
    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="referrals", db_index=False
    )
    direction = models.CharField(max_length=8, choices=Direction.choices)
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    # Found by the index below, which begins with it.
    third = models.ForeignKey(
        Relationship,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="took_part_in",
        db_index=False,
    )
    third_is = models.CharField(max_length=10, choices=Third.choices, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="introductions"
    )
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="introductions"
    )
    need = models.CharField(max_length=300)
    stated_on = models.DateField(null=True, blank=True)
    stated_where = models.CharField(max_length=120, blank=True)
    # Where it came from.
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    note = models.ForeignKey(
        Note, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    heat = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    expects_contact = models.BooleanField(null=True)
    # The words in which both agreed to be introduced, and since when they stand.
    words = models.TextField(blank=True)
    words_agreed_on = models.DateField(null=True, blank=True)
    # What of the partner's ideal referral somebody has found to fit or not: field to true, false.
    fits = models.JSONField(default=dict, blank=True)
    material = models.CharField("promised material", max_length=200, blank=True)
    value_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    became = models.CharField("what it became", max_length=300, blank=True)
    # From before the software: entered as it was, and asked for none of the readiness list.
    is_history = models.BooleanField(default=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.IDEA)
    state_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=State.choices, blank=True)
    version = models.PositiveIntegerField(default=0)

    receiver_asked_on = models.DateField(null=True, blank=True)
    receiver_answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    receiver_answered_on = models.DateField(null=True, blank=True)
    receiver_how = models.CharField(max_length=7, choices=How.choices, blank=True)
    prospect_asked_on = models.DateField(null=True, blank=True)
    prospect_answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    prospect_answered_on = models.DateField(null=True, blank=True)
    prospect_how = models.CharField(max_length=7, choices=How.choices, blank=True)

    asked_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    introduced_on = models.DateField(null=True, blank=True)
    contacted_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    quoted_on = models.DateField(null=True, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    thanked_on = models.DateField(null=True, blank=True)
    feedback_on = models.DateField(null=True, blank=True)
    material_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    # What was missing when it was passed all the same, and why (M10).
    gaps = models.JSONField(default=list, blank=True)
    gaps_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-state_on", "-id"]
        indexes = [
            # The list and the board, newest first, and their totals: from these alone.
            models.Index(
                fields=["workspace", "state", "-state_on", "-id", "relationship", "direction"],
                name="referral_state",
            ),
            models.Index(
                fields=["workspace", "-state_on", "-id", "state", "relationship"],
                name="referral_newest",
            ),
            models.Index(
                fields=[
                    "workspace", "state", "currency", "-state_on", "relationship", "direction",
                    "value_minor",
                ],
                condition=Q(value_minor__isnull=False),
                name="referral_worth",
            ),
            # One partner's; and the balance of all of them over a period, which is read from
            # these alone.
            models.Index(
                fields=["relationship", "introduced_on", "direction", "outcome"],
                name="referral_passed",
            ),
            models.Index(
                fields=[
                    "relationship", "direction", "introduced_on", "outcome", "contacted_on",
                    "met_on", "quoted_on",
                ],
                name="referral_of",
            ),
            models.Index(
                fields=[
                    "relationship", "direction", "outcome_on", "outcome", "feedback_on",
                    "introduced_on",
                ],
                name="referral_ended",
            ),
            models.Index(
                fields=[
                    "workspace", "direction", "outcome", "outcome_on", "relationship", "currency",
                    "value_minor", "introduced_on",
                ],
                name="referral_won",
            ),
            models.Index(
                fields=["third", "introduced_on", "third_is", "relationship"],
                name="referral_third",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                name="referral_money_has_a_currency",
                condition=Q(value_minor=None) | (Q(value_minor__gte=0) & ~Q(currency="")),
            ),
            models.CheckConstraint(
                name="referral_heat", condition=Q(heat=None) | Q(heat__gte=1, heat__lte=5)
            ),
            # The heart of M10; what came before the software was asked for elsewhere.
            models.CheckConstraint(
                name="referral_given_with_both_consents",
                condition=Q(introduced_on=None)
                | Q(direction="received")
                | Q(is_history=True)
                | Q(receiver_answer="yes", prospect_answer="yes"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prospect}: {self.need}"[:120]

    def get_absolute_url(self) -> str:
        return path_to("referrals:referral", self.pk)

    @property
    def is_given(self) -> bool:
        return self.direction == Direction.GIVEN

    @property
    def prospect(self) -> str:
        """Who is introduced, by name: *Tom Hart, Hart Foods*."""
        named = [one.name for one in (self.person, self.company) if one]
        return ", ".join(named) or "Somebody"

    @property
    def may_be_deleted(self) -> bool:
        """Say whether it may be taken away: an idea, or history, entered by mistake."""
        return self.state == State.IDEA or self.is_history

    @transaction.atomic
    def delete_by(self, by: "Member") -> None:
        """Take it away; the journal keeps that it was."""
        if not self.may_be_deleted:
            raise Refused("It has been under way, so it stays on record. Go back a step first.")
        # Whoever takes a step just now is let through first, and told of.
        still = Referral.objects.select_for_update().filter(pk=self.pk, version=self.version)
        if not still.order_by().values_list("pk", flat=True).first():
            raise Refused("Somebody else has just changed this referral. Look again.")
        record(by, "delete", self, person_id=self.relationship.person_id)
        self.delete()

    @property
    def both_agreed(self) -> bool:
        return self.receiver_answer == self.prospect_answer == Answer.YES

    @property
    def may_be_named(self) -> bool:
        """Say whether the partner may know who the prospect is: once the prospect said yes.

        One received came from the partner, who knew; so did those who took part in history.
        """
        return (
            not self.is_given
            or self.prospect_answer == Answer.YES
            or (self.is_history and self.introduced_on is not None)
        )
