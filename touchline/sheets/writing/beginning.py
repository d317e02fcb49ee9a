"""Loads what a sheet is begun from."""

from typing import TYPE_CHECKING

from touchline.meetings.models import Fact
from touchline.referrals.models import IdealReferral
from touchline.sheets.writing.prefilling import Said, prefilled

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def known_of(member: "Member") -> dict[str, str]:
    """Return what a member's sheet could say at first, part by part, and how to reach them."""
    own = Fact.objects.visible_to(member).current().filter(of_member=member.pk)
    facts = own.order_by("-on", "-pk").values_list("topic", "slot", "text")
    ideal = IdealReferral.objects.visible_to(member).filter(member=member.pk).first()
    parts = prefilled((Said(*each) for each in facts), ideal.words if ideal else {})
    return {"email": member.user.email, **parts}
