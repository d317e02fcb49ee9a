"""What referrals bring to the questions of a meeting: what came of one, and the newest passed."""

from collections.abc import Iterator, Sequence
from datetime import date

from touchline.core.words import short_day
from touchline.meetings.asking.events import line
from touchline.meetings.asking.rows import Material
from touchline.playbook.situation import Offer, Said
from touchline.referrals.clocks.clocks import Followed
from touchline.referrals.clocks.rows import of_partner
from touchline.referrals.states import OUTCOMES, State

# Under which name ``Material.further`` has the referrals with the person.
FURTHER = "referrals"
EVENT, PLACEHOLDER = "referral_outcome", "last_referral"


def load(found: Material) -> Sequence[Followed]:
    """Return the referrals with the person, in one query; none where no question is about them."""
    if not any(
        one.memory.event == EVENT or PLACEHOLDER in one.placeholders for one in found.prompts
    ):
        return ()
    return of_partner(found.relationship, found.last_on or date.min)


def outcomes(found: Material) -> Iterator[Offer]:
    """Yield what came of referrals since the last meeting, the newest first."""
    for one in found.further.get(FURTHER, ()):
        news = one.outcome in OUTCOMES and one.introduced_on and not one.is_history
        if not news or (found.last_on and one.outcome_on <= found.last_on):
            continue
        said = State(one.outcome).label.lower()
        on = short_day(one.outcome_on, found.today)
        yield Offer(
            f"referral:{one.key}:{one.outcome}",
            {PLACEHOLDER: f"{_told(one)}, {said}"},
            why=f"It was put down as {said} on {on}.",
            rank=(found.today - one.outcome_on).days,
        )


def last_passed(found: Material) -> Said | None:
    """Return the newest referral that was passed before the meeting, either way."""
    passed = [
        one
        for one in found.further.get(FURTHER, ())
        if one.introduced_on and one.introduced_on < found.on and one.one_to_one != found.key
    ]
    if not passed:
        return None
    newest = max(passed, key=lambda one: (one.introduced_on, one.key))
    return Said(line(_told(newest)), f"referral:{newest.key}")


def _told(one: Followed) -> str:
    return line(f"{one.spoken}: {one.need}")
