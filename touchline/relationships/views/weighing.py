"""The load as pages show it before anything changes (M8): ruler, sentence, what makes room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from touchline.accounts.models import Member
from touchline.core.words import span
from touchline.playbook.playbook import Playbook
from touchline.relationships import load
from touchline.relationships.cadence import Cadence
from touchline.relationships.forms import OWN, cadences, own_cadences, rhythm_words
from touchline.relationships.load import LONGEST, Change, Commitment
from touchline.relationships.ruler import Ruler, room, ruler


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change of load, ready to be shown; ``needs_consent`` where it goes over the budget."""

    change: Change
    ruler: Ruler
    relief: str

    @property
    def needs_consent(self) -> bool:
        """Whether it adds to a week that is or becomes too full; easing is always free."""
        return bool(self.ruler.over) and self.change.after > self.change.before


def weigh(
    everything: Sequence[Commitment],
    budget: int,
    *,
    starts: Sequence[Commitment] = (),
    stops: Iterable[int] = (),
    whose: str = "your",
) -> Weighed:
    """Weigh a change against the budget, with what would make room where it does not fit."""
    change = load.change(everything, budget, starts=starts, stops=stops)
    spared = [one.key for one in starts]
    return Weighed(
        change,
        ruler(change, whose),
        room(load.relief(everything, change.over, sparing=spared), change.over),
    )


def draft(member: Member, name: str, length: int, travel: int) -> Commitment:
    """Return what a programme not begun yet would ask for, its rhythm still to be said."""
    return Commitment(
        name=name,
        length_minutes=length,
        travel_minutes=travel,
        preparation_minutes=member.preparation_minutes,
        meeting_days=LONGEST,
        call_minutes=member.call_minutes,
        call_days=None,
    )


def in_rhythm(one: Commitment, meetings: Cadence, calls: Cadence | None) -> Commitment:
    """Return a commitment in another rhythm."""
    return replace(
        one, meeting_days=meetings.ideal_days, call_days=calls.ideal_days if calls else None
    )


@dataclass(frozen=True, slots=True)
class RhythmOption:
    """One rhythm to choose, with the load it leads to."""

    key: str
    name: str
    words: str
    load: str
    over: str
    checked: bool


def options(
    playbook: Playbook,
    chosen: str,
    everything: Sequence[Commitment],
    budget: int,
    *,
    starts: Sequence[Commitment],
    stops: Sequence[int] = (),
    whose: str = "your",
) -> list[RhythmOption]:
    """Return the tiers of the playbook and *your own*, each with the load it leads to."""
    found = []
    for tier in playbook.tiers:
        rhythm = cadences(tier)
        weighed = weigh(
            everything, budget, starts=[in_rhythm(one, *rhythm) for one in starts], stops=stops
        )
        found.append(
            RhythmOption(
                tier.key,
                tier.name,
                rhythm_words(tier),
                f"{span(weighed.change.after)} of {whose} {span(budget)} a week",
                weighed.ruler.over if weighed.needs_consent else "",
                chosen == tier.key,
            )
        )
    found.append(RhythmOption(OWN, "", "your own rhythm", "", "", chosen == OWN))
    return found


def number_in(given: Mapping[str, Any], field: str, low: int, high: int) -> int | None:
    """Read a whole number within bounds from a form that may still be half filled in."""
    try:
        value = int(given.get(field, ""))
    except (TypeError, ValueError):
        return None
    return value if low <= value <= high else None


def rhythm_in(
    given: Mapping[str, Any], playbook: Playbook, default: tuple[Cadence, Cadence | None]
) -> tuple[str, tuple[Cadence, Cadence | None]]:
    """Read the rhythm chosen in a form still being filled in; ``default`` where none is yet.

    Returns the key of the choice, "" where none was made, and the cadences.
    """
    key = str(given.get("rhythm") or "")
    tier = playbook.tier(key)
    if tier is not None:
        return key, cadences(tier)
    days = number_in(given, "meeting_days", 1, LONGEST)
    if key == OWN and days:
        return key, own_cadences(
            days,
            number_in(given, "meeting_tolerance_days", 0, 400),
            number_in(given, "call_days", 1, 400),
        )
    return key if key == OWN else "", default
