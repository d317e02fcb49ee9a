"""Fetches what a page is about, through the member who asks."""

from typing import Any

from django.shortcuts import get_object_or_404

from touchline.accounts.middleware import MemberRequest
from touchline.meetings.models import OneToOne
from touchline.people.models import Person
from touchline.relationships.models import Relationship

OF_A_PERSON = ("relationship__person__company", "relationship__main_contact__user")


def one_to_one_of(request: MemberRequest, pk: int) -> OneToOne:
    """Return a one-to-one with its relationship, person and main contact, or 404."""
    found = OneToOne.objects.visible_to(request.member).select_related(*OF_A_PERSON)
    one: OneToOne = get_object_or_404(found, pk=pk)
    return one


def relationship_of(request: MemberRequest, pk: int) -> Relationship:
    """Return a relationship with its person and main contact, or 404."""
    found = Relationship.objects.visible_to(request.member).select_related(
        "person__company", "main_contact__user"
    )
    relationship: Relationship = get_object_or_404(found, pk=pk)
    return relationship


def short_name(person: Person) -> str:
    """Return one word to speak of a person by, for a label with little room."""
    return person.first.split(" ")[0]


def shared(one: OneToOne) -> dict[str, Any]:
    """Return what every page about a one-to-one has in its context."""
    return {
        "one": one,
        "relationship": one.relationship,
        "person": one.relationship.person,
        "short_name": short_name(one.relationship.person),
        "section": "today",
    }
