"""The figures that the docs give are those that are measured."""

from pathlib import Path

import pytest

from tests.meetings.common.measuring import DEVELOPMENT, FROZEN, measure, phrases

PAGE = Path(__file__).parents[3] / "docs" / "domain" / "in-common.md"


def page() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("file", "name"), [(FROZEN, "frozen, second"), (DEVELOPMENT, "development, after")]
)
def test_the_docs_say_what_is_measured(file: str, name: str) -> None:
    assert f"| {name} | {measure(file).row} |" in page()


@pytest.mark.parametrize(("file", "many"), [(FROZEN, 200), (DEVELOPMENT, 170)])
def test_the_docs_say_what_the_phrases_are(file: str, many: int) -> None:
    texts = [text for text, _ in phrases(file)]
    assert len(texts) == len(set(texts)) == many
    without = sum(not themes for _, themes in phrases(file))
    assert f"{many} short phrases" in page()
    assert f"{without} of them without any theme" in page()


def test_no_phrase_stands_in_both() -> None:
    assert not {text for text, _ in phrases()} & {text for text, _ in phrases(DEVELOPMENT)}
