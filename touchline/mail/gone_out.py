"""What of a one-to-one went out or is about to, so that its page offers nothing twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.mail.models import About, Message, State
from touchline.meetings.calendar_file import version_in
from touchline.meetings.models import OneToOne

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class GoneOut:
    """What the member sent: whether the date as it is now is on its way, and the recap.

    ``recap_at`` is when the last recap went, None while it is on its way.
    """

    date: bool
    recap: bool
    recap_at: datetime | None


# The invitation to the next date may go along with the recap of another one-to-one.
_MESSAGES = Prepared(
    lambda at: (
        Message.objects.visible_to(at.member)
        .filter(relationship=at.relationship)
        .filter(
            Q(state=State.QUEUED) | Q(state=State.SENT, what=About.RECAP, one_to_one=at.one_to_one)
        )
        .order_by("-made_at", "-pk")
        .values_list("one_to_one_id", "what", "state", "calendar", "sent_at")
    ),
    member=MEMBER,
    relationship=KEY,
    one_to_one=KEY,
)


def gone_out(one: OneToOne, member: "Member") -> GoneOut:
    """Say what went out about a one-to-one, in one query."""
    rows = _MESSAGES(member=member, relationship=one.relationship_id, one_to_one=one.pk)
    recaps = [sent_at for of, what, _, _, sent_at in rows if (of, what) == (one.pk, About.RECAP)]
    waiting = [written for _, _, state, written, _ in rows if state == State.QUEUED and written]
    return GoneOut(
        date=any(version_in(written) == (one.uid, one.sequence) for written in waiting),
        recap=bool(recaps),
        recap_at=recaps[0] if recaps else None,
    )
