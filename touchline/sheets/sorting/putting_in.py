"""A sheet that somebody of ours puts in becomes a proposal, as if its owner had handed it in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.journal.models import record
from touchline.people import photos
from touchline.sheets.models import AnswerState, Source, TheirAnswer, TheirSheet
from touchline.sheets.sorting.reading import Text

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.relationships.models import Relationship
    from touchline.sheets.sorting.sorting import Sorted


@transaction.atomic
def put_in(
    by: "Member",
    relationship: "Relationship",
    found: Text,
    done: "Sorted",
    photo: bytes | None = None,
    *,
    filename: str = "",
    now: datetime,
) -> TheirSheet:
    """Keep a sheet as it came, with its answers to be decided on and what was not sorted.

    ``photo`` is the picture of a card as ``picture_of`` drew it; it waits with them. A sheet on
    which nothing waits is settled.
    """
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


def picture_of(found: Text) -> bytes | None:
    """Draw the picture of a card anew; None where it has none, or one that can't be drawn."""
    try:
        return photos.small(found.photo) if found.photo else None
    except photos.Unreadable:
        return None
