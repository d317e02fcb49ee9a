"""How well texts are read, against phrases with the themes that a person would say.

``phrases.json`` is frozen: nothing is tuned on it and its misses are not looked at.
``development.json`` is what the thesaurus is widened on.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from touchline.meetings.common.reading import read

HERE = Path(__file__).parent
FROZEN, DEVELOPMENT = "phrases.json", "development.json"


@dataclass(frozen=True)
class Measured:
    """Counts of (phrase, theme) pairs: found and right, found and wrong, not found."""

    right: int
    wrong: int
    missed: int

    @property
    def row(self) -> str:
        """The figures as the docs' table gives them."""
        figures = (self.precision, self.recall, self.right, self.wrong, self.missed)
        return " | ".join(str(figure) for figure in figures)

    @property
    def precision(self) -> str:
        return f"{100 * self.right / (self.right + self.wrong):.1f} %"

    @property
    def recall(self) -> str:
        return f"{100 * self.right / (self.right + self.missed):.1f} %"


def phrases(file: str = FROZEN) -> list[tuple[str, set[str]]]:
    rows = json.loads((HERE / file).read_text(encoding="utf-8"))
    return [(row["text"], set(row["themes"])) for row in rows]


def measure(file: str = FROZEN) -> Measured:
    right = wrong = missed = 0
    for text, said in phrases(file):
        found = set(read(text).themes)
        right, wrong = right + len(found & said), wrong + len(found - said)
        missed += len(said - found)
    return Measured(right, wrong, missed)
