"""Jobs of this part. Each is idempotent: begun again, it goes on, or finds nothing to do."""

import logging
from collections.abc import Callable

from django_tasks import task

from touchline.accounts.models import Member
from touchline.people.doubles import looking
from touchline.people.importing import bringing, working
from touchline.people.models import Import

log = logging.getLogger(__name__)


@task
def read_import(import_id: int, member_id: int) -> None:
    """Look at a kept file; nobody is changed by it."""
    _work(import_id, member_id, lambda kept, _: working.look(kept), "Nobody was changed.")


@task
def apply_import(import_id: int, member_id: int) -> None:
    """Bring a queued import in, or go on with it."""
    _work(
        import_id,
        member_id,
        working.bring_in,
        "What was brought in until then is there: go on with the rest, or undo it.",
    )


@task
def undo_import(import_id: int, member_id: int) -> None:
    """Take back what an import did, or go on with it."""
    _work(import_id, member_id, working.take_back, "What is left of it can be undone again.")


@task
def look_for_doubles(workspace_id: int, person_ids: list[int] | None) -> None:
    """Find the likely doubles of some people, or with None among everyone."""
    if person_ids is None:
        looking.look_over(workspace_id)
    else:
        looking.look_at(workspace_id, person_ids)


def _work(import_id: int, member_id: int, work: Callable[[Import, Member], None], now: str) -> None:
    kept = Import.objects.select_related("workspace").filter(pk=import_id).first()
    member = Member.objects.select_related("workspace", "user").filter(pk=member_id).first()
    if kept is None or member is None or member.workspace_id != kept.workspace_id:
        return
    if not member.may_change:
        bringing.fail(kept, "Whoever asked for this may only look by now.")
        return
    try:
        work(kept, member)
    except Exception:
        # Whatever it was, the person who waits is told; the log keeps the reason.
        log.exception("import %s failed", import_id)
        bringing.fail(
            kept,
            f"Something went wrong on our side. {now} "
            "If it happens again, the log of the worker says why.",
        )
