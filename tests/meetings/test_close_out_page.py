"""The close-out page: under a minute, all at once or not at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings import close_out as closing
from touchline.meetings import stepping
from touchline.meetings.models import Action, Decision, OneToOne, State
from touchline.playbook.models import of
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return cast.anwen(alice, place="The Boathouse", they_expect="A warning first.")


@pytest.fixture
def one(alice: Member, relationship: Relationship) -> OneToOne:
    return cast.held(relationship, alice)


def page_of(one: OneToOne) -> str:
    return f"{one.get_absolute_url()}close-out/"


def form(**more: Any) -> dict[str, Any]:
    return {
        "they_expect": "A warning first.",
        "we_expect": "Two names.",
        "next": "none",
        "no_next_reason": "Her mother’s operation comes first.",
        "went_well": "yes",
        "choice": "continue",
        "reason": "We want the same families.",
    } | more


def test_the_page_says_what_it_takes_from_the_notes(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    relationship = one.relationship
    makers.an_action(relationship, alice, "mine", "Send the outline", alice.today(), one_to_one=one)
    makers.an_agenda_item(relationship, alice, "theirs", "Would you co-host?")
    text = browser(alice).get(page_of(one)).content.decode()
    assert "You: Send the outline, by " in text
    assert "Anwen of you: A warning first." in text
    assert "“Would you co-host?” was not reached and carries forward." in text
    assert "“Getting to know you” is not offered yet: 3 topics" in text
    assert 'name="step"' not in text


def test_all_at_once(alice: Member, one: OneToOne, browser: Browser) -> None:
    relationship, today = one.relationship, alice.today()
    kept = makers.an_action(relationship, alice, "mine", "Send it", today, one_to_one=one)
    mistaken = makers.an_action(relationship, alice, "theirs", "Said so", today, one_to_one=one)
    unseen = makers.an_action(relationship, alice, "mine", "In another tab", today, one_to_one=one)
    client = browser(alice)
    proposal = client.get(page_of(one)).context["choices"].proposals[0]
    answer = client.post(
        page_of(one),
        form(
            listed=[str(kept.pk), str(mistaken.pk)],
            confirmed=[str(kept.pk)],
            another="bring the Bebbs up in two days",
            another_whose="mine",
            next=proposal.value,
            next_place="Her office",
        ),
        follow=True,
    )
    one.refresh_from_db()
    relationship.refresh_from_db()
    assert (one.state, one.went_well, one.we_expect) == (State.CLOSED_OUT, True, "Two names.")
    assert (relationship.they_expect, relationship.we_expect) == ("A warning first.", "Two names.")
    assert {each.text: each.state for each in Action.objects.all()} == {
        "Send it": "open",
        "Said so": "dropped",
        "In another tab": "open",
        "bring the Bebbs up": "open",
    }
    unseen.refresh_from_db()
    assert unseen.state == "open"
    booked = OneToOne.objects.planned().get()
    assert (booked.starts_at, booked.place) == (proposal.starts_at, "Her office")
    decision = Decision.objects.get()
    assert (decision.choice, decision.reason) == ("continue", "We want the same families.")
    assert decision.one_to_one == one
    assert "You meet Anwen next on" in answer.content.decode()


def test_another_date(alice: Member, one: OneToOne, browser: Browser) -> None:
    day = cast.free_day(alice)
    more = form(next="other", next_on=day.isoformat(), next_at="09:15", no_next_reason="")
    browser(alice).post(page_of(one), more)
    assert OneToOne.objects.planned().get().starts_at == makers.at(alice, day, 9, 15)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"no_next_reason": ""}, "Book the next date, or say in a line why there is none yet."),
        ({"next": "", "no_next_reason": " "}, "Book the next date, or say in a line why"),
        ({"next": "other"}, "Give the other date, or choose a proposed one."),
        ({"next": "other", "next_on": "2030-05-05"}, "Say at what time."),
        ({"next": "2020-01-01T10:00"}, "That time has gone by."),
        ({"choice": "pause"}, "Say until when it rests."),
        (
            {"choice": "pause", "until": "2020-01-01"},
            "A pause ends on a day that is still to come.",
        ),
        ({"choice": "end", "reason": ""}, "Say in a line why it ends"),
        ({"choice": ""}, "Choose what is right for both of you."),
        ({"choice": "marry"}, "Choice: choose one of those offered."),
        ({"another": "by Friday"}, "There is nothing to save yet"),
        ({"reason": "x" * 2001}, "Reason: at most 2,000 letters."),
    ],
)
def test_refused_with_everything_kept(
    alice: Member, one: OneToOne, browser: Browser, more: dict[str, str], sentence: str
) -> None:
    before = Entry.objects.count()
    answer = browser(alice).post(page_of(one), form(we_expect="Only two names", **more))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Only two names" in text
    one.refresh_from_db()
    assert one.state == State.HELD
    assert (Decision.objects.count(), Entry.objects.count()) == (0, before)


def test_met_nothing_to_note(alice: Member, one: OneToOne, browser: Browser) -> None:
    browser(alice).post(page_of(one), {"nothing_to_note": "1"})
    one.refresh_from_db()
    assert (one.state, one.no_next_reason) == (State.CLOSED_OUT, "Met, nothing to note.")
    assert Decision.objects.get().choice == "continue"
    assert Relationship.objects.get().they_expect == "A warning first."


def test_one_planned_already_needs_no_date(alice: Member, one: OneToOne, browser: Browser) -> None:
    planned = cast.ahead(one.relationship, alice, 30)
    client = browser(alice)
    assert "You meet next on" in client.get(page_of(one)).content.decode()
    assert client.post(page_of(one), form(next="planned", no_next_reason="")).status_code == 303
    assert OneToOne.objects.planned().get() == planned


def test_meet_less_moves_what_is_planned_and_says_so_before(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    relationship = one.relationship
    planned = cast.ahead(relationship, alice, 14)
    client = browser(alice)
    page = client.get(page_of(one))
    less = next(each for each in page.context["deliberation"].options if each.choice == "meet_less")
    assert " moves to " in less.planned_sentence
    assert less.planned_sentence in page.content.decode()
    client.post(page_of(one), form(choice="meet_less", next="planned"))
    planned.refresh_from_db()
    relationship.refresh_from_db()
    last = timezone.localtime(one.starts_at).date()
    moved = timezone.localtime(planned.starts_at)
    assert relationship.meeting_days == 91
    assert moved.date() >= last + timedelta(days=91)
    assert f"{moved:%A}" in less.planned_sentence
    assert planned.times_moved == 1
    decision = Decision.objects.get()
    assert decision.load_after < decision.load_before


def test_pause_cancels_what_is_planned(alice: Member, one: OneToOne, browser: Browser) -> None:
    planned = cast.ahead(one.relationship, alice, 14)
    later = cast.ahead(one.relationship, alice, 90)
    until = alice.today() + timedelta(days=60)
    more = form(choice="pause", until=until.isoformat(), next="", no_next_reason="")
    assert browser(alice).post(page_of(one), more).status_code == 303
    planned.refresh_from_db()
    later.refresh_from_db()
    relationship = Relationship.objects.get()
    assert (planned.state, later.state) == (State.CANCELLED, State.PLANNED)
    assert (relationship.state, relationship.paused_until) == ("paused", until)


def test_over_budget_is_said_before(alice: Member, one: OneToOne, browser: Browser) -> None:
    alice.weekly_budget_minutes = 15
    alice.save()
    other = makers.a_relationship(alice, "Peter Vance", meeting_days=7, meeting_tolerance_days=7)
    text = browser(alice).get(page_of(one)).content.decode()
    assert "a week over" in text
    assert other.person.name in text


def test_three_meetings_to_partner(alice: Member, browser: Browser) -> None:
    """The step is offered once its terms are met, never before the third, and always explicit."""
    relationship = makers.a_relationship(
        alice, "Rhys Morgan", on=alice.today() - timedelta(days=90)
    )
    client = browser(alice)
    playbook = of(alice.workspace)
    reached = ["getting_to_know_you", "tell_me_the_detail", "referral_partner"]
    for number, stage in enumerate(reached):
        kind = playbook.kind(stage)
        one = cast.held(relationship, alice, 60 - 20 * number)
        assert one.kind == stage
        bare = client.get(page_of(one))
        assert bare.context["following"].stage is None
        assert "is not offered yet" in bare.content.decode()
        # Asked for without being offered, it is not taken either.
        one.covered_topics = [topic.key for topic in kind.topics]
        one.save()
        page = client.get(page_of(one))
        assert page.context["following"].stage.key == stage
        client.post(page_of(one), form(step="yes"))
        relationship.refresh_from_db()
        assert relationship.stage == stage
    assert [step.to_stage for step in relationship.steps.all()] == ["prospective", *reached]


def test_a_step_not_offered_is_not_taken(alice: Member, one: OneToOne, browser: Browser) -> None:
    browser(alice).post(page_of(one), form(step="yes"))
    one.refresh_from_db()
    assert one.state == State.CLOSED_OUT
    assert Relationship.objects.get().stage == "prospective"


def test_posted_twice_closes_once(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    first = client.post(page_of(one), form(once="a-token", another="send it by 2099-01-01"))
    second = client.post(page_of(one), form(once="a-token", another="send it by 2099-01-01"))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert (Decision.objects.count(), Action.objects.count()) == (1, 1)


def test_broken_in_the_middle_nothing_has_changed(
    alice: Member, one: OneToOne, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last thing it does fails: all that went before is as it was."""

    def fails(*args: object, **kwargs: object) -> None:
        assert OneToOne.objects.get(pk=one.pk).state == State.CLOSED_OUT
        assert Decision.objects.exists()
        raise ConnectionError("the plug was pulled")

    one.covered_topics = [topic.key for topic in of(alice.workspace).kind(one.kind).topics]
    one.save()
    monkeypatch.setattr(stepping, "step", fails)
    day = cast.free_day(alice).isoformat()
    more = form(step="yes", another="send it", next="other", next_on=day, next_at="10:00")
    before = Entry.objects.count()
    client = browser(alice)
    client.raise_request_exception = False
    assert client.post(page_of(one), more).status_code == 500
    one.refresh_from_db()
    assert (one.state, one.went_well) == (State.HELD, None)
    assert [model.objects.count() for model in (Action, Decision)] == [0, 0]
    assert OneToOne.objects.count() == 1
    assert Entry.objects.count() == before


def test_refused_by_a_verb_nothing_has_changed(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    """The very time is taken: the plan is refused after the decision was recorded."""
    planned = cast.ahead(one.relationship, alice, 70)
    at = cast.as_value(planned.starts_at)
    answer = browser(alice).post(page_of(one), form(next=at, another="send it"))
    assert answer.status_code == 422
    assert "A one-to-one is planned for that very time already." in answer.content.decode()
    one.refresh_from_db()
    assert (one.state, Decision.objects.count(), Action.objects.count()) == (State.HELD, 0, 0)


def test_what_is_no_longer_open_leads_back(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    for state in (State.PLANNED, State.CLOSED_OUT, State.CANCELLED):
        one = makers.a_one_to_one(relationship, alice, alice.today(), state=state)
        for answer in (
            browser(alice).get(page_of(one)),
            browser(alice).post(page_of(one), form()),
        ):
            assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())


def test_the_fence(bob: Member, stranger: Member, one: OneToOne, browser: Browser) -> None:
    assert browser(stranger).get(page_of(one)).status_code == 404
    assert browser(stranger).post(page_of(one), form()).status_code == 404
    assert browser(bob).post(page_of(one), form()).status_code == 403
    assert Client().get(page_of(one)).status_code == 302
    one.refresh_from_db()
    assert one.state == State.HELD


def test_at_most_twelve_queries(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    for number in range(8):
        makers.a_one_to_one(
            relationship, alice, alice.today() - timedelta(days=20 * number + 5), state="closed_out"
        )
        other = makers.a_relationship(alice, f"Person {number}")
        cast.ahead(other, alice, 10 + number)
    one = cast.held(relationship, alice, covered_topics=["family", "interests", "business"])
    for number in range(20):
        makers.an_action(relationship, alice, "mine", f"Do {number}", alice.today(), one_to_one=one)
        makers.a_fact(relationship, alice, "family", f"Fact {number}", one_to_one=one)
        makers.an_agenda_item(relationship, alice, "mine", f"Item {number}")
    relationship.stage = "tell_me_the_detail"
    relationship.save()
    client = browser(alice)
    client.get(page_of(one))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(page_of(one))
    assert page.context["following"].stage.key == "referral_partner"
    assert len(queries) <= 12


def test_closing_out_again_after_a_correction(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    client = browser(alice)
    client.post(page_of(one), form())
    client.post(f"{one.get_absolute_url()}reopening/")
    client.post(page_of(one), form(went_well="no", reason="On second thoughts."))
    one.refresh_from_db()
    assert (one.state, one.went_well) == (State.CLOSED_OUT, False)
    assert Decision.objects.count() == 2
    assert one.no_next_reason != closing.NOTHING
