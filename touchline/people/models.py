"""Everyone a workspace knows: people, their companies and how to reach them."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from touchline.core.fold import fold
from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped, UndoableQuerySet
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.people import naming, search
from touchline.people.company import Company as Company
from touchline.people.doubles.asking import look_again
from touchline.people.doubles.models import Double as Double
from touchline.people.doubles.models import KeyRack as KeyRack
from touchline.people.doubles.models import KeyRing as KeyRing
from touchline.people.importing.models import ColumnMapping as ColumnMapping
from touchline.people.importing.models import Import as Import
from touchline.people.importing.models import ImportState as ImportState
from touchline.people.importing.models import Photo as Photo
from touchline.people.importing.models import Touched as Touched
from touchline.people.merging.models import Merge as Merge

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Tag(Scoped):
    """A word a workspace sorts its people by."""

    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, editable=False)

    class Meta:
        ordering = ["folded"]
        constraints = [models.UniqueConstraint(fields=["workspace", "folded"], name="tag_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)[:60]
        super().save(*args, **kwargs)


class Acquaintance(models.TextChoices):
    """How well I know a person; one known well is a good contact."""

    NOT_SAID = "not_said", "Not said"
    WELL = "well", "Well"
    A_LITTLE = "a_little", "A little"
    ONLY_A_NAME = "only_a_name", "Only a name"


class PersonQuerySet(UndoableQuerySet["Person"]):
    """People who answer for themselves: those merged into another are out of every list."""

    def visible_to(self, member: "Member") -> Self:
        return super().visible_to(member).filter(merged_into=None)

    def deleted_for(self, member: "Member") -> Self:
        return super().deleted_for(member).filter(merged_into=None)

    def merged_for(self, member: "Member") -> Self:
        """Return those for whom another one answers."""
        return self.filter(workspace_id=member.workspace_id, merged_into__isnull=False)


class Person(Scoped):
    """Somebody known: name, title, company, and how the record came to be."""

    name = models.CharField(max_length=200)
    given = models.CharField("given name", max_length=120, blank=True)
    family = models.CharField("family name", max_length=120, blank=True)
    # Folded *family given*; the order of every list, unique enough with the key behind it.
    sort_key = models.CharField(max_length=240, editable=False)
    title = models.CharField(max_length=200, blank=True)
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="people")
    source = models.CharField(max_length=120, blank=True)
    acquaintance = models.CharField(
        max_length=12, choices=Acquaintance.choices, default=Acquaintance.NOT_SAID
    )
    # When a person one only heard about was told that notes are held on them.
    told_on = models.DateField(null=True, blank=True)
    do_not_contact = models.BooleanField(default=False)
    # ISO date; *--05-09* where the year is not known.
    birthday = models.CharField(max_length=10, blank=True)
    notes = models.TextField(blank=True)
    # What a file said that has no field of ours: a list of [label, value].
    extra = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, editable=False)
    # Who answers for this one, where two records of one person were made one: merging.py.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="merged", editable=False
    )

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            # The list by name, first and last page alike.
            models.Index(
                fields=["workspace", "sort_key", "id"],
                name="person_by_name",
                condition=Q(deleted_at=None, merged_into=None),
            ),
            # The list by when they were added.
            models.Index(
                fields=["workspace", "-id"],
                name="person_by_age",
                condition=Q(deleted_at=None, merged_into=None),
            ),
            # The list of one source or acquaintance, by name; and which sources there are.
            models.Index(
                fields=["workspace", "source", "sort_key", "id"],
                name="person_by_source",
                condition=Q(deleted_at=None, merged_into=None),
            ),
            models.Index(
                fields=["workspace", "acquaintance", "sort_key", "id"],
                name="person_by_acquaintance",
                condition=Q(deleted_at=None, merged_into=None),
            ),
            models.Index(
                fields=["deleted_at"], name="person_deleted", condition=Q(deleted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.arrange()
        super().save(*args, **kwargs)

    def arrange(self) -> None:
        """Fill the name and the sorting key from the parts; called before every store."""
        if not self.name:
            self.name = f"{self.given} {self.family}".strip()
        self.sort_key = naming.order(self.name, self.given, self.family)

    def get_absolute_url(self) -> str:
        return path_to("people:person", self.pk)

    @property
    def first(self) -> str:
        """The name to speak of them by: the given name, else what the whole has."""
        return naming.first(self.name, self.given)

    @property
    def initials(self) -> str:
        """Up to two letters for the monogram."""
        return naming.initials(self.name, self.given, self.family)

    @property
    def what(self) -> str:
        """Title and company in a line."""
        company = self.company.name if self.company_id and self.company else ""
        return naming.what(self.title, company)

    def delete_by(self, member: "Member") -> None:
        """Put the person out of sight; for a month it can be undone."""
        if self.deleted_at:
            raise Refused(f"{self.name} is deleted already.")
        swap(self, "person", ["deleted_at", "merged_into_id"], deleted_at=timezone.now())
        search.remove([self.pk])
        record(member, "delete", self, person_id=self.pk, name=self.name)

    def restore_by(self, member: "Member") -> None:
        """Take a deletion back."""
        if not self.deleted_at:
            raise Refused(f"{self.name} is not deleted.")
        self.deleted_at = None
        self.save(update_fields=["deleted_at"])
        search.index([self.pk])
        look_again(self.workspace_id, [self.pk])
        record(member, "restore", self, person_id=self.pk)


class PointKind(models.TextChoices):
    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    ADDRESS = "address", "Address"
    WEB = "web", "Website"
    SOCIAL = "social", "Social"


class ContactPoint(Scoped):
    """One way to reach a person, or a company."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="points")
    company = models.ForeignKey(Company, null=True, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=8, choices=PointKind.choices)
    value = models.CharField(max_length=500)
    # E-mail in lower case, phone as E.164 where it can be read, else the value folded.
    normal = models.CharField(max_length=500, editable=False)
    label = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            # Whose is this address or number? Asked by import and by search.
            models.Index(fields=["workspace", "kind", "normal"], name="point_normal"),
        ]
        constraints = [
            models.CheckConstraint(
                name="point_of_one",
                condition=Q(person__isnull=False, company__isnull=True)
                | Q(person__isnull=True, company__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Identity(Scoped):
    """What another system calls a person: a vCard UID, a profile address."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    key = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="identity_once"),
        ]

    def __str__(self) -> str:
        return self.key
