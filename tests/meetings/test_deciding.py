"""What a decision does to rhythm and plan, foreseen and done alike."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.meetings.deciding import Planned, decide, effects, planned_after
from touchline.meetings.models import Choice, OneToOne, State
from touchline.relationships.cadence import LADDER, Cadence, less_often, more_often

TODAY = date(2026, 11, 24)


def planned(*days: int) -> list[Planned]:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return [Planned(key, noon + timedelta(days=day)) for key, day in enumerate(days)]


@pytest.mark.parametrize(
    ("choice", "days", "until", "after"),
    [
        (Choice.CONTINUE, (5, 50), None, {}),
        (Choice.END, (5, 50), None, {0: None, 1: None}),
        (Choice.END, (-5,), None, {}),
        (Choice.PAUSE, (5, 50), 30, {0: None}),
        (Choice.MEET_LESS, (5, 50), None, {0: 42}),
        (Choice.MEET_LESS, (50,), None, {}),
        (Choice.MEET_MORE, (70,), None, {0: 42}),
        (Choice.MEET_MORE, (50,), None, {}),
    ],
)
def test_what_becomes_of_what_is_planned(
    choice: str, days: tuple[int, ...], until: int | None, after: dict[int, int | None]
) -> None:
    """Counted from today, the rhythm every six weeks with two weeks' grace."""
    found = planned_after(
        choice,
        planned(*days),
        cadence=Cadence(42, 14),
        last=TODAY,
        until=None if until is None else TODAY + timedelta(days=until),
        today=TODAY,
    )
    told = {}
    for effect in found:
        shift = None if effect.after is None else (effect.after.date() - TODAY).days
        told[effect.key] = shift
        if shift is not None and effect.after is not None:
            # The same weekday and hour, on or after the due day, within a week of it.
            assert effect.after.weekday() == effect.before.weekday()
            assert effect.after.timetz() == effect.before.timetz()
            assert 42 <= shift < 49
    assert set(told) == set(after)
    assert {key for key, day in told.items() if day is None} == {
        key for key, day in after.items() if day is None
    }


@given(
    st.sampled_from(Choice.values),
    st.lists(st.integers(-30, 200), max_size=5, unique=True),
    st.integers(1, 300),
    st.integers(0, 60),
    st.integers(-200, 0),
)
def test_nothing_moves_into_the_past(
    choice: str, days: list[int], ideal: int, tolerance: int, last: int
) -> None:
    found = planned_after(
        choice,
        planned(*days),
        cadence=Cadence(ideal, tolerance),
        last=TODAY + timedelta(days=last),
        until=TODAY + timedelta(days=40),
        today=TODAY,
    )
    for effect in found:
        assert effect.before.date() >= TODAY
        assert effect.after is None or effect.after.date() > TODAY


@given(st.integers(1, 1100), st.integers(0, 400))
def test_more_and_less_keep_to_the_ladder(ideal: int, tolerance: int) -> None:
    cadence = Cadence(ideal, tolerance)
    more, less = more_often(cadence), less_often(cadence)
    assert more.ideal_days <= ideal <= less.ideal_days
    assert more.ideal_days in LADDER or more.ideal_days == ideal
    assert less.ideal_days in LADDER or less.ideal_days == ideal


@pytest.mark.parametrize("choice", Choice.values)
def test_what_was_foreseen_is_what_is_done(alice: Member, choice: str) -> None:
    relationship = cast.anwen(alice)
    cast.held(relationship, alice, 3)
    one = cast.ahead(relationship, alice, 10)
    until = alice.today() + timedelta(days=60)
    foreseen = effects(relationship, choice, until=until, today=alice.today())
    decision = decide(relationship, alice, choice, on=alice.today(), reason="Because.", until=until)
    relationship.refresh_from_db()
    assert relationship.meeting_days == foreseen.meetings.ideal_days
    assert (decision.load_before, decision.load_after) == (
        foreseen.load.before,
        foreseen.load.after,
    )
    one.refresh_from_db()
    effect = next((each for each in foreseen.planned if each.key == one.pk), None)
    if effect is None:
        assert one.state == State.PLANNED
        assert one.times_moved == 0
    elif effect.after is None:
        assert one.state == State.CANCELLED
    else:
        assert one.starts_at == effect.after


def test_what_is_refused(alice: Member) -> None:
    relationship = cast.anwen(alice)
    today = alice.today()
    with pytest.raises(Refused, match="until when"):
        decide(relationship, alice, Choice.PAUSE, on=today)
    with pytest.raises(Refused, match="why it ends"):
        decide(relationship, alice, Choice.END, on=today)
    decide(relationship, alice, Choice.END, on=today, reason="Moved away")
    with pytest.raises(Refused, match="has ended"):
        decide(relationship, alice, Choice.CONTINUE, on=today)
    assert not OneToOne.objects.exists()
