"""The themes that a text speaks of. Pure; each distinct text is read once."""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from touchline.meetings.common.negation import denied_after, negated
from touchline.meetings.common.thesaurus import MARKS, TOKEN, Meaning, Node, shipped, stem

_BEFORE_A_PLACE = frozenset(("in", "from", "near", "to", "at", "around", "outside", "visit"))
# A longer text is no phrase; what stands beyond is left unread.
LONGEST = 4000
# A word of fewer letters is never rare.
SHORT = 4


class Read(NamedTuple):
    """A text's themes in the order in which they are named, and its rare words beside them.

    ``rare`` are (place, stem, as written) of words that belong to no theme, are not denied and
    are not among the ordinary ones; ``place`` counts words and marks from 0.
    """

    themes: tuple[str, ...]
    rare: tuple[tuple[int, str, str], ...]


@cache
def ordinary() -> frozenset[str]:
    """Return the stems of the words that are too common to be shared by more than chance."""
    text = (Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(stem(word) for word in text.split())


@lru_cache(maxsize=8192)
def read(text: str) -> Read:
    """Return the themes of ``text``: terms as whole words, the longest first, unless denied."""
    text = text[:LONGEST]
    raw = TOKEN.findall(text.replace("St. ", "St ") if "St. " in text else text)
    words = list(map(stem, raw))
    denied = negated(words)
    root, common = shipped().terms, ordinary()
    found: dict[str, None] = {}
    taken: set[int] = set()
    end = 0
    following = [*words[1:], ""]
    for at in [at for at, word in enumerate(words) if word in root]:
        node = root[words[at]]
        if at < end or (node.meanings is None and following[at] not in node.then):
            # Most words that begin a term are not followed by the rest of it.
            continue
        theme, many = _longest(node, words, raw, at)
        if many:
            end = at + many
            taken.update(range(at, end))
            if theme and not (denied and denied[at]) and not denied_after(words, end):
                found[theme] = None
    rare = [
        (at, word, raw[at])
        for at, word in enumerate(words)
        if word not in common and len(word) >= SHORT and at not in taken
    ]
    if denied:
        rare = [one for one in rare if not denied[one[0]]]
    return Read(tuple(found), tuple(rare))


def _longest(node: Node, words: list[str], raw: list[str], at: int) -> tuple[str, int]:
    """Return the theme of the longest term that begins at ``at``, and its words' number.

    No theme but a number is a turn of phrase that means none.
    """
    terms = [] if node.meanings is None else [(1, node.meanings)]
    for many, word in enumerate(words[at + 1 :], 2):
        if word not in node.then:
            break
        node = node.then[word]
        if node.meanings is not None:
            terms.append((many, node.meanings))
    for many, meanings in reversed(terms):
        if not meanings:
            return "", many
        if theme := _meant(meanings, words, raw, at):
            return theme, many
    return "", 0


def _meant(meanings: list[Meaning], words: list[str], raw: list[str], at: int) -> str:
    """Return the theme that a term means here; empty where nothing around bears it out."""
    for meaning in meanings:
        if meaning.context:
            around = f" {' '.join(one for one in words if one not in MARKS)} "
            if any(one in around for one in meaning.context):
                return meaning.theme
        elif meaning.placed:
            capital = raw[at][0].isupper()
            if at and capital and words[at - 1] in _BEFORE_A_PLACE:
                return meaning.theme
        else:
            return meaning.theme
    return ""
