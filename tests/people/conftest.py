"""What the tests of people share."""

import pytest

from touchline.people.importing import working


@pytest.fixture(autouse=True)
def out_of_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock here, so an import makes no pauses."""
    monkeypatch.setattr(working, "BREATH", 0)
