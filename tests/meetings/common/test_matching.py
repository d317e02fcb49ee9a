"""What two people share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.common.matching import Shared, Told, in_common

TEXTS = st.lists(
    st.sampled_from(
        ["Saints season ticket", "plays rugby", "two spaniels", "labrador", "hates golf", "golf",
         "from Swansea", "Cardiff", "surfs at Llanddwyn", "left Llanddwyn early", "a good year"]
    ),
    max_size=6,
)  # fmt: skip


def shared(mine: list[str], theirs: list[str]) -> tuple[Shared, ...]:
    return in_common(map(Told, mine), map(Told, theirs))


@pytest.mark.parametrize(
    ("mine", "theirs", "names"),
    [
        ("Saints season ticket", "Played rugby at school", ["rugby"]),
        ("Labrador called Sam", "Two spaniels", ["dogs"]),
        ("Supports Arsenal", "Supports Arsenal", ["Arsenal"]),
        ("Lives in Swansea", "Grew up in Neath", ["West Glamorgan"]),
        ("Lives in Swansea", "Lives in Cardiff", []),
        ("Proud to be from Wales", "Lives in Cardiff", ["Wales"]),
        ("Loves golf", "Hates golf", []),
        ("Caravan near Llanddwyn", "Married at Llanddwyn", ["Llanddwyn"]),
        ("Keeps a kombucha scoby", "Gave me a kombucha scoby", ["kombucha scoby"]),
        ("Wife is Sarah", "Sister called Sarah", []),
        ("Good with people", "A good year", []),
    ],
)
def test_what_is_shared(mine: str, theirs: str, names: list[str]) -> None:
    assert [one.name for one in shared([mine], [theirs])] == names


def test_says_where_and_why() -> None:
    (one,) = in_common([Told("Two spaniels", 4)], [Told("A labrador", 9)])
    assert (one.theme, one.mine.fact, one.theirs.fact) == ("dogs", 4, 9)
    assert one.why == "Dogs, by way of spaniels and of labradors and retrievers."
    (same,) = shared(["Saints season ticket"], ["Rugby"])
    assert same.why == "Both speak of rugby."
    assert (one.narrower, same.narrower) == (True, False)


def test_what_stands_in_many_facts_is_not_rare() -> None:
    often = [f"Rang about Zubrowka, {number}" for number in range(4)]
    assert shared(often, ["Likes Zubrowka"]) == ()
    assert [one.theme for one in shared(often[:1], ["Likes Zubrowka"])] == ["own-zubrowka"]


@given(TEXTS, TEXTS)
def test_it_is_the_same_from_either_side(mine: list[str], theirs: list[str]) -> None:
    here, there = shared(mine, theirs), shared(theirs, mine)
    assert {one.theme for one in here} == {one.theme for one in there}
    assert all(one.mine.text in mine and one.theirs.text in theirs for one in here)


@given(TEXTS)
def test_nothing_is_shared_with_nobody(mine: list[str]) -> None:
    assert shared(mine, []) == ()
    assert shared([], mine) == ()
