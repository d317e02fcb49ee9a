"""The table of what each reason would change (M14), row by row."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.referrals.learning.changing import Happened
from touchline.referrals.learning.lessons import (
    BY_KEY,
    CARD,
    CAUSES,
    DUD,
    LESSONS,
    LOST,
    PROMPT,
    WON,
    Lesson,
    proposed,
    reasons,
    target_of,
)  # fmt: skip
from touchline.referrals.models import ONE, SEVERAL, Cause
from touchline.referrals.states import DEBRIEFED

GIVEN = Happened(
    WON,
    partner="Anwen",
    title="Practice manager",
    need="A lease to be read before it is signed.",
    who_else="Ruth Abelson\nHart Foods",
)
# Of each row: what stands there, what is typed, and what should stand there.
TABLE = [
    ("no_need", "", "", "What happens if you leave it as it is this year?"),
    ("no_need", "Who owns it?", "Is there a day by which it must be done?",
     "Who owns it? Is there a day by which it must be done?"),
    ("not_expecting", "By mail.", "",
     "By mail.\nTell them to expect a call from Anwen, and wait for their yes first."),
    ("wrong_person", "Students", "",
     "Students\nPractice manager, unless they decide on it"),
    ("wrong_person", "", "Assistants to the partners", "Assistants to the partners"),
    ("no_means", "From 500", "From 2,000 a year", "From 2,000 a year"),
    ("wrong_area", "The county", "the far side of the estuary",
     "The county, not the far side of the estuary"),
    ("wrong_area", "", "Cardiff", "Not Cardiff"),
    ("wrong_area", "", "not Cardiff", "Not Cardiff"),
    ("no_details", "", "", "Send a number on which they do answer, and the best hour for it."),
    ("invented", "", "",
     "Nobody told me of “A lease to be read before it is signed” themselves. What should I have "
     "heard from them?"),
    ("price", "", "", "What have you set aside for it?"),
    ("timing", "A new shop", "Half a year before the lease ends",
     "A new shop\nHalf a year before the lease ends"),
    ("no_room", "Two a month", "none before Easter", "Two a month, none before Easter"),
    ("had_somebody", "", "", "Whoever has somebody for it already and is content"),
    ("wrong_fit", "", "Franchises", "Franchises"),
    ("introduction", "By mail.", "Leave the fee unsaid", "By mail.\nLeave the fee unsaid"),
    ("phrase", "", "", "A lease to be read before it is signed"),
    ("phrase", "", "“we sign on Friday”", "we sign on Friday"),
    ("event", "", "Their landlord sold up", "Their landlord sold up"),
    ("right_role", "", "", "Practice manager"),
    ("right_role", "", "Office manager", "Office manager"),
    ("right_industry", "", "Dental practices", "Dental practices"),
    ("right_size", "Over five chairs", "up to 40 staff", "Over five chairs, up to 40 staff"),
    ("gateway", "", "Fitters of surgeries", "Fitters of surgeries"),
    ("words", "", "She reads leases as others read novels",
     "Say: She reads leases as others read novels"),
    ("personal", "", "", "Bring Anwen and them to one table, or set up the call yourself."),
    ("unknown", "", "",
     "About “A lease to be read before it is signed”: what did it come down to, as you see it?"),
    ("unknown", "", "What put them off?", "What put them off?"),
    ("who_else", "Pell & Sons", "", "Pell & Sons\nRuth Abelson\nHart Foods"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "before", "line", "after"), TABLE)
def test_what_a_reason_proposes(key: str, before: str, line: str, after: str) -> None:
    lesson = BY_KEY[key]
    what = replace(GIVEN, line=line, outcome=lesson.outcomes[0])
    change = proposed(lesson, before, what)
    assert change.after == after
    assert (change.before, change.target, change.way) == (before, lesson.target, lesson.way)


def test_the_table_above_has_every_row() -> None:
    assert {key for key, *_ in TABLE} == set(BY_KEY)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_row_is_whole(lesson: Lesson) -> None:
    assert set(lesson.outcomes) <= set(DEBRIEFED)
    assert lesson.cause in (*Cause.values, "")
    kind, _, field = lesson.target.partition(".")
    assert lesson.target in (PROMPT, CARD) or (kind == "ideal" and field in (*ONE, *SEVERAL))
    assert lesson.way in ("add", "narrow", "exclude")
    assert len(lesson.key) <= 24
    assert lesson.hint.endswith(".")
    assert not lesson.words.endswith(".")


@pytest.mark.parametrize("outcome", [WON, LOST, DUD])
def test_every_reason_of_an_outcome_is_offered_once(outcome: str) -> None:
    offered = [one.key for _, group in reasons(outcome) for one in group]
    assert len(offered) == len(set(offered))
    assert set(offered) == {one.key for one in LESSONS if outcome in one.outcomes and one.tapped}
    assert [cause for cause, _ in reasons(outcome)] == [
        cause for cause in CAUSES if cause in {one.cause for one in LESSONS if one.key in offered}
    ]


def test_duds_have_the_reasons_of_practice() -> None:
    said = {one.key for _, group in reasons(DUD) for one in group}
    assert said >= {
        "no_need", "not_expecting", "wrong_person", "no_means", "wrong_area", "no_details",
        "invented",
    }  # fmt: skip


def test_words_of_introduction_are_our_own_where_we_received() -> None:
    received = replace(GIVEN, received=True)
    for lesson in LESSONS:
        target = target_of(lesson, received=True)
        assert target == ("ideal.introduce" if lesson.target == CARD else lesson.target)
    change = proposed(BY_KEY["not_expecting"], "", received)
    assert change.target == "ideal.introduce"
    assert change.after == "Tell them to expect a call from me, and wait for their yes first."
    asked = proposed(BY_KEY["invented"], "", received).after
    assert asked.startswith("About “A lease to be read before it is signed”: what did they say")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80)


@given(st.sampled_from(LESSONS), WORDS, WORDS, st.booleans())
def test_said_twice_it_stands_there_once(
    lesson: Lesson, before: str, line: str, received: bool
) -> None:
    what = Happened(
        lesson.outcomes[0], received=received, partner="Anwen", title="Owner", need="A lease",
        line=" ".join(line.split()), who_else="Ruth",
    )  # fmt: skip
    once = proposed(lesson, before, what).after
    if once and lesson.target != PROMPT:
        assert proposed(lesson, once, what).after == once


@given(WORDS)
def test_a_question_about_any_need_can_be_asked(need: str) -> None:
    for received in (True, False):
        what = Happened(DUD, received=received, need=need)
        for key in ("invented", "unknown"):
            asked = proposed(BY_KEY[key], "", what).after
            assert len(asked) <= 140
            assert "{" not in asked
            assert "}" not in asked
