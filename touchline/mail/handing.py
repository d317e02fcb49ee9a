"""Handing a page over by mail: asking for theirs, the page for the two, one's own sheet (M11)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from touchline.core.words import full_day
from touchline.mail.draft import Draft, Recipient, written
from touchline.mail.links import address, to_hand_over
from touchline.mail.models import About
from touchline.mail.saying import Unnamed
from touchline.relationships.models import Relationship
from touchline.sheets.models import Link, Purpose, TheirSheet
from touchline.sheets.models.links import VALID
from touchline.sheets.models.theirs import Source

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Writing(Protocol):
    """Writes one of these letters; ``base`` is where this installation is reached."""

    __name__: str

    def __call__(
        self,
        relationship: Relationship,
        by: "Member",
        to: Recipient,
        *,
        base: str,
        now: datetime,
        line: str = "",
    ) -> Draft: ...


def yours(
    relationship: Relationship,
    by: "Member",
    to: Recipient,
    *,
    base: str,
    now: datetime,
    line: str = "",
) -> Draft:
    """Ask for theirs: what it is, how long it takes, and until when the address holds."""
    link = to_hand_over(by, Purpose.YOURS, relationship, now=now)
    sheets = TheirSheet.objects.filter(relationship=relationship, source=Source.LINK)
    more = {
        "until": _until(link, Purpose.YOURS, by, now),
        "again": sheets.exclude(handed_in_at=None).exists(),
    }
    subject = f"{by}: a few lines about you"
    return _handed(About.YOURS, subject, relationship, by, to, line, base, link, more)


def page(
    relationship: Relationship,
    by: "Member",
    to: Recipient,
    *,
    base: str,
    now: datetime,
    line: str = "",
) -> Draft:
    """Hand them the page for the two of us (M9, M12)."""
    link = to_hand_over(by, Purpose.PAGE, relationship, now=now)
    more = {"until": _until(link, Purpose.PAGE, by, now)}
    subject = f"{by}: a page for the two of us"
    return _handed(About.PAGE, subject, relationship, by, to, line, base, link, more)


def sheet(
    relationship: Relationship,
    by: "Member",
    to: Recipient,
    *,
    base: str,
    now: datetime,
    line: str = "",
) -> Draft:
    """Send one's own sheet as anyone with its address sees it: the address, and the PDF."""
    link, subject = to_hand_over(by, Purpose.SHEET, now=now), f"{by}: my info sheet"
    return _handed(About.SHEET, subject, relationship, by, to, line, base, link, {})


def _handed(
    what: str,
    subject: str,
    relationship: Relationship,
    by: "Member",
    to: Recipient,
    line: str,
    base: str,
    link: Link | None,
    more: dict[str, Any],
) -> Draft:
    """Write a message that hands over an address; a link and its message are called the same."""
    names = Unnamed(relationship)
    return written(
        what,
        to,
        subject,
        {
            "name": relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "address": address(what, base),
            **more,
        },
        link=link,
        issues=what,
        with_sheet=what == About.SHEET,
        left_out=names.left_out,
    )


def _until(link: Link | None, purpose: str, by: "Member", now: datetime) -> str:
    """Say the last whole day on which the address holds; empty where it holds for good."""
    lives = VALID[Purpose(purpose)]
    ends = link.expires_at if link else now + lives if lives else None
    return full_day(ends.astimezone(by.zone).date()) if ends else ""
