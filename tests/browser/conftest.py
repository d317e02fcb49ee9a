"""A real browser against a real server, wide and on a phone, each page checked by axe."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import session_of
from tests.serving import Served, installation, served, touchline
from touchline.accounts.models import Member, Role
from touchline.demo import makers

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# Parts of the browser's own window that nobody looks at here. With each context it would load
# two pages for its address bar, which take longer than the pages of a journey. Only the last list
# of the line counts: the first line below is what the driver leaves out.
LEFT_OUT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding",
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints",
    "NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup",
]
ARGUMENTS = [
    f"--disable-features={','.join(LEFT_OUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# A machine that runs two suites at once takes its time; nothing here depends on how long.
PATIENCE = 60_000
LINK = re.compile(r"https?://[^/\s]+(/sign-in/[\w-]+/)")

# Notes what the content security policy refuses, before axe tries things of its own.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""

# What a page is made of: each kind of element with its class, state and place, once, whatever the
# words in it and however often it stands there.
MADE_OF = """() => {
  const kinds = new Set();
  for (const each of document.body.querySelectorAll("*")) {
    const names = each.getAttributeNames().filter((name) => !/^(data-|hx-)/.test(name)).sort();
    const said = Boolean(each.textContent.trim() || each.getAttribute("aria-label"));
    const parent = each.parentElement;
    kinds.add([parent.tagName, parent.className, each.tagName, each.className, names, said,
      each.getAttribute("role"), each.getAttribute("type"), each.checkVisibility()].join());
  }
  return [location.pathname.replace(/\\d+/g, "0"), ...[...kinds].sort()].join("|");
}"""
# What has been looked at by axe in this run: an empty file for the size of the screen and what the
# page is made of. Journeys come by the same page again and again, in each process, and axe is half
# of their time.
LOOKED_AT = Path(os.environ["TOUCHLINE_TESTS_DATA"]) / "looked-at"

# The browser's driver runs a loop in this thread, which Django would otherwise refuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def run_jobs() -> None:
    """Do what the worker would do."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def alice(transactional_db: None) -> Member:
    return makers.a_member(makers.a_workspace(), "alice@example.org", "Alice Hill", Role.OWNER)


@dataclass
class Journey:
    """One person at one screen."""

    page: Page
    context: BrowserContext
    base: str
    size: str
    errors: list[str]

    def sign_in(self, member: Member) -> None:
        """Sign in by a session made on the server."""
        self.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": session_of(member),
                    "url": self.base,
                }
            ]
        )

    def go(self, path: str) -> Page:
        """Open a path and check the page it leads to."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        self.check()
        return self.page

    def check(self) -> None:
        """Check the page as it stands: axe, no sideways scrolling, no script errors."""
        refused = self.page.evaluate("window.refused ?? []")
        assert (self.errors, refused) == ([], []), self.page.url
        made_of = f"{self.size} {self.page.evaluate(MADE_OF)}"
        looked_at = LOOKED_AT / sha256(made_of.encode()).hexdigest()
        if not looked_at.exists():
            found = Axe().run(self.page, options={"resultTypes": ["violations"], "preload": False})
            violations = [
                (each["id"], [node["html"][:160] for node in each["nodes"][:3]])
                for each in found.response["violations"]
            ]
            assert violations == [], self.page.url
            LOOKED_AT.mkdir(exist_ok=True)
            looked_at.touch()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= SIZES[self.size]["width"], f"{self.page.url} is {width} px wide"

    def press(self, name: str, *, role: Any = "button", exact: bool = False) -> None:
        """Press what is called ``name`` and check the page it leads to."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state("load")
        self.check()


@pytest.fixture
def open_at(chromium: Browser) -> Iterator[Callable[..., Journey]]:
    """Return a function that opens a fresh browser at an address and a size: *wide* or *phone*."""
    contexts = []

    def opened(base: str, size: str, *, scripts: bool = True) -> Journey:
        context = chromium.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            java_script_enabled=scripts,
            has_touch=size == "phone",
            locale="en-GB",
            base_url=base,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        context.add_init_script(WATCH)
        return Journey(page, context, base, size, errors)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def travel(
    live_server: Any, transactional_db: None, open_at: Callable[..., Journey]
) -> Callable[..., Journey]:
    """Return a function that opens a browser at the server of this process, without a worker."""

    def opened(size: str, *, scripts: bool = True) -> Journey:
        return open_at(live_server.url, size, scripts=scripts)

    return opened


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Served]:
    """Serve an installation of its own as `touchline serve` does: web, worker and clock."""
    with served(installation(tmp_path / "data")) as server:
        yield server


@pytest.fixture
def arrive(
    tree: Served, tmp_path: Path, open_at: Callable[..., Journey]
) -> Callable[[str], Journey]:
    """Return a function that signs its owner in there, by a link, in a browser of a size."""

    def arrived(size: str) -> Journey:
        link = LINK.search(touchline(tmp_path / "data", "link").stdout)
        assert link
        journey = open_at(f"http://localhost:{tree.port}", size)
        journey.go(link[1])
        journey.press("Sign in")
        return journey

    return arrived
