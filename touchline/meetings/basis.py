"""What the answer to M6 starts from, and what it makes of that."""

from dataclasses import dataclass

from touchline.meetings.models import Choice, Decision, OneToOne
from touchline.relationships.cadence import Cadence, less_often, more_often
from touchline.relationships.models import Relationship, State


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer starts from: the state and the rhythm that hold before it.

    ``former`` is the answer that it is given instead of, where a close-out was opened again
    and that answer still stands; the basis is then what held before the former one.
    """

    state: str
    meetings: Cadence
    former: Decision | None = None


def rhythm_after(choice: str, cadence: Cadence) -> Cadence:
    """Return the cadence of meetings after a choice."""
    if choice == Choice.MEET_MORE:
        return more_often(cadence)
    if choice == Choice.MEET_LESS:
        return less_often(cadence)
    return cadence


def state_after(choice: str) -> str:
    """Return the state of the programme after a choice."""
    return {Choice.PAUSE: State.PAUSED, Choice.END: State.ENDED}.get(Choice(choice), State.ACTIVE)


def basis_of(relationship: Relationship, one_to_one: OneToOne | None = None) -> Basis:
    """Return what an answer starts from, at the close-out of ``one_to_one`` or between meetings.

    That is what holds now, except where that close-out was opened again: an answer given
    then stands instead of the former one, so it starts from what held before that. Where
    something else has changed state or rhythm since (a later decision, a rhythm set by hand),
    the former answer stands no more, and what holds now is the basis.
    """
    now = Basis(relationship.state, relationship.meetings)
    if one_to_one is None or one_to_one.closed_out_at is None:
        return now
    latest: Decision | None = relationship.decisions.first()
    if latest is None or latest.one_to_one_id != one_to_one.pk:
        return now
    before = Cadence(latest.meeting_days_before, latest.meeting_tolerance_days_before)
    left = (state_after(latest.choice), latest.until, rhythm_after(latest.choice, before))
    if left != (now.state, relationship.paused_until, now.meetings):
        return now
    return Basis(latest.state_before, before, latest)
