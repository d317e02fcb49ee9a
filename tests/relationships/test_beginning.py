"""Begin with these: those known well first, as many as the week has room for, all in one go."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.relationships.beginning import DOZEN, candidates, fitting
from touchline.relationships.load import Commitment, total
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
WHERE = "/programmes/new/"


def some(member: Member, many: int, how: str = "well") -> list[int]:
    return [makers.a_person(member, f"{how} {at:02}", acquaintance=how).pk for at in range(many)]


def ticked(page: str) -> list[int]:
    return [
        int(pk) for pk in re.findall(r'name="person" value="(\d+)" class="weighs" checked', page)
    ]


def test_those_known_well_come_first(alice: Member, stranger: Member) -> None:
    little, well = some(alice, 2, "a_little"), some(alice, 2)
    some(alice, 1, "only_a_name")
    some(stranger, 1)
    makers.a_person(alice, "Left Alone", acquaintance="well", do_not_contact=True)
    makers.a_relationship(alice, makers.a_person(alice, "Has One", acquaintance="well"))
    assert [one.pk for one in candidates(alice)] == [*well, *little]


@given(
    st.lists(st.integers(1, 200), max_size=20), st.lists(st.integers(1, 90), max_size=5),
    st.integers(0, 600),
)  # fmt: skip
def test_as_many_as_fit_and_not_one_more(days: list[int], there: list[int], budget: int) -> None:
    def asks(every: int) -> Commitment:
        return Commitment("", 60, 0, 10, every, 10, None)

    starts, everything = [asks(day) for day in days], [asks(day) for day in there]
    many = fitting(everything, budget, starts)
    assert many <= min(DOZEN, len(starts))
    assert many == 0 or round(total(everything + starts[:many])) <= budget
    if many < min(DOZEN, len(starts)):
        assert round(total(everything + starts[: many + 1])) > budget


def test_a_dozen_is_ticked_where_there_is_room(alice: Member, browser: Browser) -> None:
    well = some(alice, 14)
    page = browser(alice).get(WHERE, {"propose": "1"}).content.decode()
    assert ticked(page) == well[:12]
    assert "A dozen are ticked" in page
    # 12 at 70 minutes every 63 days and a call of 10 every 28: 123 minutes.
    assert "Your week goes from 0 min to 2 h 03 of 4 h." in page


def test_fewer_where_the_week_is_full_and_why(alice: Member, browser: Browser) -> None:
    alice.weekly_budget_minutes = 60
    alice.save()
    well = some(alice, 14)
    page = browser(alice).get(WHERE, {"propose": "1"}).content.decode()
    assert ticked(page) == well[:5]
    assert "Five are ticked: with one more your week would come to 1 h 02 of 1 h." in page
    makers.a_relationship(alice, "Takes It All", meeting_days=7)
    page = browser(alice).get(WHERE, {"propose": "1"}).content.decode()
    assert ticked(page) == []
    assert "Nobody is ticked: even one more" in page


def test_each_with_the_rhythm_of_its_tier_and_the_load(alice: Member, browser: Browser) -> None:
    well, little = some(alice, 1)[0], some(alice, 1, "a_little")[0]
    client = browser(alice)
    page = client.get(WHERE, {"propose": "1"}).content.decode()
    chosen = re.findall(r'<select name="p(\d+)-rhythm".*?value="(\w+)" selected', page, re.S)
    assert chosen == [(str(well), "medium"), (str(little), "low")]
    assert "10 min a week: every nine weeks, a call every four weeks" in page
    # The ruler follows what is ticked and chosen, before anything begins.
    page = client.get(
        WHERE, {"propose": "1", "weigh": "1", "person": [well], f"p{well}-rhythm": "high"}
    ).content.decode()
    assert "Your week goes from 0 min to 28 min of 4 h." in page
    assert ticked(page) == [well]
    assert not Relationship.objects.exists()


def test_all_begin_in_one_go(alice: Member, browser: Browser) -> None:
    well, little = some(alice, 2), some(alice, 1, "a_little")
    data = {
        "propose": "1", "weigh": "1", "rhythm": "medium", "person": [well[0], little[0]],
        f"p{well[0]}-rhythm": "high", f"p{little[0]}-rhythm": "low", f"p{well[1]}-rhythm": "medium",
        f"p{well[0]}-held_before": "2", f"p{well[0]}-last_on": "2024-03-01",
        # Said of somebody who is not ticked: no matter.
        f"p{well[1]}-held_before": "nonsense",
    }  # fmt: skip
    answer = browser(alice).post(WHERE, data)
    assert (answer.status_code, answer["Location"]) == (303, "/partners/")
    begun = {one.person_id: one for one in Relationship.objects.all()}
    assert set(begun) == {well[0], little[0]}
    assert (begun[well[0]].meeting_days, begun[well[0]].held_before) == (28, 2)
    assert begun[little[0]].alignment == "low"


def test_over_budget_is_said_once_and_then_done(alice: Member, browser: Browser) -> None:
    alice.weekly_budget_minutes = 60
    alice.save()
    makers.a_relationship(alice, "Peter Vance", meeting_days=14)
    well = some(alice, 8)
    data = {
        "propose": "1", "rhythm": "medium", "person": well,
        **{f"p{pk}-rhythm": "medium" for pk in well},
    }  # fmt: skip
    client = browser(alice)
    refused = client.post(WHERE, data)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "a week over" in page
    assert "Peter Vance" in page
    assert "Start anyway" in page
    assert ticked(page) == well
    assert Relationship.objects.count() == 1
    assert client.post(WHERE, {**data, "anyway": "on"}).status_code == 303
    assert Relationship.objects.count() == 9


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"person": []}, "tick at least one person"),
        ({"held": "3"}, "Say roughly when the last one was."),
        ({"own": "hourly"}, "choose one of those offered"),
    ],
)
def test_bad_input_is_named(
    alice: Member, browser: Browser, given: dict[str, object], sentence: str
) -> None:
    well = some(alice, 1)[0]
    data = {
        "propose": "1", "rhythm": "medium", "person": given.get("person", [well]),
        f"p{well}-rhythm": given.get("own", "medium"),
        f"p{well}-held_before": given.get("held", ""),
    }  # fmt: skip
    answer = browser(alice).post(WHERE, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Relationship.objects.exists()


def test_with_nobody_said_it_leads_to_the_pass(
    alice: Member, bob: Member, browser: Browser
) -> None:
    makers.a_person(alice, "Ann Lee")
    answer = browser(alice).get(WHERE, {"propose": "1"})
    assert answer["Location"] == "/people/acquaintance/"
    assert browser(bob).get(WHERE, {"propose": "1"}).status_code == 403
