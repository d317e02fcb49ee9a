"""Whether a referral is ready to be passed (M10): one list, from what is on record. Pure.

What is missing is named with the question to ask next. docs/domain/readiness.md has the rules.
"""

from datetime import date

from touchline.core.words import capital, clipped, count, listed, number, short_day
from touchline.referrals.models.said import HEATS, Answer, How
from touchline.referrals.passing.fit import fit
from touchline.referrals.passing.shapes import (
    Consent,
    Group,
    Item,
    Partner,
    Passing,
    Prospect,
)

_BY = {How.PHONE: "on the phone", How.MAIL: "by mail", How.PERSON: "in person",
       How.MESSAGE: "by message"}  # fmt: skip
OPEN_TOPICS = 3  # Named in the question, at most.


def readiness(
    partner: Partner, prospect: Prospect, passing: Passing, today: date
) -> tuple[Item, ...]:
    """Return the list, in the order in which one would ask.

    Guarantees: the two consents and that there is a prospect are always on it and firm, and
    do-not-contact wherever it is so; an item that is not met has a question or a sentence that
    says what to do; nothing that is not on record is ever taken for a yes.
    """
    return (
        _meetings(partner),
        _known(partner),
        _tried(partner, today),
        *_who(prospect),
        _need(prospect, passing, today),
        _elsewhere(prospect, passing),
        *fit(partner, prospect, passing),
        _consent("receiver", partner.name, passing.partner, today),
        _consent("prospect", prospect.name, passing.prospect, today, reach=_reach(prospect)),
        _words(partner, passing, today),
        _expects(partner, prospect, passing),
        _heat(passing),
    )


def _meetings(partner: Partner) -> Item:
    times = count(partner.took_place, "one-to-one")
    met = partner.took_place >= partner.least
    sentence = f"You have held {times} with {partner.name}."
    detail = f"{capital(number(partner.before))} before the software." if partner.before else ""
    if met:
        return Item("meetings", Group.PARTNER, sentence, True, detail)
    return Item(
        "meetings",
        Group.PARTNER,
        f"You have held {times} with {partner.name}; {number(partner.least)} come before a "
        "referral.",
        False,
        detail,
        f"{partner.name}, when shall we meet next?",
    )


def _known(partner: Partner) -> Item:
    if not partner.unknown:
        return Item(
            "known", Group.PARTNER, f"You know enough of {partner.name} to speak for them.", True
        )
    topics = listed([topic.lower() for topic in partner.open_topics[:OPEN_TOPICS]], "or")
    return Item(
        "known",
        Group.PARTNER,
        f"You do not know enough of {partner.name} yet to speak for them.",
        False,
        detail=f"{capital(listed(list(partner.unknown)))}.",
        ask=f"{partner.name}, tell me about {topics}." if topics else "",
    )


def _tried(partner: Partner, today: date) -> Item:
    name = partner.name
    if not partner.sentence:
        return Item(
            "tried",
            Group.PARTNER,
            f"How to speak of {name} is not written down yet.",
            False,
            ask=f"{name}, in what words should I speak of you?",
            answer="card",
        )
    detail = f"“{clipped(partner.sentence, 300)}”"
    if partner.approved_on:
        on = short_day(partner.approved_on, today)
        said = f"{name} approved how you speak of them, on {on}."
        return Item("tried", Group.PARTNER, said, True, detail)
    if partner.heard_on:
        said = f"{name} heard how you speak of them, on {short_day(partner.heard_on, today)}."
        return Item("tried", Group.PARTNER, said, True, detail)
    return Item(
        "tried",
        Group.PARTNER,
        f"{name} has not heard yet how you speak of them.",
        False,
        detail,
        f"{name}, this is how I speak of you. Is it right?",
        answer="card",
    )


def _who(prospect: Prospect) -> list[Item]:
    """Return what is firm about the prospect where it stands in the way, else nothing."""
    if not prospect.is_said:
        return [
            Item(
                "who",
                Group.NEED,
                "You have not said yet who it is.",
                False,
                firm=True,
                ask="Who is it that has this need?",
                answer="who",
            )
        ]
    if prospect.left_alone:
        return [
            Item(
                "left_alone",
                Group.NEED,
                f"{prospect.name} is marked do not contact.",
                False,
                firm=True,
                detail="So nothing can be passed. If that has changed, say so on their page.",
            )
        ]
    return []


def _need(prospect: Prospect, passing: Passing, today: date) -> Item:
    detail = f"“{clipped(passing.need, 160)}”"
    when = f"on {short_day(passing.stated_on, today)}" if passing.stated_on else ""
    where = passing.stated_where.strip().rstrip(".")
    if when and where:
        said = f"The need was stated {when}: {where}."
        return Item("need", Group.NEED, said, True, detail, answer="need")
    missing = "where" if when else "when" if where else "when and where"
    return Item(
        "need",
        Group.NEED,
        f"The need may still be a guess: {missing} it was said is missing.",
        None,
        detail,
        f"Did {prospect.name} say so, or is it a guess?",
        answer="need",
    )


def _elsewhere(prospect: Prospect, passing: Passing) -> Item:
    others = list(passing.elsewhere)
    if not others:
        said = f"{prospect.name} is with no other partner for this."
        return Item("elsewhere", Group.NEED, said, True)
    return Item(
        "elsewhere",
        Group.NEED,
        f"{prospect.name} is with {listed(others)} for the same need already.",
        False,
        ask=f"Which of them is right for {prospect.name}?",
    )


def _reach(prospect: Prospect) -> bool:
    return prospect.is_said and not prospect.left_alone


def _consent(key: str, name: str, consent: Consent, today: date, *, reach: bool = True) -> Item:
    answer = "consent" if reach else ""
    how = f" {_BY[How(consent.how)]}" if consent.how else ""
    if consent.answer == Answer.YES:
        on = f" on {short_day(consent.answered_on, today)}" if consent.answered_on else ""
        return Item(key, Group.PASSING, f"{name} said yes{on}{how}.", True, firm=True)
    if consent.answer == Answer.NO:
        return Item(key, Group.PASSING, f"{name} said no.", False, firm=True)
    if consent.asked_on:
        on = short_day(consent.asked_on, today)
        said = f"{name} was asked on {on}{how} and has not answered."
        return Item(key, Group.PASSING, said, None, firm=True, answer=answer)
    ask = f"Ask {name}, with an easy way out."
    said = f"{name} has not been asked yet."
    return Item(key, Group.PASSING, said, None, ask=ask, firm=True, answer=answer)


def _words(partner: Partner, passing: Passing, today: date) -> Item:
    if passing.words and passing.words_agreed_on:
        on = short_day(passing.words_agreed_on, today)
        detail = f"“{clipped(passing.words, 160)}”"
        said = f"The words of introduction were agreed on {on}."
        return Item("words", Group.PASSING, said, True, detail, answer="words")
    ideal = partner.ideal.get("introduce", ())
    likes = " ".join((*ideal, partner.introduce)).strip()
    return Item(
        "words",
        Group.PASSING,
        "The words of introduction are not agreed yet.",
        False,
        detail=f"{partner.name} likes it so: “{clipped(likes, 400)}”" if likes else "",
        ask=f"{partner.name}, what should I say when I introduce you?",
        answer="words",
    )


def _expects(partner: Partner, prospect: Prospect, passing: Passing) -> Item:
    said = {
        True: f"{prospect.name} expects to hear from {partner.name}.",
        False: f"{prospect.name} does not expect to hear from {partner.name}.",
        None: f"Whether {prospect.name} expects to hear from {partner.name} is still open.",
    }[passing.expects_contact]
    ask = "" if passing.expects_contact else f"{prospect.name}, when would a call suit you?"
    return Item("expects", Group.PASSING, said, passing.expects_contact, ask=ask, answer="yes_no")


def _heat(passing: Passing) -> Item:
    if passing.heat:
        said = f"How warm it is: {passing.heat} of 5."
        return Item(
            "heat", Group.PASSING, said, True, f"{HEATS[passing.heat]}.", answer="heat"
        )  # fmt: skip
    return Item(
        "heat",
        Group.PASSING,
        "You have not said how warm it is.",
        None,
        ask="How far is the door open?",
        answer="heat",
    )
