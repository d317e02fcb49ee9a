"""Fetches what a page is about, through the member who asks."""

from django.http import Http404

from touchline.accounts.middleware import MemberRequest
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.relationships.models import Relationship

_ONE = Prepared(
    lambda at: (
        Relationship.objects.visible_to(at.member)
        .select_related("person__company", "main_contact__user")
        .filter(pk=at.key)
    ),
    member=MEMBER,
    key=KEY,
)


def relationship_of(request: MemberRequest, pk: int) -> Relationship:
    """Return a relationship with its person, company and main contact, or 404."""
    rows: list[Relationship] = _ONE(member=request.member, key=pk)
    if not rows:
        raise Http404
    return rows[0]
