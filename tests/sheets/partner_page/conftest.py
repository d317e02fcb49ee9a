from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.sheets.partner_page.cast import Cast, a_cast_elsewhere
from touchline.accounts.models import Member


@pytest.fixture(scope="module")
def cast_once(lasting: Callable[..., Any]) -> Cast:
    made: Cast = lasting(a_cast_elsewhere)
    return made


@pytest.fixture
def cast(db: None, cast_once: Cast) -> Cast:
    """Give the same rows to every test of a file, which takes back what it did to them."""
    return deepcopy(cast_once)


@pytest.fixture
def alice(cast: Cast) -> Member:
    return cast.alice
