"""The list of referrals: what each filter leaves, the totals, the order, the pages."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.referring import fifty_thousand
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.listing.asked import (
    BANDS,
    GOING,
    PERIODS,
    ROAD,
    SORTS,
    Asked,
    Total,
    together,
)
from touchline.referrals.listing.listing import FEW, At, columns, keys, lines, totals
from touchline.referrals.models import Referral, State
from touchline.referrals.views.cards import age
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def partner(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Ann Lloyd", on=alice.today() - timedelta(days=900))


def _many() -> Member:
    member = makers.a_member(makers.a_workspace(), "many@example.org", "Mia Many", Role.OWNER)
    for number in range(40):
        makers.a_person(member, f"Prospect {number}", company=f"Firm {number % 5}")
    fifty_thousand(member, partners=5, referrals=300)
    gone = Relationship.objects.visible_to(member).order_by("pk").last()
    assert gone is not None
    gone.person.delete_by(member)
    return member


@pytest.fixture(scope="module")
def once_many(lasting: Callable[..., Any]) -> Member:
    made: Member = lasting(_many)
    return made


@pytest.fixture
def many(db: None, once_many: Member) -> Member:
    """Mia with three hundred referrals of ten years and five partners, one of them deleted.

    Nobody changes them: they are made once for all that look at them.
    """
    return once_many


def asked(text: str = "") -> Asked:
    return Asked.of(QueryDict(text))


def answers(one: Referral, member: Member, by: Asked) -> bool:
    """Say plainly, from the record alone, whether a referral is in the list."""
    state = State(one.state)
    if state not in by.states:
        return False
    days = (member.today() - one.state_on).days
    within = {"": days <= 365 or state in GOING, "all": True}.get(by.period)
    if within is None:
        within = days <= int(by.period)
    text = " ".join(
        filter(None, [
            one.need, one.became, one.relationship.person.name,
            one.person.name if one.person else "",
            one.person.company.name if one.person and one.person.company else "",
        ])
    ).lower()  # fmt: skip
    return (
        within
        and by.way in ("", one.direction)
        and by.partner in ("", str(one.relationship_id))
        and by.member in ("", str(one.member_id))
        and by.currency in ("", one.currency)
        and all(word in text for word in by.q.lower().split())
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "period=all", "period=30", "period=90", "way=given", "way=received&period=all",
        "state=won&period=all", "state=under-way", "state=came", "state=closed&period=all",
        "currency=EUR&period=all", "currency=gbp", "q=lease&period=all", "q=bank+lease",
        "q=Firm+3&period=all", "q=prospect+7&period=all", "q=nobody-has-this",
        "partner={partner}&period=all", "member={member}", "member=0",
        "way=given&state=won&currency=GBP&period=all&q=the",
    ],
)  # fmt: skip
def test_every_filter_leaves_what_a_plain_look_leaves(many: Member, text: str) -> None:
    first = Relationship.objects.visible_to(many).order_by("pk").first()
    assert first is not None
    by = asked(text.format(partner=first.pk, member=many.pk))
    every = Referral.objects.visible_to(many).select_related(
        "relationship__person", "person__company"
    )
    expected = [one for one in every if answers(one, many, by)]
    at = At.of(many, by)
    for sort in SORTS:
        by_sort = Asked(**{**by.said(), "sort": sort})
        assert sorted(keys(at, by_sort, many=None)) == sorted(one.pk for one in expected)
    # What both pages count: each state whatever state was asked for, and money by currency.
    whole = Asked(**{**by.said(), "state": ""})
    plain: dict[State, Total] = {}
    for one in (one for one in every if answers(one, many, whole)):
        money = () if one.value_minor is None else ((one.currency, one.value_minor),)
        state = State(one.state)
        plain[state] = together([plain.get(state, Total(0, ())), Total(1, money)])
    assert totals(at, by) == plain
    # The board: the newest few of each state.
    for state, cards in columns(at, by).items():
        newest = sorted(
            (one for one in expected if one.state == state),
            key=lambda one: (one.state_on, one.pk),
            reverse=True,
        )
        assert [card.pk for card in cards] == [one.pk for one in newest[:FEW]]


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_is_the_one_asked_for(many: Member, sort: str) -> None:
    by = asked(f"period=all&sort={sort}")
    found = lines(many, keys(At.of(many, by), by, many=None))
    order: Callable[[Any], Any] = {
        "": lambda one: (-one.state_on.toordinal(), -one.pk),
        "age": lambda one: (one.state_on, one.pk),
        "partner": lambda one: (one.partner, one.partner_pk, -one.state_on.toordinal(), -one.pk),
        "state": lambda one: (ROAD.index(State(one.state)), -one.state_on.toordinal(), -one.pk),
        "value": lambda one: (
            2 if one.minor is None else one.currency != "GBP",
            one.currency,
            -(one.minor or 0),
            -one.state_on.toordinal(),
            -one.pk,
        ),
    }[sort]
    if sort == "partner":
        # Names of one shape: as they sort, so do their keys.
        assert len({one.partner for one in found}) > 1
    assert [one.pk for one in found] == [one.pk for one in sorted(found, key=order)]
    half = len(found) // 2
    at = At.of(many, by)
    assert keys(at, by, 0, half) + keys(at, by, half, None) == [one.pk for one in found]


def test_the_page_says_who_what_where_and_since_when(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    on = alice.today() - timedelta(days=40)
    a_referral(partner, alice, state="won", person="Tom <b>Hart", on=on, value_minor=125_050)
    a_referral(partner, alice, "received", state="contacted", person="Olu Ade")
    shown = browser(alice).get("/referrals/").content.decode()
    assert "Tom &lt;b&gt;Hart" in shown
    assert "to <a" in shown
    assert "from <a" in shown
    assert "£1,250.50" in shown
    assert "Two referrals" in shown
    assert re.search(r"<b>Won</b>\s+<time [^>]*>for \d+ (weeks|days)</time>", shown)
    assert 'aria-current="page">Referrals</a>' in shown


def test_filters_stay_in_the_address_of_the_other_page_and_of_the_next(
    many: Member, browser: Browser
) -> None:
    client = browser(many)
    shown = client.get("/referrals/?period=all&way=given&q=the").content.decode()
    assert "/referrals/board/?q=the&amp;way=given&amp;period=all" in shown
    shown = client.get("/referrals/?period=all").content.decode()
    assert 'rel="next"' in shown
    assert "?period=all&amp;page=2" in shown
    seen: list[str] = []
    for number in range(1, 99):
        answer = client.get(f"/referrals/?period=all&page={number}")
        seen += re.findall(r'<tr id="c-(\d+)">', answer.content.decode())
        if not answer.context["following"]:
            break
    assert len(seen) == len(set(seen)) == Referral.objects.visible_to(many).count()


def test_costs_the_same_queries_however_many_there_are(
    alice: Member, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    fifty_thousand(alice, partners=3, referrals=400)
    client = browser(alice)
    for path in ("/referrals/", "/referrals/board/", "/referrals/?q=the&sort=value&period=all",
                 "/referrals/board/?way=given&state=under-way&currency=EUR"):  # fmt: skip
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "state=nonsense", "partner=x", "partner=99999999999999999999", "member=-1", "period=-5",
        "currency=%00%00%00", "currency=ÄÖÜ", "sort=;drop", "page=-1", "page=x", "page=999999",
        "q=%25_%27%22", "q=%00", "q=" + "x" * 3000, "way=up", "q=...", "page=%C2%B2",
    ],
)  # fmt: skip
def test_odd_addresses_are_read_as_best_they_can(
    alice: Member, partner: Relationship, browser: Browser, text: str
) -> None:
    a_referral(partner, alice)
    client = browser(alice)
    for path in ("/referrals/", "/referrals/board/"):
        assert client.get(f"{path}?{text}").status_code == 200


def test_empty_states_teach(alice: Member, bob: Member, stranger: Member, partner: Relationship,
                            browser: Browser) -> None:  # fmt: skip
    for path in ("/referrals/", "/referrals/board/"):
        shown = browser(alice).get(path).content.decode()
        assert "It begins with an idea" in shown
        assert "Note the first idea" in shown
        assert "Note the first idea" not in browser(bob).get(path).content.decode()
    a_referral(partner, alice, state="thanked", on=alice.today() - timedelta(days=800))
    shown = browser(alice).get("/referrals/").content.decode()
    assert "Look since the beginning" in shown
    assert "It begins with an idea" in browser(stranger).get("/referrals/").content.decode()


def test_a_stranger_sees_none_of_it(alice: Member, stranger: Member, partner: Relationship,
                                    browser: Browser) -> None:  # fmt: skip
    a_referral(partner, alice)
    for path in (
        "/referrals/?period=all",
        "/referrals/board/",
        f"/referrals/?partner={partner.pk}",
    ):
        shown = browser(stranger).get(path).content.decode()
        assert "Tom Hart" not in shown
        assert "Ann Lloyd" not in shown


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "since today"), (0, "since today"), (1, "for 1 day"), (13, "for 13 days"),
        (21, "for 3 weeks"), (120, "for 4 months"), (699, "for 23 months"), (740, "for 2 years"),
    ],
)  # fmt: skip
def test_age_in_words(days: int, said: str) -> None:
    assert age(days) == said


TEXTS = st.text(max_size=8)


@given(st.dictionaries(st.sampled_from([*Asked.__dataclass_fields__, "page"]), TEXTS))
def test_whatever_is_in_the_address_means_something_and_stays(given_: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(given_)
    first = Asked.of(query)
    assert first.states
    assert first.period in PERIODS
    again = Asked.of(QueryDict(first.url()[1:]))
    assert again == first


def test_bands_hold_each_state_once() -> None:
    states = [state for _, some in BANDS.values() for state in some]
    assert sorted(states) == sorted(State.values)
