"""Each workspace's own copy of the playbook."""

import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.playbook.playbook import Playbook, parse, shipped

if TYPE_CHECKING:
    from touchline.accounts.models import Member, Workspace


# Every page reads the playbook: parsing takes forty times as long as comparing.
MOST_KEPT = 64
_PARSED: dict[int, tuple[dict[str, Any], Playbook]] = {}


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
        """The document as frozen dataclasses, parsed once for as long as it stays the same."""
        kept = _PARSED.get(self.pk)
        if kept is None or kept[0] != self.data:
            kept = (copy.deepcopy(self.data), parse(self.data))
            if len(_PARSED) >= MOST_KEPT:
                _PARSED.clear()
            _PARSED[self.pk] = kept
        return kept[1]

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
