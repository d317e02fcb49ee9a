"""Script, markup and line breaks in every text of every row, through all that is handed out."""

import csv
import io
import re
from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from tests.sheets.attacks.conftest import LinkOf
from tests.sheets.attacks.routes import ROUTES
from tests.sheets.partner_page.cast import Cast
from tests.sheets.partner_page.test_whitelist import KEYS, READ_BY, fill, named, ours, private_rows
from touchline.accounts.models import Member
from touchline.mail.models import Message
from touchline.mail.outbox import deliver
from touchline.meetings.models import OneToOne, OwnPrompt
from touchline.referrals.models import Step
from touchline.sheets.models import Sheet
from touchline.sheets.parts import PARTS

Browser = Callable[[Member], Client]

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
LINES = '\r\nEND:VCARD\r\nBEGIN:VEVENT\r\nX-EVIL:1\rX-EVIL:2\n#panic("x") {{ 7|add:7 }}'
WHOLE = f"={MARKUP}{LINES}"
EXPORTS = (("people:export", "csv"), ("people:export", "vcf"), ("referrals:export", "csv"))
# What a payload is cut to where a column holds less.
SHORT = "'\"><svg onload=a()>"
NOT_TYPED = {
    "user.password", "message.calendar", "sheetchange.field", "contactpoint.value",
    "contactpoint.normal",
}  # fmt: skip
ADDRESSES = re.compile(r"(?:/|#|data:image/|https?://|mailto:|tel:|\?)")


class Found(HTMLParser):
    """What of a page would be carried out: scripts in it, handlers, styles, odd addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        where = f"<{tag} {attrs}>"
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.bad.append(where)
        if tag == "svg" and any(name.startswith("on") for name in given):
            self.bad.append(where)
        if any(name.startswith("on") or name == "srcdoc" for name in given):
            self.bad.append(where)
        for name in ("href", "src", "action", "formaction"):
            value = given.get(name, "")
            if value and not ADDRESSES.match(value):
                self.bad.append(where)
        if tag in ("img", "iframe", "object", "embed") and given.get("src") == "x":
            self.bad.append(where)


def is_plain(page: str) -> None:
    found = Found()
    found.feed(page)
    assert found.bad == []


def attack() -> None:
    """Put it into every text of every row."""
    for model in ours():
        label = model._meta.model_name or ""
        for row in model._default_manager.all():
            values = {}
            for column in model._meta.concrete_fields:
                if column.choices or column.primary_key:
                    continue
                if f"{label}.{column.name}" in READ_BY | KEYS | NOT_TYPED:
                    continue
                if isinstance(column, models.CharField | models.TextField):
                    values[column.name] = payload(column, row.pk)
            for name, value in values.items():
                # A key that is unique, or that a rule holds to something, is not typed.
                with suppress(IntegrityError), transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**{name: value})


def payload(column: "models.Field[object, object]", pk: int) -> str:
    if isinstance(column, models.URLField):
        return f"javascript:alert({pk})//{MARKUP}"[: column.max_length]
    if isinstance(column, models.EmailField):
        return f"x{pk}@example.org"
    most = column.max_length or 10_000
    if most < len(WHOLE):
        return f"{SHORT}\r\nX:1"[:most] if most >= 20 else str(pk)[:most]
    return WHOLE


@pytest.fixture
def attacked(cast: Cast, link_of: LinkOf) -> Cast:
    """The cast, with a row of every model, and the payload in all of them."""
    named(cast)
    private_rows(cast)
    fill(cast)
    for purpose in ("sheet", "yours"):
        link_of(purpose)
    attack()
    # By key: who sees which part is not text that anybody types.
    Sheet.objects.update(audiences={part.key: "anyone" for part in PARTS}, changed={})
    OwnPrompt.objects.update(memory="once")
    cast.alice.refresh_from_db()
    return cast


def test_it_stands_as_text_on_every_shared_page_and_in_every_file(
    attacked: Cast, link_of: LinkOf
) -> None:
    seen = set()
    for route in ROUTES:
        path = route.path(link_of(route.purpose).token, route.own(attacked))
        answer = Client().get(path)
        assert answer.status_code in {200, 303, 404}, route.name
        kind = answer.get("Content-Type", "").partition(";")[0]
        assert "\n" not in str(answer.headers.values())
        assert "<" not in answer.get("Content-Disposition", "")
        if answer.status_code != 200:
            continue
        seen.add(kind)
        body = answer.content
        if kind == "text/html":
            is_plain(body.decode())
            assert "&lt;script&gt;" in body.decode() or "&lt;svg" in body.decode(), route.name
        elif kind == "text/vcard":
            lines = body.decode().replace("\r\n ", "").split("\r\n")
            assert lines[0] == "BEGIN:VCARD"
            assert [line for line in lines if re.match(r"(?i)BEGIN:|END:|X-EVIL", line)] == [
                "BEGIN:VCARD",
                "END:VCARD",
            ]
            assert "\r" not in "".join(lines)
        elif kind == "text/calendar":
            events = Calendar.from_ical(body).walk("VEVENT")
            assert len(events) == 1
            assert "X-EVIL" not in events[0]
            assert "\r" not in body.decode().replace("\r\n", "")
        elif kind == "application/pdf":
            pages = PdfReader(io.BytesIO(body)).pages
            assert len(pages) == 1
            assert "alert(1)" in "".join(pages[0].extract_text().split()).replace("\u200b", "")
            assert b"/JavaScript" not in body
            assert b"/URI (javascript" not in body
    assert seen == {"text/html", "text/vcard", "text/calendar", "application/pdf"}


def test_and_on_our_pages_that_tell_of_it(attacked: Cast, browser: Browser) -> None:
    anwen, member = attacked.anwen, browser(attacked.alice)
    # Its form takes no other; the partner's page does not rely on that.
    Step.objects.all().delete()
    OneToOne.objects.update(video_url=f"https://meet.example/{MARKUP}")
    sheet = anwen.their_sheets.first()
    pages = [
        "/", "/sheet/", "/sheet/as-seen/", "/sheet/company/", "/sheet/hand-out/",
        f"/relationships/{anwen.pk}/", f"/relationships/{anwen.pk}/links/",
        f"/relationships/{anwen.pk}/their-sheets/", f"/their-sheets/{sheet.pk}/",
        f"/one-to-ones/{attacked.one.pk}/", f"/one-to-ones/{attacked.one.pk}/brief/",
        f"/referrals/{attacked.named.pk}/",
    ]  # fmt: skip
    for page in pages:
        answer = member.get(page)
        assert answer.status_code == 200, page
        is_plain(answer.content.decode())


def test_and_in_the_mail(attacked: Cast, browser: Browser) -> None:
    member, letters = browser(attacked.alice), ["yours", "page", "sheet"]
    for letter in letters:
        path = reverse(f"mail:{letter}", args=[attacked.anwen.pk])
        page = member.get(path)
        assert page.status_code == 200, path
        is_plain(page.content.decode())
        is_plain(member.get(path, {"letter": 1}).content.decode())
        shown = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
        assert shown
        member.post(path, {"do": "send", "shown": shown[1], "line": WHOLE})
    for message in Message.objects.filter(what__in=letters, state="queued"):
        deliver(message.pk)
    for sent in mail.outbox:
        whole = sent.message()
        assert "X-EVIL" not in whole
        assert "\n" not in str(whole["Subject"]).replace("\n ", "")
        for part in sent.alternatives:
            is_plain(str(part[0]))
        assert all("\n" not in str(name) and "/" not in str(name) for name, *_ in sent.attachments)


def test_and_in_what_is_exported(attacked: Cast, browser: Browser) -> None:
    member = browser(attacked.alice)
    for name, kind in EXPORTS:
        path = reverse(name)
        to = member.post(path, {"format": kind, "who": "everyone"})
        assert to.status_code == 303, path
        answer = member.get(to["Location"])
        text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
        assert answer["X-Content-Type-Options"] == "nosniff"
        if kind == "csv":
            for row in csv.reader(io.StringIO(text)):
                assert not [cell for cell in row if cell[:1] in ("=", "@", "\t", "\r")], path
        else:
            lines = text.replace("\r\n ", "").split("\r\n")
            begun = sum(line == "BEGIN:VCARD" for line in lines)
            assert begun == sum(line == "END:VCARD" for line in lines)
            assert not [line for line in lines if line.startswith("X-EVIL")]
