"""Jobs of this part."""

import logging

from django_tasks import task

from touchline.accounts.models import Member
from touchline.people.importing import bringing
from touchline.people.models import Import, ImportState

log = logging.getLogger(__name__)


@task
def apply_import(import_id: int, member_id: int) -> None:
    """Bring a queued import in. Idempotent: one that is not queued any more is left alone."""
    kept = Import.objects.filter(pk=import_id, state=ImportState.QUEUED).first()
    member = Member.objects.select_related("workspace", "user").filter(pk=member_id).first()
    if kept is None or member is None or member.workspace_id != kept.workspace_id:
        return
    try:
        bringing.bring_in(kept, member)
    except Exception:
        # Whatever it was, the person who waits is told; the log keeps the reason.
        log.exception("import %s failed", import_id)
        bringing.fail(
            kept,
            "Something went wrong on our side, so nothing of this file was brought in. "
            "Try again; if it happens again, the log of the worker says why.",
        )
