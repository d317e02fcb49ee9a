"""The page of likely doubles, and its two verbs."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.people.doubles.looking import look_over
from touchline.people.doubles.models import Double, DoubleState

Browser = Callable[[Member], Client]
PAGE = "/people/doubles/"


@pytest.fixture
def pair(alice: Member) -> Double:
    makers.a_person(alice, "Anna Smith", phone="0161 496 0000", title="Owner", company="Hall")
    makers.a_person(alice, "Ana Smith", phone="+44 161 496 0000", email="ana@hall.example")
    look_over(alice.workspace_id)
    return Double.objects.select_related("one", "other").get()


def text(client: Client, url: str = PAGE) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_shows_two_side_by_side_with_the_reasons(
    alice: Member, browser: Browser, pair: Double
) -> None:
    page = text(browser(alice))
    assert "Names differ by a letter and same phone number." in page or (
        "Same phone number and names differ by a letter." in page
    )
    assert page.count("0161 496 0000") == 1, "what agrees is said once"
    assert "ana@hall.example" in page
    assert f'href="{reverse("people:merge", args=[pair.one_id, pair.other_id])}?doubles=1"' in page


def test_nobody_in_twice(alice: Member, browser: Browser) -> None:
    makers.a_person(alice, "Anna Smith")
    assert "Nobody seems to be in twice." in text(browser(alice))


def test_not_the_same_and_asked_again(alice: Member, browser: Browser, pair: Double) -> None:
    client = browser(alice)
    answer = client.post(f"{PAGE}{pair.pk}/apart/", {"once": "a", "back": PAGE})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = text(client)
    assert "Anna Smith and Ana Smith stay two." in page
    assert "Said not to be the same" in page
    assert "Ask about them again" in text(client, f"{PAGE}?apart=1")
    client.post(f"{PAGE}{pair.pk}/asking/", {"once": "b", "back": PAGE})
    assert Double.objects.get().state == DoubleState.OPEN


def test_twice_is_refused_with_a_sentence(alice: Member, browser: Browser, pair: Double) -> None:
    client = browser(alice)
    for once in "ab":
        client.post(f"{PAGE}{pair.pk}/apart/", {"once": once, "back": PAGE})
    assert "Somebody has said already that these two are not the same." in text(client)


def test_a_stranger_finds_nothing(stranger: Member, browser: Browser, pair: Double) -> None:
    client = browser(stranger)
    assert "Anna Smith" not in text(client)
    assert client.post(f"{PAGE}{pair.pk}/apart/").status_code == 404


def test_a_viewer_reads(bob: Member, browser: Browser, pair: Double) -> None:
    client = browser(bob)
    page = text(client)
    assert "ana@hall.example" in page
    assert "Not the same" not in page
    assert client.post(f"{PAGE}{pair.pk}/apart/").status_code == 403


def test_many_pairs_cost_what_one_does(alice: Member, browser: Browser) -> None:
    for number in range(30):
        for _ in range(2):
            makers.a_person(alice, f"Given{number} Family{number}", company=f"Firm {number}")
    look_over(alice.workspace_id)
    client = browser(alice)
    text(client)
    with CaptureQueriesContext(connection) as caught:
        page = text(client)
    assert len(caught) <= 12
    assert "30 pairs, the most certain first." in page
    assert page.count('data-is="apart"') == 20
    assert "The next ones come up as these are settled." in page
