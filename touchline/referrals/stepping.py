"""What may be said of a referral now, and which of it comes next. Pure.

A step is a verb of the table, or a verb with what it is about: ``contact``, ``tell:feedback``,
``yes:prospect``. Whoever shows a referral offers ``next`` as its one filled button and the
others behind it; whoever takes a step hands its key to ``taking.take``.
"""

from dataclasses import dataclass

from touchline.referrals.models.said import Answer, Asked
from touchline.referrals.states import BEFORE, STATES, State


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a referral decides on its steps.

    ``partner`` and ``prospect`` are what they are called by in a sentence. ``known`` says that
    there is a prospect, ``silent`` that they are marked do not contact, ``thanked`` that thanks are
    on record for what it has come to (``states.thanked_for``).
    """

    state: str
    given: bool
    partner: str
    prospect: str
    known: bool = True
    silent: bool = False
    receiver_asked: bool = False
    receiver_answer: str = ""
    prospect_asked: bool = False
    prospect_answer: str = ""
    thanked: bool = False
    told: frozenset[str] = frozenset()
    material: str = ""
    is_history: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step that may be taken: its key, and what the button says."""

    key: str
    label: str

    @property
    def takes_money(self) -> bool:
        return self.key in ("quote", "win")


@dataclass(frozen=True, slots=True)
class Steps:
    """What comes next (None: nothing), a sentence about it, and what else may be said."""

    next: Step | None
    why: str
    others: tuple[Step, ...]

    @property
    def all(self) -> tuple[Step, ...]:
        return ((self.next,) if self.next else ()) + self.others


OUTCOMES = ("win", "lose", "postpone", "no_answer", "dud")
# The order in which steps are offered; consents first, then the road, then what is dated.
_ROAD = ("introduce", "receive", "contact", "meet", "quote", *OUTCOMES, "thank")
_TOLD = ("feedback", "material", "checked")
# What comes next after each state, where nothing in the consents does.
_NEXT = {
    State.INTRODUCED: "contact",
    State.CONTACTED: "meet",
    State.MET: "quote",
    State.QUOTED: "win",
    State.WON: "thank",
    State.LOST: "thank",
    State.NOT_YET: "contact",
    State.NO_ANSWER: "thank",
    State.DUD: "thank",
}


def label(key: str, at: Standing) -> str:
    """Say a step as the member would: *Ann has contacted Tom*, *I have contacted Tom*."""
    partner, prospect = at.partner, at.prospect
    said = {
        "introduce": "I have introduced them",
        "receive": f"{partner} has introduced us",
        "meet": "They have met" if at.given else "We have met",
        "win": "It became business",
        "lose": "It was lost",
        "postpone": "Not yet, perhaps later",
        "no_answer": "There is no answer",
        "dud": "It was a dud",
        "decline": "Let it go",
        "tell:material": "What was promised is sent",
        "tell:checked": "I have asked both how it went",
        "no:prospect": f"{prospect} says no",
        "yes:prospect": f"{prospect} says yes",
    }
    if at.given:
        said |= {
            "ask:receiver": f"I have asked {partner}",
            "yes:receiver": f"{partner} says yes",
            "no:receiver": f"{partner} says no",
            "ask:prospect": f"I have asked {prospect}",
            "contact": f"{partner} has contacted {prospect}",
            "quote": f"{partner} has made a quote",
            "thank": f"{partner} has thanked me",
            "tell:feedback": f"{partner} has told me how it went",
        }
    else:
        said |= {
            "ask:receiver": f"{partner} has offered it to me",
            "yes:receiver": "I say yes",
            "no:receiver": "I say no",
            "ask:prospect": f"{partner} has asked {prospect}",
            "contact": f"I have contacted {prospect}",
            "quote": "I have made a quote",
            "thank": f"I have thanked {partner}",
            "tell:feedback": f"I have told {partner} how it went",
        }
    if key == "thank" and at.thanked:
        return "Close it"
    return said[key]


def awaited(key: str, at: Standing) -> str:
    """Say a step that is still to come: *First contact*, *An answer from Ann*."""
    verb, _, about = key.partition(":")
    who = at.partner if about == Asked.RECEIVER else at.prospect
    return {
        "ask": f"Ask {who}",
        "yes": f"An answer from {who}",
        "introduce": "The introduction",
        "receive": "The introduction",
        "contact": "The first contact",
        "meet": "A meeting",
        "quote": "A quote",
        "win": "An order",
        "thank": "Thanks, and it is closed",
    }.get(verb, label(key, at))


def steps(at: Standing) -> Steps:
    """Return what may be said now; what is done, or is the other direction's, is left out."""
    consents = _consents(at) if at.state in BEFORE else []
    road = [verb for verb in _ROAD if _may(verb, at)]
    told = [
        f"tell:{what}"
        for what in _TOLD
        if STATES.allows("tell", at.state)
        and what not in at.told
        and not (what == "checked" and not at.given)
        and not (what == "material" and not at.material)
    ]
    keys = [*consents, *road, *told]
    if at.state in BEFORE:
        keys.append("decline")
    chosen, why = _next(at, keys)
    made = {key: Step(key, label(key, at)) for key in keys}
    return Steps(
        made[chosen] if chosen else None,
        why,
        tuple(step for key, step in made.items() if key != chosen),
    )


def _may(verb: str, at: Standing) -> bool:
    if not STATES.allows(verb, at.state):
        return False
    if verb == "thank" and at.thanked and STATES.after(verb, at.state) == at.state:
        return False
    if verb == "introduce":
        return at.given and not at.silent
    return verb != "receive" or (not at.given and at.known)


def _consents(at: Standing) -> list[str]:
    """Return what each side may still be asked or have answered, the receiver first."""
    found = []
    for whom in (Asked.RECEIVER, Asked.PROSPECT):
        receiver = whom == Asked.RECEIVER
        if at.receiver_answer if receiver else at.prospect_answer:
            continue
        if not receiver and (at.silent or not at.known):
            continue
        asked = at.receiver_asked if receiver else at.prospect_asked
        found += [] if asked else [f"ask:{whom}"]
        found += [f"yes:{whom}", f"no:{whom}"]
    return found


def _next(at: Standing, keys: list[str]) -> tuple[str, str]:
    if at.silent and at.state in BEFORE:
        return "", f"{at.prospect} is marked do not contact, so nothing can come of it."
    if at.state in BEFORE and not at.given:
        return _received(at, keys)
    if at.state in BEFORE:
        return _given(at)
    chosen = str(_NEXT.get(State(at.state), ""))
    if at.is_history and chosen == "thank":
        return "", "It was over before the software: nothing is asked of it."
    return chosen, _why(at)


def _received(at: Standing, keys: list[str]) -> tuple[str, str]:
    if "receive" not in keys:
        return "", "Say who it is, once you know."
    return "receive", f"{at.partner} asks {at.prospect} and you, and then introduces you."


def _given(at: Standing) -> tuple[str, str]:
    if at.receiver_answer != Answer.YES:
        unnamed = "" if at.prospect_answer else f" {at.prospect} stays unnamed until they agree."
        if not at.receiver_asked:
            return "ask:receiver", f"Ask {at.partner} whether they want it.{unnamed}"
        return "yes:receiver", f"{at.partner} is asked and has not answered.{unnamed}"
    if at.prospect_answer != Answer.YES:
        if not at.known:
            return "", f"{at.partner} wants it. Say now who it is, so that they can be asked."
        if not at.prospect_asked:
            return (
                "ask:prospect",
                f"{at.partner} says yes. Ask {at.prospect}, with an easy way out.",
            )
        return "yes:prospect", f"{at.prospect} is asked and has not answered."
    return "introduce", "Both say yes. Introduce them within two days, while it is warm."


def _why(at: Standing) -> str:
    whose = f"{at.partner}’s" if at.given else "yours"
    what = " for the business" if at.state == State.WON else ""
    thanks = (
        f"Has {at.partner} thanked you{what}? That closes it."
        if at.given
        else f"Thank {at.partner}{what}. That closes it."
    )
    if at.thanked:
        thanks = "Thanks were said. Close it when nothing more is to come."
    return {
        State.INTRODUCED: f"The first word to {at.prospect} is {whose}.",
        State.CONTACTED: "They have spoken." if at.given else "You have spoken.",
        State.MET: "They have met." if at.given else "You have met.",
        State.QUOTED: "A quote is out.",
        State.NOT_YET: "It rests. Take it up again when the time is right.",
        State.DECLINED: "It was let go before it was passed.",
        State.THANKED: "Nothing is left to do.",
    }.get(State(at.state), thanks)
