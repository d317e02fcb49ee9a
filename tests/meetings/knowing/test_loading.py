"""History with companies, and the days that come up, as they are loaded."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings import capturing
from touchline.meetings.knowing.loading import coming, history_with
from touchline.meetings.models import Fact
from touchline.people.models import Company
from touchline.relationships.models import Relationship

TODAY = date(2027, 2, 25)


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return cast.anwen(alice, on=date(2026, 1, 1))


@pytest.fixture
def lloyd(alice: Member) -> Company:
    return makers.a_company(alice, "Lloyd & Sons")


def history(by: Member, of: Relationship, company: Company, text: str, **more: Any) -> Fact:
    return capturing.fact(
        of, by, text, topic="target_companies", slot="history", company=company,
        on=more.pop("on", by.today()), **more,
    )  # fmt: skip


def test_history_is_everybodys_and_mine(
    alice: Member, stranger: Member, anwen: Relationship, lloyd: Company
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Gate")
    history(alice, anwen, lloyd, "Was a customer", on=alice.today() - timedelta(days=9))
    capturing.own_fact(
        alice, "I did their books", topic="experience", company=lloyd, on=alice.today()
    )
    capturing.own_fact(
        carol, "I left in anger", topic="experience", company=lloyd, on=alice.today()
    )
    other = makers.a_company(alice, "Other")
    found = history_with([lloyd.pk, None, other.pk], alice)
    assert set(found) == {lloyd.pk}
    assert [(one.who, one.text) for one in found[lloyd.pk]] == [
        ("", "I did their books"),
        ("Anwen Pritchard", "Was a customer"),
    ]
    assert history_with([lloyd.pk], stranger) == {}


def test_history_of_what_is_gone_is_not_told(
    alice: Member, anwen: Relationship, lloyd: Company
) -> None:
    fact = history(alice, anwen, lloyd, "Was a customer")
    newer = fact.correct(alice, text="Is a customer", on=alice.today(), one_to_one=None)
    assert [one.text for one in history_with([lloyd.pk], alice)[lloyd.pk]] == ["Is a customer"]
    assert newer.company_id == lloyd.pk
    anwen.person.delete_by(alice)
    assert history_with([lloyd.pk], alice) == {}
    anwen.person.restore_by(alice)
    lloyd.delete_by(alice)
    assert history_with([lloyd.pk], alice) == {}
    lloyd.delete()
    assert Fact.objects.get(pk=newer.pk).company_id is None


def test_no_company_costs_no_query(
    alice: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert history_with([None], alice) == {}


@pytest.mark.parametrize(
    ("dated_on", "yearly", "on"),
    [
        (date(2027, 2, 25), False, date(2027, 2, 25)),
        (date(2027, 3, 4), False, date(2027, 3, 4)),
        (date(2027, 3, 5), False, None),
        (date(2027, 2, 24), False, None),
        (date(1970, 2, 26), True, date(2027, 2, 26)),
        (date(1976, 2, 29), True, date(2027, 2, 28)),
        (date(1970, 3, 5), True, None),
        (date(1970, 2, 24), True, None),
        (date(2028, 2, 26), True, None),
    ],
)
def test_days_that_come_up(
    alice: Member, anwen: Relationship, dated_on: date, yearly: bool, on: date | None
) -> None:
    makers.a_fact(anwen, alice, "family", "Kitty’s exam", dated_on=dated_on, yearly=yearly)
    assert [one.occasion.on for one in coming(alice, TODAY)] == ([on] if on else [])


def test_the_days_of_a_new_year_come_up_before_the_old_one_ends(
    alice: Member, anwen: Relationship
) -> None:
    for day in (date(1970, 12, 30), date(1970, 1, 2), date(1970, 6, 1), date(1970, 12, 1)):
        makers.a_fact(anwen, alice, "family", "B", slot="birthday", dated_on=day, yearly=True)
    found = coming(alice, date(2026, 12, 29))
    assert sorted(one.occasion.on for one in found) == [date(2026, 12, 30), date(2027, 1, 2)]
    assert all(one.occasion.birthday and one.occasion.since == 1970 for one in found)


def test_days_are_of_ones_own_programmes_and_of_oneself(
    alice: Member, stranger: Member, anwen: Relationship
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Gate")
    makers.a_fact(anwen, alice, "family", "Kitty’s exam", dated_on=TODAY)
    capturing.own_fact(carol, "My contract ends", topic="business", on=TODAY, dated_on=TODAY)
    assert [one.person for one in coming(alice, TODAY)] == [anwen.person_id]
    assert [(one.person, one.occasion.text) for one in coming(carol, TODAY)] == [
        (None, "My contract ends")
    ]
    assert coming(stranger, TODAY) == []


def test_what_was_corrected_does_not_come_up(alice: Member, anwen: Relationship) -> None:
    fact = makers.a_fact(anwen, alice, "family", "Exam", dated_on=TODAY)
    fact.correct(alice, text="The exam is off", on=TODAY, one_to_one=None,
                 filing=fact.filing.__class__("family"))  # fmt: skip
    assert coming(alice, TODAY) == []


def test_days_are_found_by_their_index(alice: Member, anwen: Relationship) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite how it would go about it")
    coming(alice, TODAY)
    with CaptureQueriesContext(connection) as queries:
        coming(alice, TODAY)
    (query,) = queries.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        plan = [str(row[3]) for row in cursor.fetchall()]
    assert any("fact_dated" in step for step in plan), plan
    assert not any(step.startswith("SCAN") for step in plan), plan
