"""The steps of a referral as a board says them: by where they lead. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from touchline.referrals.models.said import Asked
from touchline.referrals.states import STATES, State
from touchline.referrals.stepping import Standing, steps

# These want more than a day: what it is worth, what went wrong, why it is let go.
ASKING_MORE = ("win", "dud", "decline")


@dataclass(frozen=True, slots=True)
class Move:
    """One entry of a menu: the step's key, where it leads, whether it is the step that is next.

    ``asks``: it is taken on the referral's own page, whose form has room for what goes with it.
    """

    key: str
    label: str
    is_next: bool
    asks: bool


@lru_cache(maxsize=2048)
def moves(at: Standing) -> tuple[Move, ...]:
    """Return what a referral may be moved by, the next step first; names need not be known."""
    offered = steps(at)
    return tuple(
        Move(step.key, _label(step.key, at), step is offered.next, step.key in ASKING_MORE)
        for step in offered.all
        if not step.key.startswith("tell:")
    )


def _label(key: str, at: Standing) -> str:
    verb, _, whom = key.partition(":")
    if whom:
        who = "Prospect" if whom == Asked.PROSPECT else "Partner" if at.given else "I"
        said = {"ask": "asked", "yes": "says yes", "no": "says no"}[verb]
        if who == "I":
            return {"ask": "Offered to me", "yes": "I say yes", "no": "I say no"}[verb]
        return f"{who} {said}"
    if verb == "thank":
        return "Closed" if at.thanked else "Thanked"
    return State(STATES.after(verb, at.state)).label
