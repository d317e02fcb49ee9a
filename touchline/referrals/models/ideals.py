"""Whom a partner wants to meet, and whom we do; and how that came to be said."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.referrals.models.referrals import Referral
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# The fields in the order in which one speaks of them; of *several* each line is one.
SEVERAL = (
    "roles", "industries", "trigger_events", "trigger_phrases", "signs", "named_targets",
    "gateway_professions", "exclusions",
)  # fmt: skip
ONE = ("sentence", "size", "area", "value_floor", "season", "capacity", "introduce", "story",
       "qualifying_question")  # fmt: skip


class IdealReferralQuerySet(ScopedQuerySet["IdealReferral"]):
    def visible_to(self, member: "Member") -> Self:
        """Return those of partners who are there, and those of the workspace's members."""
        return (
            super()
            .visible_to(member)
            .filter(
                Q(member__isnull=False)
                | Q(
                    relationship__person__deleted_at=None,
                    relationship__person__merged_into=None,
                )
            )
        )


class IdealReferral(Scoped):
    """Whom to send: to a partner (``relationship``), or to one of us (``member``)."""

    relationship = models.OneToOneField(
        Relationship, null=True, blank=True, on_delete=models.CASCADE, related_name="ideal_referral"
    )
    member = models.OneToOneField(
        "accounts.Member",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ideal_referral",
    )
    sentence = models.CharField(max_length=300, blank=True)
    roles = models.TextField(blank=True)
    industries = models.TextField(blank=True)
    size = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=200, blank=True)
    trigger_events = models.TextField(blank=True)
    trigger_phrases = models.TextField(blank=True)
    signs = models.TextField("visible signs", blank=True)
    named_targets = models.TextField(blank=True)
    gateway_professions = models.TextField(blank=True)
    exclusions = models.TextField("whom not to send", blank=True)
    value_floor = models.CharField(max_length=200, blank=True)
    season = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=200, blank=True)
    introduce = models.TextField("how to introduce", blank=True)
    story = models.TextField(blank=True)
    qualifying_question = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = IdealReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ideal_referral_of_one",
                condition=Q(relationship__isnull=False, member=None)
                | Q(relationship=None, member__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Ideal referral of {self.relationship or self.member}"

    def get_absolute_url(self) -> str:
        if self.relationship_id:
            return path_to("referrals:ideal", self.relationship_id)
        return path_to("referrals:my_ideal")

    def lines(self, field: str) -> list[str]:
        """Return what a field says, a line each, empty ones left out."""
        return [line.strip() for line in getattr(self, field).splitlines() if line.strip()]


class IdealChange(Scoped):
    """One change of one field: before and after, by whom, and the referral that taught it."""

    ideal = models.ForeignKey(IdealReferral, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=24)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="taught"
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.field} on {self.on}"
