"""The links of one relationship: what each opens, how often it was looked at, what was before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from touchline.core.refusal import Refused
from touchline.relationships.models import Relationship, State
from touchline.sheets.models import Link, Purpose, Visit
from touchline.sheets.paper.qr import data_uri

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# The links that a relationship has, and of each the visits that its page lists.
PURPOSES = (Purpose.PAGE, Purpose.YOURS)
VISITS, FORMER = 5, 10


@dataclass(frozen=True, slots=True)
class Opens:
    """The link of one purpose: the one that opens its page now, if any, with its last visits.

    ``address`` is empty for a viewer, and where the secret can't be made any more; ``expired``
    says that there was one until a day that has gone by.
    """

    purpose: str
    link: Link | None
    address: str
    visits: tuple[Visit, ...] = ()
    expired: bool = False

    @property
    def picture(self) -> str:
        """The address as a QR code, dark on light in either theme, as a data address."""
        return data_uri(self.address)


def opens(
    relationship: Relationship,
    member: "Member",
    *,
    now: datetime,
    whole: Callable[[str], str],
) -> tuple[list[Opens], list[Link]]:
    """Return what opens a page of this relationship, and the links of before, newest first.

    ``whole`` makes an address of a path. Each link has ``looks``, how often it was looked at,
    and ``last_looked``. Three queries at most.
    """
    links = list(
        Link.objects.visible_to(member)
        .filter(relationship=relationship)
        .select_related("member__user", "relationship")
        .annotate(looks=Count("visits"), last_looked=Max("visits__last_at"))
    )
    standing = {link.purpose: link for link in links if link.revoked_at is None}
    live = {purpose: link for purpose, link in standing.items() if link.is_live(now)}
    found = []
    for purpose in PURPOSES:
        link = live.get(purpose)
        # Whoever has it acts as the partner: a viewer changes nothing by that way either.
        path = link.path if link and member.may_change else ""
        found.append(
            Opens(
                purpose,
                link,
                whole(path) if path else "",
                tuple(link.visits.all()[:VISITS]) if link else (),
                expired=link is None and purpose in standing,
            )
        )
    return found, [link for link in links if link not in live.values()][:FORMER]


def hand(
    relationship: Relationship, by: "Member", purpose: str, *, former: str, now: datetime
) -> bool:
    """Make a link in place of the one that the page showed (its key, or nothing).

    False where another was made meanwhile, in another tab or by somebody else: that one stays.
    Raises Refused for another purpose and a programme that has ended.
    """
    if purpose not in PURPOSES:
        raise Refused("A link opens their page, or asks for their sheet. Choose one of the two.")
    if relationship.state == State.ENDED:
        raise Refused(
            "This programme has ended, so its links open nothing. Take it up again first."
        )
    live = Link.objects.filter(relationship=relationship, purpose=purpose).live(now).first()
    if str(live.pk if live else "") != former:
        return False
    Link.objects.issue(by, purpose, relationship, now=now)
    return True
