"""What each reason for an outcome would change (M14): one table. Pure.

docs/domain/debrief.md has it to read. The reasons for duds are those of practice; a reason
changes one thing, and what it changes is proposed, never done.
"""

from dataclasses import dataclass
from typing import NamedTuple

from touchline.referrals.learning import changing as learning
from touchline.referrals.learning.changing import Happened, Propose
from touchline.referrals.states import State

WON, LOST, DUD = str(State.WON), str(State.LOST), str(State.DUD)
ADD, NARROW, EXCLUDE = "add", "narrow", "exclude"
CARD, PROMPT = "card.introduce", "prompt"
# Where it lay, as ``models.Cause`` has it.
INTRODUCTION, FIT, TIMING, MEANS = "introduction", "fit", "timing", "means"
CAUSES = (INTRODUCTION, FIT, TIMING, MEANS, "")
WHO_ELSE = "who_else"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One row: a reason, where it lay, and what it would change in which way.

    ``target`` is ``ideal.<field>``, ``card.introduce`` or ``prompt``; ``hint`` says what to
    type in the line. ``tapped`` is False for what is asked for in a field of its own.
    """

    key: str
    outcomes: tuple[str, ...]
    words: str
    cause: str
    target: str
    way: str
    propose: Propose
    hint: str
    tapped: bool = True


class Change(NamedTuple):
    """What a lesson proposes: the whole of its target before and after."""

    target: str
    way: str
    before: str
    after: str
    why: str


LESSONS = (
    # Duds, by the reasons of practice.
    Lesson(
        "no_need", (DUD,), "There was no need", FIT,
        "ideal.qualifying_question", NARROW,
        learning.question("What happens if you leave it as it is this year?"),
        "The question that would have shown it, if you know one.",
    ),
    Lesson(
        "not_expecting", (DUD,), "They did not expect to be called", INTRODUCTION,
        CARD, ADD,
        learning.sentence("Tell them to expect a call from {me}, and wait for their yes first."),
        "What to tell them beforehand, if there is more to it.",
    ),
    Lesson(
        "wrong_person", (DUD, LOST), "The wrong person: somebody else decides", FIT,
        "ideal.exclusions", EXCLUDE, learning.wrong_person,
        "Who does not decide there: assistants, tenants, the younger partner.",
    ),
    Lesson(
        "no_means", (DUD, LOST), "They had no means for it", MEANS,
        "ideal.value_floor", NARROW, learning.instead,
        "From what amount it is worth everybody’s time.",
    ),
    Lesson(
        "wrong_area", (DUD, LOST), "Outside the area", FIT,
        "ideal.area", NARROW, learning.area, "Which place is too far.",
    ),
    Lesson(
        "no_details", (DUD,), "No way to reach them", INTRODUCTION,
        CARD, ADD,
        learning.sentence("Send a number on which they do answer, and the best hour for it."),
        "What was missing, if it was something else.",
    ),
    Lesson(
        "invented", (DUD,), "There was nothing in it", INTRODUCTION,
        PROMPT, ADD,
        learning.prompt(
            "Nobody told me of {about} themselves. What should I have heard from them?",
            "About {about}: what did they say to you themselves, word for word?",
        ),
        "The question to ask next time, in your words, if you have one.",
    ),
    # Lost.
    Lesson(
        "price", (LOST,), "It was too dear for them", MEANS,
        "ideal.qualifying_question", NARROW,
        learning.question("What have you set aside for it?"),
        "The question that would have shown it, if you know one.",
    ),
    Lesson(
        "timing", (LOST,), "Too early, or too late", TIMING,
        "ideal.trigger_events", NARROW, learning.lines,
        "What happens at the right moment: three months before the lease ends.",
    ),
    Lesson(
        "no_room", (LOST,), "No room for it just then", TIMING,
        "ideal.capacity", NARROW, learning.one_line, "How many can be taken on, and from when.",
    ),
    Lesson(
        "had_somebody", (LOST, DUD), "They had somebody already", FIT,
        "ideal.exclusions", EXCLUDE, learning.has_somebody,
        "Whom they have, or who has such a one as a rule.",
    ),
    Lesson(
        "wrong_fit", (LOST,), "Not the kind of client", FIT,
        "ideal.exclusions", EXCLUDE, learning.lines, "What kind of client not to send.",
    ),
    Lesson(
        "introduction", (LOST,), "The way it was introduced", INTRODUCTION,
        CARD, ADD, learning.lines, "What to say the next time, or to leave unsaid.",
    ),
    # Won.
    Lesson(
        "phrase", (WON,), "What somebody said gave it away", FIT,
        "ideal.trigger_phrases", ADD, learning.phrase, "Their words, as they said them.",
    ),
    Lesson(
        "event", (WON,), "Something had just happened to them", TIMING,
        "ideal.trigger_events", ADD, learning.lines, "What had happened.",
    ),
    Lesson(
        "right_role", (WON,), "The right person to talk to", FIT,
        "ideal.roles", ADD, learning.role, "Their role, if it is not on their card.",
    ),
    Lesson(
        "right_industry", (WON,), "The right trade", FIT,
        "ideal.industries", ADD, learning.lines, "What their firm does.",
    ),
    Lesson(
        "right_size", (WON,), "The right size, and the means for it", MEANS,
        "ideal.size", ADD, learning.one_line, "How large they are: people, vans, flats, turnover.",
    ),
    Lesson(
        "gateway", (WON,), "Whoever dealt with them just before knew", TIMING,
        "ideal.gateway_professions", ADD, learning.lines, "That one’s trade.",
    ),
    Lesson(
        "words", (WON,), "The words of the introduction", INTRODUCTION,
        CARD, ADD, learning.spoken, "The words that did it.",
    ),
    Lesson(
        "personal", (WON,), "Introduced in person", INTRODUCTION,
        CARD, ADD,
        learning.sentence("Bring {me} and them to one table, or set up the call yourself."),
        "How it was done, if there is more to it.",
    ),
    # Whatever came of it.
    Lesson(
        "unknown", (WON, LOST, DUD), "Nobody knows yet", "",
        PROMPT, ADD,
        learning.prompt(
            "About {about}: what did it come down to, as you see it?",
            "About {about}: what did they tell you of it, as you see it?",
        ),
        "The question to ask, in your words, if you have one.",
    ),
    Lesson(
        "who_else", (WON, LOST), "Who else is in that position", FIT,
        "ideal.named_targets", ADD, learning.who_else, "Names, a line each.", tapped=False,
    ),
)  # fmt: skip
BY_KEY = {lesson.key: lesson for lesson in LESSONS}


def reasons(outcome: str) -> list[tuple[str, list[Lesson]]]:
    """Return the reasons to tap for an outcome, grouped by where they lie."""
    tapped = [one for one in LESSONS if one.tapped and outcome in one.outcomes]
    groups = [(cause, [one for one in tapped if one.cause == cause]) for cause in CAUSES]
    return [(cause, group) for cause, group in groups if group]


def target_of(lesson: Lesson, received: bool) -> str:
    """Return what a lesson changes: of one received the words of introduction are our own."""
    return "ideal.introduce" if received and lesson.target == CARD else lesson.target


def proposed(lesson: Lesson, before: str, what: Happened) -> Change:
    """Return what a lesson would change; ``after`` is empty where the line has to say it."""
    after = lesson.propose(before, what)
    return Change(target_of(lesson, what.received), lesson.way, before, after, lesson.words)
