"""The links of a relationship, as a member makes, shows, replaces and closes them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link
from touchline.journal.models import Entry
from touchline.relationships.models import Relationship
from touchline.sheets.models import Link

Browser = Callable[[Member], Client]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


def page(relationship: Relationship) -> str:
    return reverse("sheets:links", args=[relationship.pk])


def make(client: Client, relationship: Relationship, purpose: str, former: str = "") -> str:
    answer = client.post(page(relationship), {"purpose": purpose, "former": former}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("purpose", ["page", "yours"])
def test_a_link_is_made_shown_and_opens_its_page(
    purpose: str, alice: Member, anwen: Relationship, browser: Browser, client: Client
) -> None:
    shown = make(browser(alice), anwen, purpose)
    link = Link.objects.get()
    assert (link.purpose, link.member) == (purpose, alice)
    address = re.search(rf'id="address-{purpose}" value="([^"]+)"', shown)
    assert address is not None
    assert address[1] == f"http://testserver{link.path}"
    assert 'src="data:image/svg+xml' in shown
    assert client.get(address[1]).status_code == 200
    assert "Looked at once" in browser(alice).get(page(anwen)).content.decode()


def test_opening_the_page_makes_no_link(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    assert browser(alice).get(page(anwen)).status_code == 200
    assert not Link.objects.exists()


def test_a_second_tab_makes_no_second_link(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    make(browser(alice), anwen, "page")
    first = Link.objects.get()
    assert "Look again" in make(browser(alice), anwen, "page")
    assert Link.objects.get() == first


def test_a_double_click_makes_one(alice: Member, anwen: Relationship, browser: Browser) -> None:
    client = browser(alice)
    for _ in range(2):
        client.post(page(anwen), {"purpose": "page", "former": "", "once": "a-token"})
    link = Link.objects.get()
    for _ in range(2):
        client.post(page(anwen), {"purpose": "page", "former": link.pk, "once": "another"})
    assert Link.objects.count() == 2
    assert Link.objects.filter(revoked_at=None).count() == 1


def test_replacing_closes_the_one_before(
    alice: Member, anwen: Relationship, browser: Browser, client: Client
) -> None:
    former = a_link(anwen, alice)
    said = make(browser(alice), anwen, "page", str(former.pk))
    assert "opens nothing any more" in said
    assert client.get(former.path).status_code == 404
    assert client.get(Link.objects.get(revoked_at=None).path).status_code == 200
    assert former.path not in said, "what is closed is not shown"


def test_revoking_closes_it_once(
    alice: Member, anwen: Relationship, browser: Browser, client: Client
) -> None:
    link = a_link(anwen, alice)
    for _ in range(2):
        answer = browser(alice).post(reverse("sheets:revocation", args=[link.pk]))
        assert answer.status_code == 303
        assert answer["Location"] == page(anwen)
    assert client.get(link.path).status_code == 404
    assert Entry.objects.filter(verb="link.revoke").count() == 1


@pytest.mark.parametrize("purpose", ["", "sheet", "pages"])
def test_another_purpose_is_refused(
    purpose: str, alice: Member, anwen: Relationship, browser: Browser
) -> None:
    assert "Choose one of the two" in make(browser(alice), anwen, purpose)
    assert not Link.objects.exists()


def test_of_an_ended_programme_none_is_made(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    anwen.end(alice, reason="Moved away")
    assert "Take it up again" in make(browser(alice), anwen, "page")
    assert not Link.objects.exists()
    shown = browser(alice).get(page(anwen)).content.decode()
    assert 'name="purpose"' not in shown


def test_one_that_ran_out_says_so_and_is_followed_by_a_new_one(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    a_link(anwen, alice, now=long_ago, valid=timedelta(days=1))
    assert "The last link has run out" in browser(alice).get(page(anwen)).content.decode()
    make(browser(alice), anwen, "page")
    assert Link.objects.live(timezone.now()).count() == 1


def test_a_changed_key_leaves_a_link_that_can_be_replaced(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    link = a_link(anwen, alice)
    Link.objects.filter(pk=link.pk).update(token_hash="0" * 64)
    shown = browser(alice).get(page(anwen)).content.decode()
    assert "can’t be shown any more" in shown
    assert f'name="former" value="{link.pk}"' in shown
    assert "address-page" not in shown


def test_a_viewer_sees_and_changes_nothing(
    alice: Member, bob: Member, anwen: Relationship, browser: Browser
) -> None:
    link = a_link(anwen, alice)
    shown = browser(bob).get(page(anwen)).content.decode()
    assert "Replace it" not in shown
    assert "Close it" not in shown
    assert browser(bob).post(page(anwen), {"purpose": "yours"}).status_code == 403
    assert browser(bob).post(reverse("sheets:revocation", args=[link.pk])).status_code == 403


def test_a_stranger_finds_nothing(
    alice: Member, stranger: Member, anwen: Relationship, browser: Browser
) -> None:
    link = a_link(anwen, alice)
    assert browser(stranger).get(page(anwen)).status_code == 404
    assert browser(stranger).post(page(anwen), {"purpose": "page"}).status_code == 404
    answer = browser(stranger).post(reverse("sheets:revocation", args=[link.pk]))
    assert answer.status_code == 404
    assert Link.objects.get().revoked_at is None


def test_the_page_costs_the_same_however_often_it_was_looked_at(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    link = a_link(anwen, alice)
    for days in range(12):
        at = timezone.now() - timedelta(days=days)
        link.visits.create(began_at=at, last_at=at)
    for _ in range(12):
        a_link(anwen, alice, "yours")
    client = browser(alice)
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(page(anwen)).content.decode()
    assert len(queries) <= 8
    assert "Looked at 12 times" in shown
    assert "The last five of 12" in shown
