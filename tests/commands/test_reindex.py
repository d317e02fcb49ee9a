"""The search index, lost and built anew."""

import pytest

from touchline import cli
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.people import search
from touchline.people.models import Person


def test_everybody_is_found_again(
    alice: Member, stranger: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = makers.a_person(alice, "Grace Young"), makers.a_person(stranger, "Grace Far")
    gone = makers.a_person(alice, "Grace Gone")
    gone.delete_by(alice)
    search.remove(Person.objects.values_list("pk", flat=True))
    assert search.find(alice, "grace").ids == []
    assert cli.main(["reindex"]) == 0
    assert capsys.readouterr().out == "The index is built anew: two people in it.\n"
    assert search.find(alice, "grace").ids == [mine.pk]
    assert search.find(stranger, "grace").ids == [theirs.pk]
