"""A partner fills in their sheet on a phone: saved as typed, in a dead spot, without scripts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Journey
from tests.serving import wait_for
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link, their_sheet
from touchline.meetings.models import Fact
from touchline.relationships.models import Relationship
from touchline.sheets.models import Link, Purpose, TheirAnswer

Travel = Callable[..., Journey]


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


@pytest.fixture
def link(anwen: Relationship, alice: Member) -> Link:
    return a_link(anwen, alice, Purpose.YOURS)


def kept() -> dict[str, str]:
    return dict(TheirAnswer.objects.values_list("slot", "text"))


def test_filled_in_on_a_phone_through_a_dead_spot_kept_and_told_once(
    travel: Travel, link: Link, anwen: Relationship, alice: Member
) -> None:
    phone = travel("phone")
    page = phone.go(link.path)
    state = page.locator("[data-state]")
    expect(page.get_by_role("button", name="Save for now")).to_be_hidden()
    page.get_by_label("Have you children?").fill("Two, Mali and Tomos")
    expect(state).to_have_text("Saved.")
    expect(page.locator("[data-progress]")).to_have_text("One of twelve answered.")
    assert kept() == {"children": "Two, Mali and Tomos"}

    # In the tunnel: what is typed is kept, said so, and survives a closed page.
    phone.context.set_offline(True)
    page.get_by_label("Is there a team you follow?").fill("Scarlets")
    expect(state).to_contain_text("No connection. What you typed is kept on this device")
    page.get_by_role("button", name="Hand it over to Alice").click()
    expect(state).to_contain_text("Not handed over.")
    assert set(kept()) == {"children"}
    page.close()
    phone.context.set_offline(False)
    phone.page = page = phone.context.new_page()
    phone.go(link.path)
    expect(page.get_by_label("Is there a team you follow?")).to_have_value("Scarlets")
    # The page that closed may just have sent it on its way out: then there is nothing to say.
    expect(page.locator("[data-progress]")).to_have_text("Two of twelve answered.")
    wait_for(lambda: set(kept()) == {"children", "team"}, "what was kept to be sent")
    assert kept() == {"children": "Two, Mali and Tomos", "team": "Scarlets"}

    page.get_by_role("button", name="Hand it over to Alice").click()
    expect(page.get_by_text("Thank you. It is handed over.")).to_be_visible()
    phone.check()

    # At the desk: beside what is known, kept in one go, and not asked again.
    desk = travel("wide")
    desk.sign_in(alice)
    desk.go(f"/relationships/{anwen.pk}/their-sheets/")
    desk.press("Two answers to decide on", role="link")
    desk.press("Do as chosen")
    expect(desk.page.get_by_text("Two answers kept, as said by Anwen.")).to_be_visible()
    said = set(Fact.objects.values_list("slot", "text", "said_by"))
    assert said == {("children", "Two, Mali and Tomos", "them"), ("team", "Scarlets", "them")}
    phone.go(link.path)
    expect(page.get_by_label("Have you children?")).to_be_hidden()
    page.get_by_text("What you told us before").click()
    expect(page.get_by_label("Have you children?")).to_have_value("Two, Mali and Tomos")


def test_what_they_no_longer_say_and_a_sheet_of_somebody_else_go(
    travel: Travel, link: Link, anwen: Relationship, alice: Member
) -> None:
    phone, desk = travel("phone"), travel("wide")
    page = phone.go(link.path)
    page.get_by_label("Is there a team you follow?").fill("Scarlets")
    page.get_by_role("button", name="Hand it over to Alice").click()
    expect(page.get_by_text("Thank you. It is handed over.")).to_be_visible()
    desk.sign_in(alice)
    desk.go(f"/relationships/{anwen.pk}/their-sheets/")
    desk.press("One answer to decide on", role="link")
    desk.press("Do as chosen")
    assert Fact.objects.get().text == "Scarlets"

    # She empties the field, and hands that over.
    phone.go(link.path)
    page.get_by_text("What you told us before").click()
    page.get_by_label("Is there a team you follow?").fill("")
    expect(page.locator("[data-state]")).to_have_text("Saved.")
    assert Fact.objects.exists()
    page.get_by_role("button", name="Hand it over to Alice").click()
    expect(page.get_by_text("Thank you. It is handed over.")).to_be_visible()
    desk.go(f"/relationships/{anwen.pk}/their-sheets/")
    desk.press("One answer to decide on", role="link")
    expect(desk.page.get_by_role("heading", name="Anwen no longer says this")).to_be_visible()
    desk.check()
    desk.press("Take it away")
    expect(desk.page.get_by_text("One fact taken away.")).to_be_visible()
    assert not Fact.objects.exists()

    # A sheet put in for her was somebody else's.
    there = desk.go(f"/relationships/{anwen.pk}/their-sheets/")
    there.get_by_label("Paste it").fill("Hobbies: golf")
    desk.press("Sort it")
    desk.press("Do as chosen")
    there.get_by_text("Take this sheet away").click()
    there.get_by_role("checkbox", name="golf").check()
    desk.press("Take it away")
    expect(there.get_by_text("The sheet is gone.")).to_be_visible()
    assert not Fact.objects.exists()
    there = desk.go(f"/people/{anwen.person_id}/?show=arrivals")
    expect(there.get_by_role("link", name="Anwen handed in their sheet")).to_have_count(2)


def test_a_link_closed_while_one_types_is_said_and_the_words_stay(
    travel: Travel, link: Link, alice: Member
) -> None:
    phone = travel("phone")
    page = phone.go(link.path)
    newer = a_link(link.relationship, alice, Purpose.YOURS)
    page.get_by_label("Have you children?").fill("Two")
    expect(page.locator("[data-state]")).to_contain_text("this link is closed")
    expect(page.get_by_label("Have you children?")).to_have_value("Two")
    # The newer link finds what was typed here.
    phone.go(newer.path)
    expect(page.locator("[data-state]")).to_have_text("Saved.")
    assert kept() == {"children": "Two"}


def test_what_is_old_is_confirmed_in_one_tap_also_without_a_network(
    travel: Travel, link: Link, anwen: Relationship
) -> None:
    then = timezone.now() - timedelta(days=800)
    their_sheet(anwen, {("family", "children"): "Two"}, at=then, settled_at=then)
    phone = travel("phone")
    page = phone.go(link.path)
    expect(page.locator("[data-progress]")).to_contain_text("Twelve questions")
    phone.context.set_offline(True)
    page.get_by_role("button", name="Still so").click()
    expect(page.get_by_text("Noted.")).to_be_visible()
    expect(page.locator("[data-state]")).to_contain_text("No connection.")
    expect(page.locator("[data-progress]")).to_have_text("One of twelve answered.")
    phone.context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text("Saved.")
    assert list(TheirAnswer.objects.values_list("text", "state").order_by("pk")) == [
        ("Two", "proposed"), ("Two", "typed"),
    ]  # fmt: skip


def test_without_scripts_a_button_saves_and_another_hands_over(travel: Travel, link: Link) -> None:
    page = travel("phone", scripts=False).page
    page.goto(link.path)
    page.get_by_label("Have you children?").fill("Two")
    page.get_by_role("button", name="Save for now").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert kept() == {"children": "Two"}
    page.get_by_label("Is there a team you follow?").fill("Scarlets")
    page.get_by_role("button", name="Hand it over to Alice").click()
    expect(page.get_by_text("Thank you. It is handed over.")).to_be_visible()
    assert set(TheirAnswer.objects.values_list("state", flat=True)) == {"proposed"}
    assert kept() == {"children": "Two", "team": "Scarlets"}
