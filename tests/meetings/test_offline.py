"""What a browser is told to keep for where there is no network."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.meetings.cast import ahead, anwen
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.models import State

Browser = Callable[[Member], Client]
LIST = re.compile(r'data-as="(\w+)" data-keep-briefs="([^"]*)"')


def listed(client: Client) -> tuple[str, list[str]]:
    found = LIST.search(client.get("/").content.decode())
    assert found
    return found[1], found[2].split()


def test_today_names_the_briefs_of_two_days_soonest_first(alice: Member, browser: Browser) -> None:
    now = timezone.now()
    relationship = anwen(alice)
    paths = []
    for hours, state in (
        (47, State.PLANNED), (3, State.PLANNED), (49, State.PLANNED), (5, State.CANCELLED),
    ):  # fmt: skip
        one = makers.a_one_to_one(relationship, alice, alice.today(), state=state)
        one.starts_at = now + timedelta(hours=hours)
        one.save()
        paths.append(f"/one-to-ones/{one.pk}/brief/")
    _, kept = listed(browser(alice))
    assert kept == [paths[1], paths[0]]


def test_each_session_keeps_under_a_name_of_its_own(
    alice: Member, bob: Member, browser: Browser
) -> None:
    ahead(anwen(alice), alice, days=1)
    first, again = browser(alice), browser(alice)
    assert listed(first)[0] == listed(first)[0]
    assert len({listed(client)[0] for client in (first, again, browser(bob))}) == 3
    assert listed(browser(bob))[1] == [], "what another member leads is not on one's day"


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_worker_comes_from_the_root(alice: Member, browser: Browser, signed_in: bool) -> None:
    answer = (browser(alice) if signed_in else Client()).get("/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_line_that_the_worker_fills_is_on_the_page(alice: Member, browser: Browser) -> None:
    one = ahead(anwen(alice), alice)
    page = browser(alice).get(f"/one-to-ones/{one.pk}/brief/").content.decode()
    script = browser(alice).get("/worker.js").content.decode()
    line = re.search(r"const LINE = /(.*)/;", script)
    assert line
    assert len(re.findall(line[1].replace(r"\/", "/"), page)) == 1


def test_signing_out_has_the_browser_drop_its_pages(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/")
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "forget-briefs" in client.get(answer["Location"]).content.decode()


def test_whoever_comes_in_finds_nothing_kept_by_another(client: Client) -> None:
    found = re.search(r"const SIGN_IN = /(.*)/;", client.get("/worker.js").content.decode())
    assert found
    coming_in = re.compile(found[1].replace(r"\/", "/"))
    for name, given in (("account_login", []), ("accounts:sign_in_link", ["x"]),
                        ("accounts:welcome", ["x"])):  # fmt: skip
        assert coming_in.search(reverse(name, args=given)), name
    assert not coming_in.search("/people/sign-in/")
