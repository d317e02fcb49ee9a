"""What a sheet keeps of what is typed, what is new in it, and what it is begun from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.sheets.parts import ANYONE, KEYS, LONGEST, OFF, PARTNERS
from touchline.sheets.writing.prefilling import FROM_FACTS, Said, prefilled
from touchline.sheets.writing.versions import lines
from touchline.sheets.writing.words import MINE, changed_keys, tidy


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("about", "  A line \r\n\r\n\r\n\r\nand\tanother  \n\n", "A line\n\nand another"),
        ("role", " Tax \n adviser ", "Tax adviser"),
        ("offer", "One\nTwo", "One\nTwo"),
        ("about", " \n ", ""),
    ],
)
def test_what_is_typed_is_tidied(field: str, typed: str, kept: str) -> None:
    assert tidy(field, typed) == kept


@given(st.sampled_from(sorted(MINE)), st.text())
def test_tidied_twice_is_tidied_once(field: str, text: str) -> None:
    assert tidy(field, tidy(field, text)) == tidy(field, text)


@pytest.mark.parametrize(
    ("fields", "before", "after", "new"),
    [
        ({"about": "x"}, {}, {}, {"about"}),
        ({"phone": "x", "website": "y"}, {}, {}, {"contact"}),
        ({}, {"family": OFF}, {"family": PARTNERS}, {"family"}),
        ({}, {"family": PARTNERS}, {"family": ANYONE}, {"family"}),
        ({}, {"family": ANYONE}, {"family": PARTNERS}, set()),
        ({}, {"family": PARTNERS}, {"family": OFF}, set()),
        ({}, {}, {}, set()),
    ],
)
def test_what_somebody_would_find_new(
    fields: dict[str, str], before: dict[str, str], after: dict[str, str], new: set[str]
) -> None:
    assert changed_keys(fields, before, after) == new


def test_a_sheet_is_begun_from_what_was_told_and_the_ideal_referral_first() -> None:
    facts = [
        Said("interests", "team", "Scarlets"),
        Said("interests", "", "Fell running"),
        Said("interests", "food", "scarlets"),
        Said("family", "children", "Two girls"),
        Said("family", "birthday", "On 3 May"),
        Said("ideal_referral", "trade", "Family farms"),
        Said("goals", "in_the_way", "Nobody is told this"),
    ]
    ideal = {"sentence": "A farm of three generations", "story": "", "introduce": "A mail to both"}
    assert prefilled(facts, ideal) == {
        "ideal": "A farm of three generations\nFamily farms",
        "interests": "Scarlets\nFell running",
        "family": "Two girls",
        "introduce": "A mail to both",
    }


@given(
    st.lists(
        st.builds(
            Said,
            st.sampled_from(sorted({t for each in FROM_FACTS.values() for t, _ in each})),
            st.sampled_from(sorted({s for each in FROM_FACTS.values() for _, s in each})),
            st.text(max_size=900),
        ),
        max_size=12,
    )
)
def test_what_a_sheet_is_begun_from_can_be_saved_as_it_is(facts: list[Said]) -> None:
    begun = prefilled(facts, {})
    assert begun.keys() <= set(KEYS)
    for text in begun.values():
        assert 0 < len(text) <= LONGEST


@given(st.text(), st.text())
def test_a_change_shows_every_line_of_both(before: str, after: str) -> None:
    shown = lines(before, after)
    assert [line for line, how in shown if how != "gone"] == [x for x in after.splitlines() if x]
    gone = {line for line, how in shown if how == "gone"}
    assert gone == {x for x in before.splitlines() if x} - set(after.splitlines())
