"""What a member does from the first day on, in a real browser, wide and on a phone."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Journey, run_jobs
from touchline.accounts.models import Member, SignInLink
from touchline.demo import makers
from touchline.meetings.models import Decision, OneToOne, State
from touchline.people.models import Person
from touchline.relationships.models import Relationship

Travel = Callable[..., Journey]
# The first of all journeys and the walk over the pages are made at both; what only a rule of
# ours decides is shown at one, where there is least room.
SIZES = pytest.mark.parametrize("size", ["wide", "phone"])

CARD = """BEGIN:VCARD
VERSION:3.0
N:Pritchard;Anwen;;;
FN:Anwen Pritchard
ORG:Pritchard Lloyd Accountants
TITLE:Partner
EMAIL:anwen@lloyd.example
TEL;TYPE=CELL:07700 900123
END:VCARD
"""


def tick(page: Page, field: str) -> None:
    """Choose a radio or a tick box as one does: by its label."""
    page.locator(f"label:has({field})").first.click()
    expect(page.locator(field).first).to_be_checked()


def upload(journey: Journey, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text(CARD)
    journey.page.locator("input[type=file]").set_input_files(file)
    journey.press("Look at it first")
    run_jobs()


def close_out(journey: Journey, one_to_one: OneToOne, *, step: bool = False) -> None:
    """Close a one-to-one out with the first proposed date."""
    page = journey.go(f"/one-to-ones/{one_to_one.pk}/close-out/")
    tick(page, "input[name=next]")
    tick(page, "input[name=went_well][value=yes]")
    if step:
        tick(page, "#step-yes")
    journey.press("Close out", exact=True)
    one_to_one.refresh_from_db()
    assert one_to_one.state == State.CLOSED_OUT


def test_from_the_first_link_to_a_closed_out_first_meeting(travel: Travel, tmp_path: Path) -> None:
    token = SignInLink.objects.issue(None, valid=timedelta(hours=1))
    journey = travel("wide")
    page = journey.go(f"/welcome/{token}/")
    page.locator("input[name=name]").fill("Hannah Whitlock")
    page.locator("input[name=workspace]").fill("Whitlock & Co")
    page.locator("input[name=email]").fill("hannah@example.org")
    page.locator("input[name=password]").fill("three dots become a line")
    journey.press("Begin")
    expect(page.get_by_role("heading", name="Begin with a dozen")).to_be_visible()

    journey.press("Bring in the people you know", role="link")
    upload(journey, tmp_path)
    expect(page.get_by_text("Anwen Pritchard").first).to_be_visible()
    assert not Person.objects.exists(), "a preview changes nothing"
    journey.press("Bring")
    run_jobs()
    # The page looks by itself; to load it again meanwhile would cross its own way.
    expect(page.get_by_text("Brought in").first).to_be_visible()
    journey.check()
    anwen = Person.objects.get()
    assert anwen.points.count() == 2

    page = journey.go(f"/people/{anwen.pk}/programme/")
    page.locator("[name=why]").fill("We want the same families")
    journey.press("Begin the programme")
    relationship = Relationship.objects.get()

    page = journey.go(f"/relationships/{relationship.pk}/one-to-ones/new/")
    tick(page, "input[name=when]")
    journey.press("Plan it")
    one = OneToOne.objects.get()
    assert one.kind == "getting_to_know_you"

    page = journey.go(f"/one-to-ones/{one.pk}/brief/")
    expect(page.get_by_text("Find out what drives Anwen")).to_be_visible()
    page.get_by_role("link", name="Prepare", exact=True).click()
    page.locator(".agenda-add input[name=text]").fill("How she came to farming clients")
    journey.press("Add it", exact=True)

    page = journey.go(f"/one-to-ones/{one.pk}/")
    journey.press("Begin now")
    page.locator("#line").fill("Sings alto in the county choir")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#lines")).to_contain_text("Sings alto")
    tick(page, "input[name=what][value=mine]")
    page.locator("#line").fill("send the pension note by Friday")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#lines")).to_contain_text("pension note")

    close_out(journey, one)
    following = OneToOne.objects.get(state=State.PLANNED)
    assert following.kind == "tell_me_the_detail"
    assert Decision.objects.get().choice == "continue"
    page = journey.go("/")
    expect(page.get_by_text("pension note").first).to_be_visible()


def test_three_meetings_to_partner_and_not_before(travel: Travel, alice: Member) -> None:
    today = alice.today()
    relationship = makers.a_relationship(alice, "Ruth Abelson", on=today - timedelta(days=200))
    journey = travel("phone")
    journey.sign_in(alice)
    plan = (
        (90, ("interests", "goals", "family")),
        (50, ("ideal_referral", "trigger_events", "how_to_introduce")),
        (3, ("business", "family")),
    )
    for number, (days, topics) in enumerate(plan):
        one = makers.a_one_to_one(
            relationship, alice, today - timedelta(days=days), state=State.HELD
        )
        for topic in topics:
            makers.a_note(relationship, alice, f"On {topic}", one_to_one=one, topic=topic)
        if number < 2:
            page = journey.go(f"/relationships/{relationship.pk}/")
            assert page.get_by_role("button", name=re.compile("Referral partner")).count() == 0
        close_out(journey, one, step=True)
        relationship.refresh_from_db()
        OneToOne.objects.planned().delete()
        if number < 2:
            assert relationship.stage != "referral_partner"
    assert relationship.stage == "referral_partner"
    assert [step.to_stage for step in relationship.steps.all()][-1] == "referral_partner"
    page = journey.go("/partners/")
    expect(page.get_by_role("link", name="Ruth Abelson")).to_be_visible()


def test_partner_before_the_third_is_refused_with_what_is_missing(
    travel: Travel, alice: Member
) -> None:
    today = alice.today()
    relationship = makers.a_relationship(
        alice, "Ruth Abelson", on=today, stage="tell_me_the_detail", held_before=2,
        held_before_last_on=today - timedelta(days=20),
    )  # fmt: skip
    journey = travel("wide")
    journey.sign_in(alice)
    page = journey.go(f"/relationships/{relationship.pk}/")
    expect(page.get_by_text("2 of 3 one-to-ones took place").first).to_be_visible()


def test_a_partner_of_ten_years_is_entered_and_planned(travel: Travel, alice: Member) -> None:
    person = makers.a_person(alice, "Gareth Pugh", company="Pugh & Vaughan")
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go(f"/people/{person.pk}/programme/")
    page.locator("input[name=held_before]").fill("40")
    page.locator("input[name=last_on]").fill((alice.today() - timedelta(days=30)).isoformat())
    page.locator("select[name=stage]").select_option("referral_partner")
    journey.press("Begin the programme")
    relationship = Relationship.objects.get()
    assert relationship.stage == "referral_partner"
    assert relationship.held_before == 40
    page = journey.go(f"/relationships/{relationship.pk}/one-to-ones/new/")
    tick(page, "input[name=when]")
    journey.press("Plan it")
    assert OneToOne.objects.get().kind == "referral_partner"
    page = journey.go("/partners/")
    expect(page.get_by_role("link", name="Gareth Pugh")).to_be_visible()


def test_one_is_missed_and_one_is_moved(travel: Travel, alice: Member) -> None:
    today = alice.today()
    relationship = makers.a_relationship(alice, "Dafydd Llewellyn", on=today - timedelta(days=60))
    gone = makers.a_one_to_one(relationship, alice, today - timedelta(days=1))
    ahead = makers.a_one_to_one(relationship, alice, today + timedelta(days=5))
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go("/")
    expect(page.get_by_text("Did it take place?").first).to_be_visible()
    journey.go(f"/one-to-ones/{gone.pk}/")
    journey.press("Dafydd missed it")
    gone.refresh_from_db()
    assert (gone.state, gone.missed_by) == (State.MISSED, "theirs")
    page = journey.go(f"/one-to-ones/{ahead.pk}/move/")
    later = today + timedelta(days=12)
    page.locator("input[name=on]").fill(later.isoformat())
    page.locator("form .action-bar button").first.click()
    page.wait_for_load_state()
    journey.check()
    ahead.refresh_from_db()
    assert (ahead.starts_at.date(), ahead.times_moved, ahead.sequence) == (later, 1, 1)


def test_over_budget_is_said_before_it_happens(travel: Travel, alice: Member) -> None:
    alice.weekly_budget_minutes = 30
    alice.save()
    makers.a_relationship(alice, "Ruth Abelson", meeting_days=28, meeting_tolerance_days=7)
    person = makers.a_person(alice, "Peter Vance")
    journey = travel("wide")
    journey.sign_in(alice)
    page = journey.go(f"/people/{person.pk}/programme/")
    tick(page, "input[name=rhythm]")
    expect(page.locator("#load")).to_contain_text("over")
    journey.press("Begin the programme")
    assert Relationship.objects.count() == 1
    expect(page.locator("#load")).to_contain_text("Ruth Abelson")
    tick(page, "input[name=anyway]")
    page.locator("main form .action-bar button").first.click()
    page.wait_for_url("**/relationships/*/")
    assert Relationship.objects.count() == 2


def test_meet_less_and_pause_change_what_is_planned(travel: Travel, alice: Member) -> None:
    today = alice.today()
    relationship = makers.a_relationship(
        alice, "Delyth Morgan", on=today - timedelta(days=90), meeting_days=28,
        meeting_tolerance_days=7,
    )  # fmt: skip
    makers.a_one_to_one(relationship, alice, today - timedelta(days=2), state=State.CLOSED_OUT)
    ahead = makers.a_one_to_one(relationship, alice, today + timedelta(days=26))
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go(f"/relationships/{relationship.pk}/decisions/")
    expect(page.get_by_text("moves to").first).to_be_visible()
    tick(page, "input[name=choice][value=meet_less]")
    page.locator("main form .action-bar button").first.click()
    page.wait_for_load_state()
    journey.check()
    relationship.refresh_from_db()
    ahead.refresh_from_db()
    assert relationship.meeting_days == 42
    assert ahead.starts_at.date() >= today + timedelta(days=40)

    page = journey.go(f"/relationships/{relationship.pk}/decisions/")
    tick(page, "input[name=choice][value=pause]")
    until = today + timedelta(days=120)
    page.locator("input[name=until]").fill(until.isoformat())
    page.locator("main form .action-bar button").first.click()
    page.wait_for_load_state()
    relationship.refresh_from_db()
    ahead.refresh_from_db()
    assert (relationship.state, relationship.paused_until) == ("paused", until)
    assert ahead.state == State.CANCELLED


def test_without_scripts_a_meeting_is_planned_held_and_closed_out(
    travel: Travel, alice: Member
) -> None:
    today = alice.today()
    relationship = makers.a_relationship(alice, "Fiona Carrick", on=today - timedelta(days=20))
    journey = travel("phone", scripts=False)
    journey.sign_in(alice)
    page = journey.page
    page.goto(f"{journey.base}/relationships/{relationship.pk}/one-to-ones/new/")
    tick(page, "input[name=when]")
    page.get_by_role("button", name="Plan it").click()
    one = OneToOne.objects.get()
    page.goto(f"{journey.base}/one-to-ones/{one.pk}/")
    page.get_by_role("button", name="Begin now").click()
    page.locator("#line").fill("Owns two horses")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#lines")).to_contain_text("Owns two horses")
    page.goto(f"{journey.base}/one-to-ones/{one.pk}/close-out/")
    tick(page, "#no-date")
    page.locator("input[name=no_next_reason]").fill("She rings after the sales")
    page.get_by_role("button", name="Close out", exact=True).click()
    one.refresh_from_db()
    assert one.state == State.CLOSED_OUT
    assert one.no_next_reason == "She rings after the sales"


def test_what_is_typed_survives_a_reload_and_a_sign_out(travel: Travel, alice: Member) -> None:
    relationship = makers.a_relationship(alice, "Mei Chen", on=alice.today())
    one = makers.a_one_to_one(relationship, alice, alice.today(), hour=0, state=State.UNDER_WAY)
    journey = travel("wide")
    journey.sign_in(alice)
    page = journey.go(f"/one-to-ones/{one.pk}/")
    page.locator("#line").fill("Her pharmacy turns ten in May")
    page.reload()
    expect(page.locator("#line")).to_have_value("Her pharmacy turns ten in May")
    journey.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#waiting")).to_contain_text("You are signed out.")
    expect(page.locator("#waiting")).to_contain_text("Her pharmacy turns ten in May")
    journey.sign_in(alice)
    page = journey.go(f"/one-to-ones/{one.pk}/")
    expect(page.locator("#lines")).to_contain_text("turns ten in May")
    page.reload()
    expect(page.locator("#line")).to_have_value("")
    assert one.notes.count() == 1


@SIZES
def test_every_main_page_of_a_full_programme_is_accessible(
    travel: Travel, size: str, transactional_db: None
) -> None:
    from touchline.demo.workspace import make_demo

    member = make_demo(date(2026, 11, 19))
    journey = travel(size)
    journey.sign_in(member)
    relationship = Relationship.objects.filter(stage="referral_partner", state="active").first()
    assert relationship is not None
    for path in (
        "/", "/people/", "/people/?q=a", "/partners/", "/playbook/", "/settings/", "/keys/",
        "/more/",
        f"/relationships/{relationship.pk}/", f"/people/{relationship.person_id}/",
        f"/relationships/{relationship.pk}/decisions/",
    ):  # fmt: skip
        journey.go(path)
    for one in OneToOne.objects.exclude(state=State.CLOSED_OUT):
        journey.go(f"/one-to-ones/{one.pk}/")
    held = OneToOne.objects.filter(state=State.HELD).first()
    assert held is not None
    journey.go(f"/one-to-ones/{held.pk}/close-out/")
    journey.go(f"/one-to-ones/{held.pk}/brief/")
