"""A secret is in the address alone: in no table, log, error page, mail subject or backup."""

import io
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.sheets.attacks.conftest import LinkOf
from tests.sheets.attacks.routes import ROUTES
from tests.sheets.attacks.test_tokens import TYPED
from tests.sheets.partner_page.cast import Cast
from touchline.accounts.models import Member
from touchline.commands.web import Web
from touchline.core.logs import WithoutTokens
from touchline.mail.models import Message
from touchline.mail.outbox import deliver
from touchline.sheets.models import Purpose
from touchline.sheets.views import shared_page

Browser = Callable[[Member], Client]


def tables() -> str:
    """Return all that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(found)


def post_everything(cast: Cast, link_of: LinkOf) -> None:
    for at, route in enumerate(ROUTES):
        secret = link_of(route.purpose).token
        for _ in range(2):
            Client().post(route.path(secret, route.own(cast)), {**TYPED, "once": f"form-{at}"})
            Client().get(route.path(secret, route.own(cast)))


def test_no_table_holds_a_secret_whatever_was_posted_and_sent(
    cast: Cast, link_of: LinkOf, browser: Browser
) -> None:
    secrets = [link_of(purpose).token for purpose in Purpose.values]
    post_everything(cast, link_of)
    member = browser(cast.alice)
    for letter in ("yours", "page", "sheet"):
        path = reverse(f"mail:{letter}", args=[cast.anwen.pk])
        page = member.get(path)
        assert page.status_code == 200, path
        shown = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
        assert shown
        member.post(path, {"do": "send", "shown": shown[1], "to": "anwen@example.org"})
    for message in Message.objects.filter(state="queued"):
        deliver(message.pk)
    sent = [each for each in mail.outbox if "/with/" in each.body]
    assert len(sent) == 3
    for each in sent:
        headers = str(each.message()["Subject"]) + str(each.message()["Message-ID"])
        assert any(secret in each.body for secret in secrets)
        assert not any(secret in headers for secret in secrets)
        assert all(secret not in str(name) for secret in secrets for name, *_ in each.attachments)
    kept = tables()
    assert "core_receipt" in kept
    for purpose, secret in zip(Purpose.values, secrets, strict=True):
        assert secret not in kept, purpose


def test_neither_an_error_page_nor_the_log_tells_what_the_address_was(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"while {cast.path} was drawn")

    monkeypatch.setattr(shared_page, "load", broken)
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(WithoutTokens("{levelname} {message}", style="{"))
    logging.getLogger().addHandler(handler)
    try:
        client = Client(raise_request_exception=False)
        answers = [
            client.get(cast.path),
            client.post(f"{cast.path}agenda/", {}),
            client.get(f"{cast.path}nothing/"),
            client.get(f"{cast.path}photo.jpg"),
            client.get(f"/with/page/{cast.link.token}"),
        ]
    finally:
        logging.getLogger().removeHandler(handler)
    assert [each.status_code for each in answers] == [500, 500, 404, 404, 301]
    for each in answers:
        assert cast.link.token not in each.content.decode()
        assert each["Referrer-Policy"] == "no-referrer"
        assert not each.cookies
    told = out.getvalue()
    assert "RuntimeError: while /with/page/…/ was drawn" in told
    assert cast.link.token not in told


def test_the_log_of_the_server_itself_does_not_either() -> None:
    web = Web(None, type("Socket", (), {"fileno": lambda self: 0})(), 1, None)
    log = web.cfg.logger_class(web.cfg)
    out = io.StringIO()
    (handler,) = log.error_log.handlers
    handler.setStream(out)
    log.warning("Invalid HTTP request line: %r", f"GET /with/page/{'A' * 32}/ HTTP/9.9")
    log.exception("Error handling request %s", f"/with/yours/{'A' * 32}/answers/")
    assert "Invalid HTTP request line" in out.getvalue()
    assert "AAAA" not in out.getvalue()


def test_a_viewer_is_not_given_the_key_to_write_in_the_partners_place(
    cast: Cast, bob: Member, browser: Browser, link_of: LinkOf
) -> None:
    secrets = [link_of(purpose).token for purpose in ("page", "yours", "sheet")]
    pages = [
        f"/relationships/{cast.anwen.pk}/links/",
        f"/relationships/{cast.anwen.pk}/their-sheets/",
        f"/relationships/{cast.anwen.pk}/",
        f"/one-to-ones/{cast.one.pk}/",
        "/sheet/hand-out/",
        "/",
    ]
    for page in pages:
        answer = browser(bob).get(page)
        assert answer.status_code == 200, page
        assert not any(secret in answer.content.decode() for secret in secrets), page
    shown = browser(cast.alice).get(pages[0]).content.decode()
    assert secrets[0] in shown
    assert secrets[1] in shown


def test_the_last_recap_is_shown_without_the_mark_of_a_secret(cast: Cast) -> None:
    Message.objects.filter(what="recap").update(
        text="Thank you.\n\nOur page:\nhttps://us.example/with/page/~secret~/\n"
    )
    page = cast.read()
    assert "Thank you." in page
    assert "~secret~" not in page


def test_a_name_they_guess_is_not_told_apart_from_any_other(cast: Cast) -> None:
    """To leave out what they typed would tell that the name is the one they must not know."""
    guesses = ["Eve Moss wants me", "Moss Lettings", "Una Smith wants me"]
    for guess in guesses:
        assert cast.post("agenda/", text=guess).status == 303
    page = cast.read()
    assert [guess for guess in guesses if f"<li>{guess}</li>" not in page] == []
    # As we wrote it, it stays unsaid.
    item = cast.theirs
    item.text = "Who Eve Moss is"
    item.save()
    assert item.text not in cast.read()


def test_what_they_say_before_an_introduction_is_no_feedback_on_it(cast: Cast) -> None:
    cast.unnamed.receiver_asked_on = timezone.localdate()
    cast.unnamed.save()
    for referral, heard in ((cast.unnamed, False), (cast.named, True)):
        assert cast.post(f"referrals/{referral.pk}/feedback/", text="Fine").status == 303
        referral.refresh_from_db()
        assert (referral.feedback_on is not None) is heard
