"""Passkeys, in a real browser with an authenticator of its own."""

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from touchline.accounts.models import Member

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
    pytest.mark.django_db(transaction=True),
]


def test_a_passkey_is_added_signs_in_and_is_removed(
    alice: Member, live_server: Any, settings: Any
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("browser journeys run on SQLite alone")
    from playwright.sync_api import expect, sync_playwright

    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    alice.user.set_password("a-long-enough-one-4711")
    alice.user.save()
    complaints: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(base_url=live_server.url)
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
        if page.get_by_role("heading", name="Is it you?").count():
            page.get_by_label("Password").fill("a-long-enough-one-4711")
            page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text(re.compile("None yet"))).to_be_visible()
        chromium.close()
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert not [said for said in complaints if "Content Security Policy" in said], complaints
