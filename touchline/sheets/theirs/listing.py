"""The sheets of one partner, as a list says them: asked, begun, handed in, decided on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from touchline.core.words import number
from touchline.relationships.models import Relationship
from touchline.sheets.models import AnswerState, Link, Purpose, Source, TheirSheet


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet: when it came, how many answers wait to be decided on, were taken, were not.

    ``taken_back`` is how many things they no longer said on it, and that was decided on.

    ``came_at`` is None while they are at it: then nothing of it is told but that it was begun.
    """

    sheet: TheirSheet
    came_at: datetime | None
    waiting: int
    taken: int
    left_out: int
    taken_back: int
    picture: bool

    @property
    def became(self) -> str:
        """Say what became of what was decided on: *three kept, one left out*; else nothing."""
        said = [(self.taken, "kept"), (self.left_out, "left out"), (self.taken_back, "taken back")]
        return ", ".join(f"{number(many)} {what}" for many, what in said if many)

    @property
    def put_in(self) -> bool:
        return bool(self.sheet.source == Source.PUT_IN)


@dataclass(frozen=True, slots=True)
class Asking:
    """The link that asks them now: how often it was opened, and when last."""

    link: Link
    visits: int
    last_at: datetime | None


def sheets_of(relationship: Relationship) -> tuple[Row, ...]:
    """Return the sheets of a partner, newest first, in one query; words of none are loaded."""

    def many(which: Q) -> Count:
        return Count("answers", filter=which)

    accepted, declined = (
        Q(answers__state=state) for state in (AnswerState.ACCEPTED, AnswerState.DECLINED)
    )
    # An answer without words takes back what was said before.
    back = Q(answers__text="")
    rows = (
        TheirSheet.objects.filter(relationship=relationship)
        .defer("raw", "unsorted", "photo")
        .annotate(
            waiting=many(Q(answers__state=AnswerState.PROPOSED)),
            taken=many(accepted & ~back),
            left_out=many(declined & ~back),
            taken_back=many((accepted | declined) & back),
        )
    )
    return tuple(
        Row(
            one, one.handed_in_at, one.waiting, one.taken, one.left_out, one.taken_back,
            one.photo_given,
        )
        for one in rows
    )  # fmt: skip


def asking_now(relationship: Relationship) -> Asking | None:
    """Return the link by which they are asked, in one query; None where none is open."""
    links = Link.objects.filter(relationship=relationship, purpose=Purpose.YOURS)
    found: Any = (
        links.live(timezone.now())
        .annotate(looks=Count("visits"), last_looked=Max("visits__last_at"))
        .first()
    )
    return Asking(found, found.looks, found.last_looked) if found else None
