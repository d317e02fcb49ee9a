"""Two who merge the same people at the same moment, on the database that lets both begin."""

from functools import partial

import pytest
from django.db import connection

from tests.at_once import at_once
from touchline.accounts.models import Member, Role
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.meetings.models import OneToOne
from touchline.people.editing import edit
from touchline.people.merging import making_one, parting
from touchline.people.models import Merge, Person
from touchline.relationships.models import Relationship

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite takes its write lock at the start"
    ),
]


@pytest.fixture
def pair() -> tuple[Member, Person, Person]:
    member = makers.a_member(makers.a_workspace(), "alice@example.org", "Alice Hill", Role.OWNER)
    for name in ("Anwen Pritchard", "A. Pritchard"):
        relationship = makers.a_relationship(member, makers.a_person(member, name, tags=("farm",)))
        makers.a_one_to_one(relationship, member, member.today(), hour=0, state="held")
    one, other = Person.objects.order_by("pk")
    return member, one, other


def test_merged_in_opposite_order_at_once_one_succeeds(
    pair: tuple[Member, Person, Person],
) -> None:
    member, one, other = pair
    for _ in range(5):
        came = at_once(
            lambda: making_one.merge(member, one, other, {}),
            lambda: making_one.merge(member, other, one, {}),
        )
        assert sorted(each == "done" for each in came) == [False, True], came
        assert any("merged already" in each for each in came)
        made = Merge.objects.get()
        assert Relationship.objects.get(person=made.kept_id).took_place == 2
        assert OneToOne.objects.visible_to(member).count() == 2
        parted = partial(parting.part, member, made.other_id)
        came = at_once(parted, parted)
        assert sorted(each == "done" for each in came) == [False, True], came
        assert any("parted already" in each for each in came)
        assert list(Person.objects.visible_to(member).order_by("pk")) == [one, other]


def test_one_who_is_edited_meanwhile_stays_merged(pair: tuple[Member, Person, Person]) -> None:
    member, one, other = pair
    seen = Person.objects.get(pk=other.pk)
    making_one.merge(member, one, other, {})
    with pytest.raises(Refused, match="merged with somebody"):
        edit(member, seen, {"name": "Edited"}, company="", tags=[], points=[])
    with pytest.raises(Refused):
        seen.delete_by(member)
    seen.refresh_from_db()
    assert (seen.merged_into_id, seen.deleted_at, seen.name) == (one.pk, None, "A. Pritchard")
