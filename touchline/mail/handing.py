"""Handing a page over by mail: asking for theirs, the page for the two, one's own sheet (M11)."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

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
    names = Unnamed(relationship)
    return written(
        About.YOURS,
        to,
        f"{by}: a few lines about you",
        {
            "name": relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "address": address(Purpose.YOURS, base),
            "until": _until(link, Purpose.YOURS, by, now),
            "again": sheets.exclude(handed_in_at=None).exists(),
        },
        link=link,
        issues=Purpose.YOURS,
        left_out=names.left_out,
    )


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
    link, names = to_hand_over(by, Purpose.PAGE, relationship, now=now), Unnamed(relationship)
    return written(
        About.PAGE,
        to,
        f"{by}: a page for the two of us",
        {
            "name": relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "address": address(Purpose.PAGE, base),
            "until": _until(link, Purpose.PAGE, by, now),
        },
        link=link,
        issues=Purpose.PAGE,
        left_out=names.left_out,
    )


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
    link, names = to_hand_over(by, Purpose.SHEET, now=now), Unnamed(relationship)
    return written(
        About.SHEET,
        to,
        f"{by}: my info sheet",
        {
            "name": relationship.person.first,
            "by": str(by),
            "line": names.line(line),
            "address": address(Purpose.SHEET, base),
        },
        link=link,
        issues=Purpose.SHEET,
        with_sheet=True,
        left_out=names.left_out,
    )


def _until(link: Link | None, purpose: str, by: "Member", now: datetime) -> str:
    """Say the last whole day on which the address holds; empty where it holds for good."""
    lives = VALID[Purpose(purpose)]
    ends = link.expires_at if link else now + lives if lives else None
    return full_day(ends.astimezone(by.zone).date()) if ends else ""
