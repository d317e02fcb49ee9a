"""How well sheets are sorted: what was found against what somebody would have written down."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from touchline.core.fold import words
from touchline.playbook.playbook import parse, shipped
from touchline.sheets.sorting.reading import read
from touchline.sheets.sorting.sorting import sort

HERE = Path(__file__).parent
TOPICS = parse(shipped()).topics
# The words that both have, of all that either has.
ALIKE = 0.8
Said = tuple[str, str]  # Topic and slot, and the words.


@dataclass(frozen=True)
class Measure:
    """One sheet: answers expected, answers given, and how many of them are right.

    ``right`` has the same slot and the same words, ``near`` the same topic and all of the words:
    a tap away from right.
    """

    name: str
    expected: int
    given: int
    right: int
    near: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected


def sheets(folder: str) -> list[Path]:
    """Return the sheets of a folder; each has what is expected of it beside it."""
    return sorted(path for path in (HERE / folder).iterdir() if path.suffix != ".expected")


def expected(path: Path) -> list[Said]:
    lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    found = [line.partition(" = ") for line in lines]
    return [(of, text) for of, _, text in found]


def measure(path: Path) -> Measure:
    """Sort a sheet, and count. The same words are four in five of all that either has."""
    said = sort(read(path.read_bytes(), path.name).text, TOPICS).answers
    given = [("/".join(filter(None, one.of)), one.text) for one in said]
    known = expected(path)
    right = _matched(known, given, lambda one, other: one[0] == other[0] and _alike(one, other))
    near = _matched(
        known, given, lambda one, other: _topic(one) == _topic(other) and _has(one, other)
    )
    return Measure(path.stem, len(known), len(given), right, near)


def _matched(known: list[Said], given: list[Said], same: Callable[[Said, Said], bool]) -> int:
    """Count those expected that were given, each answer for one of them."""
    left = list(given)
    for one in known:
        found = next((other for other in left if same(one, other)), None)
        if found:
            left.remove(found)
    return len(given) - len(left)


def _topic(one: Said) -> str:
    return one[0].partition("/")[0]


def _alike(one: Said, other: Said) -> bool:
    both = set(words(one[1])), set(words(other[1]))
    return len(both[0] & both[1]) >= ALIKE * len(both[0] | both[1])


def _has(one: Said, other: Said) -> bool:
    return set(words(one[1])) <= set(words(other[1]))
