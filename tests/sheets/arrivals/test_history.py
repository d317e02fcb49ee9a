"""What a partner did by their links, in the history on the page of the person."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import an_arrival, their_sheet
from touchline.meetings.timeline import PAGE
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival

Browser = Callable[[Member], Client]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    on = alice.today() - timedelta(days=60)
    return makers.a_relationship(alice, "Anwen Pritchard", on=on)


def headings(client: Client, anwen: Relationship, asked: str = "") -> list[str]:
    """Return what the history says happened, in its order."""
    page = client.get(f"/people/{anwen.person_id}/{asked}").content.decode()
    history = page.partition('id="history"')[2]
    return [re.sub("<.*?>", "", each) for each in re.findall(r"<h3>(.*?)</h3>", history)]


def test_what_arrived_stands_in_the_history_newest_first(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    now = timezone.now()
    sheet = their_sheet(anwen, {("interests", "team"): "Saints"})
    referral = a_referral(anwen, alice, person="Tom Hart")
    item = makers.an_agenda_item(anwen, alice, "theirs", "Succession")
    kept = makers.an_action(anwen, alice, "theirs", "Write", alice.today())
    came: list[tuple[str, str, dict[str, Any]]] = [
        ("sheet", "", {"their_sheet": sheet}),
        ("agenda", "Succession", {"agenda_item": item}),
        ("feedback", "We spoke", {"referral": referral}),
        ("going", "It goes well", {}),
        # Told as the promise that it is.
        ("action", "", {"action": kept}),
    ]
    for hours, (what, text, about) in enumerate(came):
        an_arrival(anwen, alice, what, text, at=now - timedelta(hours=hours), **about)
    client = browser(alice)
    assert headings(client, anwen, "?show=arrivals") == [
        "Anwen handed in their sheet",
        "Anwen put on the agenda",
        "Anwen told how it goes with Tom Hart",
        "Anwen said how it is going",
    ]
    everything = headings(client, anwen)
    assert "Anwen put on the agenda" in everything
    assert any("Began as" in one for one in everything)
    page = client.get(f"/people/{anwen.person_id}/").content.decode()
    for told in (f"/their-sheets/{sheet.pk}/", f"/referrals/{referral.pk}/", "We spoke"):
        assert told in page
    assert not any("handed" in one for one in headings(client, anwen, "?show=facts"))


def test_seen_it_stays_and_a_viewer_reads_it(
    anwen: Relationship, alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    an_arrival(anwen, alice, "going", "It goes well").see(alice, now=timezone.now())
    assert headings(browser(bob), anwen, "?show=arrivals") == ["Anwen said how it is going"]
    assert browser(stranger).get(f"/people/{anwen.person_id}/").status_code == 404


def test_a_long_history_goes_on_where_the_page_ends(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    now = timezone.now()
    first = an_arrival(anwen, alice, "going", "Line 0")
    Arrival.objects.bulk_create(
        Arrival(
            workspace=alice.workspace, relationship=anwen, link=first.link, what="going",
            text=f"Line {at}", at=now - timedelta(minutes=at),
        )
        for at in range(1, PAGE + 5)
    )  # fmt: skip
    client = browser(alice)
    page = client.get(f"/people/{anwen.person_id}/?show=arrivals").content.decode()
    earlier = re.search(r'href="([^"]*before=[^"]*)"', page)
    assert earlier
    rest = client.get(earlier[1].replace("&amp;", "&")).content.decode()
    said = [re.findall(r"<p class=\"serif\">(Line \d+)</p>", each) for each in (page, rest)]
    assert len(said[0]) == PAGE
    assert sorted(said[0] + said[1]) == sorted(f"Line {at}" for at in range(PAGE + 5))


def test_the_page_of_a_person_still_makes_a_dozen_queries(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    held = makers.a_one_to_one(anwen, alice, alice.today() - timedelta(days=3), state="held")
    makers.a_note(anwen, alice, "A note", one_to_one=held)
    an_arrival(anwen, alice, "going", "It goes well")
    client = browser(alice)
    with CaptureQueriesContext(connection) as queries:
        assert "Anwen said how it is going" in headings(client, anwen)
    assert len(queries) <= 12
