"""One transition table for each thing that has states."""

from collections.abc import Mapping
from dataclasses import dataclass

from touchline.core.refusal import Refused


@dataclass(frozen=True)
class Transitions:
    """Which verb leads from which state to which.

    ``noun`` is the word used in refusals, ``table`` maps a verb to its ``{from: to}``, and
    ``words`` gives the state a name where its key is not one.
    """

    noun: str
    table: Mapping[str, Mapping[str, str]]

    def allows(self, verb: str, state: str) -> bool:
        """Say whether ``verb`` may happen in ``state``."""
        return state in self.table[verb]

    def after(self, verb: str, state: str) -> str:
        """Return the state after ``verb``, or raise Refused with a sentence."""
        try:
            return self.table[verb][state]
        except KeyError:
            spoken = state.replace("_", " ")
            raise Refused(
                f"This {self.noun} is {spoken}, so it can’t be {PAST.get(verb, verb)} now."
            ) from None

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        return frozenset(
            state for steps in self.table.values() for pair in steps.items() for state in pair
        )


PAST = {
    "begin": "begun",
    "hold": "held",
    "close_out": "closed out",
    "move": "moved",
    "cancel": "cancelled",
    "miss": "marked as missed",
    "reinstate": "put back",
    "reopen": "opened again",
    "keep": "kept",
    "drop": "dropped",
    "pause": "paused",
    "resume": "resumed",
    "end": "ended",
}
