"""Many rows at once: in their order, with the defaults that the models give."""

from touchline.accounts.models import Member
from touchline.core.inserting import insert, insert_keyed
from touchline.people.models import Acquaintance, Person, Tag


def test_rows_get_keys_in_their_order_and_defaults(alice: Member) -> None:
    names = ["Zoë", "Ann", "Müller"]
    rows = [(alice.workspace_id, name, name.lower()) for name in names]
    keys = insert_keyed(Person, ("workspace", "name", "sort_key"), rows)
    assert [Person.objects.get(pk=key).name for key in keys] == names
    one = Person.objects.get(pk=keys[0])
    assert (one.extra, one.acquaintance, one.company) == ([], Acquaintance.NOT_SAID, None)
    assert one.created_at is not None
    assert Person.objects.create(workspace=alice.workspace, name="Next").pk > max(keys)


def test_rows_without_keys_and_no_rows(alice: Member) -> None:
    insert(Tag, ("workspace", "name", "folded"), [(alice.workspace_id, "Farm", "farm")])
    insert(Tag, ("workspace", "name", "folded"), [])
    assert insert_keyed(Tag, ("workspace", "name", "folded"), []) == []
    assert list(Tag.objects.values_list("name", flat=True)) == ["Farm"]
