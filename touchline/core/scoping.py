"""Every row belongs to one workspace and is fetched through the member who asks."""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from touchline.accounts.models import Member

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """The only way to rows: ``Model.objects.visible_to(member)``."""

    def visible_to(self, member: "Member") -> Self:
        """Return the rows that ``member`` may see: those of the member's own workspace."""
        return self.filter(workspace_id=member.workspace_id)


class Scoped(models.Model):
    """A row of one workspace's data."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
