import pytest

from tests.sheets.partner_page.cast import Cast, a_cast
from touchline.accounts.models import Member


@pytest.fixture
def cast(alice: Member) -> Cast:
    return a_cast(alice)
