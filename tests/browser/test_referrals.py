"""Referrals in a real browser: from an idea to a debrief that teaches the next one."""

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Journey, run_jobs
from touchline.accounts.models import Member
from touchline.demo import makers, referral_makers
from touchline.demo.workspace import make_demo
from touchline.meetings.models import OneToOne, State
from touchline.people import search
from touchline.people.models import Person
from touchline.referrals.models import Debrief, IdealReferral, Referral
from touchline.relationships.models import Relationship

Travel = Callable[..., Journey]


@pytest.fixture
def tom(alice: Member) -> Person:
    person = makers.a_person(
        alice, "Tom Hartwell", company="Hartwell Foods", email="tom@hartwell.example",
        phone="01632 960140", title="Director",
    )  # fmt: skip
    search.index([person.pk])
    return person


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    """A partner with whom one has met four times, and meets again next week."""
    today = alice.today()
    person = makers.a_person(alice, "Anwen Pritchard", email="anwen@example.org")
    relationship = makers.a_relationship(
        alice, person, on=today - timedelta(days=90), stage="referral_partner", held_before=4,
        held_before_last_on=today - timedelta(days=100),
    )  # fmt: skip
    makers.a_one_to_one(relationship, alice, today + timedelta(days=7))
    search.index([person.pk])
    return relationship


def begun(relationship: Relationship, member: Member) -> OneToOne:
    """Make a one-to-one that began ten minutes ago."""
    began = timezone.now() - timedelta(minutes=10)
    one = makers.a_one_to_one(
        relationship, member, member.today(), state=State.UNDER_WAY, began_at=began
    )
    one.starts_at = began
    one.save()
    return one


def brief_of(relationship: Relationship) -> str:
    """Return the address of the brief for the next one-to-one."""
    following = relationship.one_to_ones.filter(state=State.PLANNED).get()
    return f"/one-to-ones/{following.pk}/brief/"


def opened(journey: Journey, path: str) -> Page:
    """Open a path; what it leads to is looked at elsewhere."""
    journey.page.goto(journey.base + path)
    return journey.page


def at(page: Page, state: str) -> None:
    """Wait for the record to say where it stands."""
    expect(page.locator(".one-head__state b")).to_have_text(state)


def test_an_idea_is_followed_to_the_thanks_and_teaches_the_next_brief(
    travel: Travel, alice: Member, tom: Person, anwen: Relationship
) -> None:
    one = begun(anwen, alice)
    journey = travel("wide")
    journey.sign_in(alice)
    page = opened(journey, one.get_absolute_url())
    page.locator("#line").fill("/idea Tom is to sign a lease by March, and nobody has read it")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Make it a referral").click()
    expect(page.locator("#id_partner")).to_have_value(str(anwen.pk))
    page.get_by_label("Who", exact=True).fill("Tom Hartwell")
    page.get_by_label("What they need").fill("A lease to be read before he signs it in March")
    journey.press("Keep it")
    at(page, "Idea")
    # Both are asked, each by a tap, and both say yes.
    for said, state in (
        ("I have asked Anwen", "Asking"),
        ("Anwen says yes", "Asking"),
        ("I have asked Tom", "Asking"),
        ("Tom says yes", "Agreed"),
    ):
        page.locator(".action-bar").get_by_role("button", name=said).click()
        at(page, state)
    page.locator(".next__form").get_by_label("How warm").select_option("4")
    page.get_by_label("Why you pass it all the same").fill("March is near, and he asked for her")
    page.get_by_role("button", name="I have introduced them").click()
    at(page, "Introduced")
    page.get_by_role("button", name="Anwen has contacted Tom").click()
    at(page, "Contacted")
    page.get_by_role("button", name="They have met").click()
    at(page, "Met")
    page.locator(".next__form").get_by_label("What it is worth").fill("1,200")
    page.get_by_role("button", name="Anwen has made a quote").click()
    at(page, "Quoted")
    page.locator(".next__form").get_by_label("What it is worth").fill("£1,450.50")
    page.locator(".next__form").get_by_label("What it became").fill(
        "The lease, with a break at five"
    )
    page.get_by_role("button", name="It became business").click()
    at(page, "Won")
    expect(page.locator(".one-head__state")).to_contain_text("£1,450.50")
    page.get_by_role("button", name="Anwen has thanked me").click()
    at(page, "Thanked")
    # Until somebody has learnt from it, the next brief opens with it.
    brief = journey.go(brief_of(anwen))
    expect(brief.locator(".brief__referrals")).to_contain_text("Tom Hartwell")
    referral = Referral.objects.get()
    opened(journey, referral.get_absolute_url())
    page.get_by_role("link", name="Debrief", exact=True).click()
    page.get_by_label("Nobody knows yet").check()
    page.locator("#id_line").fill("What made Tom’s sort sign in the end?")
    page.locator("#id_who_else").fill("Ruth Abelson at Abelson Dairies")
    journey.press("See what it changes")
    page.get_by_role("button", name="Ask it next time").click()
    page.get_by_role("button", name="Write it so").click()
    expect(page.get_by_role("button", name="Write it so")).to_have_count(0)
    journey.check()
    brief = opened(journey, brief_of(anwen))
    expect(brief.locator("main")).to_contain_text("What made Tom’s sort sign in the end?")
    expect(brief.locator("main")).not_to_contain_text("Debrief")
    taught = opened(journey, f"/relationships/{anwen.pk}/ideal-referral/")
    expect(taught.locator("main")).to_contain_text("Ruth Abelson at Abelson Dairies")
    expect(taught.locator("main").get_by_role("link", name="Tom Hartwell").first).to_be_visible()
    assert (referral.note_id, referral.one_to_one_id) != (None, None)
    assert (referral.value_minor, referral.currency, referral.outcome) == (145_050, "GBP", "won")
    assert referral.heat == 4


def test_what_a_dud_taught_stops_the_next_one(
    travel: Travel, alice: Member, tom: Person, anwen: Relationship
) -> None:
    first = referral_makers.a_referral(
        anwen, alice, state="contacted", person="Peter Vance", need="A will, and an old one"
    )
    makers.a_person(alice, "Ruth Abelson", address="4 Quay Street, Cardiff")
    ruth = Person.objects.get(name="Ruth Abelson")
    following = referral_makers.a_referral(
        anwen, alice, state="agreed", person=ruth, need="A quarrel over a fence"
    )
    journey = travel("phone")
    journey.sign_in(alice)
    page = opened(journey, following.get_absolute_url())
    expect(page.locator("#readiness")).not_to_contain_text("Cardiff")
    opened(journey, first.get_absolute_url())
    page.get_by_text("Something else").tap()
    page.get_by_label("It was a dud").check()
    page.locator(".next__else").get_by_label("A line on it").fill("Two hours there for a short no")
    page.get_by_role("button", name="Put it down").tap()
    at(page, "Dud")
    journey.press("Debrief", role="link", exact=True)
    page.get_by_label("Outside the area").check()
    page.get_by_role("button", name="See what it changes").tap()
    # A reason that asks for more says so, and nothing is written yet.
    expect(page.locator("main")).to_contain_text("which place is too far")
    assert not Debrief.objects.exists()
    page.locator("#id_line").fill("Cardiff")
    journey.press("See what it changes")
    expect(page.get_by_label("From now on, narrower")).to_have_value("Not Cardiff")
    page.get_by_role("button", name="Write it so").tap()
    expect(page.get_by_role("heading", name="Decided")).to_be_visible()
    assert IdealReferral.objects.get().area == "Not Cardiff"
    # The list of the next one says so, and passing it takes a reason.
    journey.go(following.get_absolute_url())
    against = page.locator("#readiness .is-against", has_text="Not Cardiff")
    expect(against).to_be_visible()
    page.get_by_role("button", name="I have introduced them").tap()
    at(page, "Agreed")
    why = page.get_by_label("Why you pass it all the same")
    expect(why).to_be_visible()
    assert following.steps.filter(verb="introduce").count() == 0
    why.fill("She moves to Chester in May, a street away")
    page.get_by_role("button", name="I have introduced them").tap()
    at(page, "Introduced")
    page.get_by_text("What was missing").tap()
    expect(page.locator("main")).to_contain_text("Not Cardiff")
    expect(page.locator("main")).to_contain_text("She moves to Chester in May")
    following.refresh_from_db()
    assert any("Not Cardiff" in gap for gap in following.gaps)


def test_feedback_that_is_late_is_given_and_thanked_without_scripts(
    travel: Travel, alice: Member, anwen: Relationship
) -> None:
    received = referral_makers.a_referral(
        anwen, alice, "received", state="lost", on=alice.today() - timedelta(days=40)
    )
    journey = travel("phone", scripts=False)
    journey.sign_in(alice)
    page = journey.page
    page.goto(journey.base + "/")
    row = page.locator("main li", has_text="Tell Anwen how it went with Tom Hart")
    expect(row).to_contain_text("over")
    row.get_by_role("button", name="Told").click()
    expect(page.get_by_text("Tell Anwen how it went with Tom Hart")).to_have_count(0)
    received.refresh_from_db()
    assert received.feedback_on == alice.today()
    thanks = page.locator("main li", has_text="Thank Anwen")
    thanks.get_by_role("button", name="Thanked").click()
    expect(page.locator("main li", has_text="Thank Anwen")).to_have_count(0)
    received.refresh_from_db()
    assert (received.state, received.outcome) == ("thanked", "lost")
    page.goto(journey.base + received.get_absolute_url())
    at(page, "Thanked")


def test_who_says_no_stays_unknown_to_the_partner(
    travel: Travel, alice: Member, tom: Person, anwen: Relationship
) -> None:
    one = makers.a_one_to_one(anwen, alice, alice.today() - timedelta(days=1), state=State.HELD)
    makers.a_note(anwen, alice, "Tom Hartwell signs in March.", one_to_one=one)
    makers.a_note(anwen, alice, "Her barn is let from August.", one_to_one=one)
    makers.an_action(
        anwen, alice, "mine", "Ring Hartwell Foods about it", alice.today(), one_to_one=one
    )
    makers.an_action(anwen, alice, "mine", "Send her the plan", alice.today(), one_to_one=one)
    referral = referral_makers.a_referral(
        anwen, alice, person=tom, need="Tom Hartwell has a lease to sign, and nobody has read it"
    )
    home = referral.get_absolute_url()
    following = anwen.one_to_ones.filter(state=State.PLANNED).get()
    following.place = "The canteen of Hartwell Foods"
    following.save()
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go(f"{home}asking/receiver/")
    words = page.locator("#id_text")
    for draft in ("Short", "Warm", "Formal"):
        page.get_by_role("link", name=draft, exact=True).click()
        unnamed(f"{page.locator('#id_subject').input_value()}\n{words.input_value()}")
    # Named by hand after all, it does not go.
    page.locator("#id_text").fill("It is Tom, of course.")
    journey.press("Send it to Anwen")
    expect(page.locator("main")).to_contain_text("“Tom” tells Anwen who it is")
    page.locator("#id_text").fill("May I introduce you to somebody who has a lease to sign?")
    page.get_by_role("button", name="Send it to Anwen").tap()
    at(page, "Asking")
    opened(journey, f"{home}asking/prospect/")
    page.get_by_role("button", name="Send it to Tom").tap()
    expect(page.get_by_text("On its way to Tom").first).to_be_visible()
    # Both questions go out; later on one who has said no would not be asked any more.
    run_jobs()
    consent = page.locator(".consent").filter(has=page.get_by_role("heading", name="Tom"))
    consent.get_by_text("Another answer, day or way").tap()
    consent.get_by_label("Tom says no").check()
    consent.get_by_role("button", name="Put it down").tap()
    at(page, "Declined")
    # What goes to the partner from here on is silent about him, and says so to us.
    opened(journey, f"/one-to-ones/{one.pk}/recap/")
    for note in ("Tom Hartwell signs in March.", "Her barn is let from August."):
        page.locator("label", has_text=note).click()
    page.get_by_label("At the top, if you like").fill("Thank you!\nNo luck with Tom Hartwell.")
    page.get_by_label("At the top, if you like").blur()
    expect(page.locator(".letter-out li")).to_have_count(4)
    journey.check()
    page.get_by_role("button", name="Send it to Anwen").tap()
    expect(page.get_by_text("On its way to Anwen.").first).to_be_visible()
    for letter in ("beforehand", "invitation"):
        opened(journey, f"/one-to-ones/{following.pk}/{letter}/")
        page.get_by_role("button", name="Send it to Anwen").tap()
        expect(page.get_by_text("On its way to Anwen.").first).to_be_visible()
    run_jobs()
    sent = {message.to[0]: message for message in mail.outbox}
    assert len(mail.outbox) == 5
    assert len(sent) == 2
    for message in mail.outbox:
        if "anwen@example.org" in message.to[0]:
            unnamed(everything(message.message()))
    recap = everything(mail.outbox[2].message())
    assert "Send her the plan" in recap
    assert "Her barn is let from August." in recap


def unnamed(text: str) -> None:
    """Assert that nothing of the prospect stands in a text."""
    found = [name for name in ("Tom", "Hartwell", "960140", "960 140") if name in text]
    assert found == [], text


def everything(message: EmailMessage) -> str:
    """Return the head and each part of a message, decoded."""
    parts: list[Any] = [part.get_payload(decode=True) for part in message.walk()]
    told = [part.decode() for part in parts if isinstance(part, bytes)]
    return "\n".join([*(f"{key}: {value}" for key, value in message.items()), *told])


# Each page at one size, those of a wide table or of many columns where they are hardest put.
PAGES = {
    "wide": (
        "/referrals/", "/referrals/board/", "/referrals/balances/", "{agreed}edit/",
        "{agreed}introduction/", "{won}debrief/", "{relationship}ideal-referral/", "{idea}",
    ),
    "phone": (
        "/", "/referrals/board/", "/referrals/balances/", "/referrals/goal/", "{won}",
        "/referrals/history/new/", "{relationship}balance/", "{relationship}ideal-referral/edit/",
        "/ideal-referral/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("size", PAGES)
def test_every_page_of_referrals_of_a_full_programme_is_accessible(
    travel: Travel, size: str, transactional_db: None
) -> None:
    member = make_demo(date(2026, 11, 19))
    journey = travel(size)
    journey.sign_in(member)
    found = {one.state: one for one in Referral.objects.filter(is_history=False)}
    paths = {state: found[state].get_absolute_url() for state in ("idea", "agreed", "won")}
    paths["relationship"] = f"/relationships/{found['won'].relationship_id}/"
    for path in PAGES[size]:
        journey.go(path.format(**paths))
