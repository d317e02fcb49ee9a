"""Two people made one: of two links one opens the page, and parted each opens its own."""

import pytest
from django.test import Client

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link
from touchline.people.merging.making_one import merge
from touchline.people.merging.parting import part


@pytest.mark.parametrize("purpose", ["page", "yours"])
def test_two_programmes_with_links_are_made_one_and_parted(alice: Member, purpose: str) -> None:
    one, other = (makers.a_relationship(alice, name) for name in ("Anwen", "Anwen Pritchard"))
    links = [a_link(each, alice, purpose) for each in (one, other)]
    addresses = [f"/with/{purpose}/{each.token}/" for each in links]
    merge(alice, one.person, other.person, {})
    assert sorted(Client().get(each).status_code for each in addresses) == [200, 404]
    part(alice, other.person.pk)
    assert [Client().get(each).status_code for each in addresses] == [200, 200]
