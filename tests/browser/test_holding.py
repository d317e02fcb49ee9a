"""Holding a one-to-one in a real browser: by keys, by touch, without scripts, with no network."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.utils import load_backend
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker, Settings

from tests.browser.conftest import Journey
from tests.serving import Served, installation, served
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.meetings.models import (
    Action,
    AgendaItem,
    Fact,
    Note,
    OneToOne,
    State,
)
from touchline.people import search
from touchline.relationships.models import Relationship
from touchline.settings import SQLITE

Travel = Callable[..., Journey]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """Serve an installation for all of these: open pages ask it again and again meanwhile."""
    data = tmp_path_factory.mktemp("table") / "data"
    with served(installation(data)) as served_there:
        yield served_there, data


@pytest.fixture
def database(
    server: tuple[Served, Path], settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Talk to the database of that installation, as one more who uses it."""
    _, data = server
    settings.SECRET_KEY = (data / "secret.key").read_text().strip()
    before = connections["default"]
    wanted = {**SQLITE, "NAME": data / "touchline.sqlite3", "CONN_MAX_AGE": 0}
    with django_db_blocker.unblock():
        there = load_backend(SQLITE["ENGINE"]).DatabaseWrapper(
            {**before.settings_dict, **wanted}, "default"
        )
        connections["default"] = there
        yield
        connections["default"] = before
        there.close()


@pytest.fixture
def alice(database: None) -> Member:
    """The owner of that installation."""
    owner = Member.objects.get(role=Role.OWNER)
    return Member.objects.signed_in(owner.user_id).get(pk=owner.pk)


@pytest.fixture
def travel(server: tuple[Served, Path], open_at: Travel) -> Travel:
    """Return a function that opens a browser there."""

    def opened(size: str, *, scripts: bool = True) -> Journey:
        return open_at(f"http://localhost:{server[0].port}", size, scripts=scripts)

    return opened


@pytest.fixture
def ruth(alice: Member) -> Relationship:
    person = makers.a_person(alice, "Ruth Abelson", company="Abelson Law")
    return makers.a_relationship(alice, person, on=alice.today() - timedelta(days=90))


@pytest.fixture
def one(alice: Member, ruth: Relationship) -> OneToOne:
    """One that was begun ten minutes ago."""
    began = timezone.now() - timedelta(minutes=10)
    made = makers.a_one_to_one(
        ruth, alice, alice.today(), state=State.UNDER_WAY, began_at=began, kind="referral_partner"
    )
    made.starts_at = began
    made.save()
    return made


def opened(travel: Travel, size: str, member: Member, one: OneToOne, **more: bool) -> Journey:
    journey = travel(size, **more)
    journey.sign_in(member)
    journey.go(one.get_absolute_url())
    return journey


def typed(page: Page, text: str) -> None:
    """Type a line where the cursor is and press Enter; it is gone from there at once."""
    expect(page.locator("#line")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("#line")).to_have_value("")


def saved(page: Page, text: str) -> None:
    """Wait until a line stands among those that are stored, and nothing waits any more."""
    expect(page.locator("#lines")).to_contain_text(text)
    expect(page.locator("#waiting ol li")).to_have_count(0)


def test_a_whole_meeting_by_keys_alone(travel: Travel, alice: Member, ruth: Relationship) -> None:
    one = makers.a_one_to_one(ruth, alice, alice.today(), kind="referral_partner")
    one.starts_at = timezone.now()  # Any later may be tomorrow.
    one.save()
    makers.an_agenda_item(ruth, alice, "theirs", "Her lease")
    journey = opened(travel, "wide", alice, one)
    page = journey.page
    page.keyboard.press("b")
    expect(page.locator("hold-meeting")).to_be_visible()
    page.keyboard.press("n")
    typed(page, "She has **four** farms")
    saved(page, "She has four farms")
    expect(page.locator("#lines strong")).to_have_text("four")
    typed(page, "/fact family: two daughters")
    saved(page, "Family, a fact. two daughters")
    typed(page, "/action me by tomorrow send the outline")
    saved(page, "Yours, by")
    typed(page, "/action them next week ring the Bebbs")
    saved(page, "ring the Bebbs")
    typed(page, "/idea Peter and the Bebbs")
    saved(page, "An idea for a referral")
    typed(page, "/next in 3 weeks 9am at the Boathouse")
    saved(page, "9:00, the Boathouse")
    # What cannot be read comes back to where it was typed, with what to do about it.
    page.keyboard.type("/actoin me send it")
    page.keyboard.press("Enter")
    expect(page.locator("#line-error")).to_contain_text("/actoin is not known")
    expect(page.locator("#line")).to_have_value("/actoin me send it")
    expect(page.locator("#line")).to_be_focused()
    journey.check()
    page.keyboard.press("ControlOrMeta+a")
    typed(page, "Her hip again")
    saved(page, "Her hip again")
    expect(page.locator("#line-error")).to_be_hidden()
    # On to the agenda by the keyboard, and a tick keeps it there.
    tick = page.get_by_role("button", name="Her lease")
    for _ in range(200):
        if tick.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(tick).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Her lease", pressed=True)).to_be_focused()
    journey.check()
    assert AgendaItem.objects.get(relationship=one.relationship).covered_in_id == one.pk
    following = one.relationship.one_to_ones.planned().get()
    local = timezone.localtime(following.starts_at)
    assert (local.date(), local.hour) == (alice.today() + timedelta(days=21), 9)
    assert {note.text for note in Note.objects.filter(one_to_one=one)} == {
        "She has **four** farms", "Peter and the Bebbs", "Her hip again",
    }  # fmt: skip
    assert Fact.objects.get(one_to_one=one).topic == "family"
    assert {(each.whose, each.text) for each in Action.objects.filter(one_to_one=one)} == {
        ("mine", "send the outline"),
        ("theirs", "ring the Bebbs"),
    }
    # To the close-out by its key, from outside the line.
    page.keyboard.press("c")
    page.wait_for_url("**/close-out/")


def test_the_same_by_touch(travel: Travel, alice: Member, one: OneToOne) -> None:
    makers.an_agenda_item(one.relationship, alice, "theirs", "Her lease")
    peter = makers.a_person(
        alice, "Peter Vance", phone="0161 496 0101", email="peter@vance.example"
    )
    search.index([peter.pk])
    journey = opened(travel, "phone", alice, one)
    page = journey.page

    def write(text: str, label: str = "") -> None:
        if label:
            page.locator(".composer__kinds label", has_text=label).tap()
        page.locator("#line").tap()
        page.locator("#line").fill(text)
        page.get_by_role("button", name="Save").tap()
        expect(page.locator("#line")).to_have_value("")

    write("She has four farms")
    saved(page, "She has four farms")
    page.locator("#topic").select_option("family")
    write("Two daughters", "Fact")
    saved(page, "Family, a fact. Two daughters")
    write("send the outline by tomorrow", "I will")
    saved(page, "Yours, by")
    write("in 3 weeks at 9:00", "Next")
    saved(page, "Next ")
    expect(page.locator(".lines__next")).to_contain_text("9:00")
    journey.check()
    page.locator(".sides-switch label", has_text="Agenda").tap()
    page.get_by_role("button", name="Her lease").tap()
    expect(page.get_by_role("button", name="Her lease", pressed=True)).to_be_visible()
    asked = page.locator("#questions summary").first
    question = asked.inner_text()
    asked.tap()
    page.locator("#questions [open] button", has_text="Not now").tap()
    expect(page.locator("#questions")).not_to_contain_text(question)
    expect(page.locator("#questions summary").first).to_be_visible()
    page.locator("#contacts-q").fill("pet van")
    found = page.locator("#contacts-found")
    expect(found.get_by_role("link", name="Call")).to_have_attribute("href", "tel:+441614960101")
    expect(found.get_by_role("link", name="Write")).to_have_attribute(
        "href", "mailto:peter@vance.example"
    )
    expect(found.get_by_role("link", name="Begin a programme")).to_be_visible()
    journey.check()
    # One tap corrects a line; the page comes back as it was.
    page.locator(".sides-switch label", has_text="Notes").tap()
    page.get_by_role("link", name="Change She has four farms").tap()
    page.get_by_label("What was said").fill("She has five farms")
    page.get_by_role("button", name="Save").tap()
    expect(page.locator("#lines")).to_contain_text("She has five farms")
    assert AgendaItem.objects.get(relationship=one.relationship).covered_in_id == one.pk


def test_without_scripts(travel: Travel, alice: Member, one: OneToOne) -> None:
    makers.an_agenda_item(one.relationship, alice, "theirs", "Her lease")
    search.index([one.relationship.person_id])
    journey = opened_plain(travel, alice, one)
    page = journey.page
    expect(page.locator("svg.clock")).to_have_attribute("aria-label", re.compile("Now: Their turn"))
    for text, shown in (
        ("She has four farms", "She has four farms"),
        ("/action them next week ring the Bebbs", "ring the Bebbs"),
        ("/next in 3 weeks 9am", "9:00"),
    ):
        page.locator("#line").fill(text)
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#lines")).to_contain_text(shown)
    page.locator("#line").fill("/nonsense")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#line-error")).to_contain_text("/nonsense is not known")
    expect(page.locator("#line")).to_have_value("/nonsense")
    page.get_by_role("button", name="Her lease").click()
    expect(page.get_by_role("button", name="Her lease", pressed=True)).to_be_visible()
    page.locator("#contacts-q").fill("abelson")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name="Book something").first).to_be_visible()


def opened_plain(travel: Travel, member: Member, one: OneToOne) -> Journey:
    """Open it with scripts off, where the page cannot be looked at by axe."""
    journey = travel("wide", scripts=False)
    journey.sign_in(member)
    journey.page.goto(journey.base + one.get_absolute_url())
    return journey


def test_the_connection_goes_and_comes_back(travel: Travel, alice: Member, one: OneToOne) -> None:
    makers.an_agenda_item(one.relationship, alice, "theirs", "Her lease")
    journey = opened(travel, "wide", alice, one)
    page, context = journey.page, journey.context
    page.locator("#line").focus()
    typed(page, "Before it went")
    saved(page, "Before it went")
    page.keyboard.type("While it ")
    context.set_offline(True)
    page.keyboard.type("was gone")
    page.keyboard.press("Enter")
    waiting = page.locator("#waiting")
    expect(waiting).to_contain_text("No connection. One thing waits in this browser")
    expect(waiting.locator("li")).to_contain_text(["While it was gone"])
    typed(page, "/action me by tomorrow send it")
    expect(waiting.locator("li")).to_have_count(2)
    page.get_by_role("button", name="Her lease").click()
    expect(waiting).to_contain_text("3 things wait")
    page.locator("#line").fill("Not finished yet")
    journey.check()
    assert Note.objects.filter(one_to_one=one).count() == 1
    # The page is loaded anew in between: what waits is sent, and what was typed stands there.
    context.set_offline(False)
    page.reload()
    saved(page, "While it was gone")
    saved(page, "Yours, by")
    expect(page.locator("#line")).to_have_value("Not finished yet")
    expect(page.get_by_role("button", name="Her lease", pressed=True)).to_be_visible()
    page.locator("#line").focus()
    page.keyboard.press("Enter")
    saved(page, "Not finished yet")
    journey.check()
    assert sorted(Note.objects.filter(one_to_one=one).values_list("text", flat=True)) == [
        "Before it went",
        "Not finished yet",
        "While it was gone",
    ]
    assert Action.objects.get(one_to_one=one).text == "send it"


def test_a_line_whose_answer_got_lost_is_stored_once(
    travel: Travel, alice: Member, one: OneToOne
) -> None:
    journey = opened(travel, "wide", alice, one)
    page = journey.page
    lost: list[str] = []

    def lose(route, request) -> None:  # type: ignore[no-untyped-def]
        if request.method == "POST" and not lost:
            lost.append(request.post_data)
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route("**/lines/", lose)
    page.locator("#line").focus()
    typed(page, "Said once")
    saved(page, "Said once")
    assert lost
    assert Note.objects.filter(one_to_one=one).count() == 1


def test_two_browsers_in_one_meeting(travel: Travel, alice: Member, one: OneToOne) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Dean", Role.MEMBER)
    item = makers.an_agenda_item(one.relationship, alice, "theirs", "Her lease")
    laptop = opened(travel, "wide", alice, one)
    phone = opened(travel, "phone", carol, one)
    phone.page.locator("#line").fill("Half a line on the ph")
    laptop.page.locator("#line").focus()
    typed(laptop.page, "From the laptop")
    expect(phone.page.locator("#lines")).to_contain_text("From the laptop")
    expect(phone.page.locator("#line")).to_have_value("Half a line on the ph")
    laptop.page.locator("#line").fill("Half a line on the lap")
    phone.page.locator("#line").fill("From the phone")
    phone.page.get_by_role("button", name="Save").tap()
    expect(laptop.page.locator("#lines")).to_contain_text("From the phone")
    expect(laptop.page.locator("#line")).to_have_value("Half a line on the lap")
    # A tick on one is a tick on the other.
    laptop.page.get_by_role("button", name="Her lease").click()
    phone.page.locator(".sides-switch label", has_text="Agenda").tap()
    expect(phone.page.get_by_role("button", name="Her lease", pressed=True)).to_be_visible()
    item.refresh_from_db()
    assert item.covered_in_id == one.pk
    # A private line stays where it was written, whatever comes after it.
    laptop.page.locator("#line").fill("/private Her hip")
    laptop.page.keyboard.press("Enter")
    saved(laptop.page, "Her hip")
    typed(laptop.page, "For both of us")
    expect(phone.page.locator("#lines")).to_contain_text("For both of us")
    expect(phone.page.locator("#lines")).not_to_contain_text("Her hip")
    assert "Her hip" not in phone.page.content()
    # What one takes away is gone on the other.
    Note.objects.get(one_to_one=one, text="From the phone").delete_by(carol)
    expect(laptop.page.locator("#lines")).not_to_contain_text("From the phone")


def test_listening_is_one_line_and_the_clock(travel: Travel, alice: Member, one: OneToOne) -> None:
    one.kind = "listening"
    one.save()
    makers.an_agenda_item(one.relationship, alice, "theirs", "Her lease")
    journey = opened(travel, "wide", alice, one)
    page = journey.page
    expect(page.locator("svg.clock")).to_be_visible()
    expect(page.get_by_role("button", name="Her lease")).to_have_count(0)
    expect(page.locator(".composer__kinds")).to_have_count(0)
    page.locator("#line").focus()
    typed(page, "He never once spoke of the firm")
    page.get_by_text("What you wrote").click()
    saved(page, "He never once spoke of the firm")
    journey.check()
