"""One line says a call, a held meeting or a promise; nothing that is typed makes it fail."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.meetings.day_words import Toward, days, length
from touchline.meetings.one_line import parse_call, parse_held, parse_promise

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "ahead"),
    [
        ("today", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("Monday", date(2026, 11, 30)),
        ("Tuesday", date(2026, 12, 1)),
        ("fri", date(2026, 11, 27)),
        ("next Tuesday", date(2026, 12, 1)),
        ("Friday week", date(2026, 12, 4)),
        ("a week on Friday", date(2026, 12, 4)),
        ("next Monday", date(2026, 11, 30)),
        ("3 December", date(2026, 12, 3)),
        ("3 Dec 2026", date(2026, 12, 3)),
        ("Thursday 3 December", date(2026, 12, 3)),
        ("December 3rd", date(2026, 12, 3)),
        ("the 3rd of December", date(2026, 12, 3)),
        ("the 3rd", date(2026, 12, 3)),
        ("3/12", date(2026, 12, 3)),
        ("3/12/26", date(2026, 12, 3)),
        ("3.12.", date(2026, 12, 3)),
        ("3.12.2027", date(2027, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("15 January", date(2027, 1, 15)),
        ("29 February", date(2028, 2, 29)),
        ("in a week", date(2026, 12, 1)),
        ("in 3 weeks", date(2026, 12, 15)),
        ("in two days", date(2026, 11, 26)),
        ("in a fortnight", date(2026, 12, 8)),
        ("in a month", date(2026, 12, 24)),
        ("next week", date(2026, 12, 4)),
        ("this week", date(2026, 11, 27)),
        ("next month", date(2026, 12, 31)),
        ("end of the month", date(2026, 11, 30)),
        ("the end of next month", date(2026, 12, 31)),
        ("end of the year", date(2026, 12, 31)),
    ],
)
def test_days_ahead(words: str, ahead: date) -> None:
    assert [found.on for found in days(words, TODAY, Toward.AHEAD)] == [ahead]
    assert parse_promise(f"send it by {words}", TODAY) == parse_promise(
        f"by {words} send it", TODAY
    )
    assert parse_promise(f"send it by {words}", TODAY).due_on == ahead


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("yesterday", date(2026, 11, 23)),
        ("Monday", date(2026, 11, 23)),
        ("last Tuesday", date(2026, 11, 17)),
        ("a week ago", date(2026, 11, 17)),
        ("3 days ago", date(2026, 11, 21)),
        ("3 November", date(2026, 11, 3)),
        ("3 December", date(2025, 12, 3)),
        ("3/11", date(2026, 11, 3)),
        ("2026-11-01", date(2026, 11, 1)),
    ],
)
def test_days_back(words: str, back: date) -> None:
    assert [found.on for found in days(words, TODAY, Toward.BACK)] == [back]
    assert parse_call(f"spoke {words}, hiring", TODAY).on == back


@pytest.mark.parametrize("words", ["31/2", "99/99", "may call", "2026-13-01", "a second chance"])
def test_what_is_no_day_stays_in_the_line(words: str) -> None:
    assert list(days(words, TODAY, Toward.AHEAD)) == []
    assert parse_promise(words, TODAY).due_on is None


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("10 min", 10), ("45 minutes", 45), ("1 h", 60), ("1.5 h", 90), ("1 h 20", 80),
        ("half an hour", 30), ("an hour and a half", 90), ("an hour", 60), ("two hours", 120),
    ],
)  # fmt: skip
def test_lengths(words: str, minutes: int) -> None:
    found = length(f"spoke, {words}, hiring")
    assert found is not None
    assert found[0] == minutes
    assert parse_call(f"spoke, {words}, hiring", TODAY).text == "hiring"


@pytest.mark.parametrize("words", ["9 people", "0 min", "999 hours", "3 homes"])
def test_what_is_no_length(words: str) -> None:
    assert length(words) is None


def test_the_call_of_the_issue() -> None:
    call = parse_call("spoke, 10 min, hiring, call again in a week", TODAY)
    assert (call.on, call.minutes, call.text) == (TODAY, 10, "hiring")
    assert call.again_on == TODAY + timedelta(days=7)


def test_a_day_further_on_is_what_was_said() -> None:
    call = parse_call("spoke, she starts on Monday", TODAY)
    assert (call.on, call.text) == (TODAY, "she starts on Monday")


def test_a_coffee_in_a_line() -> None:
    held = parse_held(
        "coffee yesterday at the Boathouse, 45 min, her daughter starts school", TODAY
    )
    assert (held.on, held.minutes, held.place) == (date(2026, 11, 23), 45, "the Boathouse")
    assert held.text == "coffee, her daughter starts school"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("lunch at 12:30 on 3 November in Oswestry", time(12, 30)),
        ("tea last Friday at 3pm", time(15)),
        ("breakfast at 8", time(8)),
        ("coffee", None),
    ],
)
def test_the_hour_it_was_held(line: str, at: time | None) -> None:
    assert parse_held(line, TODAY).at == at


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("send the outline by Friday", "send the outline"),
        ("by Friday: send the outline", "send the outline"),
        ("send the outline before Saturday.", "send the outline."),
        ("the talk on Monday, outline by Friday", "the talk on Monday, outline"),
    ],
)
def test_a_promise_keeps_its_words(line: str, text: str) -> None:
    read = parse_promise(line, TODAY)
    assert (read.text, read.due_on) == (text, date(2026, 11, 27))


def test_a_day_in_the_middle_is_no_limit() -> None:
    line = "the talk on Monday is hers to plan"
    assert parse_promise(line, TODAY) == parse_promise(line, TODAY + timedelta(days=1))
    assert parse_promise(line, TODAY).text == line


def test_a_day_alone_is_no_promise() -> None:
    assert parse_promise("by Friday", TODAY).text == ""


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["by", "Friday", "3/12", "in", "a", "week", "next", "call again", ",", "at", "10 min",
             "the end of", "month", "12:30", "3 Dec", "99", "ago", "last", "’", "\n", "on"]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(PIECES, st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_no_line_makes_it_fail(line: str, today: date) -> None:
    call, held, promise = (
        parse_call(line, today),
        parse_held(line, today),
        parse_promise(line, today),
    )
    assert call.on <= today
    assert call.again_on is None or call.again_on >= today
    assert held.on is None or held.on <= today
    for text in (call.text, held.text, promise.text):
        assert len(text) <= len(line) + line.count(",") + line.count(";")


@given(st.dates(date(2026, 11, 24), date(2027, 11, 20)))
def test_a_day_is_read_as_it_is_written(on: date) -> None:
    for form in (
        f"{on:%Y-%m-%d}",
        f"{on.day} {on:%B}",
        f"{on.day}/{on.month}",
        f"{on:%A} {on.day} {on:%b}",
    ):
        assert parse_promise(f"send it by {form}", TODAY) == parse_promise(
            f"send it by {on.isoformat()}", TODAY
        )
