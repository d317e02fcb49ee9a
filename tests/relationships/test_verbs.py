"""What is done with a programme: each verb works, refuses with a sentence, and keeps others out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings.deciding import decide
from touchline.meetings.models import Call, Decision, Fact, Note, State
from touchline.playbook.playbook import STAGES
from touchline.relationships.cadence import Cadence
from touchline.relationships.models import STATES, STEPS, Relationship, Stage

Browser = Callable[[Member], Client]


@pytest.fixture
def priya(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Priya Raman", on=alice.today() - timedelta(days=90))


def url(relationship: Relationship, noun: str) -> str:
    return f"{relationship.get_absolute_url()}{noun}/"


def told(answer: Any) -> str:
    return str(answer.content.decode())


def about(**given: Any) -> dict[str, Any]:
    return {"length_minutes": 60, "travel_minutes": 0, "alignment": "", **given}


POSTS = [
    ("edit", about()),
    ("rhythm", {"rhythm": "high"}),
    ("main-contact", {"member": "1"}),
    ("resumption", {}),
    ("decisions", {"choice": "continue"}),
    ("steps", {"to": "getting_to_know_you"}),
    ("calls", {"line": "spoke, 10 min"}),
    ("notes", {"text": "A note"}),
    ("facts", {"text": "A fact", "topic": "family"}),
]


@pytest.mark.parametrize(("noun", "given"), POSTS)
def test_keeps_strangers_and_viewers_out(
    bob: Member, stranger: Member, priya: Relationship, browser: Browser, noun: str,
    given: dict[str, Any],
) -> None:  # fmt: skip
    before = Entry.objects.count()
    assert browser(stranger).post(url(priya, noun), given).status_code == 404
    assert browser(stranger).get(url(priya, noun)).status_code in (302, 404)
    assert browser(bob).post(url(priya, noun), given).status_code == 403
    assert Entry.objects.count() == before


@pytest.mark.parametrize("noun", [noun for noun, _ in POSTS])
def test_a_get_lands_on_a_page(
    alice: Member, priya: Relationship, browser: Browser, noun: str
) -> None:
    assert browser(alice).get(url(priya, noun), follow=True).status_code == 200


# Editing, and the main contact


def test_edits_what_is_said_about_it(alice: Member, priya: Relationship, browser: Browser) -> None:
    given = about(place="The mill", alignment="low", we_expect="A name", notes="Lunch is best")
    assert browser(alice).post(url(priya, "edit"), given).status_code == 303
    priya.refresh_from_db()
    assert (priya.place, priya.alignment, priya.we_expect) == ("The mill", "low", "A name")
    entry = Entry.objects.get(verb="relationship.change")
    assert set(entry.details["fields"]) == {"place", "alignment", "we_expect", "notes"}


def test_edit_names_what_is_wrong(alice: Member, priya: Relationship, browser: Browser) -> None:
    answer = browser(alice).post(url(priya, "edit"), about(length_minutes=3, place="The mill"))
    assert answer.status_code == 422
    assert "Length, minutes: a whole number from 5 to 480." in told(answer)
    assert "The mill" in told(answer)


def test_hands_over_with_both_loads(alice: Member, priya: Relationship, browser: Browser) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Gate")
    client = browser(alice)
    assert "Carol’s week goes from 0 min to 10 min of 4 h." in told(client.get(url(priya, "edit")))
    answer = client.post(url(priya, "main-contact"), {"member": carol.pk}, follow=True)
    priya.refresh_from_db()
    assert priya.main_contact == carol
    assert "Carol Gate is the main contact now" in told(answer)
    assert "from 10 min to 0 min" in told(answer)


def test_hands_over_to_nobody_outside_or_who_may_only_look(
    alice: Member, bob: Member, stranger: Member, priya: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    assert client.post(url(priya, "main-contact"), {"member": stranger.pk}).status_code == 404
    client.post(url(priya, "main-contact"), {"member": bob.pk})
    client.post(url(priya, "main-contact"), {"member": "x"})
    priya.refresh_from_db()
    assert priya.main_contact == alice
    with pytest.raises(Refused, match="is the main contact already"):
        priya.hand_over(alice, alice)


# Rhythm


def test_changes_the_rhythm(alice: Member, priya: Relationship, browser: Browser) -> None:
    answer = browser(alice).post(
        url(priya, "rhythm"), {"rhythm": "own", "meeting_days": 30, "call_days": ""}
    )
    priya.refresh_from_db()
    assert answer.status_code == 303
    assert (priya.meeting_days, priya.meeting_tolerance_days, priya.call_days) == (30, 10, None)


def test_a_quicker_rhythm_over_budget_is_refused_then_accepted(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    alice.weekly_budget_minutes = 30
    alice.save()
    makers.a_relationship(alice, "Peter Vance", meeting_days=28, call_days=None)
    client = browser(alice)
    refused = client.post(url(priya, "rhythm"), {"rhythm": "high"})
    assert refused.status_code == 422
    assert "Change it anyway" in told(refused)
    priya.refresh_from_db()
    assert priya.meeting_days == 63
    client.post(url(priya, "rhythm"), {"rhythm": "high", "anyway": "on"})
    priya.refresh_from_db()
    assert priya.meeting_days == 28


def test_easing_needs_no_consent_however_full_the_week(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    alice.weekly_budget_minutes = 15
    alice.save()
    makers.a_relationship(alice, "Peter Vance", meeting_days=7)
    assert browser(alice).post(url(priya, "rhythm"), {"rhythm": "low"}).status_code == 303


# Deciding and resuming


def test_decides_between_meetings_and_moves_what_is_planned(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    today = alice.today()
    makers.a_one_to_one(priya, alice, today - timedelta(days=10), state=State.CLOSED_OUT)
    planned = makers.a_one_to_one(priya, alice, today + timedelta(days=20))
    client = browser(alice)
    page = told(client.get(url(priya, "decisions")))
    assert "Every quarter: 8 min of your 4 h a week" in page
    assert " moves to " in page
    answer = client.post(url(priya, "decisions"), {"choice": "meet_less", "reason": "Busy year"})
    assert answer.status_code == 303
    planned.refresh_from_db()
    priya.refresh_from_db()
    assert priya.meeting_days == 91
    assert planned.starts_at.date() >= today + timedelta(days=81)
    assert Decision.objects.get().reason == "Busy year"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"choice": ""}, "Choose one of the five answers."),
        ({"choice": "pause"}, "Say until when it rests."),
        ({"choice": "pause", "until": "spring"}, "Until: give a day"),
        ({"choice": "pause", "until": "2001-01-01"}, "a day that is still to come"),
        ({"choice": "end"}, "Say in a line why it ends"),
    ],
)
def test_a_decision_that_lacks_something_changes_nothing(
    alice: Member, priya: Relationship, browser: Browser, given: dict[str, str], sentence: str
) -> None:
    answer = browser(alice).post(url(priya, "decisions"), {"reason": "", **given})
    priya.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in told(answer)
    assert (priya.state, Decision.objects.count()) == ("active", 0)


def test_pausing_and_resuming(alice: Member, priya: Relationship, browser: Browser) -> None:
    client, until = browser(alice), alice.today() + timedelta(days=30)
    client.post(url(priya, "decisions"), {"choice": "pause", "until": until.isoformat()})
    priya.refresh_from_db()
    assert (priya.state, priya.paused_until) == ("paused", until)
    page = told(client.get(url(priya, "resumption")))
    assert "Your week goes from 0 min to 10 min of 4 h." in page
    assert client.post(url(priya, "resumption")).status_code == 303
    priya.refresh_from_db()
    assert (priya.state, priya.paused_until) == ("active", None)
    # The history says so, after the pause.
    choices = Decision.objects.order_by("pk").values_list("choice", flat=True)
    assert list(choices) == ["pause", "continue"]
    page = told(client.get(priya.get_absolute_url()))
    assert "<b>Taken up again</b>" in page
    assert "Taken up again, every nine weeks" in page
    answer = client.post(url(priya, "resumption"), follow=True)
    assert "This programme is active, so it can’t be resumed now." in told(answer)


def test_resuming_over_budget_asks_first(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    decide(priya, alice, "end", on=alice.today(), reason="Enough.")
    alice.weekly_budget_minutes = 15
    alice.save()
    makers.a_relationship(alice, "Peter Vance", meeting_days=14)
    client = browser(alice)
    refused = client.post(url(priya, "resumption"))
    assert refused.status_code == 422
    assert "Take it up anyway" in told(refused)
    assert client.post(url(priya, "resumption"), {"anyway": "on"}).status_code == 303


def test_an_ended_programme_is_taken_up_again_before_it_is_decided_on(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    decide(priya, alice, "end", on=alice.today(), reason="Enough.")
    client = browser(alice)
    assert "This programme has ended." in told(client.get(url(priya, "decisions")))
    assert client.post(url(priya, "decisions"), {"choice": "continue"}).status_code == 422


# Steps


def held(priya: Relationship, alice: Member, *back: int) -> None:
    for days in back:
        on = alice.today() - timedelta(days=days)
        makers.a_one_to_one(priya, alice, on, state=State.CLOSED_OUT)


def test_partner_before_the_third_is_refused_with_what_is_missing(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    held(priya, alice, 60, 30)
    Relationship.objects.filter(pk=priya.pk).update(stage=Stage.TELL_ME_THE_DETAIL)
    client = browser(alice)
    given = {"to": "referral_partner", "back": priya.get_absolute_url()}
    answer = client.post(url(priya, "steps"), given, follow=True)
    assert (
        "Priya Raman can’t be at “Referral partner” yet: "
        "2 of 3 one-to-ones took place, so 1 more first." in told(answer)
    )
    priya.refresh_from_db()
    assert priya.stage == Stage.TELL_ME_THE_DETAIL
    held(priya, alice, 5)
    answer = client.post(url(priya, "steps"), given, follow=True)
    priya.refresh_from_db()
    assert priya.stage == Stage.REFERRAL_PARTNER
    assert "Priya Raman is at “Referral partner” from" in told(answer)


def test_meetings_before_the_software_count(alice: Member, browser: Browser) -> None:
    today = alice.today()
    found = makers.a_relationship(
        alice, "Ruth Abelson", stage="tell_me_the_detail", held_before=2, held_before_last_on=today
    )
    held(found, alice, 1)
    assert browser(alice).post(url(found, "steps"), {"to": "referral_partner"}).status_code == 303
    found.refresh_from_db()
    assert found.stage == Stage.REFERRAL_PARTNER


def test_a_step_back_takes_a_reason(alice: Member, priya: Relationship, browser: Browser) -> None:
    held(priya, alice, 30)
    client = browser(alice)
    client.post(url(priya, "steps"), {"to": "getting_to_know_you"})
    client.post(url(priya, "steps"), {"to": "prospective"})
    priya.refresh_from_db()
    assert priya.stage == "getting_to_know_you"
    client.post(url(priya, "steps"), {"to": "prospective", "reason": "It was somebody else"})
    priya.refresh_from_db()
    assert priya.stage == "prospective"
    assert priya.steps.last().noted == "It was somebody else"


@pytest.mark.parametrize("to", ["", "friend", "referral_partner", "prospective"])
def test_no_stage_is_skipped_or_invented(
    alice: Member, priya: Relationship, browser: Browser, to: str
) -> None:
    held(priya, alice, 60, 30, 5)
    browser(alice).post(url(priya, "steps"), {"to": to})
    priya.refresh_from_db()
    assert priya.stage == "prospective"
    assert priya.steps.count() == 1


# Calls, notes, facts


def test_logs_a_call_from_one_line(alice: Member, priya: Relationship, browser: Browser) -> None:
    line = "spoke, 12 min, hiring, call again in a week"
    answer = browser(alice).post(url(priya, "calls"), {"line": line}, follow=True)
    call, today = Call.objects.get(), alice.today()
    assert (call.on, call.minutes, call.text) == (today, 12, "hiring")
    assert call.again_on == today + timedelta(days=7)
    assert "You speak again on" in told(answer)


def test_what_the_fields_say_goes_before_the_line(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    on = alice.today() - timedelta(days=3)
    given = {"line": "hiring", "on": on.isoformat(), "minutes": "25"}
    browser(alice).post(url(priya, "calls"), given)
    call = Call.objects.get()
    assert (call.on, call.minutes, call.again_on) == (on, 25, None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"on": "2999-01-01"}, "that day is still to come"),
        ({"on": "last week"}, "On: give a day"),
        ({"minutes": "0"}, "Minutes: a whole number from 1 to 480."),
        ({"again_on": "2001-01-01"}, "The next call can’t be before this one."),
    ],
)
def test_a_call_that_cannot_be_is_not_logged(
    alice: Member, priya: Relationship, browser: Browser, given: dict[str, str], sentence: str
) -> None:
    answer = browser(alice).post(url(priya, "calls"), {"line": "the harvest", **given})
    assert answer.status_code == 422
    assert sentence in told(answer)
    assert "the harvest" in told(answer)
    assert not Call.objects.exists()


def test_a_form_posted_twice_logs_one_call(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    for _ in range(2):
        client.post(url(priya, "calls"), {"line": "spoke", "once": "the-same-form"})
    assert Call.objects.count() == 1


def test_takes_notes_and_facts_between_meetings(
    alice: Member, priya: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    client.post(url(priya, "notes"), {"text": "Likes the sea", "private": "on"})
    client.post(url(priya, "facts"), {"text": "Two boys", "topic": "family"})
    assert (Note.objects.get().text, Note.objects.get().private) == ("Likes the sea", True)
    assert (Fact.objects.get().topic, Fact.objects.get().author) == ("family", alice)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": " ", "topic": "family"}, "There is nothing to save yet"),
        ({"text": "Two boys", "topic": ""}, "A fact is about a topic: choose one."),
        ({"text": "Two boys", "topic": "gossip"}, "Topic: choose one of those offered."),
    ],
)
def test_a_fact_needs_words_and_a_topic(
    alice: Member, priya: Relationship, browser: Browser, given: dict[str, str], sentence: str
) -> None:
    answer = browser(alice).post(url(priya, "facts"), given)
    assert answer.status_code == 422
    assert sentence in told(answer)
    assert not Fact.objects.exists()


def test_an_empty_note_is_not_kept(alice: Member, priya: Relationship, browser: Browser) -> None:
    given = {"text": " ", "back": priya.get_absolute_url()}
    answer = browser(alice).post(url(priya, "notes"), given, follow=True)
    assert "There is nothing to save yet" in told(answer)
    assert not Note.objects.exists()


# The table of states


@given(st.lists(st.sampled_from(sorted(STATES.table)), max_size=12))
def test_no_sequence_of_verbs_reaches_a_state_the_table_does_not_lead_to(verbs: list[str]) -> None:
    state = "active"
    for verb in verbs:
        if not STATES.allows(verb, state):
            with pytest.raises(Refused, match="This programme is"):
                STATES.after(verb, state)
            continue
        before, state = state, STATES.after(verb, state)
        assert state in ("active", "paused", "ended")
        if before == "ended":
            assert (verb, state) == ("resume", "active")


@given(st.lists(st.sampled_from(STAGES), max_size=12))
def test_no_sequence_of_steps_leaves_a_stage_out(stages: list[str]) -> None:
    here, been = STAGES[0], {STAGES[0]}
    for to in stages:
        if not STEPS.allows(to, here):
            assert to == here or STAGES.index(to) > STAGES.index(here) + 1
            with pytest.raises(Refused):
                STEPS.after(to, here)
            continue
        here = STEPS.after(to, here)
        been.add(here)
        assert here == to
        assert been >= set(STAGES[: STAGES.index(here)])
    assert STEPS.states == set(STAGES) == set(Stage.values)


# Two at once


@pytest.mark.parametrize(
    ("quicker", "verb"),
    [
        ("pause", "pause"), ("pause", "end"), ("end", "pause"), ("end", "end"),
        ("resume", "resume"), ("step", "step"), ("set_rhythm", "set_rhythm"),
        ("hand_over", "hand_over"),
    ],
)  # fmt: skip
def test_of_two_at_once_one_succeeds(
    alice: Member, priya: Relationship, quicker: str, verb: str
) -> None:
    today = alice.today()
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Gate")
    dilys = makers.a_member(alice.workspace, "dilys@example.org", "Dilys Frost")

    def do(row: Relationship, what: str, *, late: bool) -> None:
        match what:
            case "pause":
                row.pause(alice, until=today + timedelta(days=60 if late else 30), today=today)
            case "end":
                row.end(alice, reason="Enough.")
            case "resume":
                row.resume(alice)
            case "step":
                row.step(alice, "getting_to_know_you", on=today)
            case "set_rhythm":
                row.set_rhythm(alice, Cadence(91 if late else 42, 14), None)
            case "hand_over":
                row.hand_over(alice, dilys if late else carol)

    if verb == "resume":
        do(priya, "pause", late=False)
    first, stale = (Relationship.objects.get(pk=priya.pk) for _ in range(2))
    do(first, quicker, late=False)
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        do(stale, verb, late=True)
    priya.refresh_from_db()
    assert Entry.objects.count() == entries
    for field in ("state", "paused_until", "stage", "meeting_days", "call_days", "main_contact_id"):
        assert getattr(priya, field) == getattr(first, field) == getattr(stale, field)
    assert priya.steps.count() == 1 + (verb == "step")
