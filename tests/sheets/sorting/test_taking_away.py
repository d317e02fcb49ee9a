"""A sheet put in for the wrong partner is taken away; what was kept stays, or goes by name."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.sheet_makers import their_sheet
from touchline.journal.models import Entry
from touchline.meetings.models import Fact
from touchline.relationships.models import Relationship
from touchline.sheets.models import Source, TheirAnswer, TheirSheet
from touchline.sheets.sorting.taking_away import take_away
from touchline.sheets.theirs import settling
from touchline.sheets.theirs.weighing import Way

Browser = Callable[[Member], Client]
ANSWERS = {("interests", "team"): "Saints", ("family", "children"): "Two"}


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


@pytest.fixture
def sheet(anwen: Relationship, alice: Member) -> TheirSheet:
    return their_sheet(anwen, ANSWERS, source=Source.PUT_IN, by=alice, raw="Team: Saints")


def keep(sheet: TheirSheet, by: Member, slot: str, way: Way = Way.TAKE, fact: int = 0) -> Fact:
    """Take one answer over; return the fact that it became."""
    answer = sheet.answers.get(slot=slot)
    found = settling.proposed(sheet, [answer])[0]
    choice = settling.Choice(answer.pk, found.seen, way, answer.topic, slot, fact or None)
    settling.settle(by, sheet, [choice], now=timezone.now())
    answer.refresh_from_db()
    assert answer.fact
    return answer.fact


def path_of(sheet: TheirSheet) -> str:
    return f"/their-sheets/{sheet.pk}/taking-away/"


def test_it_goes_with_what_waits_and_what_was_kept_stays(
    sheet: TheirSheet, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    keep(sheet, alice, "team")
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "What you kept from it stays known of Anwen." in page
    answer = client.post(path_of(sheet), {})
    home = f"/relationships/{anwen.pk}/their-sheets/"
    assert (answer.status_code, answer["Location"]) == (303, home)
    assert "The sheet is gone. One fact from it stays known." in client.get(home).content.decode()
    assert not TheirSheet.objects.exists()
    assert not TheirAnswer.objects.exists()
    assert Fact.objects.get().text == "Saints"
    gone = Entry.objects.get(verb="theirsheet.take_away")
    assert (gone.person_id, gone.member, gone.details) == (anwen.person_id, alice, {"facts": []})
    assert client.get(f"/their-sheets/{sheet.pk}/").status_code == 404


def test_facts_that_are_ticked_go_as_well_and_what_they_replaced_is_back(
    sheet: TheirSheet, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    day = alice.today() - timedelta(days=9)
    old = makers.a_fact(anwen, alice, "family", "One", slot="children", on=day)
    wrong = keep(sheet, alice, "children", Way.INSTEAD, old.pk)
    keep(sheet, alice, "team")
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert f'name="fact" value="{wrong.pk}"' in page
    client.post(path_of(sheet), {"fact": [str(wrong.pk)]})
    texts = Fact.objects.current().order_by("text").values_list("text", flat=True)
    assert list(texts) == ["One", "Saints"]
    assert Entry.objects.get(verb="theirsheet.take_away").details == {"facts": [wrong.pk]}


def test_only_facts_of_this_sheet_go_with_it(
    sheet: TheirSheet, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    other = makers.a_fact(anwen, alice, "goals", "Sails")
    corrected = keep(sheet, alice, "team")
    corrected.correct(alice, text="Scarlets", on=alice.today(), one_to_one=None)
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    # Corrected since, it is ours: nothing of the sheet is known any more.
    assert "Nothing that you know of Anwen changes." in page
    client.post(path_of(sheet), {"fact": [str(other.pk), str(corrected.pk), "x", "9" * 30]})
    assert not TheirSheet.objects.exists()
    texts = Fact.objects.current().order_by("text").values_list("text", flat=True)
    assert list(texts) == ["Sails", "Scarlets"]


def test_what_they_handed_over_themselves_stays(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet, client = their_sheet(anwen, ANSWERS), browser(alice)
    assert "taking-away" not in client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    back = f"/their-sheets/{sheet.pk}/"
    answer = client.post(path_of(sheet), {"back": back}, follow=True)
    assert "They handed this in themselves, so it stays." in answer.content.decode()
    assert TheirSheet.objects.get().answers.count() == 2


def test_of_two_who_take_it_away_one_is_told(sheet: TheirSheet, alice: Member) -> None:
    again = TheirSheet.objects.get(pk=sheet.pk)
    take_away(alice, sheet)
    with pytest.raises(Refused, match="just taken this sheet away"):
        take_away(alice, again)
    with pytest.raises(Refused, match="just taken this sheet away"):
        settling.settle(alice, again, [], now=timezone.now())
    assert Entry.objects.filter(verb="theirsheet.take_away").count() == 1


def test_posted_twice_it_goes_once_and_its_address_leads_to_its_page(
    sheet: TheirSheet, alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    assert client.get(path_of(sheet))["Location"] == f"/their-sheets/{sheet.pk}/#take-away"
    first, again = (client.post(path_of(sheet), {"once": "same"}) for _ in "12")
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])


def test_a_viewer_and_a_stranger_take_nothing_away(
    sheet: TheirSheet, bob: Member, stranger: Member, browser: Browser
) -> None:
    assert "taking-away" not in browser(bob).get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert browser(bob).post(path_of(sheet), {}).status_code == 403
    assert browser(stranger).post(path_of(sheet), {}).status_code == 404
    assert browser(stranger).get(path_of(sheet)).status_code == 404
    assert TheirSheet.objects.exists()
