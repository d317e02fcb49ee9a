"""Addresses in mail: filled in on the wire and on the page, stored nowhere; shut before they go."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.mail.cast import Partner
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.mail import handing, links, outbox
from touchline.mail.along import ready
from touchline.mail.beforehand import beforehand
from touchline.mail.draft import Draft, Recipient
from touchline.mail.invitation import invitation
from touchline.mail.models import Message, State
from touchline.mail.recap import recap
from touchline.meetings.models import State as OneState
from touchline.sheets.models import Link, Purpose

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]
BASE = "https://touch.example.org"
TO = Recipient("Anwen Pritchard", "anwen@example.org")


@pytest.fixture
def partner(alice: Member) -> Partner:
    """A one-to-one held yesterday and one planned in four weeks."""
    person = makers.a_person(alice, "Anwen Pritchard", email="anwen@example.org")
    today = alice.today()
    relationship = makers.a_relationship(alice, person, on=today - timedelta(days=60))
    held = makers.a_one_to_one(relationship, alice, today - timedelta(days=1), state=OneState.HELD)
    planned = makers.a_one_to_one(relationship, alice, today + timedelta(days=28))
    return Partner(relationship, held, planned)


def stored() -> Iterator[tuple[str, str]]:
    """Yield every table with all that stands in it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, repr(cursor.fetchall())


def queued(draft: Draft, alice: Member, partner: Partner) -> Message:
    return outbox.send(draft, alice, now=timezone.now(), relationship=partner.relationship)


def link_of(message: Message) -> Link:
    assert message.link is not None
    return message.link


def about(name: str, alice: Member, partner: Partner, **more: Any) -> Draft:
    """Write the letter of that name as its page does, with the sheet along where it may be."""
    now = timezone.now()
    if name in ("yours", "page", "sheet"):
        writing = getattr(handing, name)
        made: Draft = writing(partner.relationship, alice, TO, base=BASE, now=now, **more)
        return made
    writing = {"recap": recap, "beforehand": beforehand, "invitation": invitation}[name]
    one = partner.held if name == "recap" else partner.planned
    along = ready(alice, partner.relationship, now=now).along(sheet=True, base=BASE)
    return writing(one, alice, TO, now=now, along=along, **more)


LETTERS = ("yours", "page", "sheet", "recap", "beforehand", "invitation")


@pytest.mark.parametrize("name", LETTERS)
def test_no_table_holds_the_secret_that_goes_out(
    name: str, alice: Member, partner: Partner, browser: Browser
) -> None:
    a_sheet(alice, about="I mend roofs.")
    made = [a_link(None, alice, "sheet"), *(a_link(partner.relationship, alice, purpose)
            for purpose in ("page", "yours"))]  # fmt: skip
    home = "relationships" if name in ("yours", "page", "sheet") else "one-to-ones"
    of = partner.held if name == "recap" else partner.planned
    path = f"/one-to-ones/{of.pk}/{name}/"
    if home == "relationships":
        path = f"/relationships/{partner.relationship.pk}/letters/{name}/"
    client = browser(alice)
    for do in ("look", "send"):
        draft = client.get(path).context["draft"]
        client.post(path, {"line": "Hello", "do": do, "shown": draft.fingerprint, "once": do})
    message = Message.objects.get()
    link = link_of(message)
    assert link in made
    assert f"/{link.token}/" in client.get(f"{path}?letter=1").content.decode()
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.state == State.SENT
    sent = mail.outbox[0]
    assert isinstance(sent, EmailMultiAlternatives)
    html = str(sent.alternatives[0][0])
    assert f"http://testserver{link.path}" in sent.body
    assert f'href="http://testserver{link.path}"' in html
    assert "~" not in sent.body + html
    assert client.get(path).status_code == 200
    for each in made:
        assert each.token not in repr(dict(client.session))
        for table, rows in stored():
            assert each.token not in rows, table
        assert each.token not in sent.subject
        if each != link:
            assert each.token not in sent.body + html


@pytest.mark.parametrize(
    ("shut", "says"),
    [
        ("revoke", "was revoked"),
        ("replace", "was revoked"),
        ("expire", "has expired"),
        ("end", "has ended"),
        ("rekey", "not there any more"),
        ("delete", "not there any more"),
    ],
)
@pytest.mark.parametrize("name", ["yours", "recap"])
def test_an_address_that_opens_nothing_by_now_does_not_go_out(
    name: str, shut: str, says: str, alice: Member, partner: Partner, settings: Any
) -> None:
    link = a_link(partner.relationship, alice, "yours" if name == "yours" else "page")
    message = queued(about(name, alice, partner), alice, partner)
    now = timezone.now()
    if shut == "revoke":
        link.revoke(alice, now=now)
    elif shut == "replace":
        a_link(partner.relationship, alice, link.purpose)
    elif shut == "expire":
        Link.objects.filter(pk=link.pk).update(expires_at=now)
    elif shut == "end":
        partner.relationship.end(alice, reason="Moved")
    elif shut == "delete":
        link.delete()
    else:
        settings.SECRET_KEY = "another key"
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (State.FAILED, [])
    assert says in message.failure
    with pytest.raises(Refused, match=says):
        outbox.try_again(message, alice)


def test_a_link_is_made_as_it_is_sent_and_used_again_while_it_holds(
    alice: Member, partner: Partner
) -> None:
    draft = about("yours", alice, partner)
    assert (draft.link, draft.issues, Link.objects.count()) == (None, "yours", 0)
    assert "/with/yours/…/" in draft.shown_text
    first = link_of(queued(draft, alice, partner))
    again = about("yours", alice, partner)
    assert (again.link, again.issues) == (first, "")
    assert f"{BASE}{first.path}" in again.shown_text
    # Seen before somebody else made one, it is not what was shown.
    assert again.fingerprint != draft.fingerprint
    Link.objects.update(expires_at=timezone.now() + links.AHEAD - timedelta(hours=1))
    second = link_of(queued(about("yours", alice, partner), alice, partner))
    assert second != first
    first.refresh_from_db()
    assert first.revoked_at


def test_the_sheet_is_sent_by_its_own_address_to_every_partner(
    alice: Member, partner: Partner
) -> None:
    a_sheet(alice, about="I mend roofs.")
    link = link_of(queued(about("sheet", alice, partner), alice, partner))
    assert (link.purpose, link.relationship, link.member) == (Purpose.SHEET, None, alice)
    assert about("sheet", alice, partner).link == link


@pytest.mark.parametrize(
    ("page", "own", "sheet", "says"),
    [
        (False, False, False, ""),
        (False, True, False, ""),
        (False, False, True, "sheet comes with this mail."),
        (False, True, True, "/with/sheet/"),
        (True, True, False, "/with/page/"),
        (True, True, True, "/with/page/"),
    ],
)
def test_one_address_a_message(
    page: bool, own: bool, sheet: bool, says: str, alice: Member, partner: Partner
) -> None:
    a_sheet(alice, about="I mend roofs.")
    if page:
        a_link(partner.relationship, alice)
    if own:
        a_link(None, alice, "sheet")
    found = ready(alice, partner.relationship, now=timezone.now())
    assert (bool(found.page), bool(found.own), found.sheet) == (page, own, True)
    along = found.along(sheet=sheet, base=BASE)
    draft = recap(partner.held, alice, TO, now=timezone.now(), along=along)
    assert says in draft.text
    assert draft.with_sheet is sheet is ("info sheet comes with this mail" in draft.text)
    assert draft.text.count("/with/") == draft.text.count(links.SECRET) == (1 if along.link else 0)
    assert (draft.link is None) == (not page and not (own and sheet))


@pytest.mark.parametrize("what", ["none", "off", "partners", "blank"])
def test_a_sheet_with_nothing_for_anyone_is_not_offered(
    what: str, alice: Member, partner: Partner, browser: Browser
) -> None:
    if what != "none":
        sheet = a_sheet(alice, about="" if what == "blank" else "I mend roofs.")
        sheet.audiences["about"] = what if what != "blank" else "anyone"
        sheet.save()
    assert not ready(alice, partner.relationship, now=timezone.now()).sheet
    page = browser(alice).get(f"/one-to-ones/{partner.planned.pk}/beforehand/")
    assert 'name="sheet"' not in page.content.decode()
    answer = browser(alice).get(f"/relationships/{partner.relationship.pk}/letters/sheet/")
    assert (answer.status_code, answer["Location"]) == (303, "/sheet/")


def test_a_page_of_a_programme_that_ended_is_not_at_the_foot(
    alice: Member, partner: Partner
) -> None:
    a_link(partner.relationship, alice)
    partner.relationship.end(alice, reason="Moved")
    assert ready(alice, partner.relationship, now=timezone.now()).page is None


def test_an_address_that_somebody_typed_gets_no_secret(alice: Member, partner: Partner) -> None:
    typed = f"See https://eve.example/?u={BASE}/with/page/{links.SECRET}/ and /with/page/x/"
    a_link(partner.relationship, alice)
    draft = about("recap", alice, partner, line=typed)
    outbox.deliver(queued(draft, alice, partner).pk)
    sent = mail.outbox[0].body
    secret = Link.objects.get().token
    assert sent.count(secret) == 1
    assert f"\n{BASE}/with/page/{secret}/\n" in sent
    # Nor is it taken for one that is lost, where none goes along.
    other = makers.a_relationship(alice, "Glyn Parry")
    one = makers.a_one_to_one(other, alice, alice.today(), state=OneState.HELD)
    plain = recap(one, alice, TO, now=timezone.now(), line=typed)
    message = outbox.send(plain, alice, now=timezone.now(), relationship=other)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.state == State.SENT


def test_base_is_read_from_our_own_address() -> None:
    assert links.base_in(f"Hello\n{BASE}/with/sheet/{links.SECRET}/\n") == BASE
    assert links.base_in(f"Hello\n{BASE}/with/sheet/x/\n") == ""


def test_their_page_shows_the_last_recap_without_a_mark(alice: Member, partner: Partner) -> None:
    link = a_link(partner.relationship, alice)
    outbox.deliver(queued(about("recap", alice, partner), alice, partner).pk)
    page = Client().get(link.path).content.decode()
    assert "Thank you for our one-to-one" in page
    assert links.SECRET not in page
