"""How a sheet came to say what it says: its changes put together by version. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from touchline.sheets.writing.words import COMPANY_NAMES, NAMES

if TYPE_CHECKING:
    from touchline.sheets.models import SheetChange


@dataclass(frozen=True, slots=True)
class Changed:
    """One field as a version found it and left it; ``can_go_back``: it says something else now."""

    pk: int
    name: str
    before: str
    lines: tuple[tuple[str, str], ...]
    can_go_back: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What was written at one time."""

    number: int
    at: datetime
    by: str
    changed: tuple[Changed, ...]


def versions(
    changes: Iterable["SheetChange"], now: dict[str, str], *, company: bool = False
) -> list[Version]:
    """Put changes, the newest first, together by version; ``now`` is what the fields say."""
    names = COMPANY_NAMES if company else NAMES
    found = []
    for number, group in groupby(changes, key=lambda one: one.version):
        rows = list(group)
        order = list(names)
        rows.sort(key=lambda one: order.index(one.field))
        found.append(
            Version(
                number,
                rows[0].at,
                str(rows[0].by),
                tuple(
                    Changed(
                        one.pk,
                        names[one.field],
                        one.before,
                        lines(one.before, one.after),
                        one.before != now.get(one.field, ""),
                    )
                    for one in rows
                ),
            )
        )
    return found


def lines(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the lines that are *gone* first, then those that stand, the *new* ones told."""
    old = [line for line in before.splitlines() if line]
    new = [line for line in after.splitlines() if line]
    return (
        *((line, "gone") for line in old if line not in new),
        *((line, "" if line in old else "new") for line in new),
    )
