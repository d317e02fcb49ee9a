"""Every row belongs to one workspace and is fetched through the member who asks."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from touchline.accounts.models import Member

M = TypeVar("M", bound=models.Model)

UNDO_DAYS = 30


class ScopedQuerySet(models.QuerySet[M]):
    """The only way to rows: ``Model.objects.visible_to(member)``."""

    def visible_to(self, member: "Member") -> Self:
        """Return the rows that ``member`` may see: those of the member's own workspace."""
        return self.filter(workspace_id=member.workspace_id)


class UndoableQuerySet(ScopedQuerySet[M]):
    """Rows with ``deleted_at``: the deleted are out of sight, for a month to be brought back."""

    def visible_to(self, member: "Member") -> Self:
        """Return the workspace's rows, without those deleted."""
        return super().visible_to(member).filter(deleted_at=None)

    def deleted_for(self, member: "Member") -> Self:
        """Return the rows whose deletion can still be undone."""
        since = timezone.now() - timedelta(days=UNDO_DAYS)
        return super().visible_to(member).filter(deleted_at__gt=since)


class Scoped(models.Model):
    """A row of one workspace's data."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
