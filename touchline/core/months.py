"""Counting in months. Pure."""

from calendar import monthrange
from datetime import date


def months_before(on: date, months: int) -> date:
    """Return the day ``months`` earlier, the last of its month where there is no such day."""
    count = on.year * 12 + on.month - 1 - months
    if count < 12:
        return date.min
    year, month = divmod(count, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
