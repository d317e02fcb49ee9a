"""One transition table for each thing that has states, and the one way to take its steps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from touchline.core.refusal import Refused


def swap(row: Model, noun: str, still: Iterable[str], **values: Any) -> None:
    """Store ``values`` in a row whose columns ``still`` are as they were read.

    Of two people who press at once one succeeds and the other is told, with Refused: the
    update names what it starts from, and a database that let both read the same row checks
    that again before it writes. Where it is refused, ``row`` is read anew, if it is still there.
    """
    held = {name: getattr(row, name) for name in still}
    if not type(row)._base_manager.filter(pk=row.pk, **held).update(**values):
        try:
            row.refresh_from_db()
        except ObjectDoesNotExist:
            raise Refused(f"Somebody else has just deleted this {noun}.") from None
        raise Refused(f"Somebody else has just changed this {noun}. Look again.")
    for name, value in values.items():
        setattr(row, name, value)


@dataclass(frozen=True)
class Transitions:
    """Which verb leads from which state to which.

    ``noun`` is the word used in refusals and ``table`` maps a verb to its ``{from: to}``.
    ``field`` is the column that holds the state; where others hold it together, ``held_in``
    names those and ``field`` is the property that tells it from them. ``says`` words what the
    table does not allow, from the verb and the state, where the usual sentence would not do.
    """

    noun: str
    table: Mapping[str, Mapping[str, str]]
    field: str = "state"
    held_in: Sequence[str] = ()
    says: Callable[[str, str], str] | None = None

    def allows(self, verb: str, state: str) -> bool:
        """Say whether ``verb`` may happen in ``state``."""
        return state in self.table[verb]

    def after(self, verb: str, state: str) -> str:
        """Return the state after ``verb``, or raise Refused with a sentence."""
        try:
            return self.table[verb][state]
        except KeyError:
            raise Refused((self.says or self._usual)(verb, state)) from None

    def _usual(self, verb: str, state: str) -> str:
        spoken = state.replace("_", " ")
        return f"This {self.noun} is {spoken}, so it can’t be {PAST.get(verb, verb)} now."

    def take(self, row: Model, verb: str, *, still: Sequence[str] = (), **values: Any) -> None:
        """Take the table's step for ``verb`` and store it with ``values``, see ``swap``.

        ``still`` are further columns that must be as they were read: those by which a step
        that stays in its state (to move, to pause longer) tells that another was quicker.
        """
        after = self.after(verb, getattr(row, self.field))
        if not self.held_in:
            values[self.field] = after
        try:
            swap(row, self.noun, (*(self.held_in or (self.field,)), *still), **values)
        except Refused:
            # The state it is in by now says more, where that is what stands in the way.
            self.after(verb, getattr(row, self.field))
            raise

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
    "keep_late": "kept",
    "drop": "dropped",
    "cover": "ticked off",
    "uncover": "put back on the agenda",
    "pause": "paused",
    "resume": "resumed",
    "end": "ended",
    "queue": "brought in",
    "apply": "brought in",
    "fail": "marked as failed",
    "change": "changed",
    "hear": "heard",
    "approve": "approved",
}
