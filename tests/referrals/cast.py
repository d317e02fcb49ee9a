"""What the tests of this part share."""

from datetime import date, timedelta
from typing import Any

from touchline.referrals.clocks.clocks import Followed
from touchline.referrals.states import OUTCOMES, UNDER_WAY, Direction, State

TODAY = date(2027, 6, 10)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def followed(
    direction: str = Direction.GIVEN, state: str = State.INTRODUCED, **fields: Any
) -> Followed:
    """Make one as the loader would: agreed twelve days ago, introduced ten days ago."""
    passed = state in (*UNDER_WAY, *OUTCOMES, State.THANKED)
    ended = state if state in OUTCOMES else State.WON if state == State.THANKED else ""
    plain: dict[str, Any] = {
        "key": 7, "version": 3, "relationship": 1, "direction": direction, "state": state,
        "state_on": ago(2), "need": "A lease", "agreed_on": ago(12),
        "introduced_on": ago(10) if passed else None,
        "contacted_on": None, "outcome": ended, "outcome_on": ago(2) if ended else None,
        "thanked_on": None, "feedback_on": None, "material": "", "material_on": None,
        "checked_on": None, "is_history": False, "one_to_one": None, "value_minor": None,
        "currency": "", "prospect_answer": "yes", "partner": "Ann Lee", "partner_given": "",
        "person": "Tom Hart", "person_given": "", "silent": False, "company": "Hart Foods",
        "told": None, "undecided": False, "taken_up": None,
    }  # fmt: skip
    return Followed(**{**plain, **fields})
