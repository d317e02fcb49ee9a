"""The note before a one-to-one: last time in a few lines, the date, and what they want."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.models import About
from touchline.mail.saying import on_day, told_of, when
from touchline.meetings.models import OneToOne

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def last_of(one: OneToOne) -> OneToOne | None:
    """Return the one-to-one with the same person that took place last before this one."""
    earlier = one.relationship.one_to_ones.took_place().filter(starts_at__lt=one.starts_at)
    found: OneToOne | None = earlier.order_by("-starts_at").first()
    if found:
        found.relationship = one.relationship
    return found


def beforehand(
    one: OneToOne,
    by: "Member",
    to: Recipient,
    *,
    now: datetime,
    line: str = "",
    without: Collection[int] = (),
) -> Draft:
    """Write the note before a planned one-to-one (M12: what each party wants to cover)."""
    last = last_of(one)
    return written(
        About.BEFOREHAND,
        to,
        f"{by}: before our one-to-one on {on_day(one, by)}",
        {
            "name": one.relationship.person.first,
            "by": str(by),
            "line": line,
            "when": when(one, by),
            "told": told_of(last, by, without) if last else None,
        },
    )
