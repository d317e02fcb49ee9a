"""A partner whose sheet is asked for by a link."""

import pytest

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link
from touchline.relationships.models import Relationship
from touchline.sheets.models import Link, Purpose


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


@pytest.fixture
def link(anwen: Relationship, alice: Member) -> Link:
    return a_link(anwen, alice, Purpose.YOURS)
