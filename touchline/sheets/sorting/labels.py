"""What a label or a question asks for: a slot of a topic, where enough of it says so. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from touchline.core.fold import words
from touchline.playbook.playbook import Topic
from touchline.sheets.sorting.cues import AGAINST, CUES, JOINING, NEUTRAL, NOTHING
from touchline.sheets.theirs.wording import WORDED, Key

# How much of a label has to be known: of one with an answer or a mark, a question, a bare line.
MARKED, ASKED, BARE = 0.5, 0.25, 1.0
MOST_WORDS = 30
UNKNOWN: Key = ("", "")


@dataclass(frozen=True, slots=True)
class Asks:
    """What a label asks for; ``whole`` says that no word of it says more than its slot does."""

    topic: str
    slot: str
    whole: bool


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, words(text)))


_NEUTRAL, _JOINING, _AGAINST = _stems(NEUTRAL), _stems(JOINING), _stems(AGAINST)


def _weight(word: str) -> int:
    if word in _AGAINST:
        return 3
    if word in _JOINING:
        return 1
    return 2 if word in _NEUTRAL else 4


@dataclass(frozen=True, slots=True)
class _Cue:
    of: Key
    whole: tuple[str, ...]
    begun: tuple[str, ...]
    weight: int
    order: int

    @property
    def rank(self) -> tuple[int, bool, int]:
        """The heavier before the lighter, a slot before its topic, ours before the playbook's."""
        return self.weight, self.of == UNKNOWN or bool(self.of[1]), -self.order

    def held_by(self, label: frozenset[str]) -> set[str] | None:
        """Return the words of a label that it stands for, None where one of its own is missing."""
        if not label.issuperset(self.whole):
            return None
        held = set(self.whole)
        for start in self.begun:
            found = {word for word in label if word.startswith(start)}
            if not found:
                return None
            held |= found
        return held


class Labels:
    """The labels of one playbook: ours by their cues, and any slot or topic by its name."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        topics = tuple(topics)
        there = {(topic.key, "") for topic in topics}
        there |= {(topic.key, slot.key) for topic in topics for slot in topic.slots}
        cues = [(of, cue) for of, cue in _shipped() if of == UNKNOWN or of in there]
        # As they are called here, and as a partner is asked for them.
        cues += [((topic.key, ""), topic.name) for topic in topics]
        cues += [((topic.key, slot.key), slot.name) for topic in topics for slot in topic.slots]
        cues += [(one.of, one.text) for one in WORDED if one.of in there]
        self._by_word: dict[str, list[_Cue]] = defaultdict(list)
        self._by_start: dict[str, list[_Cue]] = defaultdict(list)
        for order, (of, text) in enumerate(cues):
            self._add(of, text, order)

    def _add(self, of: Key, text: str, order: int) -> None:
        parts = text.split()
        begun = tuple("".join(words(part)) for part in parts if part.endswith("*"))
        whole = tuple(_stems(" ".join(part for part in parts if not part.endswith("*"))))
        if not (begun or whole):
            return
        weight = sum(map(_weight, whole)) + 4 * len(begun)
        cue = _Cue(of, whole, begun, weight, order)
        if whole:
            self._by_word[max(whole, key=lambda word: (_weight(word), word))].append(cue)
        else:
            self._by_start[begun[0][:3]].append(cue)

    def find(self, label: str, known: float = MARKED) -> Asks | None:
        """Return what a label asks for, None where less than ``known`` of it is known (0 to 1)."""
        said = words(label)
        if not said or len(said) > MOST_WORDS:
            return None
        stems = frozenset(map(_stem, said))
        found = [(cue, held) for cue in self._near(stems) if (held := cue.held_by(stems))]
        if not found:
            return None
        cue, _ = max(found, key=lambda one: one[0].rank)
        if cue.of == UNKNOWN:
            return None
        # Whatever else is known of the same topic is no stranger to it.
        topic = set[str]().union(*(held for other, held in found if other.of[0] == cue.of[0]))
        near = (cue.of, (cue.of[0], ""))
        slot = set[str]().union(*(held for other, held in found if other.of in near))
        # What is made of joining words alone is all of a label or nothing.
        enough = known if cue.weight >= 4 else BARE
        # A word of little meaning counts where it is a part of what is known.
        matter = _matter(stems) | (topic & _NEUTRAL)
        if len(matter & topic) < enough * len(matter):
            return None
        return Asks(*cue.of, whole=matter <= slot)

    def _near(self, stems: frozenset[str]) -> Iterator[_Cue]:
        for word in stems:
            yield from self._by_word.get(word, ())
            yield from self._by_start.get(word[:3], ())


def _matter(stems: frozenset[str]) -> frozenset[str]:
    """Return the words of a label that say something: all of them, where none does by itself."""
    told = stems - _JOINING
    return told - _NEUTRAL or told or stems


def _shipped() -> Iterator[tuple[Key, str]]:
    for name, cues in CUES.items():
        topic, _, slot = name.partition("/")
        for cue in cues.split(";"):
            yield (topic, slot), cue.strip()
    for cue in NOTHING.split(";"):
        yield UNKNOWN, cue.strip()


@lru_cache(maxsize=16)
def labels_of(topics: tuple[Topic, ...]) -> Labels:
    """Return the labels of a playbook's topics, worked out once."""
    return Labels(topics)
