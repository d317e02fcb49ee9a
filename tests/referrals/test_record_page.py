"""The record: what it shows, the steps taken on it, and what it says when one can't be."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.entering import enter_history
from touchline.referrals.models import Referral, State
from touchline.relationships.models import Relationship

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def partner(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Ann Lee")


def page(client: Client, made: Referral) -> str:
    answer = client.get(made.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def take(client: Client, made: Referral, step: str, **more: Any) -> Any:
    made.refresh_from_db()
    return client.post(
        f"{made.get_absolute_url()}steps/",
        {"step": step, "seen": made.version, "back": made.get_absolute_url(), **more},
        follow=True,
    )


@pytest.mark.parametrize("direction", ["given", "received"])
@pytest.mark.parametrize("state", State.values)
def test_every_state_has_a_page_with_one_filled_button(
    alice: Member, partner: Relationship, browser: Browser, state: str, direction: str
) -> None:
    if (direction, state) == ("received", State.DECLINED):
        return
    made = a_referral(partner, alice, direction, state=state, value_minor=125_000)
    shown = page(browser(alice), made)
    assert "Tom Hart" in shown
    assert "A lease to be read before it is signed" in shown
    assert State(state).label in shown
    filled = re.findall(r'<button class="button"', shown)
    assert len(filled) == (0 if state in (State.DECLINED, State.THANKED) else 1)


def test_costs_at_most_twelve_queries(
    alice: Member, partner: Relationship, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    client = browser(alice)
    for state in (State.ASKING, State.AGREED, State.WON):
        made = a_referral(partner, alice, state=state, person=f"Tom {state}")
        client.get(made.get_absolute_url())
        with django_assert_max_num_queries(12):
            page(client, made)


def test_from_the_idea_to_thanks_one_tap_each(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice)
    for step in ("ask:receiver", "yes:receiver", "ask:prospect", "yes:prospect"):
        answer = take(client, made, step, how="phone")
        assert answer.redirect_chain == [(made.get_absolute_url(), 303)]
    made.refresh_from_db()
    assert made.state == State.AGREED
    assert made.prospect_how == "phone"
    take(client, made, "introduce", heat="4", said="It presses")
    for step in ("contact", "meet"):
        take(client, made, step)
    take(client, made, "quote", value="£1,250")
    take(client, made, "win", value="1300", said="A year of advice")
    shown = take(client, made, "thank").content.decode()
    made.refresh_from_db()
    assert (made.state, made.outcome, made.heat) == ("thanked", "won", 4)
    assert (made.value_minor, made.currency, made.became) == (130_000, "GBP", "A year of advice")
    assert made.introduced_on == made.thanked_on == alice.today()
    assert "£1,300" in shown
    assert "Nothing is left to do." in shown


@pytest.mark.parametrize(
    ("thanked_on", "asked_for"), [(20, True), (9, True), (8, False), (2, False)]
)
def test_early_thanks_are_not_those_for_a_win(
    alice: Member, partner: Relationship, browser: Browser, thanked_on: int, asked_for: bool
) -> None:
    today = alice.today()
    made = a_referral(partner, alice, "received", state=State.QUOTED, each_takes=timedelta(0))
    made.thank(alice, on=today - timedelta(days=thanked_on))
    made.win(alice, on=today - timedelta(days=8))
    shown = browser(alice).get(made.get_absolute_url())
    text = shown.content.decode()
    clocked = "thanks" in {one.kind for one in shown.context["dues"]}
    # The clock, the button and the sentence beside it say the same.
    assert clocked is asked_for
    assert ("Thank Ann for the business. That closes it." in text) is asked_for
    assert shown.context["next"].label == ("I have thanked Ann" if asked_for else "Close it")
    board = browser(alice).get("/referrals/board/").content.decode()
    assert ("data-next>Thanked<" in board) is asked_for


def test_a_debrief_of_entered_history_is_offered_quietly(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    days = {State.INTRODUCED: alice.today() - timedelta(days=900),
            State.LOST: alice.today() - timedelta(days=800)}  # fmt: skip
    before = enter_history(alice, partner, "received", need="A lease to be read", days=days)
    shown = page(browser(alice), before)
    assert "What it came down to teaches the next one" not in shown
    assert f'href="{before.get_absolute_url()}debrief/">What it taught</a>' in shown
    lost = a_referral(partner, alice, state=State.LOST)
    assert "What it came down to teaches the next one" in page(browser(alice), lost)


def test_each_page_marks_referrals(alice: Member, partner: Relationship, browser: Browser) -> None:
    made, client = a_referral(partner, alice, state=State.AGREED), browser(alice)
    won = a_referral(partner, alice, state=State.WON, person="Uma Old")
    here, of = made.get_absolute_url(), partner.get_absolute_url()
    for address in (
        here, f"{here}edit/", f"{here}introduction/", f"{won.get_absolute_url()}debrief/",
        f"{of}ideal-referral/", f"{of}ideal-referral/edit/", "/ideal-referral/",
        f"{of}balance/", "/referrals/", "/referrals/board/", "/referrals/new/",
        "/referrals/history/new/", "/referrals/balances/", "/referrals/goal/",
    ):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, answer.context["section"]) == (200, "referrals"), address


def test_a_yes_on_the_phone_counts_without_having_been_asked(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice)
    assert "Yes, on the phone" in page(client, made)
    shown = take(client, made, "yes:prospect", how="phone").content.decode()
    assert "Yes, on the phone, today." in shown
    made.refresh_from_db()
    assert made.prospect_asked_on == alice.today()


def test_it_is_back_dated_and_never_ahead(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, today = browser(alice), alice.today()
    made = a_referral(partner, alice, state="introduced")
    since = made.state_on
    for on, said in (
        (today + timedelta(days=1), "still to come"),
        (since - timedelta(days=1), "can’t be earlier"),
    ):
        answer = take(client, made, "contact", on=on.isoformat())
        assert answer.status_code == 422
        assert said in answer.content.decode()
    for wrong in ("yesterday", "2026-13-40"):
        assert take(client, made, "contact", on=wrong).status_code == 422
    day = since + timedelta(days=1)
    assert take(client, made, "contact", on=day.isoformat()).status_code == 200
    made.refresh_from_db()
    assert made.contacted_on == day


def test_money_that_can_be_read_in_two_ways_is_asked_back(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="met")
    answer = take(client, made, "quote", value="1.250")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "£1.25" in shown
    assert "£1,250" in shown
    assert 'name="value_is" value="125000 GBP"' in shown
    # Another text typed instead is what counts, whatever reading was chosen for the first.
    more = {"value_said": "1.250", "value_is": "125000 GBP"}
    assert take(client, made, "quote", value="1.300", **more).status_code == 422
    take(client, made, "quote", value="1.250", **more)
    made.refresh_from_db()
    assert made.value_minor == 125_000


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "less than nothing"),
        ("a lot", "no amount of money"),
        ("9" * 15, "more than a thousand million"),
        ("12.345,67.8", "no amount of money"),
        ("5 ZZZ", "no currency"),
    ],
)
def test_money_that_is_none(
    alice: Member, partner: Relationship, browser: Browser, typed: str, said: str
) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="met")
    answer = take(client, made, "quote", value=typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    made.refresh_from_db()
    assert made.state == State.MET


def test_another_tab_was_quicker(alice: Member, partner: Relationship, browser: Browser) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="introduced")
    seen = made.version
    take(client, made, "contact")
    shown = take(client, made, "no_answer", seen=seen).content.decode()
    assert "has changed since this page was loaded: it is at “contacted” now" in shown
    shown = take(client, made, "contact", seen=seen).content.decode()
    assert "is at “contacted”" in shown
    made.refresh_from_db()
    assert made.state == State.CONTACTED


def test_a_double_click_takes_one_step(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="introduced")
    data = {"step": "contact", "seen": made.version, "once": "a", "back": made.get_absolute_url()}
    first, again = (client.post(f"{made.get_absolute_url()}steps/", data) for _ in range(2))
    assert first["Location"] == again["Location"] == made.get_absolute_url()
    assert made.steps.filter(verb="contact").count() == 1
    assert "changed since" not in page(client, made)


def test_no_step_chosen_is_said(alice: Member, partner: Relationship, browser: Browser) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="introduced")
    for step in ("", "sell", "tell:lies", "x" * 50):
        answer = take(client, made, step)
        assert answer.status_code == 422, step
    assert (
        "Say what happened: choose one of those offered." in take(client, made, "").content.decode()
    )
    made.refresh_from_db()
    assert made.state == State.INTRODUCED


def test_letting_it_go_takes_a_line(alice: Member, partner: Relationship, browser: Browser) -> None:
    client, made = browser(alice), a_referral(partner, alice)
    answer = take(client, made, "decline")
    assert answer.status_code == 422
    assert "Say in a line why it is let go" in answer.content.decode()
    shown = take(client, made, "decline", said="They found somebody").content.decode()
    assert "They found somebody" in shown
    made.refresh_from_db()
    assert made.state == State.DECLINED


def test_going_back_takes_a_reason_and_stays_on_record(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="won", value_minor=5_000)
    back = f"{made.get_absolute_url()}going-back/"
    seen = made.version
    data = {"seen": seen, "back": made.get_absolute_url()}
    answer = client.post(back, data)
    assert answer.status_code == 422
    assert "Say in a line why it goes back" in answer.content.decode()
    answer = client.post(back, {**data, "reason": "It was another order"}, follow=True)
    shown = answer.content.decode()
    assert "It is at “quoted” again." in shown
    assert "It was another order" in shown
    assert "<s>It became business</s>" in shown
    stale = client.post(back, {**data, "reason": "Twice"}, follow=True)
    assert "has changed since" in stale.content.decode()
    made.refresh_from_db()
    assert (made.state, made.outcome, made.version) == ("quoted", "", seen + 1)


def test_nothing_is_to_be_gone_back_from_in_an_idea(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice)
    assert "Go back a step" not in page(client, made)
    answer = client.post(
        f"{made.get_absolute_url()}going-back/",
        {"reason": "x", "back": made.get_absolute_url()},
        follow=True,
    )
    assert "There is no step to go back from." in answer.content.decode()


def test_one_who_is_not_to_be_contacted_is_not_asked(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client, made = browser(alice), a_referral(partner, alice, state="agreed")
    assert made.person
    made.person.do_not_contact = True
    made.person.save()
    shown = page(client, made)
    assert "asked not to be contacted" in shown
    assert "I have introduced them" not in shown
    shown = take(client, made, "introduce", said="All the same").content.decode()
    assert "marked do not contact" in shown
    made.refresh_from_db()
    assert made.state == State.AGREED


def test_an_idea_without_anybody_asks_who_it_is(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    made = a_referral(partner, alice, person=None)
    take(client, made, "yes:receiver")
    shown = page(client, made)
    assert "Say now who it is" in shown
    assert f"{made.get_absolute_url()}edit/" in shown
    answer = take(client, made, "yes:prospect")
    assert "Say first who the prospect is." in answer.content.decode()


def test_a_viewer_reads_and_takes_no_step(
    alice: Member, bob: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="introduced")
    client = browser(bob)
    shown = page(client, made)
    assert "Tom Hart" in shown
    assert "Ann has contacted Tom" not in shown
    for part in ("steps", "going-back", "deletion", "edit"):
        assert client.post(f"{made.get_absolute_url()}{part}/", {}).status_code == 403


def test_a_stranger_finds_nothing(
    alice: Member, stranger: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="introduced")
    client = browser(stranger)
    assert client.get(made.get_absolute_url()).status_code == 404
    for part in ("steps", "going-back", "deletion", "edit"):
        assert client.post(f"{made.get_absolute_url()}{part}/", {}).status_code == 404


def test_a_private_note_it_came_from_is_shown_to_its_author_alone(
    alice: Member, bob: Member, partner: Relationship, browser: Browser
) -> None:
    note = makers.a_note(partner, alice, "Quagganaut told me", private=True)
    made = a_referral(partner, alice, note=note)
    assert "Quagganaut" in page(browser(alice), made)
    assert "Quagganaut" not in page(browser(bob), made)


def test_an_idea_entered_by_mistake_is_deleted_and_one_under_way_is_not(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    idea, passed = a_referral(partner, alice), a_referral(partner, alice, state="introduced")
    answer = client.post(f"{idea.get_absolute_url()}deletion/", follow=True)
    assert "The referral is gone." in answer.content.decode()
    answer = client.post(
        f"{passed.get_absolute_url()}deletion/", {"back": passed.get_absolute_url()}, follow=True
    )
    assert "stays on record" in answer.content.decode()
    assert list(Referral.objects.values_list("pk", flat=True)) == [passed.pk]


def test_a_deleted_prospect_is_named_without_a_link(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="introduced")
    assert made.person
    made.person.delete_by(alice)
    shown = page(browser(alice), made)
    assert "Tom Hart (deleted)" in shown
    assert made.person.get_absolute_url() not in shown


def test_before_both_agreed_no_reason_is_asked_for(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="asking")
    shown = take(browser(alice), made, "introduce").content.decode()
    assert "Both have to say yes before they are introduced." in shown
    assert "why you pass it" not in shown
    assert f"Asking</b> since {made.state_on.day} " in shown
