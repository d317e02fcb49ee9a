"""The cache counts attempts; each test starts with none."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()
