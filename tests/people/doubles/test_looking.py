"""Pairs in the database: one change and everyone come to the same; what is decided stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people import editing
from touchline.people.doubles.asking import MANY, look_again
from touchline.people.doubles.looking import look_at, look_over
from touchline.people.doubles.meeting import CROWD
from touchline.people.doubles.models import Double, DoubleKey, DoubleState
from touchline.people.models import ContactPoint, Person
from touchline.people.tasks import look_for_doubles

PHONE = "0161 496 0000"


def pairs(member: Member) -> set[tuple[int, int]]:
    return set(Double.objects.visible_to(member).open().values_list("one_id", "other_id"))


def rows(member: Member) -> list[object]:
    found = Double.objects.filter(workspace_id=member.workspace_id).order_by("one_id", "other_id")
    return list(found.values_list("one_id", "other_id", "certainty", "reasons", "state"))


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
    before, keys = rows(alice), DoubleKey.objects.count()
    look_over(alice.workspace_id)
    look_at(alice.workspace_id, list(Person.objects.values_list("pk", flat=True)))
    assert (rows(alice), DoubleKey.objects.count()) == (before, keys)


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
    one, other = (
        set(DoubleKey.objects.filter(person=each).values_list("key", flat=True)) for each in both
    )
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
    assert not DoubleKey.objects.filter(person=one).exists()


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
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 3), PEOPLE), min_size=1, max_size=8))
def test_one_by_one_comes_to_what_everyone_comes_to(
    alice: Member, changes: list[tuple[int, tuple[str, str]]]
) -> None:
    Person.objects.all().delete()
    there: dict[int, Person] = {}
    for place, (name, phone) in changes:
        if place in there:
            given_name, _, family = name.rpartition(" ")
            person = there[place]
            Person.objects.filter(pk=person.pk).update(name=name, given=given_name, family=family)
        else:
            there[place] = person = makers.a_person(alice, name, phone=phone)
        look_at(alice.workspace_id, [person.pk])
    before = rows(alice)
    Double.objects.all().delete()
    DoubleKey.objects.all().delete()
    look_over(alice.workspace_id)
    assert rows(alice) == before
    assert Double.objects.filter(state=DoubleState.OPEN).count() == len(before)
