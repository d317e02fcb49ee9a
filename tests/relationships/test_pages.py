"""The relationship page and the page of partners: what they say, to whom, in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.deciding import decide
from touchline.meetings.models import State
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
Most = Callable[..., Any]


@pytest.fixture
def gareth(alice: Member) -> Relationship:
    """A partner with a year behind them."""
    today = alice.today()
    person = makers.a_person(alice, "Gareth Pugh", company="Pugh & Vaughan", title="Broker")
    found = makers.a_relationship(
        alice, person, on=today - timedelta(days=300), stage="referral_partner", held_before=4,
        held_before_last_on=today - timedelta(days=310), alignment="high", meeting_days=63,
        meeting_tolerance_days=28, call_days=28, call_tolerance_days=14,
        they_expect="Tell him first.", we_expect="A name a month.",
    )  # fmt: skip
    for back in range(20, 300, 30):
        one = makers.a_one_to_one(
            found, alice, today - timedelta(days=back), state=State.CLOSED_OUT
        )
        makers.a_note(found, alice, "Catrin goes to Leeds.", one_to_one=one, at=one.starts_at)
    makers.a_one_to_one(found, alice, today + timedelta(days=5))
    makers.a_call(found, alice, today - timedelta(days=10), text="Renewals are heavy.")
    makers.an_action(found, alice, "mine", "Send the note", today + timedelta(days=2))
    makers.an_action(found, alice, "theirs", "Two brewery names", today - timedelta(days=9))
    makers.an_agenda_item(found, alice, "theirs", "His succession")
    makers.a_fact(found, alice, "family", "Married to Non")
    makers.a_fact(found, alice, "goals", "Sell in ten years", on=today - timedelta(days=500))
    decide(found, alice, "continue", on=today, reason="Worth every hour.")
    return found


def test_says_where_it_stands(alice: Member, gareth: Relationship, browser: Browser) -> None:
    page = browser(alice).get(gareth.get_absolute_url()).content.decode()
    for said in (
        "Every nine weeks, and a call every four weeks",
        "You are the main contact.",
        "Broker, Pugh &amp; Vaughan",
        "Send the note",
        "9 days over",
        "His succession",
        "A name a month.",
        "Worth every hour.",
        "Married to Non",
        "all growing old",
        "Still so",
        "Renewals are heavy.",
        "14th one-to-one",
        "It suggests every four weeks, a call every week.",
        "held 4 before",
        "Brief</a>",
    ):
        assert said in page, said


def test_costs_at_most_twelve_queries(
    alice: Member, gareth: Relationship, browser: Browser, django_assert_max_num_queries: Most
) -> None:
    client = browser(alice)
    with django_assert_max_num_queries(12):
        assert client.get(gareth.get_absolute_url()).status_code == 200


def test_says_what_is_missing_for_the_next_stage(alice: Member, browser: Browser) -> None:
    today = alice.today()
    found = makers.a_relationship(alice, "Priya Raman", on=today - timedelta(days=90))
    client, here = browser(alice), found.get_absolute_url()
    page = client.get(here).content.decode()
    assert "0 of 1 one-to-ones took place, so 1 more first" in page
    assert "Step to Getting to know you" not in page
    makers.a_one_to_one(
        found, alice, today - timedelta(days=9), state=State.CLOSED_OUT,
        covered_topics=["interests", "goals", "family"],
    )  # fmt: skip
    page = client.get(here).content.decode()
    assert "Step to Getting to know you" in page
    assert "Every term for “Getting to know you” is met." in page


def test_says_how_late_it_is(alice: Member, browser: Browser) -> None:
    begun = alice.today() - timedelta(days=63 + 28 + 10)
    found = makers.a_relationship(alice, "Priya Raman", on=begun, alignment="medium")
    assert "10 days late" in browser(alice).get(found.get_absolute_url()).content.decode()


def test_a_private_note_is_its_authors_alone(alice: Member, browser: Browser) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Gate")
    found = makers.a_relationship(alice, "Priya Raman")
    makers.a_note(found, alice, "Between us only", private=True)
    assert "Between us only" in browser(alice).get(found.get_absolute_url()).content.decode()
    assert "Between us only" not in browser(carol).get(found.get_absolute_url()).content.decode()


def test_says_plainly_that_it_rests_or_ended(alice: Member, browser: Browser) -> None:
    today = alice.today()
    found = makers.a_relationship(alice, "Janet Ollerenshaw")
    client = browser(alice)
    decide(found, alice, "pause", on=today, until=today + timedelta(days=60))
    page = client.get(found.get_absolute_url()).content.decode()
    assert "Paused until" in page
    assert "Resume now" in page
    decide(found, alice, "end", on=today, reason="Different people.")
    page = client.get(found.get_absolute_url()).content.decode()
    assert "Ended" in page
    assert "Different people." in page
    assert "Take it up again" in page


def test_a_viewer_sees_it_without_verbs(
    bob: Member, gareth: Relationship, browser: Browser
) -> None:
    page = browser(bob).get(gareth.get_absolute_url()).content.decode()
    assert "Gareth Pugh" in page
    assert "Alice Hill is the main contact." in page
    assert 'method="post"' not in page


def test_hidden_from_strangers_and_once_the_person_is_deleted(
    alice: Member, stranger: Member, gareth: Relationship, browser: Browser
) -> None:
    here = gareth.get_absolute_url()
    assert browser(stranger).get(here).status_code == 404
    gareth.person.delete_by(alice)
    assert browser(alice).get(here).status_code == 404


def test_every_fact_by_topic(alice: Member, gareth: Relationship, browser: Browser) -> None:
    page = browser(alice).get(f"{gareth.get_absolute_url()}facts/").content.decode()
    assert page.index("Sell in ten years") < page.index("Married to Non")


def test_partners_and_those_on_the_way(
    alice: Member, gareth: Relationship, browser: Browser
) -> None:
    today = alice.today()
    makers.a_relationship(alice, "Priya Raman")
    paused = makers.a_relationship(alice, "Janet Ollerenshaw")
    decide(paused, alice, "pause", on=today, until=today + timedelta(days=60))
    over = makers.a_relationship(alice, "Simon Thackeray")
    decide(over, alice, "end", on=today, reason="Enough.")
    page = browser(alice).get("/partners/").content.decode()
    order = ["Referral partners", "Gareth Pugh", "On the way", "Priya Raman", "Paused",
             "Janet Ollerenshaw", "Ended, 1", "Simon Thackeray"]  # fmt: skip
    places = [page.index(name) for name in order]
    assert places == sorted(places)
    assert "you owe one, they owe one" in page
    assert "High alignment" in page


def test_partners_of_everyone_or_mine(
    alice: Member, bob: Member, stranger: Member, gareth: Relationship, browser: Browser
) -> None:
    client = browser(bob)
    assert "Gareth Pugh" not in client.get("/partners/").content.decode()
    assert "Gareth Pugh" in client.get("/partners/", {"whose": "everyone"}).content.decode()
    assert "Gareth" not in browser(stranger).get("/partners/?whose=everyone").content.decode()


def test_no_partners_yet_teaches_the_method(alice: Member, browser: Browser) -> None:
    page = browser(alice).get("/partners/").content.decode()
    assert "at least three" in page
    assert "Choose whom to begin with" in page


def test_a_hundred_and_twenty_cost_what_one_costs(
    alice: Member, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    today = alice.today()
    for place in range(120):
        found = makers.a_relationship(alice, f"Person {place}", on=today - timedelta(days=90))
        makers.a_one_to_one(found, alice, today - timedelta(days=9), state=State.CLOSED_OUT)
        makers.an_action(found, alice, "mine", "Send it", today)
    client = browser(alice)
    with django_assert_max_num_queries(12):
        page = client.get("/partners/").content.decode()
    assert page.count("you owe one") == 120


def test_a_meeting_whose_time_has_gone_by_is_asked_about(alice: Member, browser: Browser) -> None:
    found = makers.a_relationship(alice, "Priya Raman")
    makers.a_one_to_one(found, alice, timezone.localdate() - timedelta(days=2))
    page = browser(alice).get(found.get_absolute_url()).content.decode()
    assert "Did it take place?" in page
