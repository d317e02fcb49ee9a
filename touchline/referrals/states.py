"""Where a referral may stand, and what leads from one to another. Pure.

The states are those of practice: from an idea through both consents to the introduction, from
there through contact, meeting and quote to what came of it; thanks close it. The same table
holds for what is given and for what is received; docs/domain/referrals.md has it as a drawing.
"""

from datetime import date

from django.db import models

from touchline.core.states import Transitions


class Direction(models.TextChoices):
    """Given: passed by us to the partner. Received: passed to us by the partner."""

    GIVEN = "given", "Given"
    RECEIVED = "received", "Received"


class State(models.TextChoices):
    IDEA = "idea", "Idea"
    ASKING = "asking", "Asking"
    AGREED = "agreed", "Agreed"
    INTRODUCED = "introduced", "Introduced"
    CONTACTED = "contacted", "Contacted"
    MET = "met", "Met"
    QUOTED = "quoted", "Quoted"
    WON = "won", "Won"
    LOST = "lost", "Lost"
    NOT_YET = "not_yet", "Not yet"
    DECLINED = "declined", "Declined"
    NO_ANSWER = "no_answer", "No answer"
    DUD = "dud", "Dud"
    THANKED = "thanked", "Thanked"


BEFORE = (State.IDEA, State.ASKING, State.AGREED)
UNDER_WAY = (State.INTRODUCED, State.CONTACTED, State.MET, State.QUOTED)
# What came of it; a *thanked* one keeps which of these it was.
OUTCOMES = (State.WON, State.LOST, State.NOT_YET, State.NO_ANSWER, State.DUD)
# Nothing more is to come of them by themselves.
CLOSED = (State.DECLINED, State.THANKED)
# The outcomes that a debrief learns from (M14).
DEBRIEFED = (State.WON, State.LOST, State.DUD)


def _says(verb: str, state: str) -> str:
    here = State(state).label.lower()
    if verb == "introduce" and state in (State.IDEA, State.ASKING):
        return "Both have to say yes before they are introduced. A yes on the phone counts."
    if verb in SPOKEN:
        return f"This referral is at “{here}”, so it can’t be {SPOKEN[verb]} now."
    return f"This referral is at “{here}”, so that can’t be said of it now."


SPOKEN = {
    "ask": "asked for",
    "agree": "agreed",
    "decline": "declined",
    "introduce": "introduced",
    "receive": "received",
    "contact": "marked as contacted",
    "meet": "marked as met",
    "quote": "marked as quoted",
    "win": "won",
    "lose": "lost",
    "postpone": "put down as not yet",
    "no_answer": "put down as without an answer",
    "dud": "called a dud",
    "thank": "thanked for",
}

STATES = Transitions(
    "referral",
    {
        # The consents stand side by side, so that asking the second changes no state.
        "ask": {State.IDEA: State.ASKING, State.ASKING: State.ASKING},
        "agree": {State.IDEA: State.AGREED, State.ASKING: State.AGREED},
        "decline": dict.fromkeys(BEFORE, State.DECLINED),
        "introduce": {State.AGREED: State.INTRODUCED},
        # One that we were passed: its consents were the giver's to ask.
        "receive": dict.fromkeys(BEFORE, State.INTRODUCED),
        "contact": dict.fromkeys((State.INTRODUCED, State.NOT_YET), State.CONTACTED),
        "meet": dict.fromkeys((State.INTRODUCED, State.CONTACTED, State.NOT_YET), State.MET),
        "quote": dict.fromkeys(
            (State.INTRODUCED, State.CONTACTED, State.MET, State.NOT_YET), State.QUOTED
        ),
        "win": dict.fromkeys((*UNDER_WAY, State.NOT_YET), State.WON),
        "lose": dict.fromkeys((*UNDER_WAY, State.NOT_YET), State.LOST),
        "postpone": dict.fromkeys(UNDER_WAY, State.NOT_YET),
        "no_answer": dict.fromkeys(
            (State.ASKING, State.INTRODUCED, State.CONTACTED), State.NO_ANSWER
        ),
        "dud": dict.fromkeys((*UNDER_WAY, State.NOT_YET, State.NO_ANSWER), State.DUD),
        # Thanks come first, in practice: said while it is under way they change no state.
        "thank": {
            **{state: state for state in (*UNDER_WAY, State.NOT_YET)},
            **dict.fromkeys((State.WON, State.LOST, State.NO_ANSWER, State.DUD), State.THANKED),
        },
        # What is dated and changes no state: feedback, material, a check on both sides.
        "tell": {state: state for state in (*UNDER_WAY, *OUTCOMES, State.THANKED)},
    },
    says=_says,
)


def thanked_for(state: str, thanked_on: date | None, outcome_on: date | None) -> bool:
    """Say whether thanks are on record for what it has come to.

    Early thanks were for the introduction: a win after them is thanked for once more.
    """
    won_since = state == State.WON and bool(thanked_on and outcome_on and thanked_on < outcome_on)
    return thanked_on is not None and not won_since


# The column that holds the day of a state, and of what changes none.
DATED = {
    State.ASKING: "asked_on",
    State.AGREED: "agreed_on",
    State.INTRODUCED: "introduced_on",
    State.CONTACTED: "contacted_on",
    State.MET: "met_on",
    State.QUOTED: "quoted_on",
    State.DECLINED: "outcome_on",
    **dict.fromkeys(OUTCOMES, "outcome_on"),
    State.THANKED: "thanked_on",
}
