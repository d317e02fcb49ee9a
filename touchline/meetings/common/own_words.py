"""People's own words that no thesaurus knows, shared because they are rare. Pure.

A name that both speak of (*Llangennith*), or two rare words side by side in both (*sourdough
starter*). Ordinary words and given names are not rare, nor is what stands in many facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.meetings.common.reading import read

# In more texts of one side than this a word is no longer rare.
OFTEN = 3
_KEY = 60


@dataclass(frozen=True, slots=True)
class Own:
    """Words that both used; ``mine`` and ``theirs`` are the places of the first texts."""

    key: str
    words: str
    mine: int
    theirs: int


@dataclass(slots=True)
class _Seen:
    first: int
    words: str
    name: bool
    often: int = 1


def own_in_common(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Own, ...]:
    """Return the rare words that texts of both hold, longer phrases first, then as in mine."""
    ours, others = _seen(mine), _seen(theirs)
    found: list[Own] = []
    taken: set[str] = set()
    both = [key for key in ours if key in others and _rare(ours[key], others[key])]
    for key in sorted(both, key=lambda one: -one.count("-")):
        parts = set(key.split("-"))
        if parts & taken:
            continue
        taken |= parts
        words = ours[key].words
        found.append(Own(f"own-{key}"[:_KEY], words, ours[key].first, others[key].first))
    return tuple(found)


def _rare(one: _Seen, other: _Seen) -> bool:
    return (one.name or other.name) and one.often <= OFTEN and other.often <= OFTEN


def _seen(texts: Sequence[str]) -> dict[str, _Seen]:
    found: dict[str, _Seen] = {}
    for place, text in enumerate(texts):
        here: dict[str, tuple[str, bool]] = {}
        before = (-2, "", "")
        for word in read(text).rare:
            at, stem, raw = word
            if raw[0].isdigit():
                continue
            # A capital tells a name, but not where a sentence begins.
            if not here.get(stem, ("", False))[1]:
                here[stem] = (raw, at > 0 and raw[0].isupper())
            if before[0] == at - 1:
                here[f"{before[1]}-{stem}"] = (f"{before[2]} {raw}", True)
            before = word
        for key, (words, name) in here.items():
            if known := found.get(key):
                known.often += 1
                known.name = known.name or name
            else:
                found[key] = _Seen(place, words, name)
    return found
