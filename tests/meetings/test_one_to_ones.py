"""One one-to-one: planned, moved, missed, begun, held, put back; who may, and who may not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.meetings import cast
from touchline.accounts.models import Member
from touchline.core.words import week_of
from touchline.demo import makers
from touchline.meetings.models import OneToOne, State
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return cast.anwen(alice, place="The Boathouse")


def plan_form(member: Member, **more: str) -> dict[str, str]:
    return {
        "when": "other",
        "on": cast.free_day(member).isoformat(),
        "at": "10:30",
        "length_minutes": "45",
        "place": "The Boathouse",
        "travel_minutes": "20",
        "kind": "listening",
        "asked_by": "theirs",
    } | more


def test_plan_another_date(alice: Member, relationship: Relationship, browser: Browser) -> None:
    url = f"/relationships/{relationship.pk}/one-to-ones/new/"
    answer = browser(alice).post(url, plan_form(alice))
    one = OneToOne.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())
    assert f"{one.starts_at.astimezone(alice.zone):%H:%M}" == "10:30"
    assert (one.kind, one.asked_by, one.travel_minutes) == ("listening", "theirs", 20)


def test_plan_a_proposed_date(alice: Member, relationship: Relationship, browser: Browser) -> None:
    client = browser(alice)
    url = f"/relationships/{relationship.pk}/one-to-ones/new/"
    page = client.get(url)
    proposals = page.context["choices"].proposals
    assert len(proposals) == 3
    client.post(url, plan_form(alice, when=proposals[1].value, on="", at=""))
    assert OneToOne.objects.get().starts_at == proposals[1].starts_at


def test_plan_shows_what_else_is_on(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    other = makers.a_relationship(alice, "Peter Vance")
    day = cast.free_day(alice)
    makers.a_one_to_one(other, alice, day, hour=16, minute=30)
    page = browser(alice).get(f"/relationships/{relationship.pk}/one-to-ones/new/?on={day}")
    assert "That day also Peter Vance at 16:30." in page.content.decode()
    assert page.context["form"]["when"].value() == "other"
    assert page.context["form"]["on"].value() == day


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"on": ""}, "Choose one of the proposed times, or give a date."),
        ({"at": ""}, "Say at what time."),
        ({"on": "2020-01-01"}, "That time has gone by."),
        ({"on": "soon"}, "Date: give a day as 3/12/2026, or pick it."),
        ({"on": "9999-12-31"}, "That year is too far ahead."),
        ({"length_minutes": "2"}, "Length in minutes: a whole number from 5 to 480."),
        ({"video_url": "no link"}, "Video link: give its whole address"),
        ({"kind": "party"}, "What it is for: choose one of those offered."),
    ],
)
def test_plan_bad_input(
    alice: Member, relationship: Relationship, browser: Browser, more: dict[str, str], sentence: str
) -> None:
    url = f"/relationships/{relationship.pk}/one-to-ones/new/"
    answer = browser(alice).post(url, plan_form(alice, **more))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "The Boathouse" in answer.content.decode()
    assert not OneToOne.objects.exists()


@pytest.mark.parametrize("state", State.values)
def test_its_page_in_every_state(
    alice: Member, bob: Member, stranger: Member, relationship: Relationship, browser: Browser,
    state: str,
) -> None:  # fmt: skip
    one = makers.a_one_to_one(
        relationship, alice, alice.today(), state=state,
        missed_by="theirs" if state == "missed" else "",
    )  # fmt: skip
    for member, status in ((alice, 200), (bob, 200), (stranger, 404)):
        assert browser(member).get(one.get_absolute_url()).status_code == status
    assert Client().get(one.get_absolute_url()).status_code == 302


def test_move(alice: Member, relationship: Relationship, browser: Browser) -> None:
    one = cast.ahead(relationship, alice)
    url = f"{one.get_absolute_url()}move/"
    day = cast.free_day(alice)
    form = {"on": day.isoformat(), "at": "14:00", "length_minutes": "30", "place": "By the mill"}
    client = browser(alice)
    assert client.get(url).status_code == 200
    assert client.post(url, form).status_code == 303
    one.refresh_from_db()
    assert one.starts_at == makers.at(alice, day, 14)
    assert (one.place, one.times_moved, one.sequence) == ("By the mill", 1, 1)
    past = {**form, "on": "2020-01-01"}
    refused = client.post(url, past)
    assert refused.status_code == 422
    assert "That time has gone by." in refused.content.decode()
    assert "By the mill" in refused.content.decode()


def test_moving_says_what_it_runs_into(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    one = cast.ahead(relationship, alice)
    day = cast.free_day(alice)
    makers.a_one_to_one(makers.a_relationship(alice, "Peter Vance"), alice, day, hour=14)
    form = {"on": day.isoformat(), "at": "14:30", "length_minutes": "30"}
    answer = browser(alice).post(f"{one.get_absolute_url()}move/", form, follow=True)
    assert "It runs into Peter Vance, travel counted." in answer.content.decode()


STEPS = [
    ("cancellation", State.PLANNED, 7, {}, State.CANCELLED),
    ("miss", State.PLANNED, -1, {"whose": "theirs"}, State.MISSED),
    ("beginning", State.PLANNED, 0, {}, State.UNDER_WAY),
    ("holding", State.PLANNED, -1, {}, State.HELD),
    ("holding", State.UNDER_WAY, 0, {}, State.HELD),
    ("reinstatement", State.CANCELLED, 7, {}, State.PLANNED),
    ("reopening", State.CLOSED_OUT, -1, {}, State.HELD),
]


@pytest.mark.parametrize(("step", "before", "days", "form", "after"), STEPS)
def test_each_step(
    alice: Member, bob: Member, stranger: Member, relationship: Relationship, browser: Browser,
    step: str, before: str, days: int, form: dict[str, str], after: str,
) -> None:  # fmt: skip
    one = makers.a_one_to_one(
        relationship, alice, alice.today() + timedelta(days=days), hour=0, state=before
    )
    url = f"{one.get_absolute_url()}{step}/"
    for member, status in ((bob, 403), (stranger, 404)):
        assert browser(member).post(url, form).status_code == status
    one.refresh_from_db()
    assert one.state == before
    client = browser(alice)
    assert client.get(url)["Location"] == one.get_absolute_url()
    answer = client.post(url, {**form, "back": one.get_absolute_url()})
    assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())
    one.refresh_from_db()
    assert one.state == after


@pytest.mark.parametrize(
    ("step", "state", "days", "form", "sentence"),
    [
        ("cancellation", State.HELD, -1, {}, "This one-to-one is held, so it can’t be cancelled"),
        ("miss", State.PLANNED, 7, {"whose": "mine"}, "It has not started yet"),
        ("miss", State.PLANNED, -1, {"whose": "nobody"}, "Say who missed it"),
        ("holding", State.PLANNED, 7, {}, "It lies ahead."),
        ("reopening", State.PLANNED, 7, {}, "so it can’t be opened again"),
        ("move", State.HELD, -1, {}, "Only a planned one-to-one can be moved."),
    ],
)
def test_steps_refused_in_a_sentence(
    alice: Member, relationship: Relationship, browser: Browser,
    step: str, state: str, days: int, form: dict[str, str], sentence: str,
) -> None:  # fmt: skip
    one = makers.a_one_to_one(
        relationship, alice, alice.today() + timedelta(days=days), state=state
    )
    url = f"{one.get_absolute_url()}{step}/"
    answer = browser(alice).post(url, {**form, "back": one.get_absolute_url()}, follow=True)
    assert sentence in answer.content.decode()
    one.refresh_from_db()
    assert one.state == state


def test_a_coffee_in_a_line(alice: Member, relationship: Relationship, browser: Browser) -> None:
    url = f"/relationships/{relationship.pk}/held/"
    line = "coffee yesterday at the Mill, 45 min, her daughter starts school"
    client = browser(alice)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"line": line}, follow=True)
    one = OneToOne.objects.get()
    assert (one.state, one.length_minutes, one.place) == (State.HELD, 45, "the Mill")
    assert timezone.localtime(one.starts_at).date() == alice.today() - timedelta(days=1)
    assert one.notes.get().text == "coffee, her daughter starts school"
    assert "Entered as held" in answer.content.decode()


def test_fields_come_before_the_line(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    day = alice.today() - timedelta(days=9)
    form = {"line": "coffee yesterday, 45 min", "on": day.isoformat(), "length_minutes": "90"}
    url = f"/relationships/{relationship.pk}/held/"
    browser(alice).post(url, form | {"nothing_to_note": "1"})
    one = OneToOne.objects.get()
    assert (one.state, one.length_minutes) == (State.CLOSED_OUT, 90)
    assert timezone.localtime(one.starts_at).date() == day


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"line": ""}, "There is nothing to enter yet"),
        ({"line": "coffee", "on": "2999-01-01"}, "That day is still to come. Plan it instead."),
        ({"line": "coffee", "on": "soon"}, "Day: give a day as 3/12/2026, or pick it."),
        ({"line": "coffee, 2 min"}, "Log it as a call."),
    ],
)
def test_a_coffee_refused(
    alice: Member, relationship: Relationship, browser: Browser, form: dict[str, str], sentence: str
) -> None:
    answer = browser(alice).post(f"/relationships/{relationship.pk}/held/", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not OneToOne.objects.exists()


@pytest.mark.parametrize("path", ["one-to-ones/new/", "held/"])
def test_planning_is_fenced(
    alice: Member, bob: Member, stranger: Member, relationship: Relationship, browser: Browser,
    path: str,
) -> None:  # fmt: skip
    url = f"/relationships/{relationship.pk}/{path}"
    assert browser(stranger).get(url).status_code == 404
    assert browser(stranger).post(url, {}).status_code == 404
    assert browser(bob).post(url, plan_form(bob)).status_code == 403


def test_posted_twice_plans_once(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    url = f"/relationships/{relationship.pk}/one-to-ones/new/"
    form = plan_form(alice, once="a-token")
    assert client.post(url, form)["Location"] == client.post(url, form)["Location"]
    assert OneToOne.objects.count() == 1


@pytest.mark.parametrize("state", [State.PLANNED, State.UNDER_WAY, State.HELD, State.CLOSED_OUT])
def test_at_most_twelve_queries(
    alice: Member, relationship: Relationship, browser: Browser, state: str
) -> None:
    one = makers.a_one_to_one(relationship, alice, alice.today(), state=state)
    for number in range(20):
        note = makers.a_note(relationship, alice, f"Note {number}", one_to_one=one, topic="family")
        makers.a_fact(relationship, alice, "family", f"Fact {number}", one_to_one=one)
        makers.an_action(relationship, alice, "mine", f"Do {number}", alice.today(), one_to_one=one)
        makers.an_agenda_item(relationship, alice, "mine", f"Item {number}", about_note=note)
    client = browser(alice)
    client.get(one.get_absolute_url())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(one.get_absolute_url())
    assert page.status_code == 200
    assert len(queries) <= 12


def test_weeks_with_room_are_offered_and_full_ones_only_where_all_are(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    """M8: what would go over the week’s budget is said so, and not what the form opens with."""
    client = browser(alice)
    url = f"/relationships/{relationship.pk}/one-to-ones/new/"
    first = client.get(url).context["choices"].proposals[0].starts_at
    other = makers.a_relationship(alice, "Peter Vance")
    day = timezone.localtime(first).date()
    makers.a_one_to_one(other, alice, day, hour=16, length_minutes=220)
    page = client.get(url)
    proposals = page.context["choices"].proposals
    full = week_of(day)
    assert len(proposals) == 3
    assert not any(each.over or week_of(each.starts_at.date()) == full for each in proposals)
    assert page.context["form"]["when"].value() == proposals[0].value
    for later in range(1, 9):
        makers.a_one_to_one(other, alice, day + timedelta(weeks=later), hour=16, length_minutes=220)
    page = client.get(url)
    proposals = page.context["choices"].proposals
    assert proposals[0].over.endswith("Moving Peter Vance to another week makes room.")
    assert proposals[0].over in page.content.decode()


def test_the_record_leads_to_the_next_date(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    ago = alice.today() - timedelta(days=5)
    one = makers.a_one_to_one(relationship, alice, ago, state=State.CLOSED_OUT)
    client = browser(alice)
    assert "You meet next" not in client.get(one.get_absolute_url()).content.decode()
    ahead = makers.a_one_to_one(relationship, alice, alice.today() + timedelta(days=9))
    page = client.get(one.get_absolute_url()).content.decode()
    assert f'You meet next on <a href="{ahead.get_absolute_url()}">' in page
