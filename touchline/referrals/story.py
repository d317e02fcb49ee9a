"""What happened to a referral, day by day, in words. Pure but for the rows it is given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from touchline.core.words import capital
from touchline.referrals.models.said import Asked, How
from touchline.referrals.models.steps import Step
from touchline.referrals.states import State
from touchline.referrals.stepping import Standing, label


@dataclass(frozen=True, slots=True)
class Told:
    """One step as it is told: its day, what happened, who put it down, and whether it stands."""

    on: date
    text: str
    aside: str = ""
    gone_back_on: date | None = None
    gone_back_reason: str = ""
    here: bool = False


_BEGUN = {
    State.IDEA: "The idea",
    State.INTRODUCED: "Introduced",
    State.CONTACTED: "First contact",
    State.MET: "They met",
    State.QUOTED: "A quote",
    State.THANKED: "Thanks",
}


_ANEW = (
    "Somebody else is the prospect, and is asked anew",
    "It is with another partner, and both are asked anew",
)


def story(steps: Iterable[Step], at: Standing, hows: dict[str, str]) -> list[Told]:
    """Return the steps in the order they were taken.

    ``hows`` has, for ``receiver`` and ``prospect``, how each was reached (``How``).
    """
    taken = list(steps)
    whose = _whose(taken, at)
    last = max((step.pk for step in taken if step.gone_back_on is None), default=0)
    return [
        Told(
            step.on,
            # A name is written as it is, be it small.
            _text(step, at, hows)
            if whose[step.pk] is at
            else capital(_text(step, whose[step.pk], hows)),
            step.reason,
            step.gone_back_on,
            step.gone_back_reason,
            here=step.pk == last,
        )
        for step in taken
    ]


def _whose(steps: list[Step], at: Standing) -> dict[int, Standing]:
    """Return, by step, whom it tells of: before a change that was somebody else."""
    found: dict[int, Standing] = {}
    for step in reversed(steps):
        found[step.pk] = at
        if step.verb == "change" and step.what == "partner":
            at = replace(at, partner="the partner before")
        elif step.verb == "change":
            at = replace(at, prospect="the prospect before")
    return found


def _text(step: Step, at: Standing, hows: dict[str, str]) -> str:
    if step.verb == "begin":
        state = State(step.to_state)
        return _BEGUN.get(state, state.label)
    if step.verb == "change":
        return _ANEW[step.what == "partner"]
    if step.verb == "tell":
        return label(f"tell:{step.what}", at)
    if step.what in Asked.values:
        return _consent(step, at, hows)
    if step.verb == "decline":
        return "Let go"
    if step.verb == "thank":
        said = label("thank", _unthanked(at))
        return said if step.from_state == step.to_state else f"{said}. Closed"
    return label(step.verb, at)


def _consent(step: Step, at: Standing, hows: dict[str, str]) -> str:
    """Say who was asked or what they answered; a no that ended it, and how they were reached."""
    if f"{step.what}_answer" not in step.before:
        said = label(f"ask:{step.what}", at)
    else:
        answer = "no" if step.verb == "decline" else "yes"
        said = label(f"{answer}:{step.what}", at)
    how = hows.get(step.what, "") if step.gone_back_on is None else ""
    return f"{said}, {How(how).label.lower()}" if how else said


def _unthanked(at: Standing) -> Standing:
    """Return the same, as if no thanks had been said: a step is told as it was taken."""
    return replace(at, thanked=False)
