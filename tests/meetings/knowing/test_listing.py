"""Facts ready to show: by topic, with what each replaced."""

from datetime import date, timedelta

import pytest

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings import capturing
from touchline.meetings.knowing import listing
from touchline.meetings.models import Fact


@pytest.mark.parametrize(
    ("dated_on", "yearly", "said"),
    [
        (None, False, ""),
        (date(1970, 12, 3), True, "every year on 3 December"),
        (date(2027, 6, 11), False, "on Friday 11 June 2027"),
        (date(2026, 12, 4), False, "on Friday 4 December"),
    ],
)
def test_day_words(dated_on: date | None, yearly: bool, said: str) -> None:
    assert listing.day_words(dated_on, date(2026, 11, 22), yearly=yearly) == said


def test_the_old_ones_stand_behind_the_new_newest_first(alice: Member) -> None:
    found = cast.anwen(alice)
    today = alice.today()
    on = today - timedelta(days=300)
    one = makers.a_fact(found, alice, "family", "One child", slot="children", on=on)
    two = one.correct(alice, text="Two children", on=today - timedelta(days=100), one_to_one=None)
    two.correct(alice, text="Three children", on=today, one_to_one=None)
    makers.a_fact(found, alice, "goals", "Sell in ten years")
    shelves = listing.theirs(alice, found.person_id)
    assert [shelf.name for shelf in shelves] == ["Goals and dreams", "Family"]
    children = shelves[1].facts[0]
    assert (children.text, children.about) == ("Three children", "Children")
    assert [earlier.text for earlier in children.before] == ["Two children", "One child"]
    assert "children" not in shelves[1].unknown
    assert "partner" in shelves[1].unknown


def test_many_on_one_topic_are_cut_until_one_asks_for_it(alice: Member) -> None:
    found = cast.anwen(alice)
    for number in range(listing.A_TOPIC + 3):
        makers.a_fact(found, alice, "family", f"Cousin {number}")
    makers.a_fact(found, alice, "goals", "Sell in ten years")
    shelf = next(s for s in listing.theirs(alice, found.person_id) if s.key == "family")
    assert (len(shelf.facts), shelf.more) == (listing.A_TOPIC, 3)
    (only,) = listing.theirs(alice, found.person_id, "family")
    assert (len(only.facts), only.more) == (listing.A_TOPIC + 3, 0)


def test_a_deleted_company_is_not_named(alice: Member) -> None:
    found = cast.anwen(alice)
    lloyd = makers.a_company(alice, "Lloyd")
    capturing.fact(
        found, alice, "A customer once", topic="target_companies", slot="history",
        company=lloyd, on=alice.today(),
    )  # fmt: skip
    assert listing.theirs(alice, found.person_id)[0].facts[0].company == (lloyd.pk, "Lloyd")
    lloyd.delete_by(alice)
    assert listing.theirs(alice, found.person_id)[0].facts[0].company is None


def test_ones_own_are_nobody_elses(alice: Member, bob: Member) -> None:
    capturing.own_fact(alice, "Grew up in Whitby", topic="family", on=alice.today())
    (shelf,) = listing.own(alice)
    assert (shelf.facts[0].text, shelf.facts[0].said) == ("Grew up in Whitby", "")
    assert listing.own(bob) == []
    assert not Fact.objects.visible_to(bob).exists()
