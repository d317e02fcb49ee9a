"""The referral that was made of a note, as pages with notes show it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from touchline.referrals.models import Referral

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def made_of(notes: Iterable[int], member: "Member") -> dict[int, int]:
    """Return the referral that was made of each note, by key; those without are left out."""
    keys = list(notes)
    if not keys:
        return {}
    found = Referral.objects.visible_to(member).filter(note__in=keys).order_by("-pk")
    return dict(found.values_list("note_id", "pk"))
