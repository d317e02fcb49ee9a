"""The referrals of a brief: what waits for a debrief, what is owed, what is under way. Pure.

The brief of a referral partner opens with them (M4).
"""

from datetime import date

from touchline.briefing.shapes import ReferralLine
from touchline.briefing.story import Story
from touchline.core.money import Money, shown
from touchline.core.words import day
from touchline.playbook.clocks import Clocks
from touchline.referrals.clocks.clocks import Followed, clocks
from touchline.referrals.clocks.words import Due
from touchline.referrals.clocks.words import shown as what_is_due
from touchline.referrals.passing.naming import SOME_NEED
from touchline.referrals.passing.telling import masked, told
from touchline.referrals.states import BEFORE, UNDER_WAY, Direction, State

_IN_FLIGHT = (*BEFORE, *UNDER_WAY, State.NOT_YET)


def referral_lines(story: Story, days: Clocks, today: date) -> tuple[ReferralLine, ...]:
    """Return the referrals worth opening with.

    Those that wait for a debrief come first, then those on which somebody is late, then what
    else falls due within a week, what is in flight both ways, and what ended since last time.
    """
    lines = []
    for one in story.referrals:
        owed = what_is_due([one], days, story.by, today)
        near = tuple(each for each in owed if each.kind != "debrief")
        late = any(each.late for each in near)
        ended = story.last is None or (one.outcome_on or date.min) > story.last.on
        if one.waits:
            place, state = 0, "debrief"
        elif near:
            place, state = (1, "late") if late else (2, "open")
        elif one.state in _IN_FLIGHT:
            place, state = 3, ""
        elif one.outcome and ended:
            place, state = 4, ""
        else:
            continue
        lines.append((place, _line(one, near, state, story.country, today)))
    # Those that moved last come first; sorting keeps that.
    lines.sort(key=lambda pair: pair[0])
    return tuple(line for _, line in lines)


def _line(
    one: Followed, near: tuple[Due, ...], state: str, country: str, today: date
) -> ReferralLine:
    # A brief lies on the table between the two: nobody is named on it before they agreed.
    need = one.need if one.may_be_named else _unnamed(one)
    said = need.rstrip(".")
    return ReferralLine(
        one.key,
        one.direction,
        f"{one.spoken}: {said}" if one.may_be_named and (one.person or one.company) else said,
        _standing(one, country, today),
        state,
        near,
    )


def _unnamed(one: Followed) -> str:
    """Return the need without the prospect’s name or firm, which somebody may have typed in."""
    whom = told(
        "", name=one.person or "", given=one.person_given or "",
        companies=[one.company] if one.company else [], known=[one.partner],
    )  # fmt: skip
    return masked(one.need, [whom]) or SOME_NEED


def _standing(one: Followed, country: str, today: date) -> str:
    """Say where it stands: *Given, met 3 days ago*; *Received, won 5 May, £4,000*."""
    said = State(one.state).label.lower()
    if one.state == State.THANKED and one.outcome:
        said = f"{State(one.outcome).label.lower()}, and thanked for"
    parts = [f"{Direction(one.direction).label}, {said} {day(one.state_on, today)}"]
    if one.value_minor is not None:
        parts.append(shown(Money(one.value_minor, one.currency), country))
    standing = ", ".join(parts)
    if one.waits:
        return f"{standing}. {'Decide on what it taught' if one.told else 'Say why'}"
    if not one.may_be_named and one.state in BEFORE:
        return f"{standing}. Not named to {one.first} yet"
    return standing


def referral_lead(story: Story, days: Clocks, today: date) -> str:
    """Say the one thing about referrals that one would want whispered; empty for none.

    A waiting debrief, else feedback that is late: that which I owe before that owed to me.
    """
    waiting = next((one for one in story.referrals if one.waits), None)
    if waiting:
        was = {State.WON: "was won", State.LOST: "was lost"}.get(State(waiting.outcome))
        why = "and what it taught is not decided" if waiting.told else "and nobody has said why"
        who = waiting.spoken if waiting.may_be_named else "Somebody not named yet"
        return f"{who} {was or 'was a dud'}, {why}."
    late = [
        each
        for one in story.referrals
        for each in clocks(one, days, today)
        if each.kind == "feedback" and each.is_late(today)
    ]
    if not late:
        return ""
    first = min(late, key=lambda each: (not each.mine, each.due_on))
    return f"{first.text}, {first.when(today)}."
