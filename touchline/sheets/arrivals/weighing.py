"""What a partner said of how it is going has been weighed: it stood beside a decision."""

from datetime import datetime
from typing import TYPE_CHECKING

from touchline.core.keys import key_in
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, What

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def weighed(relationship: Relationship, by: "Member", shown: str | None, *, now: datetime) -> None:
    """Say that what the form showed (the key of an arrival) and what came before it is seen."""
    key = key_in(shown or "")
    if key is None:
        return
    said = Arrival.objects.filter(relationship=relationship, what=What.GOING, pk__lte=key)
    for each in said.unseen():
        each.relationship = relationship
        each.see(by, now=now)
