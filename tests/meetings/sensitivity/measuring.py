"""How well what is sensitive is told, against notes that a person has judged.

``phrases.json`` is frozen: nothing is tuned on it and its misses are not looked at.
``development.json`` is what the lists are widened on.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from touchline.meetings.sensitivity import touches

HERE = Path(__file__).parent
FROZEN, DEVELOPMENT = "phrases.json", "development.json"


@dataclass(frozen=True)
class Measured:
    """Counts of phrases: marked and sensitive, marked and not, sensitive and not marked.

    ``category`` counts those marked and sensitive that are told by the right category.
    """

    right: int
    wrong: int
    missed: int
    category: int

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


def phrases(file: str = FROZEN) -> list[tuple[str, str]]:
    rows = json.loads((HERE / file).read_text(encoding="utf-8"))
    return [(row["text"], row["category"]) for row in rows]


def measure(file: str = FROZEN) -> Measured:
    judged = [(touches(text), said) for text, said in phrases(file)]
    return Measured(
        right=sum(bool(found and said) for found, said in judged),
        wrong=sum(bool(found and not said) for found, said in judged),
        missed=sum(bool(said and not found) for found, said in judged),
        category=sum(bool(found and found == said) for found, said in judged),
    )
