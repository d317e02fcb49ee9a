"""People and companies deleted for longer than a month leave for good."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from touchline.core.scoping import UNDO_DAYS
from touchline.journal.models import Entry, record
from touchline.people.doubles import ringing
from touchline.people.models import Company, Person

_forget: list[Callable[[Person | Company], None]] = []


def forgets(function: Callable[[Person | Company], None]) -> None:
    """Let a part forget what it says of those who go, in that transaction; from ``ready``.

    What hangs on them goes by itself; this is for what only speaks of them.
    """
    if function not in _forget:
        _forget.append(function)


def purge(now: datetime, limit: int = 500) -> int:
    """Delete for good up to ``limit`` people whose deletion can no longer be undone.

    Returns how many. Each goes in a transaction of its own, so that nobody waits for the
    clock; the condition is asked again inside, in case the deletion was just taken back.
    The journal keeps what happened and when, but no longer any of its details: a name is one.
    """
    expired = Person.objects.filter(deleted_at__lt=now - timedelta(days=UNDO_DAYS))
    purged = 0
    for pk in list(expired.order_by("deleted_at").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            person = expired.select_for_update().filter(pk=pk).first()
            if person is not None:
                # Those who were merged into them go with them.
                merged = [pk]
                for each in merged:
                    merged += Person.objects.filter(merged_into=each).values_list("pk", flat=True)
                Entry.objects.filter(workspace_id=person.workspace_id, person_id__in=merged).update(
                    details={}
                )
                record(None, "purge", person, person_id=pk)
                ringing.forget(person.workspace_id, merged)
                for function in _forget:
                    function(person)
                person.delete()
                purged += 1
    return purged


def purge_companies(now: datetime, limit: int = 500) -> int:
    """Delete for good up to ``limit`` companies, in the same way; their people stay."""
    expired = Company.objects.filter(deleted_at__lt=now - timedelta(days=UNDO_DAYS))
    purged = 0
    for pk in list(expired.order_by("deleted_at").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            company = expired.select_for_update().filter(pk=pk).first()
            if company is not None:
                Entry.objects.filter(
                    workspace_id=company.workspace_id, noun="company", noun_id=pk
                ).update(details={})
                record(None, "purge", company)
                for function in _forget:
                    function(company)
                company.delete()
                purged += 1
    return purged
