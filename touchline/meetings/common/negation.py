"""Which words of a text are said not to be so: *hates golf*, *gave up running*. Pure."""

from collections.abc import Sequence

from touchline.meetings.common.thesaurus import MARKS, stems


def _phrases(text: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in text.split(","):
        words = stems(phrase)
        found.setdefault(words[0], []).append(words)
    for known in found.values():
        known.sort(key=len, reverse=True)
    return found


# Said of all that follows in the sentence, over commas: hates golf, cricket and rugby.
_STRONG = _phrases(
    "hate, hated, hating, loathe, loathed, detest, dislike, disliked, cant stand, cannot stand,"
    "cant bear, cannot bear, cant abide, couldnt stand, no interest in, zero interest in,"
    "little interest in, no time for, no fan of, not a fan of, not fond of, not keen on,"
    "not interested in, not into, not a lover of, allergic to, intolerant of, afraid of,"
    "scared of, terrified of, frightened of, phobia of, fear of, bored by, bored of, sick of,"
    "fed up with, tired of, indifferent to, avoids, neither, couldnt care less about,"
    "could not care less about, doesnt care for, does not care for, dont care for, hater of"
)
# Left behind; what it was left for is not: gave up golf for cycling, left law to keep bees.
_LEFT = _phrases(
    "gave up, given up, giving up, gives up, quit, stopped, packed in, lost interest in,"
    "has stopped, no longer, swapped, put off"
)
_WEAK = _phrases(
    "not, never, no, doesnt, dont, didnt, isnt, wasnt, arent, hasnt, havent, wont, wouldnt, cant,"
    "cannot, couldnt, without, nor, rather than, instead of, anything but, refuses, hardly,"
    "more than, less, except, except for, apart from, other than"
)
# Hold a negating word and affirm.
_AFFIRMING = _phrases(
    "not only, not just, not merely, never misses, never miss, never missed, never without,"
    "never far from, never happier than, never tires of, never stops, never says no to,"
    "never turns down, never off, never out of, cant get enough, cannot get enough, cant wait,"
    "cant resist, cannot resist, cant live without, cannot live without, couldnt live without,"
    "wouldnt be without, wouldnt miss, wont miss, doesnt miss, hasnt missed, not bad at,"
    "not to mention, not long, not far from, no doubt, no stranger to, nothing better than,"
    "nothing beats, not averse to, no mean, not afraid of, not scared of, never gave up,"
    "hasnt given up, never given up, not given up, never stopped, cant stop, wont stop,"
    "no secret, cant help, no matter, no problem, no less than, more than just, more than ten,"
    "more than twenty, more than thirty, not a day goes by without"
)
# Here what was negated ends and something else is said.
_TURNS = frozenset(
    stems(
        "but though although yet instead loves enjoys prefers plays keen mad now since took takes"
        "because so who which while then goes lives runs likes adores"
    )
)
_AFTER = (
    "bore him,bore her,bore them,bore me,is not for,isnt for,not for me,not for him,not for her,"
    "leave him cold,leave her cold,leave me cold,is not his,isnt his,is not her,isnt her,"
    "not his thing,not her thing,not my thing,no thank,is not my,isnt my,does nothing for,"
    "is beyond him,is beyond her,a no no"
)
_AFTERWARDS = tuple(f"{' '.join(stems(one))} " for one in _AFTER.split(","))
_AFTERWARDS_BEGIN = frozenset(one.split()[0] for one in _AFTERWARDS)
_FIRST = frozenset(_STRONG) | frozenset(_LEFT) | frozenset(_WEAK)
_REACH = {"strong": 12, "left": 8, "weak": 6}


def _begins(known: dict[str, list[tuple[str, ...]]], words: Sequence[str], at: int) -> int:
    """Return how many words of a known phrase stand at ``at``; 0 for none."""
    for phrase in known.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def negated(words: Sequence[str]) -> list[bool]:
    """Say for each of a text's stems and marks whether it is denied; nothing where none is."""
    if _FIRST.isdisjoint(words):
        return []
    denied = [False] * len(words)
    _forwards(words, denied)
    return denied


def _forwards(words: Sequence[str], denied: list[bool]) -> None:
    at, kind, since = 0, "", 0
    while at < len(words):
        if many := _begins(_AFFIRMING, words, at):
            at, kind = at + many, ""
            continue
        started = False
        for name, known in (("strong", _STRONG), ("left", _LEFT), ("weak", _WEAK)):
            if many := _begins(known, words, at):
                at, kind, since, started = at + many, name, 0, True
                break
        if started:
            continue
        word = words[at]
        if kind and _ends(kind, word, since):
            kind = ""
        denied[at] = bool(kind)
        since += 1
        at += 1


def _ends(kind: str, word: str, since: int) -> bool:
    if word in MARKS:
        return not (kind == "strong" and word == ",")
    if since >= _REACH[kind] or (since and word in _TURNS):
        return True
    return kind == "left" and since > 0 and word in ("to", "for")


def denied_after(words: Sequence[str], end: int) -> bool:
    """Say whether what follows denies what ended before ``end``: *golf is not for him*."""
    if end == len(words) or words[end] not in _AFTERWARDS_BEGIN:
        return False
    following = " ".join(words[end : end + 5]) + " "
    return following.startswith(_AFTERWARDS)
