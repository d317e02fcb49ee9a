"""The recap: what was said and promised, and the next date, to the partner."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from touchline.mail.along import ALONE, Along
from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.invitation import request
from touchline.mail.models import About
from touchline.mail.saying import Material, Unnamed, on_day, told_of, when
from touchline.meetings.models import OneToOne

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def recap(
    one: OneToOne,
    by: "Member",
    to: Recipient,
    *,
    now: datetime,
    line: str = "",
    without: Collection[int] = (),
    loaded: Material | None = None,
    invite: bool = True,
    along: Along = ALONE,
) -> Draft:
    """Write the recap of a one-to-one.

    ``line`` is a personal line at the top, ``without`` the ids of promises left out;
    with ``invite`` the next date comes with its invitation, where there is one. What names a
    prospect who must not be named to them is left out.
    """
    names = Unnamed(one.relationship)
    following = one.following(now)
    following = names.where(following) if following else None
    asked = following is not None and invite
    return written(
        About.RECAP,
        to,
        f"{by}: our one-to-one on {on_day(one, by)}",
        {
            "name": one.relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "told": told_of(one, by, names, without, loaded),
            "next": when(following, by) if following else None,
            "invited": asked,
            "along": along,
        },
        calendar=request(following, to, now=now) if following and invite else b"",
        method="REQUEST" if asked else "",
        link=along.link,
        with_sheet=along.sheet,
        left_out=names.left_out,
    )
