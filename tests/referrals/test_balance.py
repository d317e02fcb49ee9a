"""The balance: additive, a plain recount, the same from SQL; its table, pages and hints."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.referrals.recount import (
    Happened,
    Introduction,
    Met,
    Promised,
    Turn,
    balance,
    balances,
)
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.meetings.evidence import Promise
from touchline.meetings.evidence import promises as promises_kept
from touchline.meetings.models import Action, OneToOne
from touchline.referrals.balance import loading as balancing
from touchline.referrals.balance import table
from touchline.referrals.balance.balance import Balance, Passed, Period, total
from touchline.referrals.balance.between import between
from touchline.referrals.balance.hints import PATIENCE, Reason, Side, hints
from touchline.referrals.balance.periods import chosen
from touchline.referrals.balance.picture import HALF, draw, width
from touchline.referrals.balance.rows import EVER
from touchline.referrals.balance.shown import average, show
from touchline.referrals.models import Direction, Help, Referral
from touchline.referrals.states import OUTCOMES, State
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
TODAY = date(2026, 11, 22)
FIRST = date(2026, 1, 1)
days = st.integers(0, 325).map(lambda n: FIRST + timedelta(days=n))
maybe = st.none() | days
keys = st.integers(1, 4)


@st.composite
def introductions(draw_: st.DrawFn) -> Introduction:
    outcome = draw_(st.sampled_from(["", *OUTCOMES]))
    partner = draw_(keys)
    third = draw_(st.none() | keys.filter(lambda key: key != partner))
    minor = draw_(st.none() | st.integers(0, 10**11))
    return Introduction(
        partner,
        draw_(st.booleans()),
        draw_(maybe),
        draw_(maybe),
        str(outcome),
        draw_(days) if outcome else draw_(maybe),
        draw_(maybe),
        minor,
        draw_(st.sampled_from(["GBP", "EUR"])) if minor is not None else "",
        third,
        draw_(st.sampled_from(["introduced", "introducer"])) if third else "",
    )


promised = st.builds(
    Promised,
    keys,
    st.builds(
        Promise,
        st.booleans(),
        st.sampled_from(["open", "kept", "kept_late", "dropped"]),
        days | st.just(TODAY + timedelta(days=3)),
        st.booleans(),
    ),
)
happenings = st.builds(
    Happened,
    st.lists(introductions(), max_size=12).map(tuple),
    st.lists(st.builds(Turn, keys, st.booleans(), days), max_size=6).map(tuple),
    st.lists(
        st.builds(Met, keys, days, st.sampled_from(["", "mine", "theirs"]), st.booleans()),
        max_size=6,
    ).map(tuple),
    st.lists(promised, max_size=6).map(tuple),
)
WHOLE = Period(FIRST, FIRST + timedelta(days=400))


def all_of(happened: Happened, period: Period) -> dict[int, Balance]:
    return balances(happened, period, today=TODAY)


def joined(one: dict[int, Balance], other: dict[int, Balance]) -> dict[int, Balance]:
    nothing = Balance()
    sums = {key: one.get(key, nothing) + other.get(key, nothing) for key in {*one, *other}}
    return {key: value for key, value in sums.items() if value != nothing}


@given(happenings, st.lists(st.integers(0, 399), max_size=4, unique=True))
def test_it_adds_up_over_any_partition_of_time(happened: Happened, cuts: list[int]) -> None:
    found: dict[int, Balance] = {}
    first = FIRST
    for cut in [*sorted(cuts), 400]:
        last = FIRST + timedelta(days=cut)
        if first <= last:
            found = joined(found, all_of(happened, Period(first, last)))
        first = last + timedelta(days=1)
    assert found == all_of(happened, WHOLE)


@given(happenings, st.sets(keys))
def test_it_adds_up_over_any_partition_of_relationships(happened: Happened, some: set[int]) -> None:
    """What belongs to some, and what to the rest: each row counts for its own alone."""
    whole = all_of(happened, WHOLE)

    def of(ours: set[int]) -> Balance:
        return total(balance(happened, WHOLE, of=key, today=TODAY) for key in ours)

    assert of(some) + of({1, 2, 3, 4} - some) == total(whole.values())


@given(st.lists(introductions(), max_size=15), st.lists(introductions(), max_size=15))
def test_two_lots_of_referrals_add_up(one: list[Introduction], other: list[Introduction]) -> None:
    lots = [all_of(Happened(tuple(each)), WHOLE) for each in (one, other, [*one, *other])]
    assert joined(lots[0], lots[1]) == lots[2]


@given(happenings)
def test_it_equals_a_plain_recount(happened: Happened) -> None:
    """Counted anew from the words of docs/domain/balance.md, a thing at a time."""
    for key, found in all_of(happened, WHOLE).items():
        for given_, way in ((True, found.given), (False, found.received)):
            rows = [
                one
                for one in happened.introductions
                if one.partner == key and one.given == given_ and one.introduced_on
            ]
            ended = [one for one in rows if one.outcome and one.outcome_on]
            won = [one for one in ended if one.outcome == "won"]
            assert way.passed == len(rows)
            assert way.duds == sum(one.outcome == "dud" for one in rows)
            soon = [
                (one.contacted_on - one.introduced_on).days  # type: ignore[operator]
                for one in rows
                if one.contacted_on and one.contacted_on >= one.introduced_on  # type: ignore[operator]
            ]
            assert (way.contacted, way.contact_days) == (len(soon), sum(soon))
            assert (way.ended, way.won) == (len(ended), len(won))
            for code in ("GBP", "EUR"):
                amounts = [
                    one.minor for one in won if one.currency == code and one.minor is not None
                ]
                assert dict(way.money).get(code, 0) == sum(amounts)
                assert (code in dict(way.money)) == bool(amounts)
            assert way.help == sum(
                one.partner == key and one.given == given_ for one in happened.turns
            )
        rows = [one for one in happened.introductions if one.third == key and one.introduced_on]
        assert found.introduced == sum(one.third_is == "introduced" for one in rows)
        assert found.introduced_by == sum(one.third_is == "introducer" for one in rows)
        mine = [each.promise for each in happened.promises if each.partner == key]
        for ours, part in ((True, found.ours), (False, found.theirs)):
            kept = promises_kept(mine, ours, TODAY)
            assert (part.kept, part.due) == (kept.kept, kept.due)
        met = [one for one in happened.meetings if one.partner == key]
        assert (found.met, found.travelled) == (len(met), sum(one.travelled for one in met))


@given(happenings)
def test_the_total_is_one_after_another(happened: Happened) -> None:
    each = list(all_of(happened, WHOLE).values())
    assert total(each) == sum(each, start=Balance())


def test_a_third_partner_counts_once_and_never_in_money() -> None:
    one = Introduction(
        1, True, TODAY, outcome="won", outcome_on=TODAY, minor=500, currency="GBP",
        third=2, third_is="introduced",
    )  # fmt: skip
    found = all_of(Happened((one,)), WHOLE)
    assert found[1].given == Passed(passed=1, ended=1, won=1, valued=1, money=(("GBP", 500),))
    assert found[2] == Balance(introduced=1)
    assert total(found.values()).given.passed == 1


# The database counts the same.


def store(happened: Happened, member: Member, partners: list[Relationship]) -> None:
    """Store what happened as rows, without verbs: a balance is to be had of any."""
    of = dict(enumerate(partners, 1))
    shared: dict[str, Any] = {"workspace_id": member.workspace_id}
    for one in happened.introductions:
        Referral.objects.create(
            **shared, relationship=of[one.partner], member=member, need="A lease",
            receiver_answer="yes", prospect_answer="yes",
            direction=Direction.GIVEN if one.given else Direction.RECEIVED,
            third=of[one.third] if one.third else None, third_is=one.third_is,
            state=one.outcome or State.INTRODUCED, state_on=TODAY, outcome=one.outcome,
            introduced_on=one.introduced_on, met_on=one.contacted_on, outcome_on=one.outcome_on,
            feedback_on=one.feedback_on, value_minor=one.minor, currency=one.currency,
        )  # fmt: skip
    for turn in happened.turns:
        Help.objects.create(
            **shared, relationship=of[turn.partner], by=member, text="A club", on=turn.on,
            direction=Direction.GIVEN if turn.given else Direction.RECEIVED,
        )  # fmt: skip
    OneToOne.objects.bulk_create(
        OneToOne(
            **shared, relationship=of[met.partner], kind="listening", state="held",
            starts_at=datetime.combine(met.on, time(9), tzinfo=member.zone).astimezone(UTC),
            asked_by=met.asked_by, travel_minutes=20 if met.travelled else 0,
        )
        for met in happened.meetings
    )  # fmt: skip
    for each in happened.promises:
        said = each.promise
        Action.objects.create(
            **shared, relationship=of[each.partner], text="Send it", promised_on=FIRST,
            whose="mine" if said.mine else "theirs", state=said.state, due_on=said.due_on,
            agreed=said.agreed, settled_on=None if said.state == "open" else TODAY,
        )  # fmt: skip


@pytest.fixture
def partners(alice: Member) -> list[Relationship]:
    names = ("Priya Nair", "Gareth Lloyd", "Ruth Abelson", "Tom Hart")
    return [makers.a_relationship(alice, makers.a_person(alice, name), on=FIRST) for name in names]


@settings(
    max_examples=examples(12),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happened=happenings, first=days, many=st.integers(0, 330))
@example(happened=Happened(), first=FIRST, many=0)
def test_the_database_counts_the_same(
    alice: Member, partners: list[Relationship], happened: Happened, first: date, many: int
) -> None:
    for model in (Referral, Help, OneToOne, Action):
        model.objects.filter(workspace=alice.workspace).delete()
    store(happened, alice, partners)
    today = alice.today()
    place = {one.pk: at for at, one in enumerate(partners, 1)}
    for period in (WHOLE, Period(first, first + timedelta(days=many)), EVER):
        plain = balances(happened, period, today=today)
        for mine in (False, True):
            found = balancing.balances(alice, period, set(place), mine=mine)
            assert {place[key]: one for key, one in found.items()} == plain
        for one in partners:
            whole = with_(one, period, alice) + balancing.acts(alice, one.pk, period)
            assert whole == plain.get(place[one.pk], Balance())
    for one in partners:
        assert between(one, alice).sides == recounted(happened, place[one.pk], today)


def with_(one: Relationship, period: Period, member: Member) -> Balance:
    return balancing.balance_of(balancing.rows_of(member, one.pk, period))


def recounted(happened: Happened, partner: int, today: date) -> tuple[Side, Side]:
    """Return what hints of a partner rest on, counted one by one; ``store`` names all alike."""
    own = [
        (first + place, one)
        for first in Referral.objects.order_by("pk").values_list("pk", flat=True)[:1]
        for place, one in enumerate(happened.introductions)
        if one.partner == partner
    ]

    def side(given_: bool) -> Side:
        others = [one.introduced_on for _, one in own if one.given != given_]
        last = max((on for on in others if on), default=None)
        passed = sorted(
            ((one.introduced_on, key, one) for key, one in own
             if one.given == given_ and one.introduced_on),
            key=lambda each: each[:2],
        )  # fmt: skip

        def those(which: Callable[[Introduction], bool]) -> tuple[Reason, ...]:
            return tuple(Reason(key, "A lease") for _, key, one in passed if which(one))

        return Side(
            sum(on <= today for on, _, _ in passed),
            last,
            those(lambda one: bool(last is None or (one.introduced_on or last) > last)),
            those(lambda one: one.outcome == "dud"),
            those(
                lambda one: (
                    bool(one.outcome and one.outcome_on)
                    and today - (one.outcome_on or today) > PATIENCE
                    and (one.feedback_on or date.min) < (one.outcome_on or date.min)
                )
            ),
        )

    return side(True), side(False)


def test_nobody_waits_to_be_told_of_history(alice: Member, partners: list[Relationship]) -> None:
    told = {"need": "A lease", "is_history": True, "outcome": "won", "state": "won"}
    long_ago = date(2019, 3, 1)
    for is_history, many in ((False, 1), (True, 1)):
        Referral.objects.create(
            **{**told, "is_history": is_history}, workspace=alice.workspace, member=alice,
            relationship=partners[0], direction=Direction.GIVEN, state_on=long_ago,
            introduced_on=long_ago, outcome_on=long_ago,
            receiver_answer="yes", prospect_answer="yes",
        )  # fmt: skip
        assert len(between(partners[0], alice).sides[0].untold) == many


def test_one_query_a_table_whatever_the_period(alice: Member, partners: list[Relationship]) -> None:
    for one in partners:
        a_referral(one, alice, person=None, company=None, state=State.IDEA)
    ten_years = Period(alice.today() - timedelta(days=3652), alice.today())
    of = {one.pk for one in partners}
    for load, tables in (
        (balancing.exchanged, ("referrals_referral", "referrals_help")),
        (balancing.trust, ("referrals_referral", "meetings_onetoone", "meetings_action")),
    ):
        with CaptureQueriesContext(connection) as asked:
            load(alice, ten_years, of)
        assert sorted(
            name for each in asked for name in tables if f'"{name}"' in each["sql"]
        ) == sorted(tables)
        assert len(asked) == len(tables)


def test_what_others_may_not_see_is_not_counted(
    alice: Member, stranger: Member, partners: list[Relationship]
) -> None:
    gone, third = partners[:2]
    a_referral(
        gone, alice, "received", state=State.WON, value_minor=900, third=third,
        third_is="introducer",
    )  # fmt: skip
    every = Period(FIRST, alice.today())
    of = {one.pk for one in partners}
    assert balancing.balances(alice, every, of)[third.pk].introduced_by == 1
    assert with_(third, every, alice).introduced_by == 1
    gone.person.delete_by(alice)
    assert balancing.balances(alice, every, of - {gone.pk}) == {}
    assert with_(third, every, alice) == Balance()
    assert balancing.balances(stranger, every, of) == {}


# In words, pictures and tables.


def test_averages_say_what_they_rest_on() -> None:
    assert [average(*pair) for pair in ((0, 3), (5, 2), (3, 3), (6, 1), (0, 0))] == [
        "the same day", "2.5 days", "1 day", "6 days", "",
    ]  # fmt: skip
    given_ = Passed(passed=4, contacted=2, contact_days=5, duds=1, ended=3, told=1, told_days=6)
    shown = show(Balance(given=given_, met=3, travelled=2), "Gareth", "GB")
    said = {line.label: (line.ours, line.theirs) for line in shown.trust}
    assert said["Days to first contact"] == ("nothing to answer", "2.5 days, 2 of 4")
    assert said["Days to feedback"] == ("nothing to answer", "6 days, 1 of 3")
    assert said["Duds"] == ("1 of 4", "none")
    assert any("four events: too few" in note for note in shown.notes)
    assert any("whether Gareth travelled" in note for note in shown.notes)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_bars_stay_in_their_half_and_in_order(one: int, other: int, most: int) -> None:
    small, large = sorted((one, other))
    assert 0 <= width(small, most) <= width(large, most) <= HALF
    assert (width(small, most) == 0) == (small == 0 or most == 0)


def test_a_picture_has_its_numbers_in_words_and_no_style() -> None:
    said = draw(3, 1, 5, 'Referrals: you gave three, "G" gave one')
    assert 'aria-label="Referrals: you gave three, &quot;G&quot; gave one"' in said
    assert "style" not in said
    assert 'class="given"' in said
    assert 'class="received"' in said
    assert 'class="given"' not in draw(0, 1, 5)


@given(
    st.dictionaries(keys, st.builds(Passed, passed=st.integers(0, 9), duds=st.integers(0, 9))),
    st.sampled_from([column.key for column in (*table.EXCHANGED_COLUMNS, *table.TRUST_COLUMNS)]),
    st.booleans(),
)
def test_it_sorts_by_any_column_the_unknown_last(
    found: dict[int, Passed], key: str, down: bool
) -> None:
    every = (*table.EXCHANGED_COLUMNS, *table.TRUST_COLUMNS)
    names = [(place, f"P{place}") for place in (1, 2, 3, 4)]
    held = {place: Balance(given=one) for place, one in found.items()}
    order = table.ordered(held, names, every, f"-{key}" if down else key)
    assert sorted(order) == names
    value = next(column.value for column in every if column.key == key)
    values = [value(held.get(place, Balance())) for place, _ in order]
    known = [one for one in values if one is not None]
    assert values[: len(known)] == known == sorted(known, reverse=down)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, date(2025, 11, 23), TODAY),
        ({"period": "year"}, date(2026, 1, 1), TODAY),
        ({"period": "all"}, date(2, 1, 1), TODAY),
        (
            {"period": "between", "from": "2024-02-03", "to": "2024-05-01"},
            date(2024, 2, 3), date(2024, 5, 1),
        ),
        ({"period": "between", "to": "2024-05-01"}, date(2, 1, 1), date(2024, 5, 1)),
        ({"period": "nonsense"}, date(2025, 11, 23), TODAY),
    ],
)  # fmt: skip
def test_the_period_asked_for(asked: dict[str, str], first: date, last: date) -> None:
    found = chosen(asked, TODAY)
    assert (found.period, found.error) == (Period(first, last), "")


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (("soon", ""), "Give both days as dates"),
        (("2026-05-01", "2026-04-01"), "Swap the two"),
        (("2026-05-01", "9999-12-31"), "Check the years"),
        (("0001-01-01", ""), "Check the years"),
    ],
)
def test_a_period_that_is_none(given_: tuple[str, str], says: str) -> None:
    asked = {"period": "between", "from": given_[0], "to": given_[1]}
    found = chosen(asked, TODAY)
    assert says in found.error
    assert (found.first, found.last) == given_


def reasons(*named: str) -> tuple[Reason, ...]:
    return tuple(Reason(key, name) for key, name in enumerate(named, 1))


def test_hints_name_what_they_rest_on() -> None:
    three = reasons("Ann", "Ben", "Cay")
    march, side = date(2026, 3, 9), Side(passed=3, since=three)
    found = hints(replace(side, others_asked_on=march), Side(), "Gareth", TODAY)
    assert [(hint.text, hint.rests_on) for hint in found] == [
        ("Three given, none asked for since March.", three)
    ]
    assert hints(replace(side, since=three[:2]), Side(), "Gareth", TODAY) == ()
    assert hints(side, Side(), "Gareth", TODAY)[0].text == "Three given, none asked for yet."
    assert hints(Side(), side, "Gareth", TODAY)[0].text == "Three received, none given yet."


def test_hints_of_duds_and_of_silence() -> None:
    two, one = reasons("Ann", "Ben"), reasons("Cay")
    found = hints(Side(passed=1, duds=one, untold=one), Side(2, duds=two), "Gareth", TODAY)
    assert {hint.text: hint.rests_on for hint in found} == {
        "Two of two received were duds: does Gareth know whom you want to meet?": two,
        "One referral you gave ended, and Gareth has not told you more.": one,
    }


def test_the_newest_few_stand_on_the_relationship(
    alice: Member, partners: list[Relationship], browser: Browser
) -> None:
    one, other = partners[:2]
    for place in range(5):
        a_referral(one, alice, person=f"Open {place}", state=State.CONTACTED)
    a_referral(one, alice, "received", person="Ended One", state=State.THANKED)
    a_referral(one, alice, "received", person="Begun One", state=State.IDEA)
    a_referral(other, alice, person="Third One", third=one, third_is="introducer")
    found = between(one, alice, few=True)
    assert [line.prospect for line in found.given] == ["Open 4", "Open 3", "Open 2"]
    assert [line.prospect for line in found.received] == ["Begun One", "Ended One"]
    assert found.received[1].state == "Thanked, won"
    assert [(line.prospect, line.partner) for line in found.took_part] == [
        ("Third One", "Gareth Lloyd")
    ]
    page = browser(alice).get(one.get_absolute_url()).content.decode()
    assert f"/referrals/?partner={one.pk}&amp;period=all" in page
    assert "All 7 of them" in page


# Pages.


def test_all_partners_as_a_table(
    alice: Member, bob: Member, partners: list[Relationship], browser: Browser
) -> None:
    a_referral(partners[0], alice, state=State.WON, value_minor=125_000)
    a_referral(
        partners[1], alice, "received", person="Ann Pole", state=State.THANKED, value_minor=30_050,
        currency="EUR",
    )  # fmt: skip
    page = browser(bob).get("/referrals/balances/").content.decode()
    assert "£1,250" in page
    assert "€300.50" in page
    assert page.index("Priya Nair") < page.index("Gareth Lloyd")
    by_euros = browser(bob).get("/referrals/balances/?sort=-money_received_EUR").content.decode()
    assert by_euros.index("Gareth Lloyd") < by_euros.index("Priya Nair")
    assert 'aria-sort="descending"' in by_euros
    trust = browser(bob).get("/referrals/balances/?show=trust&sort=contact_theirs&period=all")
    assert "2 days (1)" in trust.content.decode()
    assert not browser(bob).get("/referrals/balances/?whose=mine&page=7").context["rows"]
    odd = browser(alice).get("/referrals/balances/?period=between&from=x&sort=%3Cb%3E&page=-1")
    assert "Give both days" in odd.content.decode()


def test_thirty_a_page_with_the_totals_of_all(
    alice: Member, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(33):
        person = makers.a_person(alice, f"Partner {number:02}")
        one = makers.a_relationship(alice, person, on=FIRST)
        Help.keep(alice, one, direction="given", text="A club", on=alice.today())
    client = browser(alice)
    with django_assert_max_num_queries(12):
        page = client.get("/referrals/balances/?sort=name")
    assert (len(page.context["rows"]), page.context["last"]) == (30, 30)
    assert "<td>33</td>" in page.context["totals"]
    more = client.get(f"/referrals/balances/{page.context['following']}")
    assert len(more.context["rows"]) == 3
    assert "Partner 32" in more.content.decode()


def test_a_stranger_sees_none_of_it(
    stranger: Member, partners: list[Relationship], browser: Browser
) -> None:
    assert browser(stranger).get(f"/relationships/{partners[0].pk}/balance/").status_code == 404
    assert "Priya" not in browser(stranger).get("/referrals/balances/").content.decode()


def test_beside_the_decision_and_on_the_relationship(
    alice: Member,
    partners: list[Relationship],
    browser: Browser,
    django_assert_max_num_queries: Any,
) -> None:
    one = partners[0]
    for name in ("Ann Pole", "Ben Gale", "Cay Munro"):
        a_referral(one, alice, person=name, state=State.CONTACTED)
    held = makers.a_one_to_one(one, alice, alice.today() - timedelta(days=2), state="held")
    for path in (
        f"/relationships/{one.pk}/",
        f"/relationships/{one.pk}/decisions/",
        f"/one-to-ones/{held.pk}/close-out/",
        f"/relationships/{one.pk}/balance/",
    ):
        client = browser(alice)
        client.get(path)
        with django_assert_max_num_queries(12):
            page = client.get(path).content.decode()
        assert "Three given, none asked for yet." in page, path
        assert page.count(">Ann Pole</a>") >= 1
        assert "too few to read much into" in page


def test_nothing_passed_is_a_sentence_and_no_table(
    alice: Member, bob: Member, partners: list[Relationship], browser: Browser
) -> None:
    before = "/referrals/balances/?period=custom&from=1990-01-01&to=1990-12-31"
    shown = browser(alice).get(before).content.decode()
    assert "Nothing has passed between you and your" in shown
    assert "<table" not in shown
    assert 'href="/referrals/new/">Note an idea</a>' in shown
    assert "Note an idea" not in browser(bob).get(before).content.decode()
