"""On how many examples a property is tried: some at each push, many by `make thorough`."""

import os

from django.db import connection

TIMES = int(os.environ.get("TOUCHLINE_EXAMPLES", "1"))


def examples(many: int) -> int:
    """Return how many to draw where ``many`` are enough for one push: each push draws others.

    What is drawn is the same on any database; that PostgreSQL takes it too, a third shows.
    """
    return TIMES * (many if connection.vendor == "sqlite" else max(3, many // 3))
