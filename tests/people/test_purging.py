"""After a month a deletion is for good, whatever hangs on the person."""

from datetime import timedelta

from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people.models import Person
from touchline.people.purging import purge
from touchline.relationships.models import Relationship


def test_a_person_goes_with_all_that_is_known_of_them(alice: Member) -> None:
    now = timezone.now()
    relationship = makers.a_relationship(
        alice, makers.a_person(alice, "Dora Far", email="dora@example.org", tags=("golf",))
    )
    person = relationship.person
    one_to_one = makers.a_one_to_one(relationship, alice, alice.today() - timedelta(days=60))
    makers.a_note(relationship, alice, "She sails.", one_to_one=one_to_one)
    makers.a_fact(relationship, alice, "family", "Two sons")
    makers.an_action(relationship, alice, "ours", "Send the book", alice.today())
    makers.an_agenda_item(relationship, alice, "ours", "Sailing")
    makers.a_call(relationship, alice, alice.today())
    person.delete_by(alice)
    Person.objects.filter(pk=person.pk).update(deleted_at=now - timedelta(days=30, seconds=1))
    assert purge(now) == 1
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not Relationship.objects.exists()
    entry = Entry.objects.get(verb="person.purge")
    assert (entry.member, entry.person_id, entry.details) == (None, person.pk, {})
    for entry in Entry.objects.filter(person_id=person.pk):
        assert "Dora" not in str(entry.details)
    assert Entry.objects.filter(verb="person.delete").exists()


def test_only_so_many_at_once_the_oldest_first(alice: Member) -> None:
    now = timezone.now()
    for days in (40, 50, 60):
        person = makers.a_person(alice, f"Gone {days}")
        Person.objects.filter(pk=person.pk).update(deleted_at=now - timedelta(days=days))
    assert purge(now, limit=2) == 2
    assert list(Person.objects.values_list("name", flat=True)) == ["Gone 40"]
