"""Everyone a workspace knows: people, their companies and how to reach them."""

from typing import TYPE_CHECKING, Any, ClassVar

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

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Company(Scoped):
    """A firm that people belong to."""

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    notes = models.TextField(blank=True)
    deleted_at = models.DateTimeField(null=True, editable=False)
    # The keys of its people when it was deleted: they belong to none until that is undone.
    people_then = models.JSONField(default=list, editable=False)

    objects: ClassVar[Any] = UndoableQuerySet["Company"].as_manager()

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            # Also the list by name. A deleted one does not keep its name from another.
            models.UniqueConstraint(
                fields=["workspace", "folded"], name="company_once", condition=Q(deleted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)[:200]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return path_to("people:company", self.pk)

    def delete_by(self, member: "Member") -> None:
        """Put the company out of sight; its people stay. For a month it can be undone."""
        if self.deleted_at:
            raise Refused(f"{self.name} is deleted already.")
        ids = list(self.people.order_by("pk").values_list("pk", flat=True))
        swap(self, "company", ["deleted_at"], deleted_at=timezone.now(), people_then=ids)
        self.people.update(company=None)
        search.index(ids)
        record(member, "delete", self, name=self.name, people=ids)

    def restore_by(self, member: "Member") -> None:
        """Take a deletion back: who was there then and is nowhere else now is there again."""
        if not self.deleted_at:
            raise Refused(f"{self.name} is not deleted.")
        if Company.objects.visible_to(member).filter(folded=self.folded).exists():
            raise Refused(
                f"There is another {self.name} by now. Rename that one, then restore this one."
            )
        ids: list[int] = []
        then = self.people_then
        swap(self, "company", ["deleted_at"], deleted_at=None, people_then=[])
        for some in search.batches(then, search.BATCH):
            free = Person.objects.filter(workspace_id=self.workspace_id, pk__in=some, company=None)
            ids += free.values_list("pk", flat=True)
            free.update(company=self)
        search.index(ids)
        record(member, "restore", self, people=ids)


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
    """People; those deleted are out of sight."""


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

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            # The list by name, first and last page alike.
            models.Index(
                fields=["workspace", "sort_key", "id"],
                name="person_by_name",
                condition=Q(deleted_at=None),
            ),
            # The list by when they were added.
            models.Index(
                fields=["workspace", "-id"], name="person_by_age", condition=Q(deleted_at=None)
            ),
            # The list of one source or acquaintance, by name; and which sources there are.
            models.Index(
                fields=["workspace", "source", "sort_key", "id"],
                name="person_by_source",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                fields=["workspace", "acquaintance", "sort_key", "id"],
                name="person_by_acquaintance",
                condition=Q(deleted_at=None),
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
        swap(self, "person", ["deleted_at"], deleted_at=timezone.now())
        search.remove([self.pk])
        record(member, "delete", self, person_id=self.pk, name=self.name)

    def restore_by(self, member: "Member") -> None:
        """Take a deletion back."""
        if not self.deleted_at:
            raise Refused(f"{self.name} is not deleted.")
        self.deleted_at = None
        self.save(update_fields=["deleted_at"])
        search.index([self.pk])
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


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", "Previewed"
    QUEUED = "queued", "Waiting"
    APPLIED = "applied", "Brought in"
    FAILED = "failed", "Not brought in"


class Import(Scoped):
    """A contact file brought in: kept until it is applied, then only what came of it."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    content = models.BinaryField(null=True)
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.PREVIEWED
    )
    # How many new, changed, unchanged, with a problem: of the preview, then of what was done.
    counts = models.JSONField(default=dict)
    # What the preview page shows; gone once the file is brought in.
    preview = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return path_to("people:import", self.pk)
