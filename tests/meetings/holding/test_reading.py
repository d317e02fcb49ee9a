"""What a line says: read as typed, never lost, never a reason to fail."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.holding.reading import (
    COMMANDS,
    Fact,
    Idea,
    Next,
    Note,
    Promise,
    Reading,
    Refusal,
    next_date,
    promise,
    read,
)

TODAY = date(2026, 11, 24)  # a Tuesday
TOPICS = (("family", "Family"), ("ideal_referral", "Whom they want to meet"))
FRIDAY, TUESDAY = date(2026, 11, 27), date(2026, 12, 1)


def said(text: str, month_first: bool = False) -> Reading:
    return read(text, TODAY, month_first, them=["Ruth"], topics=TOPICS)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("She has four farms", Note("She has four farms")),
        ("  two daughters by Friday ", Note("two daughters by Friday")),
        ("either/or", Note("either/or")),
        ("//srv is full", Note("/srv is full")),
        ("/note by Friday", Note("by Friday")),
        ("/private Her hip", Note("Her hip", private=True)),
        ("/fact sings alto", Fact("sings alto")),
        ("/f sings alto", Fact("sings alto")),
        ("/FACT sings alto", Fact("sings alto")),
        ("/fact family: two daughters", Fact("two daughters", "family")),
        ("/fact whom they want to meet: farms", Fact("farms", "ideal_referral")),
        ("/fact at home: two dogs", Fact("at home: two dogs")),
        ("/idea Peter and the Bebbs", Idea("Peter and the Bebbs")),
        ("/action me by friday send it", Promise("send it", True, FRIDAY)),
        ("/action send it by friday", Promise("send it", True, FRIDAY)),
        ("/action them next week ring us", Promise("ring us", False, date(2026, 12, 4))),
        ("/action Ruth: ring by 3/12", Promise("ring", False, date(2026, 12, 3))),
        ("/action her by 27.11. the list", Promise("the list", False, FRIDAY)),
        ("/me send it", Promise("send it", True, None)),
        ("/them send it by Friday", Promise("send it", False, FRIDAY)),
        ("/next 12 march 9am", Next(date(2027, 3, 12), time(9), "")),
        ("/next tuesday", Next(TUESDAY, None, "")),
        ("/next tuesday 10", Next(TUESDAY, time(10), "")),
        ("/next week tuesday 10:30", Next(TUESDAY, time(10, 30), "")),
        ("/next Friday week at 3", Next(date(2026, 12, 4), time(15), "")),
        ("/next week", Next(date(2026, 12, 4), None, "")),
        ("/next in 3 weeks 2pm at the Ivy", Next(date(2026, 12, 15), time(14), "the Ivy")),
        ("/next 9:30 on 3 december, the Ivy", Next(date(2026, 12, 3), time(9, 30), "the Ivy")),
        ("/next friday 6am", Next(FRIDAY, time(6), "")),
    ],
)  # fmt: skip
def test_lines(text: str, reading: Reading) -> None:
    assert said(text) == reading


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("/", "/ is not known"),
        ("/actoin me", "/actoin is not known"),
        ("/n x", "/n is not known"),
        ("/fact", "Say the fact after it"),
        ("/action", "Say whose it is"),
        ("/action me", "Say whose it is"),
        ("/action me by friday", "That is a day, not yet a promise."),
        ("/action me send it by 2020-01-01", "That day has gone by."),
        ("/next", "Say the day after it"),
        ("/next at the Boathouse", "Say the day after it"),
        ("/next 2020-01-01", "That day has gone by."),
        ("/next 1 January 2999", "That year is too far ahead."),
        (f"/next friday {'far ' * 60}", "A place fits in 200 letters."),
    ],
)
def test_refusals_say_what_to_do(text: str, sentence: str) -> None:
    refused = said(text)
    assert isinstance(refused, Refusal)
    assert refused.sentence.startswith(sentence)


def test_the_month_first() -> None:
    assert said("/action me send it by 3/12", month_first=True) == Promise(
        "send it", True, date(2027, 3, 12)
    )
    assert said("/next 12/3 9am", month_first=True) == Next(date(2026, 12, 3), time(9), "")
    assert promise("send it by 3.12.", TODAY, True, mine=True) == Promise(
        "send it", True, date(2026, 12, 3)
    )
    assert next_date("3/12", TODAY, True) == Next(date(2027, 3, 12), None, "")


LINES = st.one_of(
    st.text(max_size=200),
    st.builds(
        "/{} {}".format,
        st.sampled_from([*COMMANDS, "", "x", "F", "a"]),
        st.lists(
            st.one_of(
                st.text(max_size=12),
                st.sampled_from(
                    ["by friday", "3/12", "99/99", "next", "week", "at", "9am", "25:00", "me",
                     "them:", "family:", "in 900 years", "the 31st", "\x00", "2999-12-31"]
                ),
            ),
            max_size=8,
        ).map(" ".join),
    ),
)  # fmt: skip


@given(LINES, st.booleans())
def test_whatever_is_typed_is_read(text: str, month_first: bool) -> None:
    reading = said(text, month_first)
    if isinstance(reading, Refusal):
        assert reading.sentence.endswith(".")
        assert text.strip().startswith("/")
    if isinstance(reading, Promise):
        assert reading.text
        assert reading.due_on is None or reading.due_on >= TODAY
    if isinstance(reading, Next):
        assert reading.on >= TODAY


@given(st.text(max_size=300).filter(lambda text: not text.strip().startswith("/")))
def test_plain_text_is_kept_as_it_stands(text: str) -> None:
    assert said(text) == Note(text.strip())


WORDS = st.lists(st.from_regex("[b-df-hj-np-tv-z]{2,8}", fullmatch=True), min_size=1, max_size=6)


@given(
    WORDS.filter(lambda words: not {"fr", "th", "mn"} & set(words)),
    st.sampled_from(["/fact {}", "/idea {}", "/private {}", "/me {} by friday", "/them {}",
                     "/action them by friday {}", "/action me {} by 3 December"]),
)  # fmt: skip
def test_no_word_is_lost(words: list[str], line: str) -> None:
    reading = said(line.format(" ".join(words)))
    assert not isinstance(reading, Next | Refusal)
    assert re.split(r"\s+", reading.text) == words
