"""What the clock does every minute."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from touchline.accounts.models import Member
from touchline.commands.tick import analyse, tick

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone needs to be told")
def test_statistics_are_gathered_once_an_hour(alice: Member) -> None:
    """With rows to look at, the planner knows their indexes afterwards."""
    assert analyse(datetime(2026, 5, 4, 9, 30, tzinfo=UTC)) == 0
    assert analyse(datetime(2026, 5, 4, 9, 0, tzinfo=UTC)) > 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert "accounts_member" in {table for (table,) in cursor.fetchall()}


def test_every_duty_says_how_much_it_did() -> None:
    """With nothing to do every count is zero."""
    done = tick(datetime(2026, 5, 4, 9, 30, tzinfo=UTC))
    assert done["indexes analysed"] == 0
    assert set(done.values()) == {0}
