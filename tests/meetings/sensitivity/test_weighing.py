"""A note that touches what is sensitive: asked once, quietly, of its author."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.meetings import cast
from touchline.accounts.models import Member, Role
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings.models import Note
from touchline.meetings.sensitivity import Category
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return cast.anwen(alice)


@pytest.fixture
def note(alice: Member, relationship: Relationship) -> Note:
    return makers.a_note(relationship, alice, "Her MS is back", shared=True)


def asked(note: Note, member: Member) -> str:
    request = RequestFactory().get("/")
    return render_to_string("meetings/_weigh.html", {"note": note, "member": member}, request)


def weigh(client: Client, note: Note, choice: str) -> int:
    return client.post(f"/notes/{note.pk}/weighing/", {"choice": choice}).status_code


def test_it_is_asked_of_its_author_alone(note: Note, alice: Member, bob: Member) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    assert "Touches health" in asked(note, alice)
    assert asked(note, carol).strip() == ""
    assert asked(note, bob).strip() == ""


def test_it_is_not_asked_without_cause(alice: Member, relationship: Relationship) -> None:
    ordinary = makers.a_note(relationship, alice, "A healthy pipeline")
    private = makers.a_note(relationship, alice, "Her MS is back", private=True)
    assert (ordinary.to_weigh, private.to_weigh) == (None, None)


def test_kept_it_is_not_asked_again(note: Note, alice: Member, browser: Browser) -> None:
    assert note.to_weigh is Category.HEALTH
    assert weigh(browser(alice), note, "keep") == 303
    note.refresh_from_db()
    assert (note.weighed, note.private, note.shared, note.to_weigh) == (True, False, True, None)
    entry = Entry.objects.get(verb="note.weigh")
    assert entry.details == {"choice": "keep"}


def test_made_private_it_leaves_the_recap(note: Note, alice: Member, browser: Browser) -> None:
    assert weigh(browser(alice), note, "private") == 303
    note.refresh_from_db()
    assert (note.weighed, note.private, note.shared) == (True, True, False)
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    assert weigh(browser(carol), note, "keep") == 404


def test_dropped_it_is_gone(note: Note, alice: Member, browser: Browser) -> None:
    assert weigh(browser(alice), note, "drop") == 303
    assert not Note.objects.exists()


@pytest.mark.parametrize("choice", ["", "burn", "private "])
def test_anything_else_changes_nothing(
    note: Note, alice: Member, browser: Browser, choice: str
) -> None:
    client = browser(alice)
    weigh(client, note, choice)
    page = client.get(note.relationship.get_absolute_url()).content.decode()
    assert "keep it, make it private, or drop it" in page
    note.refresh_from_db()
    assert not note.weighed


def test_nobody_else_decides(
    note: Note, alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    with pytest.raises(Refused, match="Only its author"):
        note.weigh(carol, "private")
    assert weigh(browser(stranger), note, "drop") == 404
    assert weigh(browser(bob), note, "drop") == 403
    note.refresh_from_db()
    assert (note.weighed, note.private) == (False, False)


def test_of_two_answers_at_once_the_second_is_told(note: Note, alice: Member) -> None:
    again = Note.objects.get(pk=note.pk)
    note.weigh(alice, "private")
    with pytest.raises(Refused, match="Somebody else"):
        again.weigh(alice, "keep")


def test_it_stands_quietly_on_the_notes_page(note: Note, alice: Member, browser: Browser) -> None:
    page = browser(alice).get(f"/notes/{note.pk}/edit/").content.decode()
    assert "Touches health" in page
    assert weigh(browser(alice), note, "keep") == 303
    assert "Touches" not in browser(alice).get(f"/notes/{note.pk}/edit/").content.decode()
