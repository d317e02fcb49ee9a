"""The other one-to-ones with the same person: how many came before, and the next one planned."""

from dataclasses import dataclass
from datetime import datetime

from touchline.meetings.models import OneToOne, State
from touchline.meetings.models.one_to_ones import TOOK_PLACE


@dataclass(frozen=True, slots=True)
class Others:
    """How many took place before this one, and the next that is planned from now on."""

    before: int
    following: OneToOne | None


def others(one: OneToOne, now: datetime) -> Others:
    """Load them, in one query."""
    rows = (
        one.relationship.one_to_ones.filter(state__in=[*TOOK_PLACE, State.PLANNED])
        .exclude(pk=one.pk)
        .only("relationship_id", "state", "starts_at", "place")
        .order_by("starts_at")
    )
    before, following = 0, None
    for row in rows:
        if row.state != State.PLANNED:
            before += row.starts_at < one.starts_at
        elif following is None and row.starts_at > now:
            following = row
    return Others(before, following)
