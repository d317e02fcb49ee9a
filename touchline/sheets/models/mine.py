"""My info sheet, the company's part of it, and how they came to be."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from touchline.core.scoping import Scoped, ScopedQuerySet

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class SheetQuerySet(ScopedQuerySet["Sheet"]):
    def visible_to(self, member: "Member") -> Self:
        """Return one's own: a colleague's is seen as others see it, by its address."""
        return super().visible_to(member).filter(member=member.pk)


class Sheet(Scoped):
    """What a member says about themselves, part by part (``parts.PARTS``).

    ``audiences`` says who sees a part, ``changed`` when it was last changed (a moment, ISO); a
    part that is in neither is shown to nobody. ``photo`` is a JPEG that was drawn anew. ``version``
    grows with each change, so that two tabs can't both make one.
    """

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="sheet")
    role = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=200, blank=True)
    photo = models.BinaryField(null=True, blank=True)
    about = models.TextField(blank=True)
    work = models.TextField(blank=True)
    ideal = models.TextField(blank=True)
    story = models.TextField(blank=True)
    interests = models.TextField(blank=True)
    family = models.TextField(blank=True)
    networks = models.TextField(blank=True)
    introduce = models.TextField(blank=True)
    audiences = models.JSONField(default=dict, blank=True)
    changed = models.JSONField(default=dict, blank=True)
    # The day somebody last said that all of it is still so, by changing or confirming it.
    confirmed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = SheetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Info sheet of {self.member}"

    @property
    def changed_at(self) -> dict[str, datetime]:
        """When each part was last changed."""
        return {key: datetime.fromisoformat(at) for key, at in self.changed.items()}


class CompanySheet(Scoped):
    """The company's part, the same on the sheet of every member; its owners write it."""

    about = models.TextField(blank=True)
    offer = models.TextField(blank=True)
    area = models.CharField(max_length=200, blank=True)
    website = models.URLField(max_length=200, blank=True)
    logo = models.BinaryField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="company_sheet_once"),
        ]

    def __str__(self) -> str:
        return f"Info sheet of {self.workspace}"


class SheetChange(Scoped):
    """One change of one field, with the words before it: the versions of a sheet."""

    sheet = models.ForeignKey(
        Sheet, null=True, blank=True, on_delete=models.CASCADE, related_name="changes"
    )
    company = models.ForeignKey(
        CompanySheet, null=True, blank=True, on_delete=models.CASCADE, related_name="changes"
    )
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version", "id"]
        constraints = [
            models.CheckConstraint(
                name="sheet_change_of_one",
                condition=Q(sheet__isnull=False, company=None)
                | Q(sheet=None, company__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.after[:60]}"
