"""A brief never opened before, in a car park without a network."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Journey
from touchline.accounts.models import Member
from touchline.demo import makers

Travel = Callable[..., Journey]

KEPT = """async () => {
  const paths = [];
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    paths.push(...requests.map((request) => new URL(request.url).pathname));
  }
  return paths;
}"""


def kept(page: Page) -> list[str]:
    """Return the pages that the browser keeps, without what they are drawn with."""
    paths: list[str] = page.evaluate(KEPT)
    return sorted(path for path in paths if not path.startswith("/static/"))


def wait_for(page: Page, paths: list[str]) -> None:
    """Wait until just these are kept. A promise is true to the page's own waiting: asked here."""
    for _ in range(200):
        if kept(page) == sorted(paths):
            return
        page.wait_for_timeout(50)
    assert kept(page) == sorted(paths)


@pytest.fixture
def briefs(alice: Member) -> list[str]:
    """Plan one one-to-one for today, one for tomorrow and one for next week."""
    paths = []
    for days, name in ((0, "Anwen Pritchard"), (1, "Siân Bebb"), (7, "Robert Hale")):
        relationship = makers.a_relationship(alice, name, on=alice.today() - timedelta(days=90))
        makers.an_action(relationship, alice, "mine", f"Send {name} the note", alice.today())
        one = makers.a_one_to_one(
            relationship, alice, alice.today() + timedelta(days=days), hour=23
        )
        paths.append(f"/one-to-ones/{one.pk}/brief/")
    return paths


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_brief_never_opened_shows_without_a_network_until_one_signs_out(
    travel: Travel, alice: Member, briefs: list[str], size: str
) -> None:
    journey = travel(size)
    page = journey.page
    journey.sign_in(alice)
    journey.go("/")
    wait_for(page, briefs[:2])

    journey.context.set_offline(True)
    for path, name in zip(briefs, ("Anwen Pritchard", "Siân Bebb"), strict=False):
        page.goto(journey.base + path)
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        expect(page.get_by_text(f"Send {name} the note").first).to_be_visible()
        line = page.get_by_text(re.compile(r"Kept at \d+:\d\d, no connection now\."))
        expect(line).to_be_visible()
        journey.check()
        # Drawn with the style that was kept beside it.
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    page.goto(journey.base + "/")
    expect(page.get_by_role("heading", name="No connection now")).to_be_visible()
    expect(page.get_by_role("link", name="Siân Bebb")).to_be_visible()
    journey.check()
    page.get_by_role("link", name="Anwen Pritchard").click()
    expect(page.get_by_role("heading", name="Anwen Pritchard")).to_be_visible()
    for path in (briefs[2], "/people/"):
        with pytest.raises(Exception, match="ERR_"):
            page.goto(journey.base + path)

    journey.context.set_offline(False)
    journey.go(briefs[0])
    expect(page.locator(".kept")).to_be_hidden()
    page.goto(journey.base + "/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    wait_for(page, [])
    journey.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(journey.base + briefs[0])


def test_another_member_in_the_same_browser_finds_nothing_of_the_first(
    travel: Travel, alice: Member, briefs: list[str]
) -> None:
    other = makers.a_member(makers.a_workspace("Elsewhere"), "zoe@example.org", "Zoe Far", "owner")
    relationship = makers.a_relationship(other, "Glyn Parry", on=other.today() - timedelta(days=9))
    one = makers.a_one_to_one(relationship, other, other.today() + timedelta(days=1))
    journey = travel("phone")
    journey.sign_in(alice)
    journey.go("/")
    wait_for(journey.page, briefs[:2])
    # The session ends where the browser does not see it, and somebody else signs in.
    journey.context.clear_cookies()
    journey.sign_in(other)
    journey.go("/")
    wait_for(journey.page, [f"/one-to-ones/{one.pk}/brief/"])
