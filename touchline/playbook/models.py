"""Each workspace's own copy of the playbook."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.playbook.playbook import Playbook, parse, shipped

if TYPE_CHECKING:
    from touchline.accounts.models import Member, Workspace


class WorkspacePlaybook(models.Model):
    """The playbook of one workspace, as one document: it is read and edited whole.

    ``version`` rises with each edit, so that of two people who edit at once the second is
    told instead of overwriting the first.
    """

    workspace = models.OneToOneField(
        "accounts.Workspace", on_delete=models.CASCADE, related_name="playbook"
    )
    data = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Playbook of {self.workspace}"

    @cached_property
    def playbook(self) -> Playbook:
        """The document as frozen dataclasses."""
        return parse(self.data)

    def edit(self, member: "Member", data: dict[str, Any], *, seen: int | None = None) -> None:
        """Replace the document by ``data``, journalled with what it was.

        ``seen`` is the version the member was shown; where somebody else has edited since,
        Refused is raised and nothing changes. Raises Malformed where ``data`` does not parse.
        """
        parse(data)
        shown = self.version if seen is None else seen
        stored = WorkspacePlaybook.objects.filter(pk=self.pk, version=shown)
        if not stored.update(data=data, version=shown + 1):
            raise Refused("Somebody else changed the playbook meanwhile.")
        before, self.data, self.version = self.data, data, shown + 1
        self.__dict__.pop("playbook", None)
        record(member, "edit", self, before=before)


def of(workspace: "Workspace") -> Playbook:
    """Return a workspace's playbook, made from the shipped one at first sight."""
    try:
        return workspace.playbook.playbook
    except WorkspacePlaybook.DoesNotExist:
        made, _ = WorkspacePlaybook.objects.get_or_create(
            workspace=workspace, defaults={"data": shipped()}
        )
        workspace.playbook = made
        return made.playbook
