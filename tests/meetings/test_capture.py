"""Capture: a line at a time; facts, promises and agenda items open to correction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.meetings import cast
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.meetings.models import Action, AgendaItem, Fact, Note, OneToOne
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return cast.anwen(alice)


@pytest.fixture
def one(alice: Member, relationship: Relationship) -> OneToOne:
    return cast.under_way(relationship, alice)


def say(client: Client, one: OneToOne, text: str, **more: str) -> Any:
    return client.post(f"{one.get_absolute_url()}lines/", {"text": text, **more})


def test_a_note(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    answer = say(client, one, "She has told four farms.", what="note")
    assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())
    assert Note.objects.get().text == "She has told four farms."
    assert "She has told four farms." in client.get(one.get_absolute_url()).content.decode()


def test_an_idea_and_a_private_note(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    say(client, one, "The Bebbs", what="idea")
    say(client, one, "Her hip", what="note", private="1", topic="family")
    assert set(Note.objects.values_list("kind", "private", "topic")) == {
        ("idea", False, ""),
        ("note", True, "family"),
    }


def test_a_private_note_stays_private(alice: Member, one: OneToOne, browser: Browser) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    say(browser(alice), one, "Her hip", what="note", private="1")
    note = Note.objects.get()
    assert "Her hip" not in browser(carol).get(one.get_absolute_url()).content.decode()
    assert browser(carol).get(f"/notes/{note.pk}/edit/").status_code == 404
    item = makers.an_agenda_item(one.relationship, alice, "mine", "Ask again", about_note=note)
    assert item.text in browser(carol).get(one.get_absolute_url()).content.decode()
    assert "Her hip" not in browser(carol).get(one.get_absolute_url()).content.decode()


def test_a_fact_needs_a_topic(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    refused = say(client, one, "Sings alto", what="fact")
    assert refused.status_code == 422
    assert "A fact is about a topic: choose one, or name it first" in refused.content.decode()
    assert "Sings alto" in refused.content.decode()
    kept = say(client, one, "Sings alto", what="fact", topic="interests")
    assert "what=fact&topic=interests" in kept["Location"]
    fact = Fact.objects.get()
    assert (fact.topic, fact.one_to_one_id, fact.person_id) == (
        "interests",
        one.pk,
        one.relationship.person_id,
    )


@pytest.mark.parametrize(
    ("text", "days", "kept"),
    [
        ("send the outline in two days", 2, "send the outline"),
        ("send the outline by tomorrow", 1, "send the outline"),
        ("send the outline", 7, "send the outline"),
    ],
)
def test_a_promise_reads_its_day(
    alice: Member, one: OneToOne, browser: Browser, text: str, days: int, kept: str
) -> None:
    say(browser(alice), one, text, what="mine")
    action = Action.objects.get()
    assert (action.text, action.whose, action.one_to_one_id) == (kept, "mine", one.pk)
    assert action.due_on == alice.today() + timedelta(days=days)


def test_what_is_owed_stands_beside_it(alice: Member, one: OneToOne, browser: Browser) -> None:
    client = browser(alice)
    today = alice.today()
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    other = makers.a_relationship(alice, "Peter Vance")
    for number in range(2):
        makers.an_action(other, alice, "mine", f"Owed {number}", monday + timedelta(days=number))
    makers.an_action(other, alice, "theirs", "Not mine", monday)
    assert "two things next week" in client.get(one.get_absolute_url()).content.decode()
    say(client, one, f"send it by {monday.isoformat()}", what="mine")
    assert "You owe two others that week." in client.get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": ""}, "There is nothing to save yet: write a line first."),
        ({"text": "   "}, "There is nothing to save yet: write a line first."),
        ({"text": "by Friday", "what": "mine"}, "That is a day, not yet a promise."),
        ({"text": "send it by 2020-01-01", "what": "mine"}, "That day has gone by."),
        ({"text": "x" * 301, "what": "theirs"}, "A promise fits in a line of 300 letters."),
        ({"text": "x" * 4001}, "A line holds 4,000 letters."),
        ({"text": "x", "what": "fact", "topic": "no_such"}, "That topic is not in the playbook"),
        ({"text": "x", "what": "mine", "private": "1"}, "Only notes and ideas can be private."),
    ],
)
def test_a_line_refused_keeps_what_was_typed(
    alice: Member, one: OneToOne, browser: Browser, form: dict[str, str], sentence: str
) -> None:
    answer = browser(alice).post(f"{one.get_absolute_url()}lines/", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert form["text"].strip() in answer.content.decode()
    assert [model.objects.count() for model in (Note, Action, Fact)] == [0, 0, 0]


def test_no_lines_for_a_plan(alice: Member, relationship: Relationship, browser: Browser) -> None:
    planned = cast.ahead(relationship, alice)
    answer = say(browser(alice), planned, "Too early")
    assert answer.status_code == 422
    assert "while a one-to-one is under way or held" in answer.content.decode()
    assert not Note.objects.exists()


def test_topics_are_ticked_and_unticked(alice: Member, one: OneToOne, browser: Browser) -> None:
    client, url = browser(alice), f"{one.get_absolute_url()}topics/"
    client.post(url, {"topic": "goals", "covered": "1"})
    one.refresh_from_db()
    assert one.covered_topics == ["goals"]
    client.post(url, {"topic": "goals", "covered": "0"})
    client.post(url, {"topic": "nonsense", "covered": "1"})
    one.refresh_from_db()
    assert one.covered_topics == []


def test_notes_are_corrected_and_deleted(alice: Member, one: OneToOne, browser: Browser) -> None:
    note = makers.a_note(one.relationship, alice, "Four farms", one_to_one=one)
    client, url = browser(alice), f"/notes/{note.pk}/edit/"
    assert "Four farms" in client.get(url).content.decode()
    assert client.post(url, {"text": " "}).status_code == 422
    answer = client.post(url, {"text": "Five farms", "topic": "goals"})
    assert answer["Location"] == one.get_absolute_url()
    note.refresh_from_db()
    assert (note.text, note.topic) == ("Five farms", "goals")
    client.post(f"/notes/{note.pk}/deletion/")
    assert not Note.objects.exists()


def test_facts_are_confirmed_corrected_deleted(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    long_ago = alice.today() - timedelta(days=400)
    fact = makers.a_fact(one.relationship, alice, "family", "Two daughters", on=long_ago)
    client = browser(alice)
    client.post(f"/facts/{fact.pk}/confirmation/")
    fact.refresh_from_db()
    assert (fact.on, fact.confirmed_on) == (long_ago, alice.today())
    url = f"/facts/{fact.pk}/correction/"
    assert "Two daughters" in client.get(url).content.decode()
    assert client.post(url, {"text": ""}).status_code == 422
    client.post(url, {"text": "Three daughters", "topic": "family", "one_to_one": str(one.pk)})
    fact.refresh_from_db()
    assert fact.replaced_by is not None
    assert (fact.replaced_by.text, fact.replaced_by.one_to_one_id) == ("Three daughters", one.pk)
    client.post(f"/facts/{fact.replaced_by.pk}/deletion/")
    assert [each.text for each in Fact.objects.current()] == ["Two daughters"]


def test_promises_are_kept_dropped_opened_corrected(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    today = alice.today()
    action = makers.an_action(one.relationship, alice, "mine", "Outline", today, one_to_one=one)
    client, at = browser(alice), f"/actions/{action.pk}"

    def state() -> tuple[str, bool]:
        action.refresh_from_db()
        return action.state, action.agreed

    assert client.post(f"{at}/keeping/", {"back": "/x/"})["Location"] == "/x/"
    assert state() == ("kept", False)
    client.post(f"{at}/reopening/")
    client.post(f"{at}/dropping/", {"agreed": "1"})
    assert state() == ("dropped", True)
    client.post(f"{at}/reopening/")
    assert state() == ("open", False)
    late = (today + timedelta(days=3)).isoformat()
    form = {"text": "The outline", "whose": "theirs", "due_on": late}
    assert client.post(f"{at}/edit/", {**form, "due_on": ""}).status_code == 422
    assert client.post(f"{at}/edit/", form)["Location"] == one.get_absolute_url()
    action.refresh_from_db()
    assert (action.text, action.whose, action.due_on.isoformat()) == ("The outline", "theirs", late)


def test_agenda_items(alice: Member, one: OneToOne, browser: Browser) -> None:
    relationship = one.relationship
    client, home = browser(alice), one.get_absolute_url()
    note = makers.a_note(relationship, alice, "Nobody to name for cover")
    add = f"/relationships/{relationship.pk}/agenda/"
    client.post(add, {"text": "Two farm families", "side": "mine", "back": home})
    client.post(add, {"about": str(note.pk), "side": "theirs", "back": home})
    mine, theirs = AgendaItem.objects.order_by("pk")
    assert (theirs.text, theirs.about_note, theirs.side) == (note.text, note, "theirs")
    cover = client.post(f"/agenda/{mine.pk}/covering/", {"one_to_one": str(one.pk), "back": home})
    assert cover["Location"] == home
    mine.refresh_from_db()
    assert mine.covered_in == one
    client.post(f"/agenda/{mine.pk}/uncovering/")
    client.post(f"/agenda/{theirs.pk}/dropping/")
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.covered_in, theirs.dropped) == (None, True)
    for bad in ({"text": ""}, {"text": "x", "side": "nobody"}, {"text": "x" * 301}):
        client.post(add, bad)
    assert AgendaItem.objects.count() == 2


def test_an_item_is_covered_in_a_meeting_of_its_own(
    alice: Member, one: OneToOne, browser: Browser
) -> None:
    other = cast.under_way(makers.a_relationship(alice, "Peter Vance"), alice)
    item = makers.an_agenda_item(one.relationship, alice, "mine", "Farms")
    url = f"/agenda/{item.pk}/covering/"
    for key in (str(other.pk), "", "x", "9" * 40):
        assert browser(alice).post(url, {"one_to_one": key}).status_code == 404


def test_the_fence(
    alice: Member, bob: Member, stranger: Member, one: OneToOne, browser: Browser
) -> None:
    note = makers.a_note(one.relationship, alice, "N", one_to_one=one)
    fact = makers.a_fact(one.relationship, alice, "family", "F")
    action = makers.an_action(one.relationship, alice, "mine", "A", alice.today())
    item = makers.an_agenda_item(one.relationship, alice, "mine", "I")
    paths = [
        f"{one.get_absolute_url()}lines/",
        f"{one.get_absolute_url()}topics/",
        f"/notes/{note.pk}/edit/",
        f"/notes/{note.pk}/deletion/",
        f"/facts/{fact.pk}/confirmation/",
        f"/facts/{fact.pk}/correction/",
        f"/facts/{fact.pk}/deletion/",
        f"/actions/{action.pk}/edit/",
        f"/actions/{action.pk}/keeping/",
        f"/actions/{action.pk}/dropping/",
        f"/actions/{action.pk}/reopening/",
        f"/agenda/{item.pk}/covering/",
        f"/agenda/{item.pk}/uncovering/",
        f"/agenda/{item.pk}/dropping/",
        f"/relationships/{one.relationship_id}/agenda/",
    ]
    for path in paths:
        assert browser(stranger).post(path, {"text": "x"}).status_code == 404, path
        assert browser(stranger).get(path).status_code == 404, path
        assert browser(bob).post(path, {"text": "x"}).status_code == 403, path
        assert browser(alice).get(path).status_code in (200, 303), path
        assert Client().post(path).status_code == 302, path
