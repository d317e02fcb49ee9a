"""How well texts are read, against phrases with the themes that a person would say.

``phrases.json`` is frozen: nothing is tuned on it and its misses are not looked at.
``development.json`` is what the thesaurus is widened on.
"""

import json
from pathlib import Path

from tests.meetings.measured import Measured
from touchline.meetings.common.reading import read

HERE = Path(__file__).parent
FROZEN, DEVELOPMENT = "phrases.json", "development.json"


def phrases(file: str = FROZEN) -> list[tuple[str, set[str]]]:
    rows = json.loads((HERE / file).read_text(encoding="utf-8"))
    return [(row["text"], set(row["themes"])) for row in rows]


def measure(file: str = FROZEN) -> Measured:
    """Count pairs of phrase and theme."""
    right = wrong = missed = 0
    for text, said in phrases(file):
        found = set(read(text).themes)
        right, wrong = right + len(found & said), wrong + len(found - said)
        missed += len(said - found)
    return Measured(right, wrong, missed)
