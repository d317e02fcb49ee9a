"""Plans one-to-ones, and enters those that happened already."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings import capturing, coverage
from touchline.meetings.models import OneToOne, State
from touchline.playbook.models import of
from touchline.relationships.models import Relationship
from touchline.relationships.models import State as RelationshipState

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def suggested_kind(relationship: Relationship, by: "Member") -> str:
    """Return the kind of the next meeting, from how many took place."""
    return of(by.workspace).kind_after(coverage.took_place(relationship)).key


@transaction.atomic
def plan(
    relationship: Relationship, by: "Member", *, starts_at: datetime, now: datetime, **fields: Any
) -> OneToOne:
    """Plan a one-to-one at a time to come.

    ``fields`` are further fields of OneToOne; kind, length, travel and place default to the
    suggestion and to what is usual with this person. Raises Refused for a time gone by, a
    programme that rests or has ended, or a second one at the very same time.
    """
    if starts_at <= now:
        raise Refused("That time has gone by. Enter it as held, or choose a time to come.")
    if relationship.state == RelationshipState.ENDED:
        raise Refused("This programme has ended. Take it up again first.")
    until = relationship.paused_until
    if until and starts_at.astimezone(ZoneInfo(by.time_zone)).date() < until:
        raise Refused(
            "This programme is paused until then. Take it up again, or choose a later day."
        )
    if relationship.one_to_ones.planned().filter(starts_at=starts_at).exists():
        raise Refused("A one-to-one is planned for that very time already.")
    fields.setdefault("length_minutes", relationship.length_minutes)
    fields.setdefault("travel_minutes", relationship.travel_minutes)
    fields.setdefault("place", relationship.place)
    if not fields.get("kind"):
        fields["kind"] = suggested_kind(relationship, by)
    one: OneToOne = OneToOne.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        starts_at=starts_at,
        **fields,
    )
    record(by, "plan", one, person_id=relationship.person_id, starts_at=starts_at.isoformat())
    return one


@transaction.atomic
def enter_held(
    relationship: Relationship,
    by: "Member",
    *,
    on: date,
    now: datetime,
    text: str = "",
    nothing_to_note: bool = False,
    at: time = time(12),
    **fields: Any,
) -> OneToOne:
    """Enter a one-to-one that happened already, as held; closed out later.

    With ``nothing_to_note`` it counts as closed out at once. ``text`` becomes its note.
    Raises Refused for a day to come, or a second one entered for the same moment.
    """
    if on > by.today(now):
        raise Refused("That day is still to come. Plan it instead.")
    if on.year < 1900:
        raise Refused("That year is too long ago. Check the date.")
    starts_at = min(datetime.combine(on, at, tzinfo=ZoneInfo(by.time_zone)), now)
    if relationship.one_to_ones.took_place().filter(starts_at=starts_at).exists():
        raise Refused("A one-to-one at that time is on record already.")
    fields.setdefault("length_minutes", relationship.length_minutes)
    fields.setdefault("travel_minutes", relationship.travel_minutes)
    one: OneToOne = OneToOne.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        kind=fields.pop("kind", "") or suggested_kind(relationship, by),
        state=State.CLOSED_OUT if nothing_to_note else State.HELD,
        closed_out_at=now if nothing_to_note else None,
        no_next_reason="Met, nothing to note." if nothing_to_note else "",
        starts_at=starts_at,
        place=fields.pop("place", relationship.place),
        **fields,
    )
    if text:
        capturing.note(relationship, by, text, at=starts_at, one_to_one=one)
    record(by, "enter_held", one, person_id=relationship.person_id, on=on.isoformat())
    return one
