"""Fetches what a page is about, through the member who asks."""

from django.http import Http404

from touchline.accounts.middleware import MemberRequest
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.people.merging.answering import answering as answering_for
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


def answering(request: MemberRequest, pk: int) -> Relationship | None:
    """Return the programme that a programme became a part of when its person was merged."""
    merged = Relationship.objects.filter(
        workspace_id=request.member.workspace_id, pk=pk, person__merged_into__isnull=False
    ).first()
    one = answering_for(request.member, merged.person_id) if merged else None
    there = Relationship.objects.visible_to(request.member).filter(person=one)
    return there.first() if one else None
