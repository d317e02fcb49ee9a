"""Fetches the referral that a page is about, through the member who asks."""

from django.http import Http404

from touchline.accounts.middleware import MemberRequest
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.referrals.models import Referral

_ONE = Prepared(
    lambda at: (
        Referral.objects.visible_to(at.member)
        .select_related(
            "relationship__person__company",
            "relationship__main_contact__user",
            # Before it is passed its readiness and its words look at both.
            "relationship__pitch_card",
            "relationship__ideal_referral",
            "person__company",
            "company",
            "member__user",
            "third__person",
        )
        .filter(pk=at.key)
    ),
    member=MEMBER,
    key=KEY,
)


def referral_of(request: MemberRequest, pk: int) -> Referral:
    """Return a referral with its partner, prospect and whoever looks after it, or 404."""
    rows: list[Referral] = _ONE(member=request.member, key=pk)
    if not rows:
        raise Http404
    return rows[0]
