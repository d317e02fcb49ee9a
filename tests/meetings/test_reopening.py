"""A close-out opened again: the answer given then takes the place of the former one (M6)."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.journal.models import Entry
from touchline.meetings.basis import basis_of
from touchline.meetings.close_out import CloseOut, close_out, nothing_to_note
from touchline.meetings.deciding import decide, take_up_again
from touchline.meetings.decision_options import deliberate
from touchline.meetings.events import decided_words
from touchline.meetings.models import Choice, Decision, OneToOne, State
from touchline.relationships.cadence import Cadence
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]

# Every nine weeks, with a tolerance that no way there and back along the ladder restores.
BEFORE = Cadence(63, 13)
AFTER = {
    Choice.CONTINUE: ("active", 63, 13),
    Choice.MEET_MORE: ("active", 42, 9),
    Choice.MEET_LESS: ("active", 91, 19),
    Choice.PAUSE: ("paused", 63, 13),
    Choice.END: ("ended", 63, 13),
}


@pytest.fixture
def one(alice: Member) -> OneToOne:
    relationship = cast.anwen(
        alice,
        meeting_days=BEFORE.ideal_days,
        meeting_tolerance_days=BEFORE.tolerance_days,
        call_days=14,
    )
    return cast.held(relationship, alice)


def afresh(one: OneToOne) -> OneToOne:
    found = OneToOne.objects.select_related("relationship__person", "relationship__main_contact")
    again: OneToOne = found.get(pk=one.pk)
    return again


def answer(one: OneToOne, by: Member, choice: str) -> Decision:
    """Close it out with an answer, as the page does."""
    done = CloseOut(
        choice=choice,
        reason=f"Because of {choice}.",
        until=by.today() + timedelta(days=120) if choice == Choice.PAUSE else None,
        no_next_reason="Not yet.",
    )
    return close_out(afresh(one), by, done, now=timezone.now()).decision


def reopen(one: OneToOne, by: Member) -> OneToOne:
    afresh(one).reopen(by)
    return afresh(one)


def stands(one: OneToOne) -> tuple[str, int, int]:
    found = afresh(one).relationship
    assert (found.paused_until is not None) == (found.state == "paused")
    assert found.call_days == 14
    return found.state, found.meeting_days, found.meeting_tolerance_days


@pytest.mark.parametrize(("first", "then"), list(product(Choice, repeat=2)))
def test_the_later_answer_counts_as_though_it_had_been_the_only_one(
    alice: Member, one: OneToOne, first: Choice, then: Choice
) -> None:
    load = answer(one, alice, first).load_before
    assert stands(one) == AFTER[first]
    reopen(one, alice)
    assert stands(one) == AFTER[first]
    decision = answer(one, alice, then)
    assert stands(one) == AFTER[then]
    # Both stay in the history; each says what it changed from the same beginning.
    assert list(Decision.objects.values_list("choice", flat=True)) == [then, first]
    assert (decision.meeting_days_before, decision.meeting_days_after) == (63, AFTER[then][1])
    assert decision.load_before == pytest.approx(load)


@pytest.mark.parametrize("times", [2, 3])
def test_opened_again_and_again_nothing_adds_up(alice: Member, one: OneToOne, times: int) -> None:
    for _ in range(times):
        answer(one, alice, Choice.MEET_LESS)
        reopen(one, alice)
    assert stands(one) == AFTER[Choice.MEET_LESS]
    answer(one, alice, Choice.CONTINUE)
    assert stands(one) == AFTER[Choice.CONTINUE]


@pytest.mark.parametrize(("first", "then"), list(product(Choice, repeat=2)))
def test_what_was_said_before_is_what_happens(
    alice: Member, one: OneToOne, first: Choice, then: Choice
) -> None:
    cast.ahead(one.relationship, alice, 20)
    answer(one, alice, first)
    again = reopen(one, alice)
    basis = basis_of(again.relationship, again)
    assert basis.former is not None
    found = deliberate(again.relationship, alice, today=alice.today(), basis=basis)
    [option] = [each for each in found.options if each.choice == then]
    planned = OneToOne.objects.planned().values_list("starts_at", flat=True)
    before = list(planned.all())
    decision = answer(one, alice, then)
    assert decision.load_before == pytest.approx(option.load.before)
    assert decision.load_after == pytest.approx(option.load.after)
    assert (list(planned.all()) == before) == (option.planned_sentence == "")
    if then == first and first not in (Choice.PAUSE, Choice.END):
        assert ", as now:" in option.load_sentence
        assert option.planned_sentence == ""


def test_the_page_starts_from_the_former_answer_and_shows_the_right_figures(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    answer(one, alice, Choice.MEET_LESS)
    OneToOne.objects.filter(pk=one.pk).update(went_well=True)
    reopen(one, alice)
    client = browser(alice)
    client.get(f"{one.get_absolute_url()}close-out/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"{one.get_absolute_url()}close-out/")
    assert len(queries) <= 12
    said = {each.choice: each.load_sentence for each in page.context["deliberation"].options}
    assert said["continue"].startswith("Every nine weeks: ")
    assert said["meet_more"].startswith("Every six weeks: ")
    assert said["meet_less"].startswith("Every quarter, as now: ")
    assert page.context["choice"] == "meet_less"
    assert page.context["reason"] == "Because of meet_less."
    assert page.context["form"]["went_well"].value() == "yes"


def test_a_pause_is_shown_with_its_day(alice: Member, one: OneToOne, browser: Browser) -> None:
    until = answer(one, alice, Choice.PAUSE).until
    assert until is not None
    reopen(one, alice)
    text = browser(alice).get(f"{one.get_absolute_url()}close-out/").content.decode()
    assert f'name="until" value="{until.isoformat()}"' in text


def test_what_is_planned_follows_the_rhythm_there_and_back(alice: Member, one: OneToOne) -> None:
    planned = cast.ahead(one.relationship, alice, 14)
    last = timezone.localtime(one.starts_at).date()

    def after() -> int:
        planned.refresh_from_db()
        return (timezone.localtime(planned.starts_at).date() - last).days

    answer(one, alice, Choice.MEET_LESS)
    assert 91 <= after() < 98
    reopen(one, alice)
    answer(one, alice, Choice.MEET_LESS)
    assert 91 <= after() < 98
    assert planned.times_moved == 1
    reopen(one, alice)
    answer(one, alice, Choice.CONTINUE)
    assert 63 <= after() < 70


def test_what_a_pause_cancelled_stays_cancelled(alice: Member, one: OneToOne) -> None:
    planned = cast.ahead(one.relationship, alice, 14)
    answer(one, alice, Choice.PAUSE)
    reopen(one, alice)
    answer(one, alice, Choice.CONTINUE)
    planned.refresh_from_db()
    assert planned.state == State.CANCELLED


def by_a_later_decision(relationship: Relationship, alice: Member) -> None:
    decide(relationship, alice, Choice.CONTINUE, on=alice.today())


def by_hand(relationship: Relationship, alice: Member) -> None:
    relationship.set_rhythm(alice, Cadence(182, 40), relationship.calls_cadence)


def by_the_next_meeting(relationship: Relationship, alice: Member) -> None:
    answer(cast.held(relationship, alice, 0), alice, Choice.CONTINUE)


@pytest.mark.parametrize(
    ("settled", "days"), [(by_a_later_decision, 91), (by_hand, 182), (by_the_next_meeting, 91)]
)
def test_what_was_settled_since_is_what_the_answer_starts_from(
    alice: Member,
    one: OneToOne,
    settled: Callable[[Relationship, Member], None],
    days: int,
) -> None:
    answer(one, alice, Choice.MEET_LESS)
    settled(afresh(one).relationship, alice)
    again = reopen(one, alice)
    assert basis_of(again.relationship, again).former is None
    answer(one, alice, Choice.CONTINUE)
    assert stands(one)[1] == days


def test_taken_up_again_since_a_pause_is_not_what_stands(alice: Member, one: OneToOne) -> None:
    answer(one, alice, Choice.PAUSE)
    take_up_again(afresh(one).relationship, alice, on=alice.today())
    again = reopen(one, alice)
    assert basis_of(again.relationship, again).former is None
    answer(one, alice, Choice.MEET_LESS)
    assert stands(one) == AFTER[Choice.MEET_LESS]


@pytest.mark.parametrize("choice", [choice for choice in Choice if choice != Choice.END])
def test_an_end_from_elsewhere_is_not_undone(alice: Member, one: OneToOne, choice: Choice) -> None:
    """Neither one before this close-out, nor one after it."""
    decide(afresh(one).relationship, alice, Choice.END, on=alice.today(), reason="Enough.")
    answer(one, alice, Choice.END)
    reopen(one, alice)
    with pytest.raises(Refused, match="has ended"):
        answer(one, alice, choice)
    answer(one, alice, Choice.END)
    assert stands(one) == AFTER[Choice.END]


@pytest.mark.parametrize("first", list(Choice))
def test_nothing_to_note_leaves_all_as_it_is(alice: Member, one: OneToOne, first: Choice) -> None:
    decided = answer(one, alice, first)
    OneToOne.objects.filter(pk=one.pk).update(went_well=True)
    nothing_to_note(reopen(one, alice), alice, now=timezone.now())
    assert stands(one) == AFTER[first]
    latest = Decision.objects.first()
    assert latest is not None
    assert (latest.choice, latest.reason) == (first, decided.reason)
    assert latest.until == decided.until
    assert afresh(one).went_well is True
    assert afresh(one).no_next_reason == "Not yet."


def test_nothing_to_note_while_it_rests_does_not_take_it_up(alice: Member, one: OneToOne) -> None:
    until = alice.today() + timedelta(days=9)
    decide(afresh(one).relationship, alice, Choice.PAUSE, on=alice.today(), until=until)
    nothing_to_note(afresh(one), alice, now=timezone.now())
    assert stands(one) == AFTER[Choice.PAUSE]
    assert afresh(one).relationship.paused_until == until


# Taking it up again


@pytest.mark.parametrize(
    ("choice", "said"), [(Choice.PAUSE, {}), (Choice.END, {"reason": "Enough."})]
)
def test_taking_it_up_again_is_a_decision(
    alice: Member, one: OneToOne, choice: Choice, said: dict[str, Any]
) -> None:
    relationship = afresh(one).relationship
    until = alice.today() + timedelta(days=9) if choice == Choice.PAUSE else None
    rested = decide(relationship, alice, choice, on=alice.today(), until=until, **said)
    decision = take_up_again(relationship, alice, on=alice.today())
    assert decided_words(decision) == "Taken up again, every nine weeks"
    assert (decision.load_before, decision.load_after) == pytest.approx(
        (rested.load_after, rested.load_before)
    )
    verbs = Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2]
    assert list(verbs) == ["decision.decide", "relationship.resume"]
    with pytest.raises(Refused, match="This programme is active"):
        take_up_again(relationship, alice, on=alice.today())
    assert Decision.objects.count() == 2
