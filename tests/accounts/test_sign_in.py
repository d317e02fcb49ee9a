"""allauth under /accounts/: passwords, codes, sign-up, and what every page carries."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from touchline.accounts.models import Member, Role, SignInLink, User, Workspace

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]

PASSWORD = "a-long-enough-one-4711"


@pytest.fixture
def keyed(alice: Member) -> Member:
    """Alice, with a password."""
    alice.user.set_password(PASSWORD)
    alice.user.save()
    return alice


def sign_in(client: Client, password: str = PASSWORD, email: str = "alice@example.org"):  # type: ignore[no-untyped-def]
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_password_signs_in_and_out(client: Client, keyed: Member) -> None:
    assert sign_in(client, email="ALICE@example.org")["Location"] == "/"
    assert client.get("/settings/").status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get("/settings/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/settings/")["Location"].startswith(reverse("account_login"))


def test_a_wrong_password_is_told_and_slowed_down(client: Client, keyed: Member) -> None:
    pages = [sign_in(client, "wrong") for _ in range(12)]
    assert "No one signs in with this e-mail and password" in pages[0].content.decode()
    assert "Too many tries" in pages[-1].content.decode()
    assert "Too many tries" in sign_in(client).content.decode()
    assert client.get("/settings/").status_code == 302


def test_sign_in_pages_are_slowed_down_by_address(client: Client, db: None) -> None:
    answers = [sign_in(client, "x", f"{n}@example.org").status_code for n in range(40)]
    assert answers[-1] == 429


def test_session_cookie_flags(client: Client, keyed: Member, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


def test_a_code_from_an_app_end_to_end(client: Client, keyed: Member) -> None:
    sign_in(client)
    asked = client.get(reverse("mfa_activate_totp"))["Location"]
    page = client.post(asked, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml' in page.content.decode()
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000"})
    assert "Incorrect code" in wrong.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    recovery = client.get(done["Location"]).context["unused_codes"]
    assert len(recovery) == 10

    other = Client()
    assert sign_in(other)["Location"] == reverse("mfa_authenticate")
    assert other.get("/settings/").status_code == 302
    assert other.get(reverse("mfa_authenticate")).status_code == 200
    other.post(reverse("mfa_authenticate"), {"code": recovery[0]})
    assert other.get("/settings/").status_code == 200

    again = Client()
    sign_in(again)
    assert again.post(reverse("mfa_authenticate"), {"code": recovery[0]}).status_code == 200
    assert again.get("/settings/").status_code == 302


def test_changing_how_one_signs_in_asks_again(
    client: Client, keyed: Member, browser: Browser
) -> None:
    answer = browser(keyed).get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert browser(keyed).get(answer["Location"]).status_code == 200


def test_somebody_without_a_password_may_add_the_first_key(alice: Member, browser: Browser) -> None:
    assert not alice.user.has_usable_password()
    assert browser(alice).get(reverse("mfa_add_webauthn")).status_code == 200


def test_a_forgotten_password(client: Client, keyed: Member) -> None:
    client.post(reverse("account_reset_password"), {"email": "alice@example.org"})
    (message,) = mail.outbox
    assert message.subject == "Choose a new password for Touchline"
    link = re.search(r"http://testserver(/\S+)", message.body)
    assert link
    page = client.get(link[1], follow=True)
    given = {"password1": "quite-another-0815", "password2": "quite-another-0815"}
    client.post(page.redirect_chain[-1][0], given)
    assert "No one signs in" in sign_in(Client()).content.decode()
    assert sign_in(Client(), "quite-another-0815").status_code == 302
    assert "has been used" in Client().get(link[1], follow=True).content.decode()


def test_a_new_address_counts_once_its_link_is_opened(client: Client, keyed: Member) -> None:
    sign_in(client)
    page = client.get(reverse("account_email"))
    assert "waits for its link" not in page.content.decode()
    given = {"email": "hill@example.org", "action_add": ""}
    asked = client.post(reverse("account_email"), given)["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    page = client.post(asked, {"password": PASSWORD}, follow=True)
    assert "waits for its link" in page.content.decode()
    assert User.objects.get().email == "alice@example.org"
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    assert client.get(link[1]).status_code == 200
    assert User.objects.get().email == "alice@example.org"
    client.post(link[1])
    assert User.objects.get().email == "hill@example.org"
    assert sign_in(Client(), email="hill@example.org").status_code == 302


def test_a_password_reset_tells_no_stranger_who_has_an_account(
    client: Client, keyed: Member
) -> None:
    known = client.post(reverse("account_reset_password"), {"email": "alice@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert known["Location"] == unknown["Location"]


SIGN_UP = {
    "name": "Charlie Brook",
    "email": "charlie@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def test_sign_up_is_closed(client: Client, alice: Member) -> None:
    for answer in (
        client.get(reverse("account_signup")),
        client.post(reverse("account_signup"), SIGN_UP),
    ):
        assert "Sign-up is closed" in answer.content.decode()
    assert not User.objects.filter(email="charlie@example.org").exists()


def test_open_sign_up_joins_the_open_workspace(
    client: Client, stranger: Member, alice: Member
) -> None:
    Workspace.objects.filter(pk=alice.workspace_id).update(open_sign_up=True)
    assert client.get(reverse("account_signup")).status_code == 200
    client.post(reverse("account_signup"), SIGN_UP)
    member = Member.objects.get(user__email="charlie@example.org")
    assert (member.workspace, member.role, str(member)) == (
        alice.workspace,
        Role.MEMBER,
        "Charlie Brook",
    )
    assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize("field", ["name", "email", "password1"])
def test_sign_up_with_a_field_missing(client: Client, alice: Member, field: str) -> None:
    Workspace.objects.update(open_sign_up=True)
    answer = client.post(reverse("account_signup"), {**SIGN_UP, field: ""})
    assert field in answer.context["form"].errors
    assert not User.objects.filter(email="charlie@example.org").exists()


PUBLIC = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
]
OWN = [
    "accounts:settings", "accounts:more", "accounts:keys", "account_logout", "account_email",
    "account_set_password", "mfa_index", "mfa_add_webauthn", "mfa_list_webauthn",
    "mfa_activate_totp", "playbook:playbook", "playbook:stages", "playbook:rhythms",
]  # fmt: skip


def assert_safe(answer) -> None:  # type: ignore[no-untyped-def]
    """Assert the headers of security, and a page that needs nothing they forbid."""
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    text = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_are_open_and_safe(client: Client, alice: Member, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert_safe(answer)


@pytest.mark.parametrize("name", OWN)
def test_own_pages_are_closed_to_others_and_safe(
    client: Client, alice: Member, browser: Browser, name: str
) -> None:
    assert name == "account_logout" or client.get(reverse(name))["Location"].startswith(
        reverse("account_login")
    )
    answer = browser(alice).get(reverse(name))
    assert answer.status_code == 200
    assert_safe(answer)


def test_link_pages_are_safe(client: Client, db: None) -> None:
    token = SignInLink.objects.issue(None, valid=timedelta(hours=1))
    for address in (f"/welcome/{token}/", "/sign-in/none/"):
        assert_safe(client.get(address))


def test_passkey_options_are_public(client: Client, db: None) -> None:
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "request_options" in answer.json()


def test_hsts_behind_tls(client: Client, db: None, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SECURE_HSTS_SECONDS = 31536000
    answer = Client().get(reverse("account_login"), secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"


def test_a_stranger_cannot_touch_a_passkey(
    alice: Member, stranger: Member, browser: Browser
) -> None:
    mine = Authenticator.objects.create(user=alice.user, type="webauthn", data={"name": "Key"})
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert browser(stranger).post(reverse(name, args=[mine.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=mine.pk).exists()
