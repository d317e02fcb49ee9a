"""Keeps what a partner did on their page, for Today and the next meeting."""

from datetime import datetime
from typing import Any

from touchline.journal.models import Partner, record
from touchline.sheets.models import Arrival, Link, What


def arrive(link: Link, what: str, *, at: datetime, text: str = "", **about: Any) -> Arrival:
    """Keep one thing that arrived by a link of a relationship, in the caller's transaction.

    ``about`` is the record it is about and what was answered: fields of ``Arrival``. Feedback
    on a referral that we gave answers the clock that waits for it. TypeError
    for the address of one's own sheet, by which nothing arrives.
    """
    if link.relationship_id is None:
        raise TypeError("Nothing arrives by the address of a sheet.")
    made: Arrival = Arrival.objects.create(
        workspace_id=link.workspace_id,
        relationship_id=link.relationship_id,
        link=link,
        what=what,
        text=text,
        at=at,
        **about,
    )
    partner = Partner(link.pk)
    record(partner, "arrive", made, person_id=link.person_id, what=what)
    if what == What.FEEDBACK and made.referral:
        made.referral.hear(partner, on=link.host.today(at))
    return made
