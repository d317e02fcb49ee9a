"""The verbs of one-to-ones and promises against their tables: no forbidden state is reached."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings import planning
from touchline.meetings.models import (
    ACTION_STATES,
    AGENDA_STATES,
    STATES,
    Action,
    ActionState,
    AgendaItem,
    AgendaState,
    OneToOne,
    State,
)

ENDS = {State.CLOSED_OUT, State.CANCELLED, State.MISSED}


@given(st.lists(st.sampled_from(sorted(STATES.table)), max_size=12))
def test_no_verbs_lead_out_of_the_table(verbs: list[str]) -> None:
    state: str = State.PLANNED
    for verb in verbs:
        if STATES.allows(verb, state):
            after = STATES.after(verb, state)
            # What took place is never cancelled or missed afterwards.
            if state in (State.HELD, State.CLOSED_OUT):
                assert after in (State.HELD, State.CLOSED_OUT)
            state = after
        else:
            with pytest.raises(Refused):
                STATES.after(verb, state)
        assert state in State.values


def test_every_state_has_a_way_in_and_every_end_a_way_back() -> None:
    assert STATES.states == set(State.values)
    assert ACTION_STATES.states == set(ActionState.values)
    assert AGENDA_STATES.states == set(AgendaState.values)
    for end in ENDS:
        assert any(end in steps for steps in STATES.table.values()), end


@pytest.mark.parametrize("verb", ["cancel", "begin"])
def test_of_two_at_once_one_succeeds(alice: Member, verb: str) -> None:
    one = cast.ahead(cast.anwen(alice), alice)
    mine, theirs = OneToOne.objects.get(pk=one.pk), OneToOne.objects.get(pk=one.pk)
    mine.cancel(alice)
    with pytest.raises(Refused, match="is cancelled"):
        getattr(theirs, verb)(alice, **({"now": timezone.now()} if verb == "begin" else {}))
    assert OneToOne.objects.get(pk=one.pk).state == State.CANCELLED


def met(alice: Member, state: str) -> OneToOne:
    """Make a one-to-one of an hour ago in a state."""
    began = timezone.now() - timedelta(hours=1)
    more: dict[str, Any] = {"missed_by": "mine"} if state == State.MISSED else {}
    one = makers.a_one_to_one(cast.anwen(alice), alice, alice.today(), state=state, **more)
    OneToOne.objects.filter(pk=one.pk).update(starts_at=began)
    return one


@pytest.mark.parametrize(
    ("verb", "state", "given"),
    [
        ("move", State.PLANNED, ["starts_at"]),
        ("cancel", State.PLANNED, []),
        ("miss", State.PLANNED, ["whose", "now"]),
        ("begin", State.PLANNED, ["now"]),
        ("hold", State.UNDER_WAY, ["now"]),
        ("reinstate", State.MISSED, []),
        ("close_out", State.HELD, ["now"]),
        ("reopen", State.CLOSED_OUT, []),
    ],
)
def test_what_was_read_before_somebody_else_was_quicker_is_refused(
    alice: Member, verb: str, state: str, given: list[str]
) -> None:
    now = timezone.now()
    values = {"starts_at": now + timedelta(days=3), "whose": "mine", "now": now}
    one = met(alice, state)
    first, stale = OneToOne.objects.get(pk=one.pk), OneToOne.objects.get(pk=one.pk)
    getattr(first, verb)(alice, **{name: values[name] for name in given})
    values["starts_at"] = now + timedelta(days=9)
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        getattr(stale, verb)(alice, **{name: values[name] for name in given})
    one.refresh_from_db()
    assert one.starts_at < now + timedelta(days=4)
    assert (one.state, one.sequence) == (first.state, 1)
    assert (stale.state, stale.starts_at) == (one.state, one.starts_at)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("quicker", "verb"),
    [
        *product(["keep", "drop"], ["keep", "drop", "change"]),
        ("change", "change"),
        ("reopen", "reopen"),
    ],
)
def test_of_two_who_settle_a_promise_one_succeeds(alice: Member, quicker: str, verb: str) -> None:
    today = alice.today()
    given: dict[str, dict[str, Any]] = {
        "keep": {"on": today},
        "drop": {"on": today, "agreed": True},
        "reopen": {},
        "change": {"text": "Another", "whose": "mine", "due_on": today},
    }
    settled = {"state": "kept", "settled_on": today} if verb == "reopen" else {}
    made = makers.an_action(cast.anwen(alice), alice, "mine", "Outline", today, **settled)
    first, stale = Action.objects.get(pk=made.pk), Action.objects.get(pk=made.pk)
    getattr(first, quicker)(alice, **given[quicker])
    with pytest.raises(Refused):
        getattr(stale, verb)(alice, **given[verb])
    made.refresh_from_db()
    assert (made.state, made.text, made.agreed) == (first.state, first.text, first.agreed)


@given(st.lists(st.sampled_from(sorted(AGENDA_STATES.table)), max_size=12))
def test_no_verbs_bring_back_what_was_taken_off_the_agenda(verbs: list[str]) -> None:
    state: str = AgendaState.OPEN
    for verb in verbs:
        if not AGENDA_STATES.allows(verb, state):
            with pytest.raises(Refused, match="This agenda item is"):
                AGENDA_STATES.after(verb, state)
            continue
        assert state != AgendaState.DROPPED
        state = AGENDA_STATES.after(verb, state)
        assert state in AgendaState.values


@pytest.mark.parametrize(
    ("quicker", "verb"), [*product(["cover", "drop"], repeat=2), ("uncover", "uncover")]
)
def test_of_two_at_an_agenda_item_one_succeeds(alice: Member, quicker: str, verb: str) -> None:
    relationship = cast.anwen(alice)
    one, other = cast.held(relationship, alice), cast.held(relationship, alice, 30)
    made = makers.an_agenda_item(relationship, alice, "mine", "Two farm families")
    if verb == "uncover":
        made.cover(alice, one)
    first, stale = AgendaItem.objects.get(pk=made.pk), AgendaItem.objects.get(pk=made.pk)
    getattr(first, quicker)(alice, *([one] if quicker == "cover" else []))
    with pytest.raises(Refused, match="This agenda item is"):
        getattr(stale, verb)(alice, *([other] if verb == "cover" else []))
    made.refresh_from_db()
    assert (made.state, made.covered_in) == (first.state, first.covered_in)
    assert stale.state == first.state


def test_ticked_off_in_one_meeting_it_is_not_put_back_from_another(alice: Member) -> None:
    """The state is the same before and after; the meeting it was covered in is not."""
    relationship = cast.anwen(alice)
    one, other = cast.held(relationship, alice), cast.held(relationship, alice, 30)
    made = makers.an_agenda_item(relationship, alice, "mine", "Two farm families")
    made.cover(alice, one)
    stale = AgendaItem.objects.get(pk=made.pk)
    made.uncover(alice)
    made.cover(alice, other)
    with pytest.raises(Refused, match="Somebody else has just changed this agenda item"):
        stale.uncover(alice)
    assert AgendaItem.objects.get(pk=made.pk).covered_in == other


def test_every_step_is_in_the_journal(alice: Member) -> None:
    one = cast.ahead(cast.anwen(alice), alice)
    one.move(alice, starts_at=one.starts_at + timedelta(days=1))
    one.begin(alice, now=timezone.now())
    one.hold(alice, now=timezone.now())
    verbs = Entry.objects.filter(noun="onetoone", noun_id=one.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "onetoone.move",
        "onetoone.begin",
        "onetoone.hold",
    ]


def test_the_database_knows_who_missed_it(alice: Member) -> None:
    one = cast.ahead(cast.anwen(alice), alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        OneToOne.objects.filter(pk=one.pk).update(state=State.MISSED)


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [(0, 75, 75), (0, 2, 60), (0, 600, 60), (None, None, 60)],
)
def test_time_spent_is_measured_where_it_is_believable(
    alice: Member, began: int | None, ended: int | None, minutes: int
) -> None:
    now = timezone.now()
    one = cast.held(cast.anwen(alice), alice)
    one.began_at = None if began is None else now + timedelta(minutes=began)
    one.ended_at = None if ended is None else now + timedelta(minutes=ended)
    assert one.minutes_spent == minutes


@pytest.mark.parametrize(("kept_on", "state"), [(-1, "kept"), (0, "kept"), (1, "kept_late")])
def test_kept_or_kept_late(alice: Member, kept_on: int, state: str) -> None:
    due = alice.today()
    action = makers.an_action(cast.anwen(alice), alice, "mine", "Outline", due)
    action.keep(alice, on=due + timedelta(days=kept_on))
    action.refresh_from_db()
    assert action.state == state
    with pytest.raises(Refused):
        action.keep(alice, on=due)
    with pytest.raises(Refused, match="settled"):
        action.change(alice, text="x", whose="mine", due_on=due)


def test_planning_is_refused_where_it_makes_no_sense(alice: Member) -> None:
    relationship, now = cast.anwen(alice), timezone.now()
    ahead = now + timedelta(days=5)
    with pytest.raises(Refused, match="gone by"):
        planning.plan(relationship, alice, starts_at=now, now=now)
    planning.plan(relationship, alice, starts_at=ahead, now=now)
    with pytest.raises(Refused, match="that very time"):
        planning.plan(relationship, alice, starts_at=ahead, now=now)
    relationship.pause(alice, until=alice.today() + timedelta(days=30), today=alice.today())
    with pytest.raises(Refused, match="paused"):
        planning.plan(relationship, alice, starts_at=ahead + timedelta(hours=3), now=now)
    relationship.end(alice, reason="Moved away")
    with pytest.raises(Refused, match="ended"):
        planning.plan(relationship, alice, starts_at=ahead + timedelta(days=90), now=now)


@pytest.mark.parametrize(
    ("held_before", "took_place", "kind"),
    [
        (0, 0, "getting_to_know_you"), (0, 1, "tell_me_the_detail"), (0, 2, "referral_partner"),
        (0, 5, "referral_partner"), (1, 1, "referral_partner"), (5, 0, "referral_partner"),
    ],
)  # fmt: skip
def test_the_kind_follows_from_how_many_took_place(
    alice: Member, held_before: int, took_place: int, kind: str
) -> None:
    more = {"held_before": held_before, "held_before_last_on": alice.today() - timedelta(days=300)}
    relationship = cast.anwen(alice, **(more if held_before else {}))
    for number in range(took_place):
        cast.held(relationship, alice, 10 * number + 1)
    assert planning.suggested_kind(relationship, alice) == kind
