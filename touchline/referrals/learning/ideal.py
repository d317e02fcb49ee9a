"""The fields of an ideal referral, and which answers nobody could act on. Pure."""

import re
from typing import NamedTuple

from touchline.meetings.pitching import Part

# In the order in which one speaks of them; ``sources`` as in the pitch card.
PARTS = (
    Part(
        "sentence",
        "The sentence",
        "One person whom you could picture, and what has just happened to them.",
        (("ideal_referral", "examples"),),
    ),
    Part("roles", "Their role", "Who decides there. A line each.", (("ideal_referral", "role"),)),
    Part(
        "industries",
        "Trade",
        "What their firm or household does. A line each.",
        (("ideal_referral", "trade"),),
    ),
    Part(
        "size",
        "Size",
        "People, turnover, flats, seats: whatever is counted there.",
        (("ideal_referral", "size"),),
    ),
    Part("area", "Area", "How far it may be, and where not.", (("ideal_referral", "area"),)),
    Part(
        "trigger_events",
        "What has just happened",
        "What sets it off, weeks before they go looking. A line each.",
        (("trigger_events", "just_happened"), ("trigger_events", "")),
    ),
    Part(
        "trigger_phrases",
        "What one hears them say",
        "Their words, when they plan, boast or complain. A line each.",
        (("trigger_events", "phrases"),),
    ),
    Part(
        "signs",
        "What one can see",
        "From the street, the van, the web page. A line each.",
        (("trigger_events", "signs"),),
    ),
    Part(
        "named_targets",
        "By name",
        "People and firms that would be welcome tomorrow. A line each.",
        (("target_companies", "firms"), ("target_companies", "people")),
    ),
    Part(
        "gateway_professions",
        "Who sees them before and after",
        "The trades that deal with the same client. A line each.",
        (("networks", "before_after"), ("trigger_events", "first_to_know")),
    ),
    Part(
        "exclusions",
        "Whom not to send",
        "However keen they are. A line each.",
        (("ideal_referral", "not_to_send"), ("experience", "turned_away")),
    ),
    Part(
        "value_floor",
        "From what value",
        "Below it, it is a favour and no referral.",
        (("ideal_referral", "value_range"),),
    ),
    Part(
        "season",
        "Season",
        "When it is welcome, and when it is not.",
        (("business", "season"), ("trigger_events", "timing")),
    ),
    Part(
        "capacity",
        "Room for more",
        "How many at a time, and from when.",
        (("business", "capacity"),),
    ),
    Part(
        "introduce",
        "How to introduce",
        "By mail, by telephone, in person; what to say and what to leave out.",
        (("how_to_introduce", "way"), ("how_to_introduce", "unsaid"), ("how_to_introduce", "")),
    ),
    Part(
        "story",
        "A story",
        "One client: what was wrong, what was done, what it is like now.",
        (("how_to_introduce", "story"), ("experience", "proudest")),
    ),
    Part(
        "qualifying_question",
        "What to ask first",
        "The question that tells whether it is worth everybody’s time.",
        (("how_to_introduce", "ask_first"), ("ideal_referral", "worth")),
    ),
)
BY_KEY = {part.key: part for part in PARTS}


class Weak(NamedTuple):
    """Words that nobody could act on, kindly said why, and words for that field that one could."""

    words: str
    why: str
    better: str


# Something that a friend could act on, for each field in which weak words are told.
BETTER = {
    "sentence": "A head teacher whose cook leaves at the end of term and who has no one yet.",
    "roles": "The one who signs for repairs in a block of thirty flats",
    "industries": "Garden centres with a tea room",
    "size": "Four to twelve vans on the road",
    "area": "Along the coast road, up to an hour from the harbour",
    "trigger_events": "They have just taken the keys of a second shop",
    "trigger_phrases": "I was up till two with the wages again",
    "signs": "A banner over the door with the opening day on it",
    "named_targets": "Marion Pell at Pell & Sons, the boatyard in Appledore",
    "gateway_professions": "Surveyors who value farm buildings",
    "exclusions": "A shop that opens for the summer only",
    "value_floor": "Two days’ work, or 800 a year",
    "season": "Not in lambing time; best once the hay is in",
    "capacity": "Two new ones a month until Easter",
    "qualifying_question": "What happens if it is still like this at Christmas?",
}

_ADJECTIVE = (
    r"(?:small|smaller|medium|medium-sized|mid-sized|large|larger|big|bigger|local|good|great|nice|"
    r"new|any|all|some|most|other|more|different|successful|growing|established|lots of|"
    r"many|every|kinds? of|sorts? of|types? of|and|or|to|the|a|an)"
)
_FIRMS = (
    r"(?:business(?:es)?|compan(?:y|ies)|firms?|smes?|organi[sz]ations?|enterprises?|start-?ups?|"
    r"employers?|shops?|clients?|customers?|prospects?|leads?|trades?|industr(?:y|ies)|sectors?)"
)
_PEOPLE = (
    r"(?:people|persons?|individuals?|professionals|decision[- ]?makers?|"
    r"business ?(?:owners|people)|entrepreneurs|bosses|managers|contacts|home ?owners|households|"
    r"families|couples|friends|networkers)"
)
_ANYBODY = r"(?:(?:just|almost|nearly|really|literally|basically) )*(?:every|any) ?(?:one|body)"
_WHOEVER = (
    rf"(?:{_ADJECTIVE} )*(?:{_FIRMS}|{_PEOPLE}|{_ANYBODY}|someone|somebody|those|folks?|whoever)"
)
_NEEDS = (
    r"(?:needs?|needing|wants?|wanting|requires?|requiring|(?:is |are )?looking (?:for|to)|"
    r"(?:is |are )?interested in|(?:could|would|might|may) (?:need|use|want|like)|in need of|"
    r"(?:is |are )?searching for)"
)
# Everybody, in as many words: with no more to go by than that they have what everybody has.
_WITH_NOTHING = (
    r"(?: (?:(?:who|that) (?:has|have|owns?|runs?)|with|in|at|of|from|i|you|we) "
    r"(?:(?:a|an|the|any|some|all|their|own|my|your) )*"
    r"(?:business|company|firm|money|budget|house|home|car|pulse|all|know|meet|everywhere|anywhere))?"
)


class _Rule(NamedTuple):
    """Words that are weak in some fields: the whole of a line as ``pattern`` has it."""

    fields: frozenset[str]
    pattern: re.Pattern[str]
    why: str


def _rule(fields: str, pattern: str, why: str) -> _Rule:
    return _Rule(frozenset(fields.split()), re.compile(f"(?i:{pattern})"), why)


_WHO = "sentence roles industries named_targets gateway_professions signs"
RULES = (
    _rule(
        f"{_WHO} trigger_events exclusions",
        rf"(?:{_ANYBODY}|all|all of them|whoever|no ?(?:one|body)){_WITH_NOTHING}(?: really)?",
        "Nobody comes to mind at that, however willing one is: one face is what a friend needs.",
    ),
    _rule(
        f"{_WHO} trigger_events",
        rf"(?:when )?(?:{_WHOEVER}|they|you)(?: (?:who|that|which))?(?: ?(?:also|really|just))? "
        rf"{_NEEDS}\b.*",
        "Who needs it does not wear it on the sleeve. What has happened to them, or what do they "
        "say, some weeks before they go looking?",
    ),
    _rule(
        _WHO,
        rf"(?:{_ADJECTIVE} )*{_FIRMS}(?: of (?:any|all|every) (?:size|kind|sort)s?)?"
        r"(?: (?:in|around|near) (?:the|my|our|this) (?:area|region|county|town|city))?",
        "Every high street is full of those. Which trade, how large, and what is going on there?",
    ),
    _rule(
        _WHO,
        rf"(?:{_ADJECTIVE} )*{_PEOPLE}(?: in (?:business|general|charge))?",
        "One meets those all day long and never thinks of it. What do they do there, and what is "
        "on their desk just now?",
    ),
    _rule(
        "sentence",
        r"(?:(?:a|an|the|any|good|local|small|other|more|some) )*[^\s,;:.]+(?: [^\s,;:.]+)?\.?",
        "A trade alone tells whom to look for, and not when. What has just happened to the one who "
        "would be glad of the call?",
    ),
    _rule(
        "size area value_floor",
        r"(?:any|all|every|everywhere|anywhere|anything|everything|whatever|open|flexible|various|"
        r"varies|it depends|depends|no (?:limit|minimum|preference)|doesn.t matter|n/?a|none)"
        r"(?: (?:size|sizes|area|areas|value|amount|budget|of them|really|at all|will do))*",
        "That is welcome of you, and gives nobody a hint. Where is it worth most to you?",
    ),
    _rule(
        "capacity",
        r"(?:plenty|unlimited|no limit|any|always|lots|as many as (?:possible|you (?:like|can))|"
        r"the more the (?:better|merrier))(?: .*)?",
        "Who can take any number seems to have none. How many could you look after well?",
    ),
    _rule(
        "trigger_phrases",
        r"[“\"'‘]?(?:i|we|they)(?: ?(?:am|are|’m|'m|’re|'re|would|’d|'d))? (?:really )?"
        r"(?:need|needs|want|like|looking for) (?:(?:a|an|some|new|better|good|the|your) )+"
        r"[^\s]+(?: [^\s]+)?[”\"'’.!]*",
        "Whoever says that is asking around already. What do they grumble about a month before?",
    ),
    _rule(
        "qualifying_question",
        rf"(?:do|are|would|could) (?:you|they)(?: be)? {_NEEDS}\b.*",
        "It is easy to say yes to that, or no, and neither tells much. What would they have to "
        "tell you of?",
    ),
    # No capital after the first word: nobody’s name.
    _Rule(
        frozenset({"named_targets"}),
        re.compile(r"(?i:an?|any|some|the|every|all|big|large|local|one|two|three) [^A-Z\d]*"),
        "A door opens by its name. Whose, at which firm?",
    ),
)  # fmt: skip


def weak(field: str, text: str) -> tuple[Weak, ...]:
    """Return what is weak in a field, line by line, at most one reason for each line."""
    found = []
    for line in text.splitlines():
        said = " ".join(line.split())
        if said and (why := _why(field, said)):
            found.append(Weak(said, why, BETTER[field]))
    return tuple(found)


def _why(field: str, said: str) -> str:
    plain = said.rstrip(" .!…").replace("’", "'")
    for rule in RULES:
        if field in rule.fields and rule.pattern.fullmatch(plain):
            return rule.why
    return ""
