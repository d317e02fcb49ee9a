"""Which addresses open from elsewhere."""

import pytest

from touchline.core.hosts import is_only_here


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("[fd12::7]", True),
        ("192.168.1.20", True),
        ("10.0.0.7:8000", True),
        ("studio", True),
        ("studio.local:8000", True),
        ("nas.home.arpa", True),
        ("testserver", True),
        ("touchline.example.org", False),
        ("TOUCHLINE.example.org.:443", False),
        ("9.9.9.9", False),
        ("[2620:fe::fe]:443", False),
    ],
)
def test_an_address_opens_from_elsewhere_or_does_not(host: str, only_here: bool) -> None:
    assert is_only_here(host) is only_here
