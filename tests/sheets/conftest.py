from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def unhurried() -> Iterator[None]:
    """Let no test count towards the limits of the next."""
    cache.clear()
    yield
    cache.clear()
