"""The pages: looked at as it will be, sent on the member's word, to nobody who must not get it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.mail.cast import Partner
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.mail.models import Message, State
from touchline.mail.outbox import deliver
from touchline.meetings.models import Note, OneToOne
from touchline.meetings.models import State as OneState
from touchline.people.models import ContactPoint

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def partner(alice: Member) -> Partner:
    """A one-to-one held yesterday and one planned in four weeks."""
    person = makers.a_person(alice, "Anwen Pritchard", email="anwen@example.org")
    today = alice.today()
    relationship = makers.a_relationship(alice, person, on=today - timedelta(days=60))
    held = makers.a_one_to_one(relationship, alice, today - timedelta(days=1), state=OneState.HELD)
    planned = makers.a_one_to_one(relationship, alice, today + timedelta(days=28))
    makers.a_note(relationship, alice, "The barn is let.", one_to_one=held, shared=True)
    makers.a_note(relationship, alice, "She looks tired.", one_to_one=held)
    makers.a_note(relationship, alice, "Mine alone.", one_to_one=held, private=True)
    makers.an_action(relationship, alice, "mine", "Send the lease", today, one_to_one=held)
    makers.an_action(relationship, alice, "theirs", "Ring Tom", today, one_to_one=held)
    return Partner(relationship, held, planned)


def at(one: OneToOne, name: str = "recap") -> str:
    return f"/one-to-ones/{one.pk}/{name}/"


def shown(client: Client, path: str) -> str:
    """Return the fingerprint of what the page shows."""
    found: str = client.get(path).context["draft"].fingerprint
    return found


def everything(partner: Partner) -> dict[str, object]:
    """Return the form of a recap as it stands: the shared note, all promises, the invitation."""
    return {
        "line": "",
        "note": [note.pk for note in partner.held.notes.filter(shared=True)],
        "promise": [action.pk for action in partner.held.actions.all()],
        "invite": "1",
    }


def test_what_is_shown_is_what_goes_out(alice: Member, partner: Partner, browser: Browser) -> None:
    client, path = browser(alice), at(partner.held)
    page = client.get(path).content.decode()
    assert "She looks tired." in page
    assert "Mine alone." not in page
    letter = client.get(f"{path}?letter=1")
    assert letter["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in letter["Content-Security-Policy"]
    assert "script-src" not in letter["Content-Security-Policy"]
    assert "She looks tired." not in letter.content.decode()
    answer = client.post(
        path, {**everything(partner), "do": "send", "shown": shown(client, path), "once": "a"}
    )
    assert (answer.status_code, answer["Location"]) == (303, partner.held.get_absolute_url())
    message = Message.objects.get()
    assert (message.state, message.what, message.by) == (State.QUEUED, "recap", alice)
    assert message.html == letter.content.decode()
    assert message.text in unescape(page)
    assert (message.to_address, message.method) == ("anwen@example.org", "REQUEST")
    assert DBTaskResult.objects.get().args_kwargs["args"] == [message.pk]


def test_what_was_never_shown_does_not_go_out(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    client, path = browser(alice), at(partner.held)
    before = shown(client, path)
    other = Note.objects.get(text="She looks tired.")
    chosen = {**everything(partner), "note": [other.pk], "line": "Hello again"}
    answer = client.post(path, {**chosen, "do": "send", "shown": before, "once": "a"})
    assert (answer.status_code, answer["Location"]) == (303, f"{path}#letter")
    assert not Message.objects.exists()
    page = client.get(path).content.decode()
    assert "It reads differently now." in page
    assert "Hello again" in page
    client.post(path, {**chosen, "do": "send", "shown": shown(client, path), "once": "b"})
    message = Message.objects.get()
    assert "She looks tired." in message.text
    assert "The barn is let." not in message.text


def test_a_promise_and_the_invitation_can_be_left_out(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    client, path = browser(alice), at(partner.held)
    chosen = everything(partner)
    del chosen["invite"]
    chosen["promise"] = [partner.held.actions.get(whose="mine").pk]
    client.post(path, {**chosen, "do": "look", "once": "a"})
    draft = client.get(path).context["draft"]
    assert "Send the lease" in draft.text
    assert "Ring Tom" not in draft.text
    assert (draft.calendar, draft.method) == ("", "")
    # What was chosen is of this letter alone.
    assert client.get(at(partner.planned, "beforehand")).context["choice"].without == []


def test_sent_twice_by_a_double_click_goes_out_once(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    client, path = browser(alice), at(partner.held)
    data = {**everything(partner), "do": "send", "shown": shown(client, path), "once": "same"}
    first, again = client.post(path, data), client.post(path, data)
    assert first["Location"] == again["Location"]
    assert Message.objects.count() == 1


def test_nobody_who_asked_not_to_be_contacted_is_written_to(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    client, path = browser(alice), at(partner.held)
    seen = shown(client, path)
    person = partner.relationship.person
    person.do_not_contact = True
    person.save()
    page = client.get(path)
    assert "draft" not in page.context
    assert "asked not to be contacted" in page.content.decode()
    answer = client.post(path, {**everything(partner), "do": "send", "shown": seen, "once": "a"})
    assert answer.status_code == 303
    assert not Message.objects.exists()
    assert client.get(f"{path}?letter=1").status_code == 303


@pytest.mark.parametrize("value", [None, "not an address", "ünï@example.org", "a b@example.org"])
def test_without_an_address_the_page_says_what_to_do(
    alice: Member, partner: Partner, browser: Browser, value: str | None
) -> None:
    points = ContactPoint.objects.filter(person=partner.relationship.person)
    points.update(value=value) if value else points.delete()
    page = browser(alice).get(at(partner.held)).content.decode()
    assert "has no e-mail address that can be written to. Add one on their page." in page
    assert f'href="/people/{partner.relationship.person_id}/"' in page


def test_a_second_address_can_be_chosen_but_none_of_somebody_else(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    person = partner.relationship.person
    ContactPoint.objects.create(
        workspace=alice.workspace, person=person, kind="email", value="work@example.org", position=1
    )
    client, path = browser(alice), at(partner.held)
    for wanted, got in (
        ("work@example.org", "work@example.org"),
        ("eve@example.org", "anwen@example.org"),
    ):
        client.post(path, {**everything(partner), "to": wanted, "do": "look", "once": wanted})
        assert client.get(path).context["draft"].to.address == got


@pytest.mark.parametrize("name", ["recap", "beforehand", "invitation"])
def test_who_may_write(
    alice: Member,
    bob: Member,
    stranger: Member,
    partner: Partner,
    browser: Browser,
    name: str,
) -> None:
    one = partner.held if name == "recap" else partner.planned
    for member, status in ((alice, 200), (bob, 403), (stranger, 404)):
        assert browser(member).get(at(one, name)).status_code == status
        posted = browser(member).post(at(one, name), {"do": "look", "once": "x"})
        assert posted.status_code == (303 if member is alice else status)


@pytest.mark.parametrize("name", ["recap", "beforehand", "invitation"])
def test_at_the_wrong_time_one_is_told_so(
    alice: Member, partner: Partner, browser: Browser, name: str
) -> None:
    one = partner.planned if name == "recap" else partner.held
    answer = browser(alice).get(at(one, name), follow=True)
    assert answer.redirect_chain == [(one.get_absolute_url(), 303)]


def test_a_message_is_its_senders_own(
    alice: Member, bob: Member, stranger: Member, partner: Partner, browser: Browser
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    message = Message.objects.create(
        workspace=alice.workspace, by=alice, relationship=partner.relationship, what="recap",
        state=State.FAILED, to_name="Anwen", to_address="anwen@example.org", subject="x",
        text="x", message_id="<a@b>", made_at=timezone.now(), failure="The server is away.",
    )  # fmt: skip
    for verb in ("attempt", "dropping"):
        path = f"/messages/{message.pk}/{verb}/"
        for member, status in ((bob, 403), (carol, 404), (stranger, 404)):
            assert browser(member).post(path, {"once": "x"}).status_code == status
        assert browser(alice).get(path).status_code == 303
    assert "The server is away." in browser(alice).get("/").content.decode()
    assert "The server is away." not in browser(carol).get("/").content.decode()
    browser(alice).post(f"/messages/{message.pk}/dropping/", {"once": "x"})
    message.refresh_from_db()
    assert message.state == State.DROPPED
    again = browser(alice).post(f"/messages/{message.pk}/attempt/", {"once": "y"}, follow=True)
    assert "so it can’t be" in again.content.decode()


@pytest.mark.parametrize(
    ("sent", "verbs", "says"),
    [
        (None, [], "an invitation"),
        (0, [], None),
        (0, ["move"], "Send the update"),
        (0, ["cancel"], "Send the cancellation"),
        (None, ["cancel"], None),
        (0, ["move", "cancel", "reinstate"], "Send the update"),
    ],
)
def test_what_the_page_offers(
    alice: Member,
    partner: Partner,
    browser: Browser,
    sent: int | None,
    verbs: list[str],
    says: str | None,
) -> None:
    one = partner.planned
    one.sent_sequence = sent
    one.save()
    for verb in verbs:
        given = {"starts_at": one.starts_at + timedelta(days=1)} if verb == "move" else {}
        getattr(one, verb)(alice, **given)
    page = browser(alice).get(one.get_absolute_url()).content.decode()
    offered = f'href="{at(one, "invitation")}"' in page
    assert offered == (says is not None)
    if says:
        assert says in page


def posted(client: Client, path: str, **form: object) -> Message:
    """Send a letter as it is shown, and return its message, which waits for a worker."""
    client.post(path, {**form, "do": "look", "once": "look"})
    client.post(path, {**form, "do": "send", "shown": shown(client, path), "once": "send"})
    return Message.objects.latest("pk")


@pytest.mark.parametrize(
    ("verbs", "says"), [(["move"], "The update is on its way"), (["cancel"], "The cancellation is")]
)
def test_what_is_on_its_way_is_not_offered_again(
    alice: Member, partner: Partner, browser: Browser, verbs: list[str], says: str
) -> None:
    one, client = partner.planned, browser(alice)
    one.sent_sequence = one.sequence
    one.save()
    for verb in verbs:
        given = {"starts_at": one.starts_at + timedelta(days=1)} if verb == "move" else {}
        getattr(one, verb)(alice, **given)
    message = posted(client, at(one, "invitation"))
    offer = f'href="{at(one, "invitation")}"'
    page = client.get(one.get_absolute_url()).content.decode()
    assert says in page
    assert offer not in page
    deliver(message.pk)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "on its way" not in page
    assert offer not in page


def test_what_was_changed_while_it_was_on_its_way_is_offered(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    one, client = partner.planned, browser(alice)
    # With the recap of the one before.
    posted(client, at(partner.held), **everything(partner))
    page = client.get(one.get_absolute_url()).content.decode()
    assert "The invitation is on its way to Anwen" in page
    one.move(alice, starts_at=one.starts_at + timedelta(days=1))
    page = client.get(one.get_absolute_url()).content.decode()
    assert "on its way" not in page
    assert f'href="{at(one, "invitation")}"' in page


def test_the_record_says_that_the_recap_went(
    alice: Member, partner: Partner, browser: Browser
) -> None:
    one, client = partner.held, browser(alice)
    one.close_out(alice, now=timezone.now(), went_well=True)
    page = one.get_absolute_url()
    assert "Send Anwen the recap" in client.get(page).content.decode()
    message = posted(client, at(one), **everything(partner))
    assert "The recap, on its way" in client.get(page).content.decode()
    deliver(message.pk)
    told = client.get(page).content.decode()
    assert re.search(r"The recap, sent <time[^>]*>today</time>", told)
    assert "Send Anwen the recap" not in told
    colleague = makers.a_member(alice.workspace, "carol@example.org", "Carol")
    assert "Send Anwen the recap" in browser(colleague).get(page).content.decode()


def test_today_stays_within_its_queries(
    alice: Member, partner: Partner, browser: Browser, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = browser(alice)
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get("/")
    with django_assert_max_num_queries(12):
        client.get(at(partner.held))
