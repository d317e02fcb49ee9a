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
    tom = page.get_by_role("link", name="Tom Hart", exact=True)
    olu = page.get_by_role("link", name="Olu Ade", exact=True)
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
    expect(
        page.locator("#s-contacted").get_by_role("link", name="Tom Hart", exact=True)
    ).to_be_focused()
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
    expect(page.get_by_role("link", name="Olu Ade", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("link", name="Tom Hart", exact=True)).not_to_be_in_viewport()


def test_one_menu_at_a_time_opens_where_it_is_asked_for(alice: Member, travel: Travel) -> None:
    first, second = two(alice)
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.page
    page.goto(f"{journey.base}/referrals/")
    menu = page.locator(".card__menu")
    for made in (first, second):
        page.locator(f"#c-{made.pk}").get_by_role("link", name="Move").click()
        expect(page.locator(f"#c-{made.pk} .card__menu")).to_be_visible()
        expect(menu).to_have_count(1)
        heights = menu.locator(".verb").evaluate_all(
            "entries => entries.map((one) => one.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44
    # The same link puts it away again.
    link = page.locator(f"#c-{second.pk}").get_by_role("link", name="Move")
    link.click()
    expect(menu).to_have_count(0)
    # Lines that the filters brought have theirs as well, and land where they were.
    page.get_by_role("searchbox").fill("olu")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(f"#c-{first.pk}")).to_have_count(0)
    link.click()
    menu.get_by_role("button", name="Quoted").click()
    expect(page.get_by_role("status").first).to_contain_text("Olu Ade: quoted.")
    assert "q=olu" in page.url
    assert page.url.endswith(f"#c-{second.pk}")
    # What asks for more than a day leads to the referral's own page, with that step chosen.
    link.click()
    menu.get_by_role("link", name="Won").click()
    expect(page).to_have_url(f"{journey.base}/referrals/{second.pk}/?step=win#n-next")
    assert journey.errors == []


def test_it_is_moved_without_scripts(alice: Member, travel: Travel) -> None:
    first, _ = two(alice)
    journey = travel("wide", scripts=False)
    journey.sign_in(alice)
    page = journey.page
    page.goto(f"{journey.base}/referrals/board/?q=tom")
    page.locator(f"#c-{first.pk}").get_by_role("link", name="Move").click()
    page.get_by_text("Something else").click()
    page.get_by_label("They have met").check()
    page.get_by_role("button", name="Put it down").click()
    expect(page.get_by_role("status")).to_contain_text("Tom Hart: met.")
    assert page.url.endswith(f"/referrals/board/?q=tom#c-{first.pk}")
    first.refresh_from_db()
    assert (first.state, first.state_on) == ("met", alice.today())
