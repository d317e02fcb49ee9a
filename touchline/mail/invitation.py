"""The invitation to a one-to-one, its update once it was changed, and its cancellation."""

from datetime import datetime
from typing import TYPE_CHECKING

from touchline.mail.along import ALONE, Along
from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.models import About
from touchline.mail.saying import Unnamed, on_day, when
from touchline.meetings.calendar_file import Asked, Method, Party, calendar_file
from touchline.meetings.models import OneToOne

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def request(one: OneToOne, to: Recipient, *, now: datetime, method: Method = "REQUEST") -> bytes:
    """Return the calendar file by which one asks, or with CANCEL takes it back.

    It is the main contact who asks, whoever sends it: calendars take a change from nobody but
    whoever invited first.
    """
    host = one.relationship.main_contact
    asked = Asked(Party(str(host), host.user.email), Party(to.name, to.address))
    return calendar_file(one, stamp=now, method=method, asked=asked)


def invitation(
    one: OneToOne,
    by: "Member",
    to: Recipient,
    *,
    now: datetime,
    line: str = "",
    along: Along = ALONE,
) -> Draft:
    """Write the invitation to a planned one-to-one, or that it was changed since the last one."""
    changed, names = one.sent_sequence is not None, Unnamed(one.relationship)
    one = names.where(one)
    return written(
        About.INVITATION,
        to,
        f"{'Changed' if changed else 'Invitation'}: one-to-one with {by}, {on_day(one, by)}",
        {
            "name": one.relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "when": when(one, by),
            "changed": changed,
            "along": along,
        },
        calendar=request(one, to, now=now),
        method="REQUEST",
        link=along.link,
        with_sheet=along.sheet,
        left_out=names.left_out,
    )


def cancellation(
    one: OneToOne, by: "Member", to: Recipient, *, now: datetime, line: str = ""
) -> Draft:
    """Write that a one-to-one whose invitation went out will not take place."""
    names = Unnamed(one.relationship)
    one = names.where(one)
    return written(
        About.CANCELLATION,
        to,
        f"Cancelled: one-to-one with {by}, {on_day(one, by)}",
        {
            "name": one.relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "when": when(one, by),
        },
        calendar=request(one, to, now=now, method="CANCEL"),
        method="CANCEL",
        left_out=names.left_out,
    )
