"""What one member keeps to themselves stays theirs, whatever points at it."""

from collections.abc import Callable

import pytest
from django.test import Client

from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.meetings.models import AgendaItem

Browser = Callable[[Member], Client]


@pytest.mark.parametrize("text", ["Come back to that", ""])
def test_an_item_that_points_at_a_private_note_keeps_its_words_from_others(
    alice: Member, browser: Browser, text: str
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Moor", Role.MEMBER)
    relationship = makers.a_relationship(alice, "Pia Winter")
    note = makers.a_note(relationship, alice, "Thinks of selling up", private=True)
    browser(alice).post(
        f"/relationships/{relationship.pk}/agenda/",
        {"side": "mine", "text": text, "about": note.pk},
    )
    assert AgendaItem.objects.exists() or not text
    for address in ("brief/", ""):
        page = browser(carol).get(f"/relationships/{relationship.pk}/{address}")
        assert b"selling up" not in page.content
