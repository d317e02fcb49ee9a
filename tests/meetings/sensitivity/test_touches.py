"""What touches health, religion and the like, and what only looks so."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.sensitivity import LONGEST, Category, touches
from touchline.meetings.sensitivity.phrases import keys, shipped


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Her MS is back", Category.HEALTH),
        ("He is in remission", Category.HEALTH),
        ("Off work with stress", Category.HEALTH),
        ("Goes to mass", Category.RELIGION),
        ("Keeps Ramadan", Category.RELIGION),
        ("Votes Labour", Category.POLITICS),
        ("Stood for council", Category.POLITICS),
        ("Of Nigerian descent", Category.ETHNICITY),
        ("Came out last year", Category.SEXUALITY),
        ("His husband Mark", Category.SEXUALITY),
        ("Shop steward for ten years", Category.UNION),
        ("Joined the union", Category.UNION),
        ("HER DOCTOR’S NOTE: DIABÈTES", Category.HEALTH),
    ],
)
def test_what_touches(text: str, category: Category) -> None:
    assert touches(text) is category


@pytest.mark.parametrize(
    "text",
    [
        "A healthy pipeline",
        "Union Jack bunting",
        "The credit union",
        "Lives in Gay Street",
        "Labour costs are up",
        "A new conservatory",
        "Office on Church Street",
        "Party at the weekend",
        "The book came out last year",
        "MS Office training",
        "Critical mass",
        "Ms Jones will ring",
        "A stroke of luck",
        "",
    ],
)
def test_what_only_looks_so(text: str) -> None:
    assert touches(text) is None


def test_one_innocent_phrase_does_not_hide_another() -> None:
    assert touches("Labour costs are up, and he is in remission") is Category.HEALTH


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    assert touches(text) in (None, *Category)


def test_a_very_long_text_is_judged_by_its_beginning() -> None:
    assert touches("He is in remission. " + "x " * LONGEST) is Category.HEALTH
    assert touches("x " * LONGEST + "He is in remission.") is None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("cancer", {"canc"}),
        ("tumour*", {"tumo"}),
        ("(his/her) faith", {"fait"}),
        ("(goes/went) to church", {"chur"}),
        ("in (a/the) hospice", {"hosp"}),
        ("jew*", {"jew"}),
    ],
)
def test_the_letters_that_a_phrase_cannot_do_without(phrase: str, expected: set[str]) -> None:
    assert keys(phrase) == expected


def test_no_phrase_is_looked_for_in_every_text() -> None:
    known = shipped()
    assert "" not in known.phrases.by_key
    assert "" not in known.innocent.by_key


def test_every_phrase_can_be_looked_for() -> None:
    known = shipped()
    for phrases in (known.phrases, known.innocent):
        found = {phrase for many in phrases.by_key.values() for phrase in many}
        assert len(found) > 700
        for phrase in found:
            assert not phrase.pattern.search("")
            assert "{" not in re.sub(r"\{\d,\d+\}", "", phrase.phrase), phrase.phrase
