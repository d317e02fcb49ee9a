"""A referral on a phone and at a desk, by taps alone: from the idea to the thanks."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Journey
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.meetings.models import NoteKind
from touchline.people import search
from touchline.referrals.models import Referral

Travel = Callable[..., Journey]


def test_from_a_note_to_the_thanks(alice: Member, travel: Travel) -> None:
    partner = makers.a_relationship(alice, "Ann Lee")
    note = makers.a_note(partner, alice, "Tom wants a lease read", kind=NoteKind.IDEA)
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go(f"/notes/{note.pk}/edit/")
    journey.press("Make a referral of it", role="link")
    page.get_by_label("Who", exact=True).fill("Tom Hart")
    journey.press("Keep it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tom Hart")
    for tap in ("I have asked Ann", "Ann says yes", "I have asked Tom", "Tom says yes"):
        journey.press(tap, exact=True)
    page.get_by_label("Why you pass it all the same").first.fill("It presses")
    journey.press("I have introduced them")
    for tap in ("Ann has contacted Tom", "They have met"):
        journey.press(tap)
    page.get_by_label("What it is worth").first.fill("1.250")
    journey.press("Ann has made a quote")
    page.get_by_label("£1,250", exact=True).check()
    journey.press("Ann has made a quote")
    journey.press("It became business")
    made = Referral.objects.get()
    assert (made.state, made.value_minor, made.note) == ("won", 125_000, note)
    journey.press("Ann has thanked me")
    made.refresh_from_db()
    assert made.state == "thanked"


def test_what_is_asked_back_is_answered_by_taps(alice: Member, travel: Travel) -> None:
    people = [makers.a_person(alice, "Tom Hart", company=firm) for firm in ("Hart Foods", "Leys")]
    search.index([one.pk for one in people])
    a_referral(makers.a_relationship(alice, "Bea Moss"), alice, person=people[1])
    partner = makers.a_relationship(alice, "Ann Lee")
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go(f"/referrals/new/?relationship={partner.pk}")
    page.get_by_label("Who", exact=True).fill("Tom Hart")
    page.get_by_label("What they need, in a sentence").fill("Somebody to read a lease")
    journey.press("Keep it")
    page.get_by_label("Tom Hart Leys").check()
    journey.press("Keep it")
    expect(page.get_by_text("is with Bea Moss already")).to_be_visible()
    page.get_by_label("Yes, anyway").check()
    journey.press("Keep it")
    made = Referral.objects.get(relationship=partner)
    assert made.person == people[1]
    page.get_by_text("Something else").click()
    page.get_by_label("Let it go").check()
    page.get_by_label("A line on it").fill("They found somebody")
    journey.press("Put it down")
    made.refresh_from_db()
    assert made.state == "declined"
    page.get_by_text("Go back a step").click()
    page.get_by_label("Why, in a line").fill("They had not")
    journey.press("Take the last step back")
    journey.go(f"{made.get_absolute_url()}edit/")
    journey.go(f"/referrals/history/new/?relationship={partner.pk}")
    journey.go(partner.get_absolute_url())
    journey.go(people[1].get_absolute_url())
