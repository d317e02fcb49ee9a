"""Agrees to one of the times at which it suits a partner."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.meetings.models import OneToOne, State
from touchline.sheets.arrivals.telling import read
from touchline.sheets.models import Answer, Arrival, What

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@transaction.atomic
def agree(arrival: Arrival, by: "Member", *, starts_at: datetime, now: datetime) -> OneToOne:
    """Move a one-to-one to one of the times of an answer, and say that all answers are seen.

    It is moved already where somebody else was quicker with the same time. Raises Refused for a
    time that they did not name or that has gone by, and for an answer to an older version of the
    one-to-one.
    """
    one = arrival.one_to_one
    if one is None or arrival.answer != Answer.OTHER:
        raise Refused("They named no times here.")
    answers = Arrival.objects.filter(one_to_one=one, what=What.ANSWER)
    if starts_at not in [read(each) for each in arrival.times]:
        raise Refused("That is none of the times they named. Choose one of those, or move it.")
    if one.state != State.PLANNED or one.starts_at != starts_at:
        if one.state != State.PLANNED or one.sequence != arrival.sequence:
            raise Refused(
                "This one-to-one has changed since they answered, so their times hold no more. "
                "Look again."
            )
        # Newest first, as arrivals are.
        if answers.first() != arrival:
            raise Refused("They have answered again since. Look again.")
        if starts_at <= now:
            raise Refused("That time has gone by. Choose another, or ask for new ones.")
        one.move(by, starts_at=starts_at)
    for each in answers.unseen():
        each.relationship = one.relationship
        each.see(by, now=now)
    return one
