"""The board of referrals in a real browser: by keys, on a phone, without scripts."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Journey
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.models import Referral

Travel = Callable[..., Journey]


def two(alice: Member) -> list[Referral]:
    partner = makers.a_relationship(alice, "Ann Lloyd", on=alice.today() - timedelta(days=400))
    return [
        a_referral(partner, alice, state="introduced", person="Tom Hart"),
        a_referral(partner, alice, state="contacted", person="Olu Ade"),
    ]


def test_moved_by_keys(alice: Member, travel: Travel) -> None:
    first, second = two(alice)
    journey = travel("wide")
    journey.sign_in(alice)
    page = journey.page
    page.goto(f"{journey.base}/referrals/board/")
    tom = page.get_by_role("link", name="Tom Hart")
    olu = page.get_by_role("link", name="Olu Ade")
    tom.focus()
    page.keyboard.press("ArrowRight")
    expect(olu).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tom).to_be_focused()
    # The menu: arrows and first letters choose, Escape leaves it.
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Contacted")).to_be_focused()
    page.keyboard.press("q")
    expect(page.locator(f"#c-{first.pk}").get_by_role("button", name="Quoted")).to_be_focused()
    page.keyboard.press("Escape")
    expect(tom).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#s-contacted").get_by_role("link", name="Tom Hart")).to_be_focused()
    first.refresh_from_db()
    assert first.state == "contacted"
    assert journey.errors == []
    assert second.state == "contacted"


def test_one_column_at_a_time_on_a_phone_and_no_wider_than_it(
    alice: Member, travel: Travel
) -> None:
    two(alice)
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.page
    for path in ("/referrals/board/", "/referrals/"):
        page.goto(journey.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        ends = page.locator(".nav--main a").evaluate_all(
            "links => links.map((link) => link.getBoundingClientRect().right)"
        )
        assert len(ends) == 5
        assert max(ends) <= 390
    page.goto(f"{journey.base}/referrals/board/")
    page.get_by_role("navigation", name="Columns").get_by_role("link", name="Contacted").click()
    expect(page.get_by_role("link", name="Olu Ade")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Tom Hart")).not_to_be_in_viewport()


def test_menus_work_without_scripts(alice: Member, travel: Travel) -> None:
    first, _ = two(alice)
    journey = travel("wide", scripts=False)
    journey.sign_in(alice)
    page = journey.page
    page.goto(f"{journey.base}/referrals/board/?q=tom")
    card = page.locator(f"#c-{first.pk}")
    card.locator("summary").click()
    card.get_by_role("button", name="Met").click()
    expect(page.get_by_role("status")).to_contain_text("Tom Hart: met.")
    assert "q=tom" in page.url
    first.refresh_from_db()
    assert (first.state, first.state_on) == ("met", alice.today())
