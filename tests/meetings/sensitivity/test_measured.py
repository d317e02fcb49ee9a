"""The figures that the docs give are those that are measured."""

from collections import Counter
from pathlib import Path

import pytest

from tests.meetings.sensitivity.measuring import DEVELOPMENT, FROZEN, measure, phrases
from touchline.meetings.sensitivity import Category

PAGE = Path(__file__).parents[3] / "docs" / "domain" / "sensitivity.md"


def page() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("file", "name"), [(FROZEN, "frozen, second"), (DEVELOPMENT, "development, after")]
)
def test_the_docs_say_what_is_measured(file: str, name: str) -> None:
    found = measure(file)
    assert f"| {name} | {found.row} |" in page()
    assert f"{name}: {found.category} of {found.right} under the right category" in page()


@pytest.mark.parametrize(("file", "many"), [(FROZEN, 200), (DEVELOPMENT, 405)])
def test_the_docs_say_what_the_notes_are(file: str, many: int) -> None:
    texts = [text for text, _ in phrases(file)]
    assert len(texts) == len(set(texts)) == many
    counts = Counter(category for _, category in phrases(file))
    kinds = ", ".join(f"{counts[category]} {category}" for category in Category)
    assert f"{many - counts['']} sensitive ({kinds}) and {counts['']} not" in page()


def test_no_note_stands_in_both() -> None:
    assert not {text for text, _ in phrases()} & {text for text, _ in phrases(DEVELOPMENT)}
