"""What a plain sentence about oneself tells, English and German. Pure.

Only sentences that say it outright: what is not sure stays unsorted, in sight.
"""

import re
from collections.abc import Iterator

from touchline.core.fold import fold
from touchline.sheets.theirs.wording import Key

# Of folded text: no accents, no capitals.
_SAID: tuple[tuple[Key, str], ...] = (
    (
        ("ideal_referral", "not_to_send"),
        r"\b(i|we) (don'?t|do not) (treat|take|do|work with)\b|(don'?t|not) pass (those|them)"
        r"|(don'?t|do not|never|bitte keine?n?) (\w+ ){0,2}(send|refer|introduce|schick\w*"
        r"|vermittel\w*)|not (really )?(looking for|a (good )?(fit|match|lead|client|referral) )"
        r"|no good to me|(is|are) (not|no) (for (me|us)|use to)|keine guten? (empfehlung|kunde)",
    ),
    (
        ("us", "reach"),
        r"\b(text|mail|email|whatsapp|phone)\w*( me)? is better\b"
        r"|\bi prefer (a )?(text|mail|email|call|phone)"
        r"|(best|easiest|quickest) (way|time) to (reach|call|contact|ring|get hold)"
        r"|(reach|call|ring|text|contact|message) me (on|by|at|before|after|in the)\b"
        r"|am besten erreich|i am best reached|i'm best reached"
        r"|erreicht? (man )?(mich|ihr mich|sie mich)",
    ),
    (
        ("family", "birthday"),
        r"my birthday (is|falls)|i was born on|ich bin am .{3,20} geboren|mein geburtstag ist",
    ),
    (
        ("family", "partner"),
        r"\bwhere i live with\b|\b(i am|i'm|we are|been|happily|got) married\b|^married\b"
        r"|\bmy (wife|husband|partner|fiancee?|other half)\b"
        r"|\b(verheiratet|meine frau|mein mann|meine partnerin|mein partner|meiner frau"
        r"|meinem mann)\b|\bi live with (my )?[a-z]+ and\b|\bengaged to\b",
    ),
    (
        ("family", "children"),
        r"\b(i|we) (also )?have (\w+[ -]){1,3}?(child|children|kids?|sons?|daughters?|boys"
        r"|girls|grandchildren)\b"
        r"|\b(mother|father|mum|dad|parent|grandmother|grandfather) (of|to) (a |one|two|three"
        r"|four|five|\d|twins)"
        r"|\b(our|my) (\w+ )?(sons?|daughters?|kids|children|boys|girls|twins|grandchildren)\b"
        r"|\ba (son|daughter)\b|\b(wir|ich) haben? (\w+ ){1,2}?(kinder|tochter|sohne?|kind)\b",
    ),
    (
        ("family", "animals"),
        r"\ban? (\w+ ){0,2}(beagle|labrador|spaniel|terrier|collie|poodle|lurcher|whippet"
        r"|tabby)\b|\b(i|we) (also )?(have|keep|own) (\w+[ -]){1,4}?(dogs?|cats?|horses?|parrot"
        r"|rabbits?|hens|chickens|bees|spaniel|labradors?|pon(y|ies)|hund|katzen?)\b"
        r"|\b(our|my) (\w+ ){0,2}(dogs?|cats?|horses?|spaniel|labrador|hund|katze)\b",
    ),
    (
        ("family", "where_from"),
        r"\bi (grew up|was raised|was born) (in|on|near)\b|\b(born and bred|born and raised)\b"
        r"|\bi (am|come|hail) (originally )?from\b|\bi'm (originally )?from\b"
        r"|\boriginally from\b|\baufgewachsen\b|\bich (komme|stamme) (ursprunglich )?aus\b",
    ),
    (
        ("family", "here"),
        r"\b(i|we) (moved|came) (here|to [a-z]+)\b|\b(i|we) (now )?live (in|on|near|just)\b"
        r"|\b(i|we)'ve lived\b|\b(wir|ich) (wohnen?|leben?) (in|bei|seit)\b",
    ),
    (
        ("experience", "before"),
        r"\bbefore (that|this|then)\b|\bi used to (be|work|run|teach)\b"
        r"|\bi (previously|formerly)\b|\bin a former life\b"
        r"|\bi (started|began) (my career |out |life )?as an?\b"
        r"|\b(davor|zuvor|fruher) (war|habe|arbeitete)\b|\bi spent (\w+ ){1,3}years\b"
        r"|\bi was an? [a-z -]+ for \w+ years\b",
    ),
    (
        ("experience", "proudest"),
        r"\b(i am|i'm) (most |very )?proud(est)? (of|that)\b|\bproudest\b"
        r"|\bstolz (bin ich )?auf\b",
    ),
    (
        ("experience", "standing"),
        r"\bi qualified (at|in|as|from)\b"
        r"|\bi (am|became|qualified as) (a )?(chartered|certified|qualified|accredited)\b"
        r"|\bi (trained|studied|graduated)\b|\bich habe .{3,40} studiert\b",
    ),
    (
        ("achievements", "praise"),
        r"\b(i|we) (just |recently )?(won|were awarded|was awarded|were named|was named)\b",
    ),
    (
        ("interests", "team"),
        r"\b(season ticket|i (have )?(support|follow)(ed)?|fan of|fan von|big fan"
        r"|lifelong (fan|supporter))\b",
    ),
    (
        ("interests", "causes"),
        r"\bi (also )?volunteer\b|\b(raise|raising) money for\b|\bcharity\b|\behrenamtlich\b",
    ),
    (
        ("networks", "groups"),
        r"\b(i am|i'm|i've been|we are) (also )?(a |an )?(\w+ ){0,2}(member|chair|secretary"
        r"|treasurer|president|trustee|governor) (of|at|in)\b|\bi (sit on|chair|belong to)\b"
        r"|\b(bin|ich bin) (\w+ )?mitglied\b"
        r"|\bi go to (the )?[a-z ]*(chamber|network|rotary|bni)\b",
    ),
    (
        ("interests", "free_time"),
        r"\bwhen(ever)? (i am|i'm) not (in|at|on) (the )?\w+|\bmost evenings\b"
        r"|\b(at|on|most) (the )?weekends?\b|\b(in|with) my (spare|free) time\b"
        r"|\bwhen (i am|i'm) not (working|at work)\b|\b(outside|away from) (of )?work\b"
        r"|\bmy hobb|\bhobbies\b|\bi (love|enjoy|like) (to )?\w+ing\b|\bin meiner freizeit\b"
        r"|\bam wochenende\b|\bmeine hobbys\b|\bto (relax|unwind|switch off)\b",
    ),
    (
        ("target_companies", "firms"),
        r"\b(companies|firms|businesses) (i|we)('d| would) (love|like) to\b",
    ),
    (
        ("target_companies", "people"),
        r"\ban introduction to the (organi[sz]ers?|owners?|heads?|director|manager"
        r"|people) (of|at)\b",
    ),
    (
        ("ideal_referral", "examples"),
        r"\bpeople (i|we) can (do most for|help)\b"
        r"|\b(wants?|hoping|keen) to (meet|be introduced)\b|\b(we|i) work best with\b"
        r"|\b(we|i) mostly work (for|with)\b"
        r"|\b(i am|i'm|we are|we're) (always |currently )?looking (for|to (meet"
        r"|be introduced))\b|\b(i'd|i would|we'd|we would) (love|like) (to meet|to be introduced"
        r"|an introduction|introductions)\b"
        r"|\b(ideal|perfect|best|dream|favourite|typical) (client|customer|referral"
        r"|introduction|clients|customers)s?\b"
        r"|\bgood (referral|introduction|client) (for (me|us) )?(is|would)\b|\bich suche\b"
        r"|\b(ideale?r?|perfekte?r?) (kunde|kunden|empfehlung)\b|\bwunschkunde",
    ),
    (
        ("trigger_events", "phrases"),
        r"\bif (somebody|someone|anybody|anyone|a \w+) (says|said|tells|mentions|complains)\b"
        r"|\b(listen|keep an ear) out for\b"
        r"|\bif (you hear|someone says|somebody says|anyone says|you overhear)\b"
        r"|\bwenn jemand sagt\b",
    ),
    (
        ("how_to_introduce", "way"),
        r"\bbest introduced (by|over|with)\b|\b(introduce|refer) me (by|with|over|as|in)\b"
        r"|\bto introduce me\b|\blike to be introduced (by|with|over)\b",
    ),
    (
        ("goals", "years_ahead"),
        r"\b(in|within) (five|ten|three|5|10|3) years\b|\bmy (dream|ambition) is\b"
        r"|\bone day (i|we)\b|\bin (funf|zehn) jahren\b",
    ),
    (
        ("goals", "good_year"),
        r"\bthis (coming )?year i\b|\b(my|our) goals? (for )?(this|next|the coming) year\b"
        r"|\bthis year (i|we) (want|hope|plan)\b|\bdieses jahr (mochte|will)\b",
    ),
    (
        ("goals", "help_wanted"),
        r"\bi could (use|do with)\b|\bi need help\b|\byou (can|could) help me\b",
    ),
    (
        ("experience", "hidden_skill"),
        r"\b(nobody|no one|few people|hardly anyone|most people don'?t) (would )?(knows?"
        r"|guess)\b|\bfun fact\b",
    ),
    (
        ("achievements", "milestone"),
        r"\bi('ve| have) been (running|in business|doing this|self[- ]employed|trading)\b"
        r"|\b(i|we) (founded|set up|started) (the|my|our|this) (firm|business|company"
        r"|practice|shop)\b",
    ),
    (
        ("business", "offer"),
        r"\bi (have|run|own) my own\b"
        r"|\bi('m| am) an? ([a-z-]+ ){0,2}[a-z]+(er|ist|or|ant|ian|ect)\b|\bspeciali[sz]es? in\b"
        r"|\b(i|we) (run|own) (a|an|my own|our own|the) \w+"
        r"|\b(i|we) (offer|provide|specialise in|specialize in)\b"
        r"|\b(i|we) help [\w ]+ (to|with)\b|\bich (betreibe|fuhre|biete)\b|\bwir bieten\b",
    ),
)
_TOLD = tuple((of, re.compile(pattern)) for of, pattern in _SAID)
_END = re.compile(r"(?<=[.!?])[\"”’')]?\s+(?=[\"“‘'(]?[^\W\d_a-zß-ÿ])")
# These are no ends: *St. Pauli*, *Dr. May*, *e.g. Tom*, *9. Mai*.
_SHORT = re.compile(
    r"\b(?:st|dr|mr|mrs|ms|prof|no|nr|ca|bzw|z\.\s?b|e\.g|i\.e|vs|inc|ltd|co|\w|\d{1,2})\.$", re.I
)
_GOES_ON = re.compile(r"(?:he|she|they|his|her|their|both|it|er|sie|beide)\b", re.IGNORECASE)
LONGEST = 600  # Characters of a sentence that is looked at.


def sentences(line: str) -> Iterator[str]:
    """Yield the sentences of a line; put together with spaces they are the line."""
    held: list[str] = []
    for piece in _split(line):
        held.append(piece)
        if not _SHORT.search(piece[-12:]):
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)


def _split(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        if piece := line[start : found.end()].strip():
            yield piece
        start = found.end()
    if piece := line[start:].strip():
        yield piece


def told(sentence: str) -> tuple[Key, ...]:
    """Return the slots that a sentence tells something for, in the order of the rules."""
    plain = fold(sentence[:LONGEST].replace("’", "'"))
    return tuple(of for of, pattern in _TOLD if pattern.search(plain))


def goes_on(sentence: str) -> bool:
    """Say whether a sentence speaks of whom the one before it spoke: *She runs the office.*"""
    return bool(_GOES_ON.match(sentence))
