"""Keys of rows, as anybody may write them."""

import pytest

from touchline.core.keys import key_in, keys_in


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("", None),
        (" 7", None), ("-7", None), ("+7", None), ("7.0", None), ("1_0", None), ("²", None),
        ("٧", None), ("seven", None),
    ],
)  # fmt: skip
def test_only_what_a_row_can_have_is_a_key(text: str, key: int | None) -> None:
    assert key_in(text) == key


def test_the_rest_are_passed_over() -> None:
    assert keys_in(["3", "x", "1", "9" * 30, "3"]) == [3, 1, 3]
