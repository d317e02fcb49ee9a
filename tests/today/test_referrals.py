"""What is due on referrals, on Today, on the command line and in the digest."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.meetings.cast import anwen
from touchline.accounts.models import Member
from touchline.cli import main
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.playbook.models import of
from touchline.playbook.playbook import shipped
from touchline.referrals.models import Referral
from touchline.referrals.states import Direction, State
from touchline.relationships.models import Relationship
from touchline.today.digests import told
from touchline.today.gather import gather

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return anwen(alice)


@pytest.fixture
def both(alice: Member, relationship: Relationship) -> tuple[Referral, Referral]:
    """One received and one given, of which nobody has said anything since the introduction."""
    received, given = (
        a_referral(relationship, alice, direction, state=State.CONTACTED, person=name)
        for direction, name in ((Direction.RECEIVED, "Tom Hart"), (Direction.GIVEN, "Una Voss"))
    )
    return received, given


def lines(page: Any, mine: bool) -> list[str]:
    return [one.text for one in page.referrals if one.mine == mine]


def test_today_has_what_either_side_owes(
    alice: Member, both: tuple[Referral, Referral], browser: Browser
) -> None:
    _, given = both
    client = browser(alice)
    page = client.get("/")
    today = page.context["page"]
    assert lines(today, True) == [
        "Thank Anwen for introducing Tom Hart",
        "Tell Anwen how it goes with Tom Hart",
        "Ask Anwen and Una Voss how it goes",
    ]
    assert lines(today, False) == ["Anwen is to tell you how it goes with Una Voss"]
    text = page.content.decode()
    for said in ("Yours to do", "Theirs to do", f'href="/referrals/{given.pk}/"', "Hello Anwen,"):
        assert said in text
    assert "nothing is overdue" not in text
    posted = {"step": "tell:feedback", "seen": given.version, "back": "/", "once": "a"}
    answer = client.post(f"/referrals/{given.pk}/steps/", posted)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    given.refresh_from_db()
    assert given.feedback_on == alice.today()
    assert not lines(gather(alice).today, False)
    # The page of another tab is told that something has happened since.
    client.post(f"/referrals/{given.pk}/steps/", {**posted, "step": "thank", "once": "b"})
    given.refresh_from_db()
    assert given.thanked_on is None


def test_a_viewer_sees_nothing_to_tap(
    alice: Member, bob: Member, both: tuple[Referral, Referral], browser: Browser
) -> None:
    Relationship.objects.filter(pk=both[0].relationship_id).update(main_contact=bob)
    page = browser(bob).get("/").content.decode()
    assert "Thank Anwen for introducing Tom Hart" in page
    assert f"/referrals/{both[0].pk}/steps/" not in page


def test_it_runs_as_the_playbook_says(alice: Member, both: tuple[Referral, Referral]) -> None:
    of(alice.workspace)
    slow = dict.fromkeys(shipped()["clocks"], 365)
    alice.workspace.playbook.edit(alice, {**shipped(), "clocks": slow})
    assert gather(alice).today.referrals == ()


def test_today_stays_within_its_queries_with_many(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    for number in range(9):
        a_referral(relationship, alice, Direction.RECEIVED, state=State.WON, person=f"P {number}")
    makers.a_one_to_one(relationship, alice, timezone.now() + timedelta(hours=2))
    client = browser(alice)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/").content.decode()
    assert len(queries) <= 12
    assert "Show the other" in page
    assert client.get("/?all=1").content.decode().count("it became business with") >= 9


def test_the_command_says_it_and_gives_it_as_data(
    alice: Member, both: tuple[Referral, Referral], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["today"]) == 0
    text = capsys.readouterr().out
    assert "Referrals, yours\n  Thank Anwen for introducing Tom Hart (3 weeks over)" in text
    assert "Referrals, theirs\n  Anwen is to tell you" in text
    assert main(["today", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["referrals"]
    assert [one["kind"] for one in rows] == ["thanks", "feedback", "checked", "feedback"]
    _, given = both
    last = rows[-1]
    assert (last["referral"], last["mine"], last["step"]) == (given.pk, False, "tell:feedback")
    assert last["with"] == {"relationship": given.relationship_id, "name": "Anwen Pritchard"}
    assert last["messages"][0]["text"].startswith("Hello Anwen")


def test_the_digest_counts_it(alice: Member, both: tuple[Referral, Referral]) -> None:
    now = timezone.localtime(timezone.now(), alice.zone)
    sections = {one.heading: one for one in told(gather(alice), now, timedelta(days=1))}
    mine, theirs = sections["Referrals, yours to do"], sections["Referrals, theirs to do"]
    assert mine.lines[0].note == "Thank Anwen for introducing Tom Hart"
    assert theirs.lines[0].path == f"/referrals/{both[1].pk}/"
    assert theirs.lines[0].lead.endswith("over")
