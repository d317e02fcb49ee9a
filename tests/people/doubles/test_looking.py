"""Pairs in the database: one change and everyone come to the same; what is decided stays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.core.scoping import UNDO_DAYS
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people import editing
from touchline.people.doubles.asking import MANY, look_again
from touchline.people.doubles.looking import look_at, look_over
from touchline.people.doubles.meeting import CROWD
from touchline.people.doubles.models import Double, DoubleState, KeyRack, KeyRing
from touchline.people.doubles.ringing import add_many, at_keys, rings_of
from touchline.people.importing.at_once import bring_in_file, undo
from touchline.people.models import ContactPoint, Person
from touchline.people.purging import purge
from touchline.people.tasks import look_for_doubles

PHONE = "0161 496 0000"


def pairs(member: Member) -> set[tuple[int, int]]:
    return set(Double.objects.visible_to(member).open().values_list("one_id", "other_id"))


def rows(member: Member) -> list[object]:
    found = Double.objects.filter(workspace_id=member.workspace_id).order_by("one_id", "other_id")
    return list(found.values_list("one_id", "other_id", "certainty", "reasons", "state"))


def held(member: Member) -> dict[int, set[int]]:
    """Who is at which key, as it is stored; what each person's ring says has to be the same."""
    found: dict[int, set[int]] = {}
    everyone = range(1, 1 + max([0, *KeyRing.objects.values_list("pk", flat=True)]))
    for pk, own in rings_of(member.workspace_id, everyone).items():
        for key in own:
            found.setdefault(key, set()).add(pk)
    there = at_keys(member.workspace_id, found)
    assert {key: set(people) for key, people in there.items()} == found
    racks = KeyRack.objects.filter(workspace_id=member.workspace_id).values_list("there", flat=True)
    assert sum(len(rack) for rack in racks) == 8 * sum(map(len, found.values()))
    return found


def two(member: Member) -> tuple[Person, Person]:
    one = makers.a_person(member, "Anna Smith", phone=PHONE)
    return one, makers.a_person(member, "Ana Smith", phone=PHONE)


def test_found_among_everyone_of_the_workspace_alone(alice: Member, stranger: Member) -> None:
    one, other = two(alice)
    makers.a_person(stranger, "Anna Smith", phone=PHONE)
    look_over(alice.workspace_id)
    look_over(stranger.workspace_id)
    assert pairs(alice) == {(one.pk, other.pk)}
    reasons = {"names differ by a letter", "same phone number"}
    assert set(Double.objects.get().reasons) == reasons
    assert not pairs(stranger)


def test_again_changes_nothing(alice: Member) -> None:
    two(alice)
    look_over(alice.workspace_id)
    before, keys = rows(alice), held(alice)
    assert keys
    look_over(alice.workspace_id)
    look_at(alice.workspace_id, list(Person.objects.values_list("pk", flat=True)))
    assert (rows(alice), held(alice)) == (before, keys)


def test_people_of_two_workspaces_in_turn_keep_their_keys(alice: Member, stranger: Member) -> None:
    for member in (alice, stranger, alice, stranger):
        makers.a_person(member, "Anna Smith", phone=PHONE)
    look_over(alice.workspace_id)
    before = held(alice)
    look_over(stranger.workspace_id)
    assert held(alice) == before
    assert [len(pairs(each)) for each in (alice, stranger)] == [1, 1]


def test_whoever_leaves_for_good_leaves_no_key(alice: Member) -> None:
    one, other = two(alice)
    look_over(alice.workspace_id)
    one.delete_by(alice)
    assert purge(timezone.now() + timedelta(days=UNDO_DAYS + 1)) == 1
    assert {pk for people in held(alice).values() for pk in people} == {other.pk}


def test_an_import_undone_leaves_no_key(alice: Member) -> None:
    one, other = two(alice)
    card = b"BEGIN:VCARD\nVERSION:4.0\nFN:Ann Lee\nTEL:0161 496 0000\nEND:VCARD\n"
    done = bring_in_file(alice, "a.vcf", card, dry_run=False)
    look_over(alice.workspace_id)
    assert len({pk for people in held(alice).values() for pk in people}) == 3
    assert done.kept
    undo(alice, done.kept.pk)
    assert {pk for people in held(alice).values() for pk in people} == {one.pk, other.pk}


def test_whoever_changed_while_keys_were_stored_has_the_newer_ones(alice: Member) -> None:
    one, _ = two(alice)
    look_at(alice.workspace_id, [one.pk])
    before = held(alice)
    add_many(alice.workspace_id, {one.pk: frozenset([7, *list(before)[:1]])})
    assert held(alice) == before


def test_again_writes_nothing(alice: Member) -> None:
    two(alice)
    look_over(alice.workspace_id)
    with CaptureQueriesContext(connection) as asked:
        look_over(alice.workspace_id)
    wrote = ("INSERT", "UPDATE", "DELETE")
    assert [each["sql"] for each in asked if each["sql"].startswith(wrote)] == []


def test_everyone_renews_what_nobody_asked_to_have_looked_at(alice: Member) -> None:
    one, other = two(alice)
    look_over(alice.workspace_id)
    Person.objects.filter(pk=other.pk).update(given="Anna")
    ContactPoint.objects.filter(person=other).delete()
    look_over(alice.workspace_id)
    assert Double.objects.get().reasons == ["same name"]
    Person.objects.filter(pk=one.pk).update(given="Bob")
    look_over(alice.workspace_id)
    assert not Double.objects.exists()


def test_a_pair_stays_when_its_key_gets_crowded(alice: Member) -> None:
    both = [makers.a_person(alice, name, phone=PHONE) for name in ("Bob Smith", "Robert Smyth")]
    look_over(alice.workspace_id)
    one, other = rings_of(alice.workspace_id, [each.pk for each in both]).values()
    assert len(one & other) == 1
    before = rows(alice)
    assert len(before) == 1
    for number in range(CROWD):
        makers.a_person(alice, f"Given{number} Other{number}", phone=PHONE)
    look_over(alice.workspace_id)
    assert before[0] in rows(alice)


def test_a_pair_goes_when_the_two_part_and_comes_back(alice: Member) -> None:
    one, other = two(alice)
    look_over(alice.workspace_id)
    Person.objects.filter(pk=other.pk).update(given="Bob", name="Bob Smith")
    look_at(alice.workspace_id, [other.pk])
    assert not pairs(alice)
    Person.objects.filter(pk=other.pk).update(given="Anna", name="Anna Smith")
    look_at(alice.workspace_id, [other.pk])
    assert pairs(alice) == {(one.pk, other.pk)}


def test_set_apart_is_remembered_and_can_be_asked_again(alice: Member) -> None:
    one, other = two(alice)
    look_over(alice.workspace_id)
    pair = Double.objects.get()
    pair.set_apart_by(alice)
    assert Entry.objects.filter(verb="double.set_apart", person_id=one.pk).exists()
    look_over(alice.workspace_id)
    look_at(alice.workspace_id, [one.pk, other.pk])
    assert not pairs(alice)
    with pytest.raises(Refused, match="already"):
        Double.objects.get().set_apart_by(alice)
    pair.ask_again_by(alice)
    assert pairs(alice) == {(one.pk, other.pk)}


def test_the_deleted_are_not_shown(alice: Member) -> None:
    one, other = two(alice)
    look_over(alice.workspace_id)
    one.delete_by(alice)
    assert not pairs(alice)
    one.restore_by(alice)
    assert pairs(alice) == {(one.pk, other.pk)}
    one.delete_by(alice)
    look_over(alice.workspace_id)
    assert not Double.objects.exists()
    assert {pk for people in held(alice).values() for pk in people} == {other.pk}


def test_not_the_same_holds_for_who_answers_later(alice: Member) -> None:
    one, other = two(alice)
    look_over(alice.workspace_id)
    Double.objects.get().set_apart_by(alice)
    third = makers.a_person(alice, "Ana Smith", phone=PHONE)
    Person.objects.filter(pk=other.pk).update(merged_into=third)
    look_over(alice.workspace_id)
    assert not pairs(alice)
    Person.objects.filter(pk=other.pk).update(merged_into=None)
    look_over(alice.workspace_id)
    assert pairs(alice) == {(one.pk, third.pk), (other.pk, third.pk)}


def test_making_and_editing_a_person_asks_for_a_look(alice: Member) -> None:
    one = editing.make(alice, {"name": "Anna Smith"})
    editing.edit(alice, one, {"given": "Anna", "family": "Smith"}, company="", tags=(), points=())
    editing.make(alice, {"name": "Anna Smith"})
    assert run_jobs() == 3
    assert len(pairs(alice)) == 1


def run_jobs() -> int:
    jobs = [job for job in DBTaskResult.objects.all() if job.task_path.endswith("for_doubles")]
    for job in jobs:
        look_for_doubles.call(*job.args_kwargs["args"])
    return len(jobs)


def test_many_at_once_are_everyone(alice: Member) -> None:
    two(alice)
    look_again(alice.workspace_id, [])
    assert run_jobs() == 0
    look_again(alice.workspace_id, range(1, MANY + 2))
    assert run_jobs() == 1
    assert DBTaskResult.objects.get().args_kwargs["args"][1] is None
    assert len(pairs(alice)) == 1


PEOPLE = st.tuples(
    st.sampled_from(["Anna Smith", "Ana Smith", "Smith Anna", "A Smith", "Bob Smith", "Smith"]),
    st.sampled_from(["", PHONE]),
)


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 3), PEOPLE), min_size=1, max_size=8))
def test_one_by_one_comes_to_what_everyone_comes_to(
    alice: Member, changes: list[tuple[int, tuple[str, str]]]
) -> None:
    for model in (Person, KeyRack):
        model.objects.all().delete()
    there: dict[int, Person] = {}
    for place, (name, phone) in changes:
        if place in there:
            given_name, _, family = name.rpartition(" ")
            person = there[place]
            Person.objects.filter(pk=person.pk).update(name=name, given=given_name, family=family)
        else:
            there[place] = person = makers.a_person(alice, name, phone=phone)
        look_at(alice.workspace_id, [person.pk])
    before, keys = rows(alice), held(alice)
    for model in (Double, KeyRing, KeyRack):
        model.objects.all().delete()
    look_over(alice.workspace_id)
    assert (rows(alice), held(alice)) == (before, keys)
    assert Double.objects.filter(state=DoubleState.OPEN).count() == len(before)
