"""A sheet that somebody of ours puts in becomes a proposal, as if its owner had handed it in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.journal.models import record
from touchline.people import photos
from touchline.sheets.models import AnswerState, Source, TheirAnswer, TheirSheet
from touchline.sheets.sorting.reading import Text
from touchline.sheets.sorting.sorting import Sorted

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.relationships.models import Relationship


@transaction.atomic
def put_in(
    by: "Member",
    relationship: "Relationship",
    found: Text,
    done: Sorted,
    *,
    filename: str = "",
    now: datetime,
) -> TheirSheet:
    """Keep a sheet as it came, with its answers to be decided on and what was not sorted.

    The picture of a card waits with them, drawn anew; one that can't be drawn is left out. A
    sheet on which nothing waits is settled.
    """
    photo = _drawn(found.photo)
    sheet: TheirSheet = TheirSheet.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        source=Source.PUT_IN,
        by=by,
        filename=filename,
        raw=found.raw,
        unsorted=done.unsorted,
        photo=photo,
        photo_given=photo is not None,
        began_at=now,
        handed_in_at=now,
        settled_at=None if done.answers or photo else now,
    )
    TheirAnswer.objects.bulk_create(
        TheirAnswer(
            workspace_id=relationship.workspace_id,
            sheet=sheet,
            topic=one.topic,
            slot=one.slot,
            text=one.text,
            state=AnswerState.PROPOSED,
            typed_at=now,
        )
        for one in done.answers
    )
    record(by, "put_in", sheet, person_id=relationship.person_id, answers=len(done.answers))
    return sheet


def _drawn(photo: bytes) -> bytes | None:
    try:
        return photos.small(photo) if photo else None
    except photos.Unreadable:
        return None
