"""Other help: kept in a line, corrected, taken away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.referrals.models import Help
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def gareth(alice: Member) -> Relationship:
    return makers.a_relationship(alice, makers.a_person(alice, "Gareth Lloyd"), on=alice.today())


def line(member: Member, **other: str) -> dict[str, str]:
    return {
        "direction": "received", "text": "Took me to the growers’ evening",
        "on": member.today().isoformat(), **other,
    }  # fmt: skip


def test_a_line_is_kept_and_counts(alice: Member, gareth: Relationship, browser: Browser) -> None:
    home = gareth.get_absolute_url()
    answer = browser(alice).post(f"/relationships/{gareth.pk}/help/", line(alice, back=home))
    assert (answer.status_code, answer["Location"]) == (303, home)
    turn = Help.objects.get()
    assert (turn.direction, turn.on, turn.by) == ("received", alice.today(), alice)
    page = browser(alice).get(home).content.decode()
    assert "Took me to the growers’ evening" in page
    assert "Gareth helped" in page
    assert Entry.objects.filter(verb="help.keep").exists()


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"text": " "}, "Say in a line what it was"),
        ({"text": "x" * 301}, "Keep it under 300"),
        ({"direction": "sideways"}, "Say who helped whom"),
        ({"on": ""}, "Give the day"),
        ({"on": "2999-01-01"}, "still to come"),
        ({"on": "1803-01-01"}, "Check the year"),
    ],
)
def test_bad_lines_are_told_and_stay_as_typed(
    alice: Member, gareth: Relationship, browser: Browser, other: dict[str, str], says: str
) -> None:
    client, typed = browser(alice), line(alice, **other)
    answer = client.post(f"/relationships/{gareth.pk}/help/", typed)
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (422, True)
    assert f'value="{typed["on"]}"' in page or not typed["on"]
    assert f'action="/relationships/{gareth.pk}/help/"' in page
    assert not Help.objects.exists()


def test_it_is_corrected_and_taken_away(
    alice: Member, gareth: Relationship, browser: Browser
) -> None:
    turn = Help.keep(alice, gareth, direction="given", text="A club", on=alice.today())
    client = browser(alice)
    assert "A club" in client.get(f"/help/{turn.pk}/edit/").content.decode()
    said = line(alice, text="Two clubs", on=(alice.today() - timedelta(days=3)).isoformat())
    assert client.post(f"/help/{turn.pk}/edit/", said).status_code == 303
    turn.refresh_from_db()
    assert (turn.text, turn.direction) == ("Two clubs", "received")
    assert client.post(f"/help/{turn.pk}/edit/", {**said, "text": ""}).status_code == 422
    assert client.get(f"/help/{turn.pk}/removal/")["Location"] == f"/help/{turn.pk}/edit/"
    assert client.post(f"/help/{turn.pk}/removal/").status_code == 303
    assert not Help.objects.exists()


def test_strangers_find_none_and_viewers_change_none(
    alice: Member, bob: Member, stranger: Member, gareth: Relationship, browser: Browser
) -> None:
    turn = Help.keep(alice, gareth, direction="given", text="A club", on=alice.today())
    paths = [
        f"/relationships/{gareth.pk}/help/", f"/help/{turn.pk}/edit/", f"/help/{turn.pk}/removal/"
    ]  # fmt: skip
    for path in paths:
        assert browser(stranger).post(path, line(alice)).status_code == 404
        assert browser(bob).post(path, line(alice)).status_code == 403
    assert Help.objects.get().text == "A club"


def test_the_verbs_refuse(alice: Member, gareth: Relationship) -> None:
    tomorrow = alice.today() + timedelta(days=1)
    for direction, text, on in (
        ("given", " ", alice.today()), ("both", "A club", alice.today()), ("given", "A", tomorrow),
    ):  # fmt: skip
        with pytest.raises(Refused):
            Help.keep(alice, gareth, direction=direction, text=text, on=on)
