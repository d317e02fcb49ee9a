"""Keeps on each relationship how far its one-to-ones and calls have come."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from touchline.relationships.models import Relationship


@transaction.atomic
def keep(relationships: Iterable[int]) -> None:
    """Store what the one-to-ones and calls of these relationships say; see ``SoFar``.

    One statement for all. Whoever changes their rows in bulk (joining two people, say) calls
    it for every relationship concerned; saving one, and its verbs, do it themselves.
    """
    from touchline.meetings.models.calls import Call
    from touchline.meetings.models.one_to_ones import TOOK_PLACE, OneToOne, State

    keys = sorted(relationships)
    concerned = Relationship.objects.filter(pk__in=keys)
    if connection.features.has_select_for_update:
        # Of two changes at once the second waits here, and then sees what the first did.
        list(concerned.select_for_update().order_by("pk").values_list("pk"))
    met: Any = OneToOne.objects.filter(relationship=OuterRef("pk"))
    held = met.filter(state__in=TOOK_PLACE)
    planned = met.filter(state=State.PLANNED)
    calls = Call.objects.filter(relationship=OuterRef("pk"))
    concerned.update(
        took_place=Coalesce(_one(held, Count("pk")), 0),
        last_at=_one(held, Max("starts_at")),
        next_at=_one(planned, Min("starts_at")),
        under_way=Exists(met.filter(state=State.UNDER_WAY)),
        to_close_out=Exists(met.filter(state=State.HELD)),
        went_badly=Exists(held.filter(went_well=False)),
        last_call_on=_one(calls, Max("on")),
        call_again_on=_one(calls, Max("again_on")),
    )


def _one(rows: Any, what: Any) -> Subquery:
    grouped = rows.order_by().values("relationship").annotate(found=what)
    return Subquery(grouped.values("found"))
