"""The firms that people belong to."""

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
from touchline.people import search
from touchline.people.doubles.asking import look_again

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
        look_again(self.workspace_id, ids)
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
        then, people = self.people_then, self.people.model.objects
        swap(self, "company", ["deleted_at"], deleted_at=None, people_then=[])
        for some in search.batches(then, search.BATCH):
            free = people.filter(workspace_id=self.workspace_id, pk__in=some, company=None)
            ids += free.values_list("pk", flat=True)
            free.update(company=self)
        search.index(ids)
        look_again(self.workspace_id, ids)
        record(member, "restore", self, people=ids)
