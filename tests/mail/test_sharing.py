"""Which notes a partner may read: marked by somebody, and never private ones."""

import pytest
from django.db import IntegrityError, transaction

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(alice: Member) -> Note:
    return makers.a_note(makers.a_relationship(alice, "Anwen Pritchard"), alice, "The barn is let.")


def test_a_note_is_shared_and_taken_back_and_the_journal_knows(alice: Member, note: Note) -> None:
    for shared in (True, True, False):
        note.share(alice, shared=shared)
        note.refresh_from_db()
        assert note.shared is shared
    verbs = Entry.objects.filter(noun="note").order_by("pk").values_list("verb", "details")
    assert list(verbs) == [("note.share", {}), ("note.unshare", {})]


def test_a_private_note_is_never_shared(alice: Member, note: Note) -> None:
    note.share(alice, shared=True)
    note.edit(alice, text=note.text, topic="", private=True)
    note.refresh_from_db()
    assert (note.private, note.shared) == (True, False)
    with pytest.raises(Refused, match="private"):
        note.share(alice, shared=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(shared=True)


def test_one_that_became_private_meanwhile_is_not_shared(alice: Member, note: Note) -> None:
    seen = Note.objects.get(pk=note.pk)
    note.edit(alice, text=note.text, topic="", private=True)
    with pytest.raises(Refused, match="Somebody else"):
        seen.share(alice, shared=True)
