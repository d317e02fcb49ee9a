"""Goal arithmetic: the sum, the spread of what partners brought, and the page."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.money import Money
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.balance.goal import (
    QUARTER,
    QUARTERS,
    Record,
    by_quarter,
    needed,
    rank,
    rounded,
    spread,
    together,
)
from touchline.referrals.balance.history import record, sources
from touchline.referrals.models import Goal, State
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
TODAY = date(2026, 11, 22)
PATH = "/referrals/goal/"


@pytest.mark.parametrize(
    ("income", "order", "quotes", "orders", "a_year", "a_month"),
    [
        (60_000_00, 5_000_00, "3", 12, 36, "3"),
        (60_000_00, 5_000_00, "2.5", 12, 30, "2.5"),
        (1_000, 3_000, "1", Fraction(1, 3), 1, "0.1"),
        (100_000_00, 3_000_00, "4", Fraction(100, 3), 134, "11.2"),
    ],
)
def test_what_a_goal_takes(
    income: int, order: int, quotes: str, orders: Fraction, a_year: int, a_month: str
) -> None:
    takes = needed(income, order, Decimal(quotes))
    assert (takes.orders, takes.a_year, rounded(takes.a_month)) == (orders, a_year, a_month)
    assert takes.a_quarter == 3 * takes.a_month


@pytest.mark.parametrize("odd", [(0, 1, "1"), (1, 0, "1"), (1, 1, "0.5"), (-1, 1, "2")])
def test_a_goal_that_is_none(odd: tuple[int, int, str]) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        needed(odd[0], odd[1], Decimal(odd[2]))


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.decimals(1, 100, places=2))
def test_what_it_takes_is_enough_and_no_more(income: int, order: int, quotes: Decimal) -> None:
    takes = needed(income, order, quotes)
    enough = Fraction(takes.a_year) / Fraction(quotes) * order
    assert enough >= income
    assert (takes.a_year - 1) / Fraction(quotes) * order < income


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12))
def test_quartiles_part_the_counts(counts: list[int]) -> None:
    found = spread(counts)
    assert found is not None
    assert min(counts) <= found.low <= found.middle <= found.high <= max(counts)
    assert 4 * sum(one <= found.low for one in counts) >= len(counts)
    assert 4 * sum(one >= found.high for one in counts) >= len(counts)
    assert 2 * sum(one <= found.middle for one in counts) >= len(counts)
    assert (found.quarters, found.referrals) == (len(counts), sum(counts))
    assert found.is_few == (sum(counts) < 5)


def test_nothing_has_no_spread() -> None:
    assert spread([]) is None


@given(st.lists(st.integers(-200, 1500), max_size=30), st.integers(-1, 16))
def test_each_day_is_in_one_quarter_at_most(ago: list[int], whole: int) -> None:
    counts = by_quarter([each // QUARTER.days for each in ago], whole)
    assert len(counts) == max(0, min(QUARTERS, whole))
    assert sum(counts) == sum(0 <= each < len(counts) * QUARTER.days for each in ago)


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=12), max_size=9))
def test_they_are_ranked_by_the_middle_one(each: list[list[int]]) -> None:
    spreads = [spread(counts) for counts in sorted(each, key=rank, reverse=True)]
    order = [(one.middle, one.referrals) for one in spreads if one]
    assert order == sorted(order, reverse=True)
    assert len(order) == len(each)


def test_quarters_of_all_partners_are_added() -> None:
    assert by_quarter([0, 1, 3, 0, -1], 3) == [2, 1, 0]
    assert together([[2, 1, 0], [1]]) == [3, 1, 0]
    assert together([]) == []


def test_what_was_won_so_far() -> None:
    own = Record(won=4, valued=3, minor=1_000, quoted=9)
    assert (own.average_minor, own.quotes_per_win) == (333, Fraction(9, 4))
    assert Record(won=3, quoted=1).quotes_per_win is None
    assert Record().average_minor is None


@pytest.fixture
def priya(alice: Member) -> Relationship:
    begun = alice.today() - timedelta(days=400)
    return makers.a_relationship(alice, makers.a_person(alice, "Priya Nair"), on=begun)


def received(one: Relationship, member: Member, name: str, ago: int, **more: object) -> None:
    on = member.today() - timedelta(days=ago)
    a_referral(one, member, "received", person=name, state=State.QUOTED, on=on, **more)  # type: ignore[arg-type]


def test_where_they_could_come_from(alice: Member, bob: Member, priya: Relationship) -> None:
    for place, ago in enumerate((10, 20, 120, 300, 1400)):
        received(priya, alice, f"Prospect {place}", ago)
    new = makers.a_relationship(alice, makers.a_person(alice, "Newly Met"), on=alice.today())
    received(new, alice, "Somebody", 10)
    makers.a_relationship(alice, makers.a_person(alice, "Quiet One"), on=alice.today())
    found = sources(bob, alice.today())
    assert [(one.name, one.spread.referrals) for one in found.each] == [("Priya Nair", 4)]
    assert found.each[0].spread.quarters == 4
    assert found.each[0].spread.middle == 1
    assert found.together == found.each[0].spread
    assert found.too_new == 1
    priya.person.delete_by(alice)
    assert sources(alice, alice.today()).each == ()


def test_own_record_in_one_currency(alice: Member, priya: Relationship) -> None:
    for name, minor, code in (("A", 100, "GBP"), ("B", 301, "GBP"), ("C", 900, "EUR")):
        a_referral(
            priya, alice, "received", person=name, state=State.WON, value_minor=minor, currency=code
        )
    a_referral(priya, alice, person="D", state=State.WON, value_minor=5_000)
    assert record(alice, "GBP") == Record(won=3, valued=2, minor=401, quoted=3)


def test_a_goal_is_kept_and_counted(
    alice: Member, priya: Relationship, browser: Browser, django_assert_max_num_queries: object
) -> None:
    received(priya, alice, "Tom Hart", 30)
    said = {"income": "60,000", "order": "£5k", "quotes_per_win": "3"}
    client = browser(alice)
    assert client.post(PATH, said).status_code == 303
    goal = Goal.objects.get()
    assert (goal.member, goal.income_minor, goal.order_minor, goal.currency) == (
        alice, 6_000_000, 500_000, "GBP",
    )  # fmt: skip
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(PATH).content.decode()
    assert "3 a month: 36 a year, for 12 orders" in page
    assert "9 a quarter" in page
    assert "which is too few" in page
    assert "1 in 4: few" in page
    client.post(PATH, {**said, "quotes_per_win": "2"})
    assert Goal.objects.get().quotes_per_win == 2


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"income": "", "order": "5000", "quotes_per_win": "3"}, "give an amount"),
        ({"income": "-5", "order": "5000", "quotes_per_win": "3"}, "less than nothing"),
        ({"income": "0", "order": "5000", "quotes_per_win": "3"}, "more than nothing"),
        ({"income": "60000", "order": "5000 EUR", "quotes_per_win": "3"}, "in one currency"),
        ({"income": "1.250", "order": "5000", "quotes_per_win": "3"}, "read in two ways"),
        ({"income": "60000", "order": "5000", "quotes_per_win": "0.5"}, "Quotes for one win"),
        ({"income": "60000", "order": "5000", "quotes_per_win": "many"}, "Quotes for one win"),
    ],
)
def test_bad_input_names_the_field(
    alice: Member, browser: Browser, said: dict[str, str], says: str
) -> None:
    answer = browser(alice).post(PATH, said)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Goal.objects.exists()


def test_it_is_ones_own_and_a_viewer_sets_none(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    said = {"income": "60000", "order": "5000", "quotes_per_win": "3"}
    browser(alice).post(PATH, said)
    assert browser(bob).post(PATH, said).status_code == 403
    for other in (bob, stranger):
        assert "36 a year" not in browser(other).get(PATH).content.decode()


def test_the_verb_refuses_what_a_form_would(alice: Member) -> None:
    pounds, euros = Money(100, "GBP"), Money(100, "EUR")
    for income, order, quotes in (
        (pounds, euros, 2),
        (Money(0, "GBP"), pounds, 2),
        (pounds, pounds, 0),
    ):
        with pytest.raises(Refused):
            Goal.aim(alice, income=income, order=order, quotes_per_win=Decimal(quotes))
