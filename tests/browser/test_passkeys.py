"""Passkeys, in a real browser with an authenticator of its own."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE
from touchline.accounts.models import Member


def test_a_passkey_is_added_signs_in_and_is_removed(
    alice: Member, live_server: Any, settings: Any, chromium: Browser
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    alice.user.set_password("a-long-enough-one-4711")
    alice.user.save()
    complaints: list[str] = []
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    page.goto("/settings/")
    page.get_by_label("E-mail").fill("alice@example.org")
    page.get_by_label("Password").fill("a-long-enough-one-4711")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()

    page.get_by_role("link", name="Two-step sign-in").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill("a-long-enough-one-4711")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Alice’s phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    page.goto("/more/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/settings/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name="Two-step sign-in")).to_be_visible()

    page.get_by_role("link", name="Passkeys").click()
    expect(page.get_by_text("Alice’s phone")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    asked, remove = (
        page.get_by_role("heading", name="Is it you?"),
        page.get_by_role("button", name="Remove it"),
    )
    # To count does not wait for the page.
    expect(asked.or_(remove).first).to_be_visible()
    if asked.count():
        page.get_by_label("Password").fill("a-long-enough-one-4711")
        page.get_by_role("button", name="Go on").click()
    remove.click()
    expect(page.get_by_text(re.compile("None yet"))).to_be_visible()
    context.close()
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert not [said for said in complaints if "Content Security Policy" in said], complaints
