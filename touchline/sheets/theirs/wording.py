"""How a partner is asked for what the playbook would know: a plain question for a slot. Pure."""

from dataclasses import dataclass
from functools import cache

from touchline.core.words import capital
from touchline.meetings.knowing.days import BIRTHDAY
from touchline.playbook.playbook import Playbook, shipped

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: of which topic and slot, under which heading, in which words.

    ``slot`` is empty where a topic has none. ``key`` names it in a form.
    """

    topic: str
    slot: str
    heading: str
    text: str
    hint: str = ""

    @property
    def of(self) -> Key:
        return self.topic, self.slot

    @property
    def key(self) -> str:
        return f"{self.topic}/{self.slot}" if self.slot else self.topic

    @property
    def is_birthday(self) -> bool:
        return self.slot == BIRTHDAY


# The parts of the form, in order.
WORK, PEOPLE, YOU, MORE = "Your work", "The right people for you", "You", "And also"
PARTS = (WORK, PEOPLE, YOU, MORE)
# In the order in which they are asked. What is easy to say comes first in each part, and what
# is nearest to somebody last of all. What asks for reflection or trust is left to a meeting.
WORDED = (
    Question(
        "experience", "strength", WORK, "What do people come to you for?",
        "What you are best at, in a line or two.",
    ),
    Question(
        "experience", "before", WORK, "What did you do before?",
        "Other trades, other firms, other places.",
    ),
    Question("goals", "good_year", WORK, "What would make this a good year for you?"),
    Question(
        "ideal_referral", "examples", PEOPLE, "Which client would you like to have ten times over?",
        "Who they are and what they needed. Names are not necessary.",
    ),
    Question(
        "trigger_events", "phrases", PEOPLE, "What do people say when they need you?",
        "The sentence one might overhear.",
    ),
    Question(
        "how_to_introduce", "way", PEOPLE, "How do you like to be introduced?",
        "By mail, by telephone or over a coffee, and what should be said.",
    ),
    Question(
        "networks", "groups", PEOPLE, "Which groups or clubs do you go to?",
        "Committees and networks as well.",
    ),
    Question(
        "interests", "free_time", YOU, "What do you do when you are not working?",
    ),
    Question("interests", "team", YOU, "Is there a team you follow?"),
    Question(
        "family", "partner", YOU, "Is there somebody at your side?",
        "A name is enough, if you like.",
    ),
    Question(
        "family", "children", YOU, "Have you children?", "Names and ages, as far as you like.",
    ),
    Question(
        "family", BIRTHDAY, YOU, "When is your birthday?",
        "For instance 9 May. Leave the year out if you like.",
    ),
    # Asked once there is room, mostly when somebody is asked a second time.
    Question(
        "ideal_referral", "not_to_send", PEOPLE, "Whom should nobody send you?",
        "What looks right and turns out not to be.",
    ),
    Question("ideal_referral", "area", PEOPLE, "How far afield do you work?"),
    Question(
        "target_companies", "firms", PEOPLE, "Which firms would you like to be let into?",
    ),
    Question(
        "how_to_introduce", "sentence", PEOPLE, "How would you say in one sentence what you do?",
    ),
    Question("achievements", "win", WORK, "What went well lately?"),
    Question("goals", "help_wanted", WORK, "What could you use a hand with?"),
    Question("interests", "causes", YOU, "Is there a cause you give your time to?"),
    Question("interests", "places", YOU, "Where do you like to be?", "A town, a hill, a beach."),
    Question("family", "animals", YOU, "Are there animals at home?"),
    Question(
        "us", "reach", YOU, "How are you best reached?", "By call, message or mail, and when.",
    ),
)  # fmt: skip


@cache
def _as_shipped() -> dict[Key, str]:
    """Return the name of each slot that a workspace begins with."""
    topics = shipped()["topics"]
    return {
        (topic["key"], slot["key"]): slot["name"]
        for topic in topics
        for slot in topic.get("slots", ())
    }


def questions(playbook: Playbook) -> tuple[Question, ...]:
    """Return every question that a playbook has for a partner, in the order of asking.

    Those worded here, as far as the playbook still has their slots; a slot that was given
    another name is asked for by that name. Then the slots that the workspace added, and topics
    of its own that have none, by their names as well.
    """
    names = {(topic.key, slot.key): slot.name for topic in playbook.topics for slot in topic.slots}
    usual = _as_shipped()
    known = {one.of for one in WORDED}
    found = [
        one if names[one.of] == usual[one.of] else _by_name(one.of, one.heading, names[one.of])
        for one in WORDED
        if one.of in names
    ]
    found += [_by_name(of, MORE, name) for of, name in names.items() if of not in {*usual, *known}]
    topics = {topic for topic, _ in usual}
    found += [
        _by_name((topic.key, ""), MORE, topic.name)
        for topic in playbook.topics
        if not topic.slots and topic.key not in topics
    ]
    return tuple(found)


def _by_name(of: Key, heading: str, name: str) -> Question:
    return Question(*of, heading, capital(name))
