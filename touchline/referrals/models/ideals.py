"""Whom a partner wants to meet, and whom we do; and how that came to be said."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import swap
from touchline.journal.models import record
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
# How many letters each may have; the columns of one line say it as well.
LONGEST = {
    **dict.fromkeys(SEVERAL, 1000), "sentence": 300, "size": 200, "area": 200, "value_floor": 200,
    "season": 200, "capacity": 200, "introduce": 500, "story": 1200, "qualifying_question": 300,
}  # fmt: skip


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

    @property
    def words(self) -> dict[str, str]:
        """What it says, by field."""
        return {field: getattr(self, field) for field in LONGEST}

    @transaction.atomic
    def write(
        self, by: "Member", *, seen: int, on: date, referral: Referral | None = None, **fields: str
    ) -> None:
        """Change what it says, and keep each change with the words before it.

        ``seen`` is the ``version`` that the writer had before them, ``referral`` the one that
        taught it (M14). The same words again change nothing. Raises Refused where a field is
        not there or too long, or where another was quicker.
        """
        if unknown := fields.keys() - LONGEST.keys():
            raise Refused(f"An ideal referral has no field “{min(unknown)}”.")
        if seen != self.version:
            raise Refused("Somebody else has just changed this ideal referral. Look again.")
        given = {field: tidy(field, text) for field, text in fields.items()}
        for field, text in given.items():
            if len(text) > LONGEST[field]:
                spoken = self._meta.get_field(field).verbose_name  # type: ignore[union-attr]
                raise Refused(f"Shorten {spoken}: it has at most {LONGEST[field]:,} letters.")
        before = self.words
        changed = {field: text for field, text in given.items() if text != before[field]}
        if not changed:
            return
        if self._state.adding:
            self._begin(changed)
        else:
            swap(self, "ideal referral", ["version"], version=self.version + 1, **changed)
        IdealChange.objects.bulk_create(
            IdealChange(
                workspace_id=self.workspace_id, ideal=self, field=field, before=before[field],
                after=text, on=on, by=by, referral=referral,
            )
            for field, text in changed.items()
        )  # fmt: skip
        whose = self.relationship.person_id if self.relationship else None
        record(by, "write", self, person_id=whose, fields=sorted(changed))

    def _begin(self, words: dict[str, str]) -> None:
        whose = {"member": self.member} if self.member_id else {"relationship": self.relationship}
        row, first = IdealReferral.objects.get_or_create(
            **whose, defaults={"workspace_id": self.workspace_id, "version": 1, **words}
        )
        if not first:
            raise Refused("Somebody else has just begun this ideal referral. Look again.")
        self.pk, self.version, self._state.adding = row.pk, 1, False
        for field, text in words.items():
            setattr(self, field, text)

    def take_over(self, by: "Member", field: str, text: str, *, seen: int, on: date) -> None:
        """Add to a field what is known already: a line of its own, or after a comma."""
        if field not in LONGEST:
            raise Refused("Choose a field of the ideal referral to put it in.")
        before, text = getattr(self, field), " ".join(text.split())
        if text in before:
            return
        between = ", " if field in SHORT else "\n"
        after: dict[str, Any] = {field: f"{before}{between}{text}" if before else text}
        self.write(by, seen=seen, on=on, **after)


# Fields of one line, in which a second thing stands after a comma.
SHORT = ("size", "area", "value_floor", "season", "capacity")


def tidy(field: str, text: str) -> str:
    """Return what was typed as a field keeps it: no empty lines, no line twice."""
    lines = dict.fromkeys(" ".join(line.split()) for line in text.splitlines())
    if field in SEVERAL or field in ("introduce", "story"):
        return "\n".join(line for line in lines if line)
    return " ".join(" ".join(lines).split())


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
