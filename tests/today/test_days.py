"""Days to remember: arranged, loaded and shown on Today."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.today.test_arrange import NOW, TODAY, someone
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings import capturing
from touchline.meetings.knowing.days import Occasion
from touchline.relationships.models import Relationship
from touchline.today.arrange import arrange

Browser = Callable[[Member], Client]


@pytest.mark.parametrize(
    ("birthday", "said"),
    [
        (f"1976-{TODAY + timedelta(days=7):%m-%d}", ["50th birthday"]),
        (f"--{TODAY:%m-%d}", ["birthday"]),
        (f"1977-{TODAY + timedelta(days=8):%m-%d}", []),
        (f"1977-{TODAY - timedelta(days=1):%m-%d}", []),
        ("soon", []),
        ("", []),
    ],
)
def test_birthdays_of_the_record(birthday: str, said: list[str]) -> None:
    page = arrange([someone(1, birthday=birthday)], [], [], NOW)
    assert [each.occasion.birthday_words for each in page.days] == said


def test_each_once_the_nearest_first_and_of_those_in_the_programme() -> None:
    near, far = TODAY + timedelta(days=1), TODAY + timedelta(days=6)
    page = arrange(
        [someone(1, birthday=f"1970-{far:%m-%d}")],
        [],
        [],
        NOW,
        [
            (1, Occasion(far, "Her birthday", birthday=True, since=1970)),
            (1, Occasion(near, "Kitty’s exam")),
            (None, Occasion(TODAY, "My contract ends")),
            (99, Occasion(TODAY, "Of somebody whose programme ended")),
            (1, Occasion(TODAY - timedelta(days=1), "Over")),
        ],
    )
    assert [(each.occasion.text, each.words) for each in page.days] == [
        ("My contract ends", "today"),
        ("Kitty’s exam", "tomorrow"),
        ("", "on Wednesday"),
    ]
    assert [each.who and each.who.key for each in page.days] == [None, 1, 1]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    tomorrow = alice.today() + timedelta(days=1)
    person = makers.a_person(alice, "Anwen Pritchard", birthday=f"--{tomorrow:%m-%d}")
    found = makers.a_relationship(alice, person, on=alice.today() - timedelta(days=30))
    makers.a_fact(found, alice, "family", "Kitty’s exam", dated_on=alice.today())
    makers.a_fact(
        found, alice, "business", "The lease ended", dated_on=alice.today() - timedelta(days=1)
    )
    return found


def test_today_says_them_to_the_main_contact(
    alice: Member, bob: Member, anwen: Relationship, browser: Browser,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    capturing.own_fact(
        alice, "My contract ends", topic="business", on=alice.today(), dated_on=alice.today()
    )
    client = browser(alice)
    with django_assert_max_num_queries(12):
        page = client.get("/").content.decode()
    assert "Days to remember" in page
    assert "Anwen Pritchard</a>’s birthday is tomorrow" in page
    assert "Kitty’s exam" in page
    assert "My contract ends" in page
    assert "The lease ended" not in page
    assert "Days to remember" not in browser(bob).get("/").content.decode()


def test_who_was_born_on_a_leap_day_is_not_waited_for_four_years() -> None:
    now = NOW.replace(year=2027, month=2, day=27)
    page = arrange([someone(1, birthday="1976-02-29")], [], [], now)
    assert [each.occasion.on for each in page.days] == [date(2027, 2, 28)]
