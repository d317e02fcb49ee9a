import logging
import sys

import pytest

from touchline.core.logs import WithoutTokens


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Gone: /sign-in/Es-oW3a3_G/", "Gone: /sign-in/…/"),
        ("Not Found: /welcome/abc", "Not Found: /welcome/…"),
        ("/password/reset/key/1-c9x.y/", "/password/reset/key/…/"),
        ("Not Found: /people/7/", "Not Found: /people/7/"),
    ],
)
def test_links_lose_their_secret(message: str, kept: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "%s", (message,), None)
    assert WithoutTokens("{message}", style="{").format(record) == kept


def test_in_a_traceback_too() -> None:
    try:
        raise LookupError("/sign-in/secret/")
    except LookupError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "oh", (), sys.exc_info())
    assert "secret" not in WithoutTokens().format(record)
