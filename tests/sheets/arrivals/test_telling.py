"""What arrived, in words; and what an answer still says of a one-to-one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.sheets.arrivals.telling import Answered, Arrived, Standing, read, standing, tell

NOW = datetime(2026, 11, 19, 11, 26, tzinfo=UTC)
THEN = datetime(2026, 11, 26, 11, 30, tzinfo=UTC)
OTHER = THEN + timedelta(days=1)
TODAY = date(2026, 11, 19)


def arrived(what: str, **fields: Any) -> Arrived:
    row = Arrived(7, 3, what, "", NOW, "", None, "", None, False, "Anwen Pritchard", "")
    return row._replace(**fields)


@pytest.mark.parametrize(
    ("row", "sentence", "words", "url"),
    [
        (
            arrived("answer", answer="yes", about=5, when=THEN, holds=True),
            "Anwen comes on Thursday 26 November, 11:30", "", "/one-to-ones/5/",
        ),
        (
            arrived("answer", answer="no", about=5, when=THEN, holds=True, text="Lambing"),
            "Anwen can’t come on Thursday 26 November, 11:30", "Lambing", "/one-to-ones/5/",
        ),
        (
            arrived("answer", answer="other", about=5, when=THEN, holds=True),
            "Anwen asks for another time than Thursday 26 November, 11:30", "", "/one-to-ones/5/",
        ),
        (
            arrived("answer", answer="yes", about=5, when=THEN, holds=False),
            "Anwen said yes to a time that has changed since", "", "/one-to-ones/5/",
        ),
        (
            arrived("agenda", of="Succession"), "Anwen wants to cover", "Succession",
            "/relationships/3/",
        ),
        (
            arrived("action", of="Introduce Glyn", text="Done on Monday"),
            "Anwen kept a promise", "Done on Monday", "/relationships/3/",
        ),
        (
            arrived("feedback", about=9, of="Tom Hart", text="We spoke"),
            "Anwen told how it goes with Tom Hart", "We spoke", "/referrals/9/",
        ),
        (
            arrived("feedback", about=9, text="We spoke"),
            "Anwen told how it goes with a referral", "We spoke", "/referrals/9/",
        ),
        (arrived("going", text="Well"), "Anwen said how it is going", "Well", "/relationships/3/"),
        (arrived("sheet", about=4), "Anwen handed in their sheet", "", "/their-sheets/4/"),
    ],
)  # fmt: skip
def test_each_is_told_in_a_sentence(row: Arrived, sentence: str, words: str, url: str) -> None:
    told = tell(row, TODAY)
    assert (told.sentence, told.words, told.url) == (sentence, words, url)
    assert told.note[0].isupper()


def answer(said: str = "yes", **fields: Any) -> Answered:
    return Answered(1, said, "", NOW, 2, ())._replace(**fields)


def stands(*answers: Answered, starts_at: datetime = THEN) -> Standing | None:
    return standing(answers, sequence=2, starts_at=starts_at, now=NOW)


def test_nothing_was_answered() -> None:
    assert stands() is None


@pytest.mark.parametrize("said", ["yes", "no", "other"])
def test_an_answer_to_an_older_version_holds_no_more(said: str) -> None:
    assert stands(answer(said, sequence=1)) is None
    assert stands(answer(said, sequence=None)) is None
    held = stands(answer(said))
    assert held is not None
    assert held.answer == said


def test_the_newest_answer_counts() -> None:
    first, second = answer("no"), answer("yes", key=2, at=NOW + timedelta(minutes=1))
    found = stands(second, first)
    assert found is not None
    assert (found.key, found.answer) == (2, "yes")
    # Also where it is void: what they took back does not come to life again.
    assert stands(first, second._replace(sequence=1)) is None


def test_only_times_to_come_are_offered_in_their_order() -> None:
    past = NOW - timedelta(hours=1)
    found = stands(answer("other", times=[each.isoformat() for each in (OTHER, past, THEN)]))
    assert found is not None
    assert found.times == (OTHER, THEN)
    named_with_yes = stands(answer("yes", times=[OTHER.isoformat()]))
    assert named_with_yes is not None
    assert named_with_yes.times == ()


def test_a_time_that_they_named_is_agreed_once_it_is_moved_there() -> None:
    asked = answer("other", sequence=1, times=[OTHER.isoformat()])
    found = stands(asked, starts_at=OTHER)
    assert found is not None
    assert (found.answer, found.times) == ("agreed", ())
    assert stands(asked, starts_at=THEN) is None


@pytest.mark.parametrize("written", ["", "soon", None, 7, "2026-13-01T10:00"])
def test_what_is_no_time_is_none(written: object) -> None:
    assert read(written) is None


def test_a_time_without_its_zone_is_utc() -> None:
    assert read("2026-11-26T11:30") == THEN
    assert read("2026-11-26T11:30:00Z") == THEN


@given(
    st.lists(
        st.tuples(st.sampled_from(["yes", "no", "other"]), st.integers(0, 4), st.integers(-5, 5)),
        max_size=6,
    ),
    st.integers(0, 4),
)
def test_what_stands_is_to_this_version_or_is_this_time(
    rows: list[tuple[str, int, int]], sequence: int
) -> None:
    answers = [
        Answered(
            key,
            said,
            "",
            NOW + timedelta(minutes=key),
            of,
            [(THEN + timedelta(days=days)).isoformat()],
        )
        for key, (said, of, days) in enumerate(rows)
    ]
    found = standing(answers, sequence=sequence, starts_at=THEN, now=NOW)
    if found is None:
        return
    newest = answers[-1]
    assert found.key == newest.key
    if found.answer == "agreed":
        assert newest.sequence != sequence
        assert THEN in [read(each) for each in newest.times]
    else:
        assert newest.sequence == sequence
    assert all(at > NOW for at in found.times)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            arrived("answer", answer="yes", when=THEN, holds=True),
            "Anwen said yes to Thursday 26 November, 11:30",
        ),
        (
            arrived("answer", answer="no", when=THEN, holds=True),
            "Anwen could not come on Thursday 26 November, 11:30",
        ),
        (
            arrived("answer", answer="other", when=THEN, holds=True),
            "Anwen asked for another time than Thursday 26 November, 11:30",
        ),
        (
            arrived("answer", answer="no", when=THEN),
            "Anwen could not come at a time that has changed since",
        ),
        (arrived("agenda", of="Succession"), "Anwen put on the agenda"),
        (arrived("sheet", about=4), "Anwen handed in their sheet"),
    ],
)
def test_history_tells_what_was_then(row: Arrived, sentence: str) -> None:
    assert tell(row, TODAY, past=True).sentence == sentence
