"""Today: what presses, in its order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.referrals.cast import followed
from touchline.meetings.situation import Course, situation
from touchline.referrals.clocks.clocks import Clock
from touchline.referrals.clocks.words import Due
from touchline.relationships.cadence import Cadence
from touchline.today.arrange import arrange
from touchline.today.shapes import Meeting, Owed, Someone

NOW = datetime(2026, 11, 19, 11, 26, tzinfo=UTC)
TODAY = NOW.date()


def someone(
    key: int, name: str = "Anwen Pritchard", *, birthday: str = "", **course: object
) -> Someone:
    fields: dict[str, object] = {
        "state": "active",
        "begun_on": date(2026, 1, 1),
        "meetings": Cadence(28, 7),
        "took_place": 4,
        "last_met": TODAY - timedelta(days=5),
    }
    return Someone(
        key, key, name, "Tell me the detail", False,
        Course(**{**fields, **course}),  # type: ignore[arg-type]
        title="Accountant", birthday=birthday,
    )  # fmt: skip


def meeting(key: int, who: int, at: datetime, state: str = "planned", **fields: object) -> Meeting:
    base = Meeting(key, who, "referral_partner", state, at, 60, 0, "The Boathouse")
    return replace(base, **fields)  # type: ignore[arg-type]


def test_an_empty_programme_has_nothing_to_say() -> None:
    page = arrange([], [], [], NOW)
    assert page.now is None
    assert page.programme == 0
    assert (page.day, page.waiting, page.due) == ((), (), ())


def test_the_next_meeting_stands_at_the_top_with_what_is_owed() -> None:
    page = arrange(
        [someone(1)],
        [meeting(9, 1, NOW + timedelta(minutes=4), travel_minutes=0)],
        [
            Owed(1, 1, True, "Ask Martin to speak", TODAY),
            Owed(2, 1, False, "Introduce Glyn Parry", TODAY - timedelta(days=9)),
        ],
        NOW,
    )
    assert page.now is not None
    assert page.now.heading == "In four minutes"
    assert page.now.where == "11:30 to 12:30, The Boathouse. Fifth one-to-one."
    assert page.now.whisper == (
        "You owe Anwen: ask Martin to speak. Anwen owes you: introduce Glyn Parry, 9 days over."
    )
    assert [slot.now for slot in page.day] == [True]


def test_travel_stands_before_the_meeting() -> None:
    page = arrange(
        [someone(1)],
        [meeting(9, 1, NOW + timedelta(hours=3), travel_minutes=25)],
        [],
        NOW,
    )
    assert [slot.words for slot in page.day] == [
        "Leave for The Boathouse, 25 min",
        "Anwen Pritchard",
    ]
    assert page.now is not None
    assert page.now.where.endswith("Leave by 14:01.")


@pytest.mark.parametrize(
    ("state", "start", "kind"),
    [
        ("held", timedelta(days=-2), "close_out"),
        ("held", timedelta(hours=-2), None),
        ("planned", timedelta(days=-1), "happened"),
        ("planned", timedelta(hours=-2), "happened"),
        ("under_way", timedelta(days=-1), "close_out"),
        ("planned", timedelta(days=2), "prepare"),
        ("planned", timedelta(days=5), None),
        ("planned", timedelta(hours=1), None),
        ("under_way", timedelta(minutes=-10), None),
    ],
)
def test_what_waits(state: str, start: timedelta, kind: str | None) -> None:
    page = arrange([someone(1)], [meeting(9, 1, NOW + start, state)], [], NOW)
    assert [each.kind for each in page.waiting] == ([kind] if kind else [])


def test_a_pause_comes_back_on_its_day_and_stays_until_decided() -> None:
    for paused_until, waits in (
        (TODAY, True),
        (TODAY - timedelta(days=3), True),
        (TODAY + timedelta(days=1), False),
    ):
        page = arrange([someone(1, state="paused", paused_until=paused_until)], [], [], NOW)
        assert ([each.kind for each in page.waiting] == ["pause"]) is waits
        assert page.due == ()


def test_the_second_is_asked_for_and_not_said_twice() -> None:
    first = someone(1, took_place=1, last_met=TODAY - timedelta(days=40))
    page = arrange([first], [], [], NOW)
    assert [each.kind for each in page.waiting] == ["second"]
    assert page.due == ()


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400), st.integers(0, 100)), max_size=30)
)
def test_everyone_due_is_there_once_in_order_of_priority(
    rows: list[tuple[int, int, int]],
) -> None:
    people = [
        someone(
            key,
            f"Person {key}",
            last_met=TODAY - timedelta(days=elapsed),
            meetings=Cadence(ideal, tolerance),
        )
        for key, (elapsed, ideal, tolerance) in enumerate(rows)
    ]
    page = arrange(people, [], [], NOW)
    expected = {key for key, (elapsed, ideal, _) in enumerate(rows) if elapsed >= ideal}
    assert {row.who.key for row in page.due} == expected
    assert len(page.due) == len(expected)
    order = [
        (rows[row.who.key][0] - rows[row.who.key][1]) / rows[row.who.key][1] for row in page.due
    ]
    assert order == sorted(order, reverse=True)
    for row in page.due:
        assert row.situation == situation(row.who.course, TODAY)


@given(st.lists(st.tuples(st.integers(-40, 40), st.booleans()), max_size=20))
def test_every_promise_due_within_a_week_is_there(rows: list[tuple[int, bool]]) -> None:
    owed = [
        Owed(key, 1, mine, "Send it", TODAY + timedelta(days=days))
        for key, (days, mine) in enumerate(rows)
    ]
    page = arrange([someone(1)], [], owed, NOW)
    shown = {each.owed.key for each in (*page.mine, *page.theirs)}
    assert shown == {key for key, (days, _) in enumerate(rows) if days <= 7}
    assert all(each.late == (each.owed.due_on < TODAY) for each in (*page.mine, *page.theirs))


def test_what_is_due_on_referrals_stands_as_it_is_given() -> None:
    due = tuple(
        Due(
            Clock("feedback", followed(key=key), mine, TODAY, TODAY, "tell:feedback", "Tell Ann"),
            "Bea Low",
            TODAY,
        )
        for key, mine in ((1, True), (2, False))
    )
    assert arrange([someone(1)], [], [], NOW, (), due).referrals == due
