"""What a text speaks of: ambiguous words by what stands around them, and what is denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.common.negation import negated
from touchline.meetings.common.reading import read


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Saints season ticket", {"rugby"}),
        ("Saints fan, St Mary's on Saturdays", {"football"}),
        ("A saint to his clients", set()),
        ("Born in Reading", {"reading-berkshire"}),
        ("Reading crime novels", {"reading"}),
        ("Reading the small print", set()),
        ("Will deal with it", set()),
        ("Moved to Deal", {"deal"}),
        ("Hot dog stall", set()),
        ("Running a business", set()),
        ("Running before work", {"running"}),
        ("Grew up in St. Albans", {"st-albans"}),
        ("Studied at Cardiff University", {"university-cardiff"}),
        ("Two spaniels & a whippet", {"spaniels", "hounds"}),
        ("RUGBY!", {"rugby"}),
        ("Crème brûlée and cheese", {"cheese"}),
    ],
)
def test_what_is_meant(text: str, themes: set[str]) -> None:
    assert set(read(text).themes) == themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Hates golf", set()),
        ("Hates golf, cricket and rugby", set()),
        ("Hates golf but loves fishing", {"fishing"}),
        ("Gave up running", set()),
        ("Gave up golf for cycling", {"cycling"}),
        ("No longer plays golf", set()),
        ("Doesn’t like golf", set()),
        ("Golf bores him", set()),
        ("Golf is not for her", set()),
        ("Not only golf", {"golf"}),
        ("Never misses the rugby", {"rugby"}),
        ("Not a football fan. Plays chess", {"chess"}),
        ("Allergic to cats", set()),
        ("Used to play rugby", {"rugby"}),
    ],
)
def test_what_is_denied(text: str, themes: set[str]) -> None:
    assert set(read(text).themes) == themes


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = read(text)
    assert len(set(found.themes)) == len(found.themes)


@given(st.lists(st.sampled_from(["hate", "golf", ",", "but", "not", "only", ".", "love", "to"])))
def test_a_sentence_ends_what_is_denied(words: list[str]) -> None:
    denied = negated([*words, ".", "golf"])
    assert not denied or not denied[-1]
