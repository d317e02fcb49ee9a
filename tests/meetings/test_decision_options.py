"""What each answer to *still right?* would change, said before and then done."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.basis import rhythm_after
from touchline.meetings.deciding import Planned, decide, planned_after
from touchline.meetings.decision_options import deliberate
from touchline.meetings.models import Choice, State
from touchline.relationships.cadence import Cadence
from touchline.relationships.models import Relationship

TODAY = date(2026, 3, 16)
ZONE = ZoneInfo("Europe/London")


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 10, 30, tzinfo=ZONE)


@given(
    st.sampled_from(Choice.values),
    st.lists(st.integers(-40, 400), max_size=4, unique=True),
    st.builds(Cadence, st.integers(1, 400), st.integers(0, 200)),
    st.integers(0, 500),
    st.none() | st.integers(1, 400),
)
def test_what_is_planned_is_moved_sensibly_or_left_alone(
    choice: str, ahead: list[int], cadence: Cadence, since: int, rest: int | None
) -> None:
    planned = [Planned(key, at(TODAY + timedelta(days=day))) for key, day in enumerate(ahead)]
    until = TODAY + timedelta(days=rest) if rest else None
    new = rhythm_after(choice, cadence)
    last = TODAY - timedelta(days=since)
    found = planned_after(choice, planned, cadence=new, last=last, until=until, today=TODAY)
    by_key = {one.key: one for one in planned}
    for effect in found:
        assert effect.before == by_key[effect.key].starts_at
        assert effect.before.date() >= TODAY
        if effect.after is None:
            assert choice in (Choice.PAUSE, Choice.END)
            continue
        assert effect.after.date() > TODAY
        assert effect.after.weekday() == effect.before.weekday()
        assert effect.after.timetz() == effect.before.timetz()
        assert (effect.after > effect.before) == (choice == Choice.MEET_LESS)
    if choice == Choice.CONTINUE:
        assert found == ()
    if choice == Choice.END:
        assert len(found) == sum(day >= 0 for day in ahead)


def test_meeting_more_never_moves_a_meeting_into_the_past() -> None:
    planned = [Planned(1, at(TODAY + timedelta(days=60)))]
    last = TODAY - timedelta(days=200)
    [effect] = planned_after(
        Choice.MEET_MORE, planned, cadence=Cadence(28, 14), last=last, until=None, today=TODAY
    )
    assert effect.after is not None
    assert TODAY < effect.after.date() <= TODAY + timedelta(days=7)


@pytest.fixture
def priya(alice: Member) -> Relationship:
    today = alice.today()
    found = makers.a_relationship(alice, "Priya Raman", on=today - timedelta(days=90))
    makers.a_one_to_one(
        found, alice, today - timedelta(days=10), state=State.CLOSED_OUT, asked_by="mine"
    )
    makers.an_action(
        found, alice, "mine", "Send it", today, state="kept", settled_on=today,
    )  # fmt: skip
    makers.an_action(found, alice, "theirs", "Two names", today - timedelta(days=1))
    makers.a_call(found, alice, today, minutes=30)
    return found


@pytest.mark.parametrize("choice", ["continue", "meet_more", "meet_less", "pause", "end"])
def test_what_was_said_before_is_what_happens(
    alice: Member, priya: Relationship, choice: str
) -> None:
    today = alice.today()
    planned = makers.a_one_to_one(priya, alice, today + timedelta(days=20))
    priya = Relationship.objects.select_related("person", "main_contact").get(pk=priya.pk)
    options = {one.choice: one for one in deliberate(priya, alice, today=today).options}
    until = today + timedelta(days=30) if choice == "pause" else None
    decision = decide(priya, alice, choice, on=today, reason="So it is", until=until)
    assert decision.load_before == pytest.approx(options[choice].load.before)
    assert decision.load_after == pytest.approx(options[choice].load.after)
    before = planned.starts_at
    planned.refresh_from_db()
    untouched = planned.state == State.PLANNED and planned.starts_at == before
    assert untouched == (options[choice].planned_sentence == "")


def test_the_evidence_stands_beside_it(
    alice: Member, priya: Relationship, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    priya = Relationship.objects.select_related("person", "main_contact__user").get(pk=priya.pk)
    with django_assert_max_num_queries(5):
        found = deliberate(priya, alice, today=alice.today())
    assert (found.evidence.mine.kept, found.evidence.mine.due) == (1, 1)
    assert (found.evidence.theirs.kept, found.evidence.theirs.due) == (0, 1)
    assert (found.evidence.took_place, found.evidence.asked_by_me) == (1, 1)
    assert found.evidence.minutes == 60 + 30
    assert [one.choice for one in found.options] == list(Choice.values)
    assert found.options[0].load_sentence == "Every nine weeks, as now: 10 min of your 4 h a week"


def test_over_budget_names_what_makes_room(alice: Member, priya: Relationship) -> None:
    alice.weekly_budget_minutes = 30
    alice.save()
    makers.a_relationship(alice, "Peter Vance", meeting_days=21, call_days=None)
    priya = Relationship.objects.select_related("person", "main_contact__user").get(pk=priya.pk)
    found = {one.choice: one for one in deliberate(priya, alice, today=alice.today()).options}
    assert "a week over. Meeting Peter Vance" in found["meet_more"].relief_sentence
    assert found["meet_less"].relief_sentence == ""
