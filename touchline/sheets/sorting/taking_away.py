"""A sheet that was put in goes again: it was somebody else's, or was put in by mistake."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings.models import Fact
from touchline.sheets.models import AnswerState, Source, TheirSheet

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def kept_of(sheet: TheirSheet) -> list[Fact]:
    """Return the facts that were taken over from a sheet and still stand, in one query."""
    taken = {"answers__sheet": sheet, "answers__state": AnswerState.ACCEPTED}
    return list(Fact.objects.current().filter(**taken).distinct().order_by("pk"))


@transaction.atomic
def take_away(by: "Member", sheet: TheirSheet, *, with_facts: Collection[int] = ()) -> int:
    """Take a sheet away for good, with what waits on it; return how many facts of it stay.

    What was taken over from it stays known, but for the facts whose keys are given: those are
    deleted, and what they replaced is current again. Raises Refused for a sheet that its owner
    handed over themselves, and for one that is gone already.
    """
    if sheet.source != Source.PUT_IN:
        raise Refused("They handed this in themselves, so it stays. Leave out what isn’t so.")
    held = TheirSheet.objects.select_for_update().filter(pk=sheet.pk)
    if not held.values_list("pk", flat=True).first():
        raise Refused("Somebody else has just taken this sheet away.")
    facts = kept_of(sheet)
    going = [fact for fact in facts if fact.pk in with_facts]
    gone = [fact.pk for fact in going]
    for fact in going:
        fact.delete_by(by)
    record(by, "take_away", sheet, person_id=sheet.relationship.person_id, facts=gone)
    sheet.delete()
    return len(facts) - len(going)
