"""A flood on one link: it is turned away, and costs no member a query, a lock or an answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.sheets.attacks.conftest import LinkOf
from tests.sheets.attacks.test_tokens import count_rows
from tests.sheets.partner_page.cast import Cast
from tests.sheets.theirs.test_yours import picture
from touchline.accounts import limiting
from touchline.accounts.models import Member
from touchline.demo.sheet_makers import a_link
from touchline.people import photos
from touchline.sheets import sharing
from touchline.sheets.models import Arrival
from touchline.sheets.partner_page import doing
from touchline.sheets.theirs import saving
from touchline.sheets.views import shared_yours

Browser = Callable[[Member], Client]


def upload_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.jpg", content, "image/jpeg")


def queries(client: Client, path: str, status: int = 200, **more: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, **more).status_code == status
    return len(asked)


def test_a_flood_on_one_link_slows_no_member(cast: Cast, browser: Browser) -> None:
    member, flood = browser(cast.alice), Client()
    pages = ["/", f"/relationships/{cast.anwen.pk}/", f"/one-to-ones/{cast.one.pk}/"]
    for page in pages:
        member.get(page)
    usual = {page: queries(member, page) for page in pages}
    cache.clear()
    answers = [flood.get(f"{cast.path}one-to-one.ics").status_code for _ in range(100)]
    assert answers == [200] * sharing.OF_A_LINK + [429] * (100 - sharing.OF_A_LINK)
    # From anywhere: the limit is of the link.
    assert queries(flood, cast.path, 429, REMOTE_ADDR="192.0.2.7") <= 1
    assert {page: queries(member, page) for page in pages} == usual
    written = {"text": "Ask about the shop", "side": "mine"}
    said = member.post(f"/relationships/{cast.anwen.pk}/agenda/", written)
    assert said.status_code == 303
    # Nor the partner of another.
    other = a_link(cast.other, cast.alice)
    assert Client(REMOTE_ADDR="192.0.2.8").get(other.path).status_code == 200


def test_what_is_beyond_the_limit_of_an_address_asks_nothing_of_the_database(cast: Cast) -> None:
    for _ in range(sharing.WRONG):
        assert Client().get(f"/with/page/{'A' * 32}/").status_code == 404
    assert Client().get(f"/with/page/{'A' * 32}/").status_code == 429
    # Whoever shares the address of somebody who guesses still gets to their page.
    assert Client().get(cast.path).status_code == 200
    for _ in range(sharing.OF_AN_ADDRESS):
        answer = Client().get(f"/with/yours/{'A' * 32}/")
    assert queries(Client(), cast.path, 429) == 0
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_flood_of_posts_is_one_change_and_then_none(cast: Cast) -> None:
    client, before = Client(), count_rows()
    same = {"text": "Your fees", "once": "one"}
    answers = [client.post(f"{cast.path}agenda/", same).status_code for _ in range(95)]
    assert answers == [303] * sharing.OF_A_LINK + [429] * 5
    grown = {name for name, many in count_rows().items() if many != before[name]}
    assert grown == {"core.Receipt", "journal.Entry", "meetings.AgendaItem", "sheets.Arrival"}
    assert Arrival.objects.filter(what="agenda").count() == 1


def test_a_day_has_an_end_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "CHANGES", 2)
    assert [cast.post("going/", text=f"Line {at}").status for at in range(3)] == [303, 303, 429]
    assert Client().get(cast.path).status_code == 200, "it can still be read"


def test_what_is_ticked_and_taken_back_all_day_does_not_bury_us(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "MOST_A_DAY", 3)
    promise = f"actions/{cast.promised.pk}"
    answers = []
    for _ in range(4):
        answers.append(cast.post(f"{promise}/keeping/").status)
        cast.post(f"{promise}/reopening/")
    assert answers == [303, 303, 303, 409]
    assert Arrival.objects.filter(what="action").count() == 3
    assert cast.answer("yes").status == 422, "nor by another way"


def test_no_change_of_a_member_waits_while_a_picture_is_drawn(
    link_of: LinkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, outside = link_of("yours"), len(connection.savepoint_ids)
    held: list[tuple[str, int]] = []
    draw, keep = photos.small, saving.give_picture

    def drawing(content: bytes) -> bytes:
        held.append(("drawn", len(connection.savepoint_ids)))
        return draw(content)

    def keeping(*args: Any, **kwargs: Any) -> None:
        held.append(("kept", len(connection.savepoint_ids)))
        keep(*args, **kwargs)

    monkeypatch.setattr(photos, "small", drawing)
    monkeypatch.setattr(saving, "give_picture", keeping)
    answer = Client().post(f"{link.path}answers/", {"photo": upload_of(picture())})
    assert answer.status_code == 303
    assert held == [("drawn", outside), ("kept", outside + 1)]


def test_pictures_have_a_limit_of_their_own(link_of: LinkOf) -> None:
    link = link_of("yours")
    answers = [
        Client().post(f"{link.path}answers/", {"photo": upload_of(picture(size=(9, 9)))})
        for _ in range(shared_yours.PICTURES + 1)
    ]
    assert [each.status_code for each in answers] == [303] * shared_yours.PICTURES + [422]
    assert shared_yours.TOO_MANY in answers[-1].content.decode()
    assert Client().post(f"{link.path}answers/", {"answer:family/partner": "Rhys"}).status_code == (
        303
    ), "what is typed is still saved"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.1", True),
    ],
)
def test_an_address_is_the_network_that_one_household_has(
    one: str, other: str, alike: bool, rf: Any
) -> None:
    counted = [limiting.address_of(rf.get("/", REMOTE_ADDR=each)) for each in (one, other)]
    assert (counted[0] == counted[1]) is alike
