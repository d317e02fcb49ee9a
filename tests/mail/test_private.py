"""Nothing of mine, and nobody else, stands in a mail to a partner."""

from datetime import timedelta
from itertools import product

import pytest
from django.core import mail

from tests.mail.cast import NOW, a_partner
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.mail import handing, outbox
from touchline.mail.beforehand import beforehand
from touchline.mail.draft import Draft
from touchline.mail.invitation import cancellation, invitation
from touchline.mail.models import State
from touchline.mail.recap import recap
from touchline.meetings import deciding
from touchline.meetings.models import Note, PitchCard

LEAK = "marker"
HANDED = (handing.yours, handing.page, handing.sheet)


def filled_with_markers(alice: Member) -> list[Draft]:
    """Fill everything that is not to be told with a marker, and write every message."""
    partner = a_partner(alice, title=f"{LEAK} title", notes=f"{LEAK} person", tags=(f"{LEAK} tag",))
    one, relationship = partner.held, partner.relationship
    for member, private, shared in product((alice,), (True, False), (False,)):
        makers.a_note(
            relationship, member, f"{LEAK} note", one_to_one=one, private=private, shared=shared
        )
    makers.a_note(relationship, alice, f"{LEAK} shared in another", shared=True)
    makers.a_fact(relationship, alice, "family", f"{LEAK} fact", one_to_one=one)
    makers.an_agenda_item(relationship, alice, "mine", f"{LEAK} item")
    makers.an_agenda_item(relationship, alice, "theirs", f"{LEAK} their item")
    makers.a_call(relationship, alice, NOW.date(), text=f"{LEAK} call")
    let_go = makers.an_action(
        relationship, alice, "mine", f"{LEAK} let go", NOW.date(), one_to_one=one
    )
    let_go.drop(alice, on=NOW.date(), agreed=False)
    makers.an_action(relationship, alice, "mine", f"{LEAK} of another day", NOW.date())
    relationship.change(
        alice, alignment="low", alignment_reasons=f"{LEAK} alignment", notes=f"{LEAK} notes",
        why=f"{LEAK} why", they_expect=f"{LEAK} they", we_expect=f"{LEAK} we",
    )  # fmt: skip
    deciding.decide(
        relationship, alice, "continue", on=NOW.date(), reason=f"{LEAK} reason",
        their_view=f"{LEAK} view", one_to_one=one,
    )  # fmt: skip
    one.no_next_reason, one.they_expect = f"{LEAK} none", f"{LEAK} expected"
    one.save()
    PitchCard.objects.create(
        workspace=alice.workspace, relationship=relationship, sentence=f"{LEAK} pitch"
    )
    alice.workspace.name = f"{LEAK} workspace"
    alice.workspace.save()
    other = makers.a_relationship(alice, f"{LEAK} person", on=(NOW - timedelta(days=90)).date())
    theirs = makers.a_one_to_one(other, alice, NOW.date(), place=f"{LEAK} place")
    makers.a_note(other, alice, f"{LEAK} theirs", one_to_one=theirs, shared=True)
    makers.an_action(other, alice, "mine", f"{LEAK} promise", NOW.date(), one_to_one=theirs)
    planned, to = partner.planned, partner.to
    found = [
        recap(one, alice, to, now=NOW),
        beforehand(planned, alice, to, now=NOW),
        invitation(planned, alice, to, now=NOW),
    ]
    base = "https://touch.example.org"
    found += [each(relationship, alice, to, base=base, now=NOW) for each in HANDED]
    planned.sent_sequence = 0
    planned.move(alice, starts_at=planned.starts_at + timedelta(days=1))
    found.append(invitation(planned, alice, to, now=NOW))
    planned.cancel(alice, reason=f"{LEAK} cancelled")
    return [*found, cancellation(planned, alice, to, now=NOW)]


@pytest.mark.django_db
def test_no_marker_is_in_any_message(alice: Member) -> None:
    drafts = filled_with_markers(alice)
    assert "The barn is let from August." in drafts[0].text
    assert "Send the lease" in drafts[1].text
    for draft in drafts:
        for part in (draft.subject, draft.text, draft.html, draft.calendar):
            assert LEAK not in part, draft.what


@pytest.mark.django_db
def test_a_subject_says_who_and_when_or_what_alone(alice: Member) -> None:
    said = [draft.subject for draft in filled_with_markers(alice)]
    assert said == [
        "Alice Hill: our one-to-one on Thursday 10 June 2027",
        "Alice Hill: before our one-to-one on Thursday 8 July 2027",
        "Invitation: one-to-one with Alice Hill, Thursday 8 July 2027",
        "Alice Hill: a few lines about you",
        "Alice Hill: a page for the two of us",
        "Alice Hill: my info sheet",
        "Changed: one-to-one with Alice Hill, Friday 9 July 2027",
        "Cancelled: one-to-one with Alice Hill, Friday 9 July 2027",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("private", [True, False])
def test_a_note_that_is_private_by_the_time_it_goes_out_stays_at_home(
    alice: Member, private: bool
) -> None:
    partner = a_partner(alice)
    message = outbox.send(
        recap(partner.held, alice, partner.to, now=NOW),
        alice,
        now=NOW,
        relationship=partner.relationship,
        one_to_one=partner.held,
    )
    note = Note.objects.get(text__startswith="She would like")
    note.edit(alice, text=note.text, topic="", private=private)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, len(mail.outbox)) == ((State.FAILED, 0) if private else (State.SENT, 1))
    assert ("private by now" in message.failure) is private
