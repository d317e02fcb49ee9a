"""Fetches what a page is about, through the member who asks."""

from typing import Any

from django.http import Http404

from touchline.accounts.middleware import MemberRequest
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.meetings.models import OneToOne
from touchline.people import naming
from touchline.people.models import Person

_ONE = Prepared(
    lambda at: (
        OneToOne.objects.visible_to(at.member)
        .select_related("relationship__person__company", "relationship__main_contact__user")
        .filter(pk=at.key)
    ),
    member=MEMBER,
    key=KEY,
)


def one_to_one_of(request: MemberRequest, pk: int) -> OneToOne:
    """Return a one-to-one with its relationship, person and main contact, or 404."""
    rows: list[OneToOne] = _ONE(member=request.member, key=pk)
    if not rows:
        raise Http404
    return rows[0]


def short_name(person: Person) -> str:
    """Return one word to speak of a person by, for a label with little room."""
    return naming.short(person.name, person.given)


def shared(one: OneToOne) -> dict[str, Any]:
    """Return what every page about a one-to-one has in its context."""
    return {
        "one": one,
        "relationship": one.relationship,
        "person": one.relationship.person,
        "short_name": short_name(one.relationship.person),
        "section": "today",
    }
