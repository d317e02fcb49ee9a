"""What arrived from partners, on Today, in the digest and on the command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from touchline.accounts.models import Member, Role
from touchline.cli import main
from touchline.demo import makers
from touchline.demo.sheet_makers import a_sheet, an_arrival
from touchline.relationships.models import Relationship
from touchline.sheets.arrivals.telling import Arrived, tell
from touchline.sheets.models import Arrival, Sheet
from touchline.today.arrange import arrange
from touchline.today.digests import told
from touchline.today.gather import gather

Browser = Callable[[Member], Client]
NOW = datetime(2026, 11, 19, 11, 26, tzinfo=UTC)


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


def shown(client: Client) -> str:
    return client.get("/").content.decode()


def test_what_arrived_stands_as_it_is_given() -> None:
    rows = [
        Arrived(key, 3, "going", "Well", NOW, "", None, "", None, False, "Anwen Pritchard", "")
        for key in (1, 2)
    ]
    arrivals = tuple(tell(row, NOW.date()) for row in rows)
    page = arrange([], [], [], NOW, arrivals=arrivals, stale=True)
    assert (page.arrivals, page.stale) == (arrivals, True)
    assert not arrange([], [], [], NOW).stale


def test_it_is_there_until_it_is_seen(alice: Member, anwen: Relationship, browser: Browser) -> None:
    client = browser(alice)
    assert "From your partners" not in shown(client)
    first = an_arrival(anwen, alice, "going", "It goes <b>well</b>")
    an_arrival(anwen, alice, "agenda", "Succession")
    page = shown(client)
    assert "From your partners" in page
    assert "It goes &lt;b&gt;well" in page
    assert page.index("Succession") < page.index("It goes"), "the newest first"
    form = {"back": "/", "once": "a-token"}
    for _ in range(2):
        answer = client.post(reverse("sheets:seen", args=[first.pk]), form)
        assert (answer.status_code, answer["Location"]) == (303, "/")
    page = shown(client)
    assert "It goes" not in page
    assert "Succession" in page


def test_two_tabs_say_seen_of_one(alice: Member, anwen: Relationship, browser: Browser) -> None:
    arrival = an_arrival(anwen, alice, "going", "Well")
    url = reverse("sheets:seen", args=[arrival.pk])
    seen = set()
    for token in ("one", "two"):
        assert browser(alice).post(url, {"once": token, "back": "/"}).status_code == 303
        seen.add(Arrival.objects.get().seen_at)
    assert len(seen) == 1


def test_each_sees_what_came_from_their_own_partners(
    alice: Member, bob: Member, stranger: Member, anwen: Relationship, browser: Browser
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Ash", Role.MEMBER)
    makers.a_relationship(carol, "Glyn Parry")
    an_arrival(anwen, alice, "going", "For Alice")
    assert "For Alice" in shown(browser(alice))
    for other in (carol, bob, stranger):
        assert "For Alice" not in shown(browser(other))
    anwen.person.delete_by(alice)
    assert "For Alice" not in shown(browser(alice))


def test_the_first_few_are_shown_and_the_rest_on_a_tap(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    for number in range(9):
        an_arrival(anwen, alice, "going", f"Line {number}")
    page = shown(client)
    assert page.count("arrived__seen") == 5
    assert "Show the other four" in page
    assert client.get("/?all=1").content.decode().count("arrived__seen") == 9


def test_today_costs_the_same_however_much_arrived(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    one = makers.a_one_to_one(anwen, alice, alice.today() + timedelta(days=2))
    a_sheet(alice)
    client = browser(alice)
    for _ in range(30):
        an_arrival(anwen, alice, "answer", answer="yes", one_to_one=one, sequence=one.sequence)
    with CaptureQueriesContext(connection) as queries:
        assert "Comes on" in shown(client)
    assert len(queries) <= 12


@pytest.mark.parametrize(("days", "asks"), [(0, False), (150, False), (190, True), (900, True)])
def test_a_sheet_is_looked_through_after_six_months(
    days: int, asks: bool, alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    assert "Look through it" not in shown(client), "none is written yet"
    a_sheet(alice)
    Sheet.objects.update(confirmed_on=alice.today() - timedelta(days=days))
    assert ("Look through it" in shown(client)) is asks


def test_a_colleagues_sheet_is_theirs_to_look_through(alice: Member, browser: Browser) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Ash", Role.MEMBER)
    a_sheet(carol)
    Sheet.objects.update(confirmed_on=alice.today() - timedelta(days=400))
    assert "Look through it" not in shown(browser(alice))


def test_the_digest_tells_it_in_a_line(alice: Member, anwen: Relationship) -> None:
    long = "word " * 100
    an_arrival(anwen, alice, "going", f"Two\nlines and {long}")
    with timezone.override(alice.zone):
        now = timezone.localtime()
        sections = told(gather(alice, now), now, timedelta(days=1))
    (section,) = [each for each in sections if each.heading == "From your partners"]
    (line,) = section.lines
    assert line.name == "Anwen Pritchard"
    assert line.lead == "Today"
    assert line.note.startswith("Said how it is going: Two lines and word")
    assert len(line.note) < 200


def test_the_command_line_tells_it(
    alice: Member, anwen: Relationship, capsys: pytest.CaptureFixture[str]
) -> None:
    arrival = an_arrival(anwen, alice, "going", "Well\x1b[2J")
    assert main(["today"]) == 0
    out = capsys.readouterr().out
    assert "Anwen Pritchard: said how it is going: Well" in out
    assert "\x1b" not in out
    assert main(["today", "--json"]) == 0
    (said,) = json.loads(capsys.readouterr().out)["arrivals"]
    assert said["arrival"] == arrival.pk
    assert said["with"] == {"relationship": anwen.pk, "name": "Anwen Pritchard"}
    assert (said["what"], said["note"]) == ("going", "Said how it is going")
