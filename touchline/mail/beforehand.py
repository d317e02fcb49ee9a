"""The note before a one-to-one: last time in a few lines, the date, and what they want."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from touchline.mail.along import ALONE, Along
from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.models import About
from touchline.mail.saying import Material, Unnamed, on_day, told_of, when
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


def is_the_first(one: OneToOne, last: OneToOne | None) -> bool:
    """Say whether the two meet for the first time: no one-to-one before, none before Touchline."""
    return last is None and not one.relationship.held_before


def beforehand(
    one: OneToOne,
    by: "Member",
    to: Recipient,
    *,
    now: datetime,
    line: str = "",
    without: Collection[int] = (),
    loaded: Material | None = None,
    along: Along = ALONE,
) -> Draft:
    """Write the note before a planned one-to-one (M12: what each party wants to cover)."""
    last, names = last_of(one), Unnamed(one.relationship)
    return written(
        About.BEFOREHAND,
        to,
        f"{by}: before our one-to-one on {on_day(one, by)}",
        {
            "name": one.relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "when": when(names.where(one), by),
            "told": told_of(last, by, names, without, loaded) if last else None,
            "along": along,
            "first": is_the_first(one, last),
        },
        link=along.link,
        with_sheet=along.sheet,
        left_out=names.left_out,
    )
