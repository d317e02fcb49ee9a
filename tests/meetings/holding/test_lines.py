"""Lines over the wire: taken once, shown to whom they belong, asked for without cost."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from tests.meetings import cast
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.meetings.models import Action, Fact, Note, OneToOne
from touchline.people import search
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return cast.anwen(alice)


@pytest.fixture
def one(alice: Member, relationship: Relationship) -> OneToOne:
    return cast.under_way(relationship, alice)


@pytest.fixture
def carol(alice: Member) -> Member:
    return makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)


def lines(one: OneToOne) -> str:
    return f"{one.get_absolute_url()}lines/"


def say(client: Client, one: OneToOne, text: str, **more: str) -> Any:
    return client.post(lines(one), {"text": text, "back": lines(one), **more})


def test_each_kind_by_its_words(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    for text in (
        "Plain **words**", "/fact family: two daughters", "/action me by tomorrow send it",
        "/action Anwen next week ring us", "/idea Peter and the Bebbs", "/private Her hip",
        "/next in 3 weeks 9am at the Boathouse",
    ):  # fmt: skip
        answer = say(client, one, text)
        assert (answer.status_code, answer["Location"]) == (303, lines(one)), text
    assert set(Note.objects.values_list("text", "kind", "private")) == {
        ("Plain **words**", "note", False),
        ("Peter and the Bebbs", "idea", False),
        ("Her hip", "note", True),
    }
    assert Fact.objects.values_list("topic", "text").get() == ("family", "two daughters")
    assert set(Action.objects.values_list("whose", "text")) == {
        ("mine", "send it"),
        ("theirs", "ring us"),
    }
    following = one.relationship.one_to_ones.planned().get()
    at = timezone.localtime(following.starts_at)
    assert (at.date(), at.hour) == (alice.today() + timedelta(days=21), 9)
    assert following.place == "the Boathouse"
    page = client.get(lines(one)).content.decode()
    assert "<strong>words</strong>" in page
    assert "9:00</b>, the Boathouse" in page


def test_the_next_date_said_twice_is_a_correction(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    client = browser(alice)
    say(client, one, "in 3 weeks 9am", what="next")
    say(client, one, "in 4 weeks 2pm", what="next")
    following = one.relationship.one_to_ones.planned().get()
    assert timezone.localtime(following.starts_at).date() == alice.today() + timedelta(days=28)
    assert following.times_moved == 1
    before = following.sequence
    say(client, one, "in 4 weeks 14:00", what="next")
    following.refresh_from_db()
    assert following.sequence == before, "the same again moves nothing"


def test_the_month_first_is_the_members_own(alice: Member, one: OneToOne, browser: Browser) -> None:
    on = alice.today() + timedelta(days=40)
    while on.day > 12 or on.day == on.month:
        on += timedelta(days=1)
    alice.month_first = True
    alice.save()
    say(browser(alice), one, f"/me send it by {on.month}/{on.day}/{on.year}")
    assert Action.objects.get().due_on == on


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("/actoin me", "/actoin is not known"),
        ("/action me by Friday", "That is a day, not yet a promise."),
        ("/fact sings alto", "A fact is about a topic: choose one, or name it first"),
        ("/next 2020-01-01", "That day has gone by."),
    ],
)
def test_what_cannot_be_read_is_given_back(
    alice: Member, one: OneToOne, browser: Browser, text: str, sentence: str
) -> None:
    answer = say(browser(alice), one, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert text in page
    assert not Note.objects.exists()


def test_the_same_line_sent_twice_is_one(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    at = timezone.now().isoformat()
    for _ in range(3):
        assert say(client, one, "Said once", once="a", at=at).status_code == 303
    say(client, one, "Said once", once="b", at=at)
    assert Note.objects.count() == 2


def test_a_line_that_waited_keeps_its_time(alice: Member, one: OneToOne, browser: Browser) -> None:
    client, now = browser(alice), timezone.now()
    typed = now - timedelta(minutes=5)
    say(client, one, "kept", at=typed.isoformat())
    for wrong in ("", "x", "2020-01-01T10:00:00Z", "2999-01-01T10:00:00Z", "2026-01-01T10:00:00"):
        say(client, one, f"now {wrong}", at=wrong)
    assert Note.objects.get(text="kept").at == typed
    assert all(note.at >= now for note in Note.objects.exclude(text="kept"))


def test_what_is_there_already_is_not_sent_again(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    client = browser(alice)
    first = client.get(lines(one))
    tag = first["ETag"]
    again = client.get(lines(one), headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    item = makers.an_agenda_item(one.relationship, alice, "mine", "Farms")
    item.cover(alice, one)
    changed = client.get(lines(one), headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert "Farms" in changed.content.decode()
    assert changed["ETag"] != tag


def test_a_private_line_reaches_nobody_elses_page(
    alice: Member, carol: Member, one: OneToOne, browser: Browser
) -> None:
    theirs = browser(carol)
    tag = theirs.get(lines(one))["ETag"]
    say(browser(alice), one, "/private Her hip", topic="family")
    assert "Her hip" in browser(alice).get(lines(one)).content.decode()
    # Not its words, and not so much as a sign that something was written.
    assert theirs.get(lines(one), headers={"if-none-match": tag}).status_code == 304
    item = makers.an_agenda_item(
        one.relationship, alice, "mine", "Ask again", about_note=Note.objects.get()
    )
    assert item.text in theirs.get(lines(one)).content.decode()
    assert "Her hip" not in theirs.get(lines(one)).content.decode()


def test_whose_the_time_was(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    item = makers.an_agenda_item(one.relationship, alice, "theirs", "Her lease")
    assert "So far" not in client.get(lines(one)).content.decode()
    item.cover(alice, one)
    assert "So far ten minutes Anwen’s, none yours." in client.get(lines(one)).content.decode()
    item.uncover(alice)
    assert "So far" not in client.get(lines(one)).content.decode()


def test_lines_of_one_that_is_over(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    planned = cast.ahead(relationship, alice)
    assert browser(alice).get(lines(planned))["Location"] == planned.get_absolute_url()
    refused = say(browser(alice), planned, "Too late")
    assert refused.status_code == 422
    assert "while a one-to-one is under way or held" in refused.content.decode()


def test_contacts_at_hand(alice: Member, stranger: Member, one: OneToOne, browser: Browser) -> None:
    peter = makers.a_person(
        alice, "Peter Vance", company="Vance & Co", phone="0161 496 0101", email="p@vance.example"
    )
    quiet = makers.a_person(alice, "Petra Still", phone="0161 496 0102", do_not_contact=True)
    abroad = makers.a_person(stranger, "Pete Elsewhere")
    search.index([peter.pk, quiet.pk, abroad.pk, one.relationship.person_id])
    client, url = browser(alice), f"{one.get_absolute_url()}contacts/"
    page = client.get(url, {"q": "pet"}).content.decode()
    assert "tel:+441614960101" in page
    assert "mailto:p@vance.example" in page
    assert f"/people/{peter.pk}/programme/" in page
    assert "Petra Still" in page
    assert "0102" not in page
    assert "Elsewhere" not in page
    known = client.get(url, {"q": "anwen"}).content.decode()
    assert f"/relationships/{one.relationship_id}/one-to-ones/new/" in known
    assert "Nobody is called that" in client.get(url, {"q": "zzz"}).content.decode()
    assert client.get(url, {"q": "x" * 5000}).status_code == 200
    assert browser(stranger).get(url).status_code == 404


def test_contacts_cost_the_same_however_many(
    alice: Member, one: OneToOne, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    people = [
        makers.a_person(alice, f"Peter {letter}", phone="0161 496 0101") for letter in "abcdefghijk"
    ]
    search.index([person.pk for person in people])
    client = browser(alice)
    with django_assert_max_num_queries(8):
        page = client.get(f"{one.get_absolute_url()}contacts/", {"q": "peter"}).content.decode()
    assert page.count("tel:") == 8
    assert "There are more." in page


def test_many_lines_cost_the_same(
    alice: Member, one: OneToOne, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        makers.a_note(one.relationship, alice, f"Note {number}", one_to_one=one)
        makers.a_fact(one.relationship, alice, "family", f"Fact {number}", one_to_one=one)
    search.index([one.relationship.person_id])
    client = browser(alice)
    client.get(lines(one))
    with django_assert_max_num_queries(12):
        client.get(one.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(lines(one))
    with django_assert_max_num_queries(18):
        say(client, one, "One more", once="a")


def test_what_is_known_of_a_topic_is_the_newest_and_the_way_to_the_rest(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    """A page that is open asks again every few seconds: it must not grow with all that is known."""
    for day in range(12):
        on = alice.today() - timedelta(days=day + 1)
        makers.a_fact(one.relationship, alice, "family", f"Told {day:02} days back", on=on)
    page = browser(alice).get(lines(one)).content.decode()
    assert re.findall(r"Told (\d\d) days back", page) == [f"{day:02}" for day in range(8)]
    assert "12 known" in page
    assert f'/relationships/{one.relationship_id}/facts/?topic=family">Four more<' in page


def test_what_to_ask(
    alice: Member, bob: Member, stranger: Member, one: OneToOne, browser: Browser
) -> None:
    url = f"{one.get_absolute_url()}questions/"
    page = browser(alice).get(url).content.decode()
    assert 'value="not_now"' in page
    assert 'name="outcome"' not in browser(bob).get(url).content.decode()
    assert browser(stranger).get(url).status_code == 404


def test_its_scripts_are_small(alice: Member, one: OneToOne, browser: Browser) -> None:
    """All that the page loads, what is imported included, compressed: under 20 kB."""
    page = browser(alice).get(one.get_absolute_url()).content.decode()
    wanted = re.findall(r'<script src="/static/([^"]+)"', page)
    assert "js/holding.js" in wanted
    seen: dict[str, int] = {}
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        found = finders.find(name)
        assert found, name
        text = Path(found).read_text()
        seen[name] = len(gzip.compress(text.encode(), 6))
        wanted += [f"js/{each}" for each in re.findall(r'(?:from|import) "\./([^"]+)"', text)]
    assert "js/outbox.js" in seen
    assert sum(seen.values()) < 20_000, json.dumps(seen)
