"""The referrals between us and a partner, as the partner sees them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from touchline.core.words import capital, full_day
from touchline.referrals.models import Referral
from touchline.referrals.passing.naming import for_partner
from touchline.referrals.passing.telling import Told as Names
from touchline.referrals.states import BEFORE, CLOSED, State
from touchline.sheets.partner_page.shapes import Introduction, Line

# Those older than this are history, unless something is still to come of them.
A_YEAR = timedelta(days=365)
AT_MOST = 12


def is_between(referral: Referral) -> bool:
    """Say whether the partner knows of a referral: they were asked, or it was passed.

    An idea is ours alone. So is one whose prospect was asked before them, and one that came
    to nothing before it was passed.
    """
    if referral.introduced_on is not None:
        return True
    if referral.state == State.IDEA or referral.state not in BEFORE:
        return False
    return not referral.is_given or referral.receiver_asked_on is not None


def introductions(
    referrals: Sequence[Referral],
    names: tuple[Names, ...],
    said: Mapping[int, tuple[Line, ...]],
    *,
    host: str,
    today: date,
) -> tuple[Introduction, ...]:
    """Return those the partner sees, newest first; ``names`` must not stand in any of them.

    ``said`` is what they said of each, by its key.
    """
    recent = [
        one
        for one in referrals
        if is_between(one) and (one.state not in CLOSED or one.state_on > today - A_YEAR)
    ]
    recent.sort(key=lambda one: (one.state_on, one.pk), reverse=True)
    return tuple(
        _introduction(one, names, said.get(one.pk, ()), host, today) for one in recent[:AT_MOST]
    )


def _introduction(
    one: Referral, names: tuple[Names, ...], said: tuple[Line, ...], host: str, today: date
) -> Introduction:
    shown = for_partner(one, names)
    return Introduction(
        pk=one.pk,
        to_them=one.is_given,
        who=", ".join(name for name in (shown.prospect, shown.company) if name),
        need=capital(shown.need),
        standing=standing(one, host, today),
        question=_question(one),
        passed=one.is_given and one.introduced_on is not None,
        said=said,
    )


def _question(one: Referral) -> str:
    if one.is_given and one.introduced_on and not (one.feedback_on and one.outcome):
        return "What came of it?"
    if one.is_given and not one.receiver_answer:
        return "Would that suit you?"
    return "Say something about it"


def standing(one: Referral, host: str, today: date) -> str:
    """Say where a referral stands, as far as both know: *You met on 12 March.*

    What came of it is said once one of the two has told the other (``feedback_on``): thanks,
    an amount or a judgement of ours never.
    """
    if one.feedback_on and one.outcome == State.WON:
        return "It became work."
    if one.feedback_on and one.outcome == State.NOT_YET:
        return "Not yet, perhaps later."
    if one.feedback_on and one.outcome:
        return "Nothing came of it."
    you, they = ("You", host) if one.is_given else (host, "You")
    if one.met_on:
        return f"{you} met them on {full_day(one.met_on, today)}."
    if one.contacted_on:
        return f"{you} spoke to them on {full_day(one.contacted_on, today)}."
    if one.introduced_on:
        return f"{they} introduced you on {full_day(one.introduced_on, today)}." if (
            one.is_given
        ) else f"You introduced {host} on {full_day(one.introduced_on, today)}."  # fmt: skip
    if one.is_given and one.receiver_answer == "yes":
        return "You said yes. The introduction is still to come."
    if one.is_given and one.receiver_answer == "no":
        return "You said no, so nothing more happens."
    if one.is_given and one.receiver_asked_on:
        return f"{host} asked you on {full_day(one.receiver_asked_on, today)}."
    return "The introduction is still to come."
