"""What is in common on the page; a wrong one goes for good, and can be brought back."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.meetings import cast
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings import capturing
from touchline.meetings.common import dismissing, loading
from touchline.meetings.common.loading import common_with, in_common_with
from touchline.meetings.common.matching import Told
from touchline.meetings.models import NotInCommon
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    found = cast.anwen(alice)
    makers.a_fact(found, alice, "interests", "Saints season ticket")
    capturing.own_fact(alice, "Played rugby at school", topic="interests", on=alice.today())
    return found


def address(relationship: Relationship) -> str:
    return f"/relationships/{relationship.pk}/not-in-common/"


def test_it_stands_on_the_page(alice: Member, relationship: Relationship, browser: Browser) -> None:
    page = browser(alice).get(relationship.get_absolute_url()).content.decode()
    assert "In common" in page
    assert "Played rugby at school" in page


def test_beyond_six_they_are_folded(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    for text in ("Golf", "Chess", "Bell ringing", "Sourdough", "Beekeeping", "Two cats", "Opera"):
        makers.a_fact(relationship, alice, "interests", text)
        capturing.own_fact(alice, text, topic="interests", on=alice.today())
    page = browser(alice).get(relationship.get_absolute_url()).content.decode()
    assert "2 more in common" in page
    assert page.count('name="theme"') == len(in_common_with(relationship, alice)) == 8


def test_another_member_sees_nothing_of_mine(
    alice: Member, bob: Member, relationship: Relationship, browser: Browser
) -> None:
    page = browser(bob).get(relationship.get_absolute_url()).content.decode()
    assert "In common" not in page
    assert "Played rugby" not in page


def test_a_wrong_one_goes_for_good(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    answer = client.post(address(relationship), {"theme": "rugby"})
    assert (answer.status_code, answer["Location"]) == (303, relationship.get_absolute_url())
    assert in_common_with(relationship, alice) == ()
    makers.a_fact(relationship, alice, "interests", "Six Nations with her father")
    assert in_common_with(relationship, alice) == ()
    client.post(address(relationship), {"theme": "rugby"})
    assert NotInCommon.objects.count() == 1
    # The journal is everybody's; what one keeps of oneself is not.
    entry = Entry.objects.get(verb="notincommon.dismiss")
    assert "rugby" not in str(entry.details)


def test_taken_away_in_two_windows_at_once_it_goes_once(
    alice: Member, relationship: Relationship, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = common_with(relationship, alice)
    dismissing.dismiss(relationship, alice, "rugby")
    monkeypatch.setattr(dismissing, "common_with", lambda *asked: before)
    dismissing.dismiss(relationship, alice, "rugby")
    assert NotInCommon.objects.count() == 1
    assert Entry.objects.filter(verb="notincommon.dismiss").count() == 1


def test_only_the_newest_are_compared(
    alice: Member, relationship: Relationship, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [Told("Grows leeks"), Told("Saints season ticket")]
    assert [one.theme for one in in_common_with(relationship, alice, told)] == ["rugby"]
    monkeypatch.setattr(loading, "COMPARED", 1)
    assert in_common_with(relationship, alice, told) == ()


def test_for_another_member_it_stays(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    capturing.own_fact(carol, "Rugby referee", topic="interests", on=carol.today())
    browser(alice).post(address(relationship), {"theme": "rugby"})
    assert [one.theme for one in in_common_with(relationship, carol)] == ["rugby"]


def test_it_is_brought_back(alice: Member, relationship: Relationship, browser: Browser) -> None:
    client = browser(alice)
    client.post(address(relationship), {"theme": "rugby"})
    assert "Bring it back" in client.get(relationship.get_absolute_url()).content.decode()
    client.post(address(relationship), {"theme": "rugby", "undo": "1"})
    assert [one.theme for one in in_common_with(relationship, alice)] == ["rugby"]
    client.post(address(relationship), {"theme": "rugby", "undo": "1"})
    page = client.get(relationship.get_absolute_url()).content.decode()
    assert "That was brought back already." in page


@pytest.mark.parametrize("theme", ["", "golf", "x" * 500, "own-"])
def test_what_is_not_shared_is_not_taken_away(
    alice: Member, relationship: Relationship, browser: Browser, theme: str
) -> None:
    client = browser(alice)
    client.post(address(relationship), {"theme": theme})
    page = client.get(relationship.get_absolute_url()).content.decode()
    assert "not among what you have in common" in page
    assert not NotInCommon.objects.exists()


def test_strangers_and_viewers(
    relationship: Relationship, stranger: Member, bob: Member, browser: Browser
) -> None:
    data = {"theme": "rugby"}
    assert browser(stranger).post(address(relationship), data).status_code == 404
    assert browser(bob).post(address(relationship), data).status_code == 403
    assert not NotInCommon.objects.exists()
