"""A one-to-one has two sides: the member at the desk, the partner on a phone, without account."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Journey
from touchline.accounts.models import Member
from touchline.core.jobs import Worker
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link
from touchline.meetings.models import AgendaItem, Fact, OneToOne, State
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, Sheet, Visit

Travel = Callable[..., Journey]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    """One met a month ago; the next one-to-one is in ten days."""
    today = alice.today()
    person = makers.a_person(alice, "Anwen Pritchard", email="anwen@example.org")
    relationship = makers.a_relationship(alice, person, on=today - timedelta(days=60))
    makers.a_one_to_one(relationship, alice, today - timedelta(days=30), state=State.CLOSED_OUT)
    makers.a_one_to_one(relationship, alice, today + timedelta(days=10), place="Hill Street Café")
    return relationship


@pytest.fixture
def one(anwen: Relationship) -> OneToOne:
    planned: OneToOne = OneToOne.objects.planned().get()
    return planned


@pytest.fixture
def desk(travel: Travel, alice: Member) -> Journey:
    journey = travel("wide")
    journey.sign_in(alice)
    return journey


@pytest.fixture
def phone(travel: Travel) -> Journey:
    return travel("phone")


def mailed() -> str:
    """Return the path of the one link that the last mail brought."""
    Worker().run(until_empty=True)
    body = str(mail.outbox[-1].body)
    found: set[str] = set(re.findall(r"https?://[^/\s]+(/with/[\w-]+/[\w-]+/)", body))
    (link,) = found
    return link


def test_asked_by_mail_filled_in_on_a_phone_and_told_once(
    desk: Journey, phone: Journey, anwen: Relationship, one: OneToOne
) -> None:
    desk.go(f"/relationships/{anwen.pk}/links/")
    desk.press("Make a link that asks for it")
    desk.page.locator("#yours").get_by_role("link", name="Send it by mail").click()
    letter = desk.page.frame_locator("iframe.letter-frame").locator("body")
    expect(letter).to_contain_text("four minutes")
    desk.check()
    desk.press("Send it to Anwen")
    expect(desk.page.get_by_text("On its way to Anwen.").first).to_be_visible()

    path = mailed()
    page = phone.go(path)
    page.get_by_label("Have you children?").fill("Two, Mali and Tomos")
    expect(page.locator("[data-state]")).to_have_text("Saved.")
    page.get_by_role("button", name="Hand it over to Alice").click()
    expect(page.get_by_text("Thank you. It is handed over.")).to_be_visible()
    phone.check()

    desk.go("/")
    arrived = desk.page.locator("section", has=desk.page.locator("#h-arrived"))
    expect(arrived).to_contain_text("Handed in their sheet")
    desk.press("Anwen Pritchard", role="link")
    desk.press("Do as chosen")
    desk.go(f"/one-to-ones/{one.pk}/brief/")
    expect(desk.page.get_by_text("Two, Mali and Tomos").first).to_be_visible()
    fact = Fact.objects.get()
    assert (fact.text, fact.said_by) == ("Two, Mali and Tomos", "them")

    # Told once: neither their form nor our questions ask for it again.
    phone.go(path)
    expect(page.get_by_label("Have you children?")).to_be_hidden()
    desk.go(f"/relationships/{anwen.pk}/their-sheets/")
    desk.page.get_by_text("What Anwen is asked").click()
    expect(desk.page.get_by_text("Is there a team you follow?")).to_be_visible()
    expect(desk.page.get_by_text("Have you children?")).to_have_count(0)


def test_what_they_do_on_their_page_is_found_and_answered(
    desk: Journey, phone: Journey, alice: Member, anwen: Relationship, one: OneToOne
) -> None:
    makers.an_action(anwen, alice, "theirs", "Send two paragraphs", alice.today())
    referral = a_referral(anwen, alice, state="introduced")
    path = a_link(anwen, alice).path
    wanted = one.starts_at.astimezone(alice.zone) + timedelta(days=2, hours=4)
    page = phone.go(path)
    page.get_by_text("Another time", exact=True).click()
    page.get_by_label("A time that suits you").fill(f"{wanted:%Y-%m-%dT%H:%M}")
    page.locator("#meeting").get_by_label("A line with it").locator("visible=true").fill(
        "The school calls."
    )
    phone.press("Ask for another time")
    expect(page.get_by_text("You asked for another time.")).to_be_visible()
    page.get_by_label("Something you would like to talk about").fill("The two landlords")
    phone.press("Put it on the list")
    phone.press("Tick off: Send two paragraphs")
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()
    page.get_by_text("What came of it?").click()
    page.get_by_text("We have spoken.").click()
    page.locator("#introductions textarea").fill("He rang on Monday.")
    page.locator("#introductions").get_by_role("button", name="Tell Alice").click()
    expect(page.locator("#introductions blockquote")).to_contain_text("He rang on Monday.")
    phone.check()

    # At the desk: all four on Today, and each where it is dealt with.
    desk.go("/")
    arrived = desk.page.locator("section", has=desk.page.locator("#h-arrived"))
    for told in ("Asks for another time", "The two landlords", "Send two paragraphs", "He rang"):
        expect(arrived).to_contain_text(told)
    desk.page.locator("li", has_text="He rang on Monday.").get_by_role(
        "link", name="Anwen Pritchard"
    ).click()
    expect(desk.page).to_have_url(re.compile(f"/referrals/{referral.pk}/"))
    expect(desk.page.locator(".arrived__words")).to_contain_text("He rang on Monday.")
    desk.check()
    desk.go("/")
    arrived.get_by_role("listitem").filter(has_text="The two landlords").get_by_role(
        "link", name="Anwen Pritchard"
    ).click()
    expect(desk.page).to_have_url(re.compile(f"/one-to-ones/{one.pk}/"))
    for told in ("The two landlords", "Send two paragraphs", "The school calls."):
        expect(desk.page.get_by_text(told).first).to_be_visible()
    desk.page.locator(".answered__times button").click()
    expect(desk.page.get_by_text("sees it on their page")).to_be_visible()
    desk.check()
    one.refresh_from_db()
    assert one.starts_at == wanted
    desk.go("/")
    expect(arrived).not_to_contain_text("another time")
    arrived.get_by_role("button", name="Anwen kept a promise").click()
    expect(arrived).not_to_contain_text("Send two paragraphs")

    page = phone.go(path)
    expect(page.locator(f"#meeting time[datetime^='{wanted:%Y-%m-%dT%H:%M}']")).to_be_visible()
    phone.press("Yes, that suits me")
    expect(page.get_by_text("You said yes.")).to_be_visible()
    desk.go(f"/one-to-ones/{one.pk}/")
    expect(desk.page.get_by_role("heading", name="Anwen comes")).to_be_visible()


def test_a_link_closed_while_their_page_is_open_takes_nothing_more(
    desk: Journey, phone: Journey, alice: Member, anwen: Relationship
) -> None:
    link = a_link(anwen, alice)
    page = phone.go(link.path)
    page.get_by_label("Something you would like to talk about").fill("The two landlords")

    desk.go(f"/relationships/{anwen.pk}/links/")
    expect(desk.page.get_by_text("Looked at once")).to_be_visible()
    desk.page.get_by_text("Close it", exact=True).click()
    desk.press("Close the link")
    expect(desk.page.get_by_role("heading", name="Before")).to_be_visible()

    phone.press("Put it on the list")
    expect(page.get_by_role("heading", name="not here, or not any more")).to_be_visible()
    assert not AgendaItem.objects.exists()
    assert not Arrival.objects.exists()


def test_my_sheet_is_handed_out_and_what_changed_stands_out(
    desk: Journey, phone: Journey, travel: Travel, alice: Member, anwen: Relationship
) -> None:
    page = desk.go("/sheet/")
    page.get_by_role("textbox", name="About me").fill("I mend the roofs of old houses.")
    page.get_by_role("textbox", name="Family").fill("Two girls and a dog.")
    page.get_by_label("Shown to: Family").select_option("partners")
    desk.press("Save it")
    desk.go("/sheet/hand-out/")
    desk.press("Make its address")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    address = page.get_by_label("Its address").input_value()
    assert page.request.get("/sheet/sheet.pdf").body().startswith(b"%PDF")

    # Somebody who was handed the address.
    anybody = travel("phone")
    seen = anybody.go(address.removeprefix(anybody.base))
    expect(seen.get_by_text("I mend the roofs of old houses.")).to_be_visible()
    expect(seen.get_by_text("Two girls and a dog.")).to_have_count(0)
    paper = seen.request.get(seen.get_by_role("link", name="As a PDF").get_attribute("href") or "")
    assert paper.body().startswith(b"%PDF")
    card = seen.get_by_role("link", name="Into my address book").get_attribute("href") or ""
    assert "FN:Alice Hill" in seen.request.get(card).text()
    assert anybody.context.cookies() == []

    # A partner looked at it on their page; a part that was written since stands out there.
    path = a_link(anwen, alice).path
    theirs = phone.go(path)
    expect(theirs.get_by_text("Two girls and a dog.")).to_be_visible()
    expect(theirs.get_by_text("New since you last looked")).to_have_count(0)
    week = timedelta(days=7)
    Visit.objects.update(began_at=F("began_at") - week, last_at=F("last_at") - week)
    long_ago = (timezone.now() - 2 * week).isoformat()
    Sheet.objects.update(changed={"about": long_ago, "family": long_ago})
    page = desk.go("/sheet/")
    page.get_by_role("textbox", name="Family").fill("Two girls, a dog and a cat.")
    desk.press("Save it")
    phone.go(path)
    expect(theirs.get_by_text("New since you last looked: Family.")).to_be_visible()
    expect(theirs.get_by_role("heading", name="Family New")).to_be_visible()
    expect(theirs.get_by_role("heading", name="About me", exact=True)).to_be_visible()
