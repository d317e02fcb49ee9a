"""What arrived, on the pages of the relationship, the one-to-one, the decision, the referral."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.core.words import full_day
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link, an_arrival
from touchline.meetings.models import Decision, OneToOne, State
from touchline.referrals.models import Referral
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival

Browser = Callable[[Member], Client]
QUERIES = 12


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    on = alice.today() - timedelta(days=60)
    return makers.a_relationship(alice, "Anwen Pritchard", on=on)


@pytest.fixture
def one(alice: Member, anwen: Relationship) -> OneToOne:
    return makers.a_one_to_one(anwen, alice, alice.today() + timedelta(days=4))


def answered(
    one: OneToOne, alice: Member, answer: str, text: str = "", *times: datetime
) -> Arrival:
    return an_arrival(
        one.relationship, alice, "answer", text, answer=answer, one_to_one=one,
        sequence=one.sequence, times=[each.isoformat() for each in times],
    )  # fmt: skip


def shown(client: Client, path: str) -> str:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(queries) <= QUERIES
    return answer.content.decode()


def agree(client: Client, arrival: Arrival, at: object, **more: str) -> str:
    url = reverse("sheets:agreement", args=[arrival.pk])
    said = at.isoformat() if isinstance(at, datetime) else str(at)
    answer = client.post(url, {"at": said, **more}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_relationship_tells_of_the_page_and_of_what_arrived(
    alice: Member, anwen: Relationship, one: OneToOne, browser: Browser
) -> None:
    client, path = browser(alice), anwen.get_absolute_url()
    assert "can have a page by link" in shown(client, path)
    link = a_link(anwen, alice)
    makers.a_note(anwen, alice, "A note between")
    makers.a_fact(anwen, alice, "family", "Two children")
    assert "Nobody has looked at it yet" in shown(client, path)
    Client().get(link.path)
    a_link(anwen, alice, "yours")
    said = an_arrival(anwen, alice, "going", "It goes <b>well</b>")
    answered(one, alice, "yes")
    page = shown(client, path)
    assert "Somebody looked at it" in page
    assert "has not been opened yet" in page
    assert "Anwen said how it is going" in page
    assert "It goes &lt;b&gt;well&lt;/b&gt;" in page
    assert "Anwen comes on" in page
    assert "A note between" in page
    said.see(alice, now=timezone.now())
    assert "It goes &lt;b&gt;well" not in shown(client, path)


def test_what_they_answered_stands_on_its_page_until_it_is_moved(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    client, path = browser(alice), one.get_absolute_url()
    assert 'id="answer"' not in shown(client, path)
    answered(one, alice, "yes", "Looking forward")
    page = shown(client, path)
    assert "Anwen comes" in page
    assert "Looking forward" in page
    one.move(alice, starts_at=one.starts_at + timedelta(days=1))
    page = shown(client, path)
    assert 'id="answer"' not in page
    assert "Anwen said yes to a time that has changed since" in page


def test_seen_stays_on_the_page_of_the_one_to_one_and_leaves_the_list(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    client = browser(alice)
    arrival = answered(one, alice, "no", "Lambing")
    assert "Seen<" in shown(client, one.get_absolute_url())
    for _ in range(2):
        answer = client.post(reverse("sheets:seen", args=[arrival.pk]))
        assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())
    page = shown(client, one.get_absolute_url())
    assert "Anwen can’t come" in page
    assert "Seen<" not in page


def test_another_time_in_one_tap(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    first, second = (one.starts_at + timedelta(days=days) for days in (1, 2))
    arrival = answered(one, alice, "other", "Mornings are better", first, second)
    other = makers.a_relationship(alice, "Glyn Parry")
    makers.a_one_to_one(other, alice, first.date())
    page = shown(client, one.get_absolute_url())
    assert "Mornings are better" in page
    assert "Glyn Parry" in page, "what else is on that day is said before"
    page = agree(client, arrival, second)
    assert "Moved to" in page
    one.refresh_from_db()
    arrival.refresh_from_db()
    assert one.starts_at == second
    assert one.times_moved == 1
    assert arrival.seen_at is not None
    page = shown(client, one.get_absolute_url())
    assert "A time that Anwen named" in page
    # A second tab with the same time: it is so already. With the other one: too late.
    assert "Moved to" in agree(client, arrival, second)
    assert "changed since they answered" in agree(client, arrival, first)
    one.refresh_from_db()
    assert (one.starts_at, one.times_moved) == (second, 1)


def test_their_page_shows_the_time_that_was_agreed(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    link = a_link(one.relationship, alice)
    at = one.starts_at + timedelta(days=3)
    arrival = answered(one, alice, "other", "", at)
    said = agree(browser(alice), arrival, at)
    assert "sees it on their page" in said
    assert full_day(at.date(), alice.today()) in Client().get(link.path).content.decode()
    link.revoke(alice, now=timezone.now())
    other = makers.a_one_to_one(one.relationship, alice, alice.today() + timedelta(days=20))
    later = other.starts_at + timedelta(days=1)
    arrival = answered(other, alice, "other", "", later)
    Arrival.objects.filter(pk=arrival.pk).update(link=link)
    assert "sees it" not in agree(browser(alice), arrival, later)


def test_a_double_click_moves_once(alice: Member, one: OneToOne, browser: Browser) -> None:
    at = one.starts_at + timedelta(days=1)
    arrival = answered(one, alice, "other", "", at)
    for _ in range(2):
        agree(browser(alice), arrival, at, once="a-token")
    one.refresh_from_db()
    assert (one.times_moved, one.sequence) == (1, arrival.sequence + 1)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("", "Choose one of the times"),
        ("tomorrow", "Choose one of the times"),
        ("2031-01-01T10:00:00+00:00", "none of the times they named"),
    ],
)
def test_a_time_they_did_not_name_moves_nothing(
    at: str, said: str, alice: Member, one: OneToOne, browser: Browser
) -> None:
    arrival = answered(one, alice, "other", "", one.starts_at + timedelta(days=1))
    assert said in agree(browser(alice), arrival, at)
    one.refresh_from_db()
    arrival.refresh_from_db()
    assert (one.times_moved, arrival.seen_at) == (0, None)


def test_times_hold_only_for_what_they_answered(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    client, at = browser(alice), one.starts_at + timedelta(days=1)
    past = timezone.now() - timedelta(hours=2)
    arrival = answered(one, alice, "other", "", at, past)
    assert "has gone by" in agree(client, arrival, past)
    later = answered(one, alice, "yes")
    assert "answered again since" in agree(client, arrival, at)
    assert "named no times" in agree(client, later, at)
    one.refresh_from_db()
    one.cancel(alice)
    assert "changed since they answered" in agree(client, arrival, at)
    going = an_arrival(one.relationship, alice, "going", "Well")
    assert "named no times" in agree(client, going, at)
    one.refresh_from_db()
    assert one.times_moved == 0


def test_how_it_is_going_stands_beside_the_decision(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    client, path = browser(alice), reverse("relationships:decisions", args=[anwen.pk])
    an_arrival(anwen, alice, "going", "An older line")
    said = an_arrival(anwen, alice, "going", "I get more than I give\nand will make up for it")
    page = shown(client, path)
    assert "on their page" in page
    assert page.count("I get more than I give") == 2, "said beside it, and offered"
    assert "An older line" not in page
    form = {"choice": "continue", "their_view": said.text, "going": str(said.pk)}
    assert client.post(path, form, follow=True).status_code == 200
    assert Decision.objects.get().their_view.split() == said.text.split()
    assert not Arrival.objects.unseen().exists()
    assert "I get more" not in shown(client, path), "decided upon"
    an_arrival(anwen, alice, "going", "Better now")
    assert "Better now" in shown(client, path)


def test_what_came_while_the_form_was_open_is_not_taken_as_seen(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    first = an_arrival(anwen, alice, "going", "First")
    second = an_arrival(anwen, alice, "going", "Second")
    elsewhere = makers.a_relationship(alice, "Glyn Parry")
    path = reverse("relationships:decisions", args=[anwen.pk])
    browser(alice).post(path, {"choice": "continue", "going": str(first.pk)})
    assert list(Arrival.objects.unseen()) == [second]
    third = an_arrival(elsewhere, alice, "going", "Third")
    path = reverse("meetings:close_out", args=[_held(anwen, alice).pk])
    browser(alice).post(path, {"choice": "continue", "going": f"{third.pk}x"})
    assert set(Arrival.objects.unseen()) == {second, third}


def _held(relationship: Relationship, alice: Member) -> OneToOne:
    on = alice.today() - timedelta(days=1)
    return makers.a_one_to_one(relationship, alice, on, state=State.HELD)


def test_it_stands_at_the_close_out_and_goes_with_it(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    client, held = browser(alice), _held(anwen, alice)
    said = an_arrival(anwen, alice, "going", "It goes well")
    path = reverse("meetings:close_out", args=[held.pk])
    assert shown(client, path).count("It goes well") == 2
    form = {
        "choice": "continue", "their_view": "It goes well", "going": str(said.pk),
        "next": "none", "no_next_reason": "They travel",
    }  # fmt: skip
    refused = client.post(path, {**form, "no_next_reason": "", "their_view": ""})
    assert refused.status_code == 422
    assert refused.content.decode().count("It goes well") == 1, "what was cleared stays cleared"
    assert Arrival.objects.unseen().exists(), "nothing was closed out"
    assert client.post(path, form).status_code == 303
    assert Decision.objects.get().their_view == "It goes well"
    assert not Arrival.objects.unseen().exists()


@pytest.fixture
def referral(alice: Member, anwen: Relationship) -> Referral:
    return a_referral(anwen, alice, state="contacted", person="Tom Hart")


def test_feedback_stands_on_the_referral_and_stops_its_clock(
    alice: Member, anwen: Relationship, referral: Referral, browser: Browser
) -> None:
    client, path = browser(alice), referral.get_absolute_url()
    clock = "is to tell you how it goes"
    assert clock in shown(client, path)
    version = referral.version
    an_arrival(anwen, alice, "feedback", "We spoke on <i>Monday</i>", referral=referral)
    page = shown(client, path)
    assert "We spoke on &lt;i&gt;Monday" in page
    assert clock not in page
    referral.refresh_from_db()
    assert referral.feedback_on == alice.today()
    assert referral.version == version, "no page that is open is out of date"


def test_feedback_on_what_they_gave_is_no_feedback_of_ours(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    received = a_referral(anwen, alice, "received", state="contacted", person="Tom Hart")
    an_arrival(anwen, alice, "feedback", "How is it going?", referral=received)
    received.refresh_from_db()
    assert received.feedback_on is None
    assert "How is it going?" in shown(browser(alice), received.get_absolute_url())


def test_viewers_look_and_strangers_find_nothing(
    alice: Member, bob: Member, stranger: Member, one: OneToOne, browser: Browser
) -> None:
    at = one.starts_at + timedelta(days=1)
    arrival = answered(one, alice, "other", "Mornings", at)
    page = shown(browser(bob), one.get_absolute_url())
    assert "Mornings" in page
    assert "/agreement/" not in page
    assert "Seen<" not in page
    assert "/seen/" not in shown(browser(bob), one.relationship.get_absolute_url())
    for verb in ("sheets:agreement", "sheets:seen"):
        url = reverse(verb, args=[arrival.pk])
        assert browser(bob).post(url, {"at": at.isoformat()}).status_code == 403
        assert browser(stranger).post(url, {"at": at.isoformat()}).status_code == 404
    one.refresh_from_db()
    assert one.times_moved == 0
