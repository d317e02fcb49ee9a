"""How well what is sensitive is told, against notes that a person has judged.

``phrases.json`` is frozen: nothing is tuned on it and its misses are not looked at.
``development.json`` is what the lists are widened on.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.meetings.measured import Measured
from touchline.meetings.sensitivity import touches

HERE = Path(__file__).parent
FROZEN, DEVELOPMENT = "phrases.json", "development.json"


@dataclass(frozen=True)
class Marked(Measured):
    """Notes marked and sensitive, marked and not, sensitive and not marked.

    ``category`` counts those marked and sensitive that are told by the right category.
    """

    category: int


def phrases(file: str = FROZEN) -> list[tuple[str, str]]:
    rows = json.loads((HERE / file).read_text(encoding="utf-8"))
    return [(row["text"], row["category"]) for row in rows]


def measure(file: str = FROZEN) -> Marked:
    judged = [(touches(text), said) for text, said in phrases(file)]
    return Marked(
        right=sum(bool(found and said) for found, said in judged),
        wrong=sum(bool(found and not said) for found, said in judged),
        missed=sum(bool(said and not found) for found, said in judged),
        category=sum(bool(found and found == said) for found, said in judged),
    )
