"""Settings, more, keys; and somebody without a workspace."""

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from touchline.accounts.models import Member, Role, User, Workspace
from touchline.accounts.views.own import KEYS
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]
PACKAGE = Path(__file__).parents[2] / "touchline"

MINE = {
    "name": "Alice Hill-Dale",
    "time_zone": "new york",
    "hours": "6",
    "minutes": "30",
    "preparation_minutes": "15",
    "call_minutes": "12",
    "usual_weekdays": ["1", "3"],
    "usual_from": "08:30",
    "usual_until": "18:00",
    "month_first": "1",
    "digest": "weekly",
    "digest_weekday": "4",
    "digest_hour": "6",
}
OURS = {"workspace-name": "Dale & Hill", "workspace-country": "IE", "workspace-open_sign_up": "on"}


def test_settings_are_changed_and_journalled(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    answer = client.post(reverse("accounts:settings"), MINE)
    assert (answer.status_code, answer["Location"]) == (303, reverse("accounts:settings"))
    now = Member.objects.get(pk=alice.pk)
    assert (str(now), now.time_zone) == ("Alice Hill-Dale", "America/New_York")
    assert (now.weekly_budget_minutes, now.preparation_minutes, now.call_minutes) == (390, 15, 12)
    assert (now.usual_weekdays, now.usual_from, now.usual_until) == ("13", time(8, 30), time(18))
    assert (now.month_first, now.digest) == (True, "weekly")
    assert (now.digest_weekday, now.digest_hour) == (4, 6)
    changed = Entry.objects.get(verb="member.change").details["changed"]
    assert changed["usual_until"] == ["17:00", "18:00"]
    assert changed["weekly_budget_minutes"] == [240, 390]
    assert 'value="America/New_York"' in client.get(reverse("accounts:settings")).content.decode()


def test_saving_what_is_there_writes_no_journal(alice: Member) -> None:
    alice.change(
        name="Alice Hill",
        time_zone=alice.time_zone,
        weekly_budget_minutes=240,
        preparation_minutes=10,
        call_minutes=10,
    )
    assert not Entry.objects.filter(verb="member.change").exists()


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("name", "", "name"),
        ("time_zone", "Mars/Olympus", "time_zone"),
        ("hours", "61", "hours"),
        ("minutes", "60", "minutes"),
        ("minutes", "-1", "minutes"),
        ("hours", "many", "hours"),
        ("preparation_minutes", "241", "preparation_minutes"),
        ("call_minutes", "0", "call_minutes"),
        ("usual_weekdays", [], "usual_weekdays"),
        ("usual_weekdays", ["7"], "usual_weekdays"),
        ("usual_from", "18:00", "usual_until"),
        ("usual_until", "late", "usual_until"),
        ("month_first", "2", "month_first"),
        ("digest", "hourly", "digest"),
        ("digest_hour", "24", "digest_hour"),
        ("digest_weekday", "", "digest_weekday"),
    ],
)
def test_bad_settings_change_nothing(
    alice: Member, browser: Browser, field: str, value: str | list[str], wrong: str
) -> None:
    answer = browser(alice).post(reverse("accounts:settings"), {**MINE, field: value})
    assert answer.status_code == 422
    assert list(answer.context["mine"].errors) == [wrong]
    assert str(Member.objects.get(pk=alice.pk)) == "Alice Hill"


@pytest.mark.parametrize(("hours", "minutes"), [("0", "14"), ("60", "1")])
def test_a_week_has_room_for_something(
    alice: Member, browser: Browser, hours: str, minutes: str
) -> None:
    given = {**MINE, "hours": hours, "minutes": minutes}
    answer = browser(alice).post(reverse("accounts:settings"), given)
    assert "from 15 minutes to 60 hours" in answer.content.decode()


def test_an_owner_changes_the_workspace(alice: Member, browser: Browser) -> None:
    assert browser(alice).post(reverse("accounts:workspace"), OURS).status_code == 303
    now = Workspace.objects.get(pk=alice.workspace_id)
    assert (now.name, now.country, now.open_sign_up) == ("Dale & Hill", "IE", True)
    assert Entry.objects.get(verb="workspace.change").details["changed"]["country"] == ["GB", "IE"]


def test_a_workspace_needs_a_name(alice: Member, browser: Browser) -> None:
    answer = browser(alice).post(reverse("accounts:workspace"), {**OURS, "workspace-name": ""})
    assert answer.status_code == 422
    assert "name" in answer.context["ours"].errors
    assert Workspace.objects.get(pk=alice.workspace_id).name == "Hill & Dale"


def test_a_member_does_not_change_the_workspace(alice: Member, browser: Browser) -> None:
    charlie = makers.a_member(alice.workspace, "charlie@example.org")
    given = {**OURS, "back": reverse("accounts:settings")}
    page = browser(charlie).post(reverse("accounts:workspace"), given, follow=True)
    assert Workspace.objects.get(pk=alice.workspace_id).name == "Hill & Dale"
    assert "Only an owner" in page.content.decode()
    assert reverse("accounts:workspace") not in browser(charlie).get("/settings/").content.decode()


def test_an_owner_elsewhere_is_a_stranger(alice: Member, stranger: Member) -> None:
    with pytest.raises(Refused):
        alice.workspace.change(stranger, name="Mine", country="GB", open_sign_up=True)


def test_a_viewer_looks(bob: Member, browser: Browser) -> None:
    client = browser(bob)
    assert client.get(reverse("accounts:settings")).status_code == 200
    assert client.post(reverse("accounts:settings"), MINE).status_code == 403
    assert client.post(reverse("accounts:workspace"), OURS).status_code == 403


def test_posted_twice_changes_once(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    for _ in range(2):
        assert client.post(reverse("accounts:settings"), {**MINE, "once": "a"}).status_code == 303
    assert Entry.objects.filter(verb="member.change").count() == 1


def test_switching_between_ones_own_workspaces(
    alice: Member, stranger: Member, browser: Browser
) -> None:
    second = Member.objects.create(workspace=stranger.workspace, user=alice.user, role=Role.VIEWER)
    client = browser(alice)
    assert "Elsewhere" in client.get(reverse("accounts:settings")).content.decode()
    given = {"workspace": second.workspace_id}
    assert client.post(reverse("accounts:switch"), given)["Location"] == "/"
    assert client.get(reverse("accounts:more")).context["member"] == second
    client.post(reverse("accounts:switch"), {"workspace": alice.workspace_id})
    assert client.get(reverse("accounts:more")).context["member"] == alice


@pytest.mark.parametrize("wanted", ["stranger", "", "x", "99999999"])
def test_nobody_switches_to_a_workspace_of_others(
    alice: Member, stranger: Member, browser: Browser, wanted: str
) -> None:
    client = browser(alice)
    workspace = stranger.workspace_id if wanted == "stranger" else wanted
    assert client.post(reverse("accounts:switch"), {"workspace": workspace}).status_code == 404
    page = client.get(reverse("accounts:settings"))
    assert page.context["member"] == alice
    assert "Elsewhere" not in page.content.decode()


def test_somebody_without_a_workspace_gets_a_plain_page(client: Client, db: None) -> None:
    client.force_login(
        User.objects.create_user("lost@example.org"),
        backend="touchline.accounts.backend.MemberBackend",
    )
    for address in ("/", "/settings/", "/playbook/", "/more/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:no_workspace"))
        assert client.post(address).status_code == 302
    page = client.get(reverse("accounts:no_workspace"))
    assert page.status_code == 200
    assert "lost@example.org" in page.content.decode()
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get("/health/").status_code == 200


def test_a_member_has_no_need_of_that_page(alice: Member, browser: Browser) -> None:
    assert browser(alice).get(reverse("accounts:no_workspace"))["Location"] == "/"


def test_a_get_on_a_verb_goes_to_settings(alice: Member, browser: Browser) -> None:
    for name in ("accounts:workspace", "accounts:switch"):
        assert browser(alice).get(reverse(name))["Location"] == reverse("accounts:settings")


def test_every_key_is_listed() -> None:
    listed = {key for _, keys in KEYS for key, _ in keys}
    script = (PACKAGE / "static/js/keys.js").read_text()
    places = re.search(r"places = \{(.*?)\}", script)
    assert places
    going = {f"g then {letter}" for letter in re.findall(r"(\w): \"", places[1])}
    assert going
    handled = set(re.findall(r"event\.key === \"(Esc(?=ape)|.(?=\"))", script)) - {"g"}
    pages = "".join(path.read_text() for path in PACKAGE.glob("*/templates/**/*.html"))
    used = set(re.findall(r"\b(?:data-)?key=\"([^\"{/])\"", pages))
    steps = re.search(r"steps = \{(.*?)\}", (PACKAGE / "static/js/pairs.js").read_text())
    assert steps
    stepping = set(re.findall(r"\b(\w): -?1", steps[1]))
    known = (PACKAGE / "static/js/known-pass.js").read_text()
    marking = set(re.findall(r"event\.key === \"(.)\"", known))
    marking |= set("".join(re.findall(r"\"(\w+)\"\.includes\(event\.key\)", known)))
    board = (PACKAGE / "static/js/board.js").read_text()
    moving = set(re.findall(r"event\.key === \"(\w)\"", board))
    # Of the arrows one stands for all.
    arrows = {"↓": "ArrowDown: (card)", "Shift →": 'event.key === "ArrowRight" && event.shiftKey'}
    moving |= {key for key, said in arrows.items() if said in board}
    assert listed == going | handled | used | stepping | marking | moving


def test_settings_take_few_queries(
    alice: Member, browser: Browser, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = browser(alice)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("accounts:settings")).status_code == 200
