"""Text made comparable, and cut into words."""

import pytest

from touchline.core.fold import fold, words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Siân Müller", ["sian", "muller"]),
        ("it’s late — really", ["it", "s", "late", "really"]),
        ("Straße_12, ½ “so”", ["strasse", "12", "1", "2", "so"]),
        ("Ерёма 王 小明", ["ерема", "王", "小明"]),
        (" — … ", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_folded(text: str, cut: list[str]) -> None:
    assert words(text) == cut
    assert words(fold(text)) == cut


@pytest.mark.parametrize("text", ["¸", "´", "\u0327", " ¨ "])
def test_nothing_folds_to_nothing(text: str) -> None:
    assert fold(text) == fold(fold(text)) == text
