"""Words to begin with: what stands in them, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.referrals.cast import TODAY
from touchline.core.words import one_line
from touchline.referrals.passing.drafts import (
    STYLES,
    Party,
    Spoken,
    ask_prospect,
    ask_receiver,
    introduction,
    party,
    subject,
    topic,
)
from touchline.referrals.passing.named import ForPartner

ANN = Party("Ann Lee", "Ann", "Lee & Co")
TOM = Party("Tom Hart", "Tom", "Hart Foods")
CARD = Spoken("She reads leases so that nothing bites later", "When does the lease end?")
UNNAMED = ForPartner("given", "A lease to read", "", "", None, "", None)


def test_the_subject_is_as_practised() -> None:
    assert (
        subject(ANN, TOM, "A lease to read.")
        == "Introduction: Ann Lee (Lee & Co) and Tom Hart (Hart Foods), a lease to read"
    )


def test_three_to_each_and_three_of_the_introduction() -> None:
    made = (
        ask_receiver(ANN, UNNAMED, "Alice Hill"),
        ask_prospect(TOM, ANN, CARD, "A lease to read", "Alice Hill", today=TODAY),
        introduction(ANN, TOM, CARD, "A lease to read", "Alice Hill"),
    )
    for drafts in made:
        assert [one.style for one in drafts] == list(STYLES)
        assert len({one.text for one in drafts}) == 3
        for one in drafts:
            assert "a lease to read" in f"{one.subject} {one.text}".lower()
            assert one.text.endswith("Alice Hill")
            assert one.subject == one_line(one.subject)
            assert "—" not in one.text


def test_the_partner_is_asked_with_nobody_named_and_may_say_no() -> None:
    for one in ask_receiver(ANN, UNNAMED, "Alice Hill"):
        said = f"{one.subject} {one.text}"
        assert "Tom" not in said
        assert "Hart" not in said
        assert any(way in one.text for way in ("a no is", "not now, say so", "no obligation"))


def test_the_prospect_is_asked_with_the_card_and_an_easy_way_out() -> None:
    drafts = ask_prospect(
        TOM, ANN, CARD, "A lease to read", "Alice Hill", today=TODAY, stated_on=TODAY
    )  # fmt: skip
    for one in drafts:
        assert "Ann Lee (Lee & Co)" in one.text
        assert "She reads leases so that nothing bites later." in one.text
        assert "this came up on 10 June: " in one.text.replace("This", "this")
        assert any(way in one.text for way in ("just say no", "a no is quite", "a line is enough"))
    assert "When does the lease end?" in drafts[1].text


def test_without_a_card_they_still_read_well() -> None:
    for one in ask_prospect(TOM, ANN, Spoken(), "A lease", "Alice Hill", today=TODAY):
        assert "  " not in one.text
        assert " ." not in one.text
        assert "\n\n\n" not in one.text


@pytest.mark.parametrize("partner_first", [True, False])
def test_the_introduction_says_who_writes_first_and_what_becomes_of_me(partner_first: bool) -> None:
    writer, other = (ANN, TOM) if partner_first else (TOM, ANN)
    for one in introduction(ANN, TOM, CARD, "A lease", "Alice Hill", partner_first=partner_first):
        assert f"write to {other.first}" in one.text
        assert f"{writer.first}" in one.text.split(f"write to {other.first}")[0][-60:]
        assert "move me to bcc" in one.text
        assert "Tom Hart (Hart Foods)" in one.text


def test_agreed_words_take_the_place_of_the_card() -> None:
    for one in introduction(ANN, TOM, CARD, "A lease", "Alice Hill", words="She mends\nleases."):
        assert "She mends leases." in one.text
        assert CARD.sentence not in one.text


@pytest.mark.parametrize(
    ("name", "given_name", "company", "whole", "called"),
    [
        ("Tom Hart", "Tom", "Hart Foods", "Tom Hart (Hart Foods)", "Tom"),
        ("Tom Hart", "", "", "Tom Hart", "Tom"),
        ("", "", "Hart Foods", "Hart Foods", "Hart Foods"),
        ("Tom\nHart", "Tom", "", "Tom Hart", "Tom"),
    ],
)
def test_a_side_is_called_by_what_it_has(
    name: str, given_name: str, company: str, whole: str, called: str
) -> None:
    made = party(name, given_name, company)
    assert (made.whole, made.first) == (whole, called)


_any = st.text(max_size=60)


@given(_any, _any, _any, _any)
def test_whatever_was_typed_subjects_stay_on_one_line(
    need: str, name: str, company: str, sentence: str
) -> None:
    side = Party(name, name, company)
    for one in (
        *introduction(ANN, side, Spoken(sentence), need, "Alice Hill"),
        *ask_prospect(side, ANN, Spoken(sentence), need, "Alice Hill", today=TODAY),
    ):
        assert one.subject.splitlines() in ([one.subject], [])
    assert len(topic(need)) <= 80
