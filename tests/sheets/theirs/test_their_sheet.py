"""What they handed in: beside what is known, kept as said by them, or left out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.sheets.theirs.test_yours import picture
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.models import Fact
from touchline.people import photos
from touchline.people.models import Photo
from touchline.playbook.models import of
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, Link, TheirAnswer, TheirSheet
from touchline.sheets.theirs import saving
from touchline.sheets.theirs.choosing import AnswerForm
from touchline.sheets.theirs.settling import proposed

Browser = Callable[[Member], Client]
CHILDREN, GROUPS, TEAM = ("family", "children"), ("networks", "groups"), ("interests", "team")
BIRTHDAY = ("family", "birthday")


def hand_in(link: Link, typed: dict[tuple[str, str], str]) -> TheirSheet:
    now = timezone.now()
    saving.type_in(link, typed, now=now)
    saving.hand_over(link, now=now)
    found: TheirSheet = TheirSheet.objects.latest("pk")
    return found


def as_it_stands(sheet: TheirSheet, **changed: str) -> dict[str, str]:
    """Return what the page would post, with some ways changed, by slot."""
    posted = {}
    for one in proposed(sheet, sheet.answers.filter(state="proposed")):
        form = AnswerForm(of(sheet.workspace), one)
        for name in form.fields:
            value = form[name].value()
            posted[form.add_prefix(name)] = "" if value is None else str(value)
        if one.answer.slot in changed:
            posted[form.add_prefix("way")] = changed[one.answer.slot]
    return posted


def facts(anwen: Relationship) -> dict[str, tuple[str, str]]:
    rows = Fact.objects.current().filter(person=anwen.person).order_by("pk")
    return {row.slot: (row.text, row.said_by) for row in rows}


def test_all_at_once_becomes_facts_said_by_them(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {CHILDREN: "Two", TEAM: "Saints", BIRTHDAY: "9 May 1970"})
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "Interests: favourite team" in page
    answer = client.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert answer.status_code == 303
    said = facts(anwen)
    assert said == {
        "children": ("Two", "them"), "team": ("Saints", "them"), "birthday": ("9 May 1970", "them"),
    }  # fmt: skip
    born = Fact.objects.get(slot="birthday")
    assert (born.dated_on, born.yearly) == (date(1970, 5, 9), True)
    assert born.on == alice.today()
    sheet.refresh_from_db()
    assert sheet.settled_at
    assert Arrival.objects.get().seen_at
    assert set(TheirAnswer.objects.values_list("state", flat=True)) == {"accepted"}
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "All of it is decided on." in page
    # Told once: what they are asked next leaves it out, and shows it back to them.
    form = Client().get(link.path).content.decode().partition("What you told us before")
    assert "favourite team" not in form[0]
    assert "Is there a team you follow?" not in form[0]
    assert "Saints</textarea>" in form[2]


def test_a_conflict_stands_side_by_side_and_takes_the_place_with_its_history(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    old = makers.a_fact(
        anwen, alice, "family", "One child", slot="children", said_by="others",
        on=alice.today() - timedelta(days=40),
    )  # fmt: skip
    sheet = hand_in(link, {CHILDREN: "Two"})
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "One child" in page
    assert "others said" in page
    client.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert facts(anwen) == {"children": ("Two", "them")}
    old.refresh_from_db()
    assert old.replaced_by is not None
    assert old.replaced_by.text == "Two"


@pytest.mark.parametrize(
    ("way", "texts", "state"),
    [
        ("take", ["One", "Two"], "accepted"),
        ("leave", ["One"], "declined"),
        ("later", ["One"], "proposed"),
    ],
)
def test_both_are_kept_or_none_or_it_waits(
    way: str, texts: list[str], state: str, link: Link, anwen: Relationship, alice: Member,
    browser: Browser,
) -> None:  # fmt: skip
    makers.a_fact(
        anwen, alice, "family", "One", slot="children", on=alice.today() - timedelta(days=9)
    )
    sheet = hand_in(link, {CHILDREN: "Two"})
    browser(alice).post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet, children=way))
    assert list(Fact.objects.current().order_by("pk").values_list("text", flat=True)) == texts
    assert TheirAnswer.objects.get().state == state
    sheet.refresh_from_db()
    assert (sheet.settled_at is None) is (way == "later")
    assert (Arrival.objects.get().seen_at is None) is (way == "later")


def test_the_same_confirms_what_is_known(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    fact = makers.a_fact(
        anwen, alice, "interests", "Saints", slot="team", on=alice.today() - timedelta(days=700)
    )
    sheet = hand_in(link, {TEAM: "saints."})
    browser(alice).post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    fact.refresh_from_db()
    assert fact.confirmed_on == alice.today()
    assert Fact.objects.count() == 1
    assert TheirAnswer.objects.get().fact == fact


def test_it_goes_where_one_puts_it_and_on_the_day_one_gives(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Takes the exam on 3 May", BIRTHDAY: "In spring"})
    posted = as_it_stands(sheet)
    team, born = (TheirAnswer.objects.get(slot=slot).pk for slot in ("team", "birthday"))
    posted |= {f"a{team}-place": "goals/own_plans", f"a{team}-dated_on": "2027-05-03"}
    browser(alice).post(f"/their-sheets/{sheet.pk}/", posted)
    plan = Fact.objects.get(topic="goals")
    assert (plan.slot, plan.dated_on, plan.yearly) == ("own_plans", date(2027, 5, 3), False)
    spring = Fact.objects.get(slot="birthday")
    assert (spring.dated_on, spring.yearly) == (None, False)
    assert TheirAnswer.objects.get(pk=born).fact == spring


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("way", "instead:999999", "choose one of those offered"),
        ("way", "", "Choose what becomes of this answer."),
        ("way", "<script>", "choose one of those offered"),
        ("place", "no/where", "choose one of those offered"),
        ("dated_on", "soon", "give a day as"),
        ("dated_on", "0001-01-01", "too far off"),
    ],
)
def test_bad_input_is_said_and_changes_nothing(
    field: str, value: str, words: str, link: Link, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Saints", CHILDREN: "Two"})
    posted = as_it_stands(sheet)
    pk = TheirAnswer.objects.get(slot="team").pk
    answer = browser(alice).post(f"/their-sheets/{sheet.pk}/", {**posted, f"a{pk}-{field}": value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Fact.objects.exists()
    assert set(TheirAnswer.objects.values_list("state", flat=True)) == {"proposed"}


def test_of_two_who_decide_at_once_one_is_told(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Saints"})
    posted, client = as_it_stands(sheet), browser(alice)
    client.post(f"/their-sheets/{sheet.pk}/", {**posted, "once": "one"})
    again = client.post(f"/their-sheets/{sheet.pk}/", {**posted, "once": "one"})
    assert again.status_code == 303
    told = client.post(f"/their-sheets/{sheet.pk}/", {**posted, "once": "two"}, follow=True)
    assert "An answer was decided on or taken back since you opened this." in (
        told.content.decode() + client.get("/").content.decode()
    )
    assert Fact.objects.count() == 1


def test_an_answer_that_they_changed_meanwhile_is_not_kept_unread(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Saints"})
    posted = as_it_stands(sheet)
    hand_in(link, {TEAM: "Scarlets"})
    answer = browser(alice).post(f"/their-sheets/{sheet.pk}/", posted, follow=True)
    assert "has changed an answer since you opened this" in answer.content.decode()
    assert not Fact.objects.exists()


def test_a_fact_that_was_corrected_meanwhile_is_not_replaced(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    fact = makers.a_fact(anwen, alice, "family", "One", slot="children")
    sheet = hand_in(link, {CHILDREN: "Two"})
    posted = as_it_stands(sheet)
    fact.correct(alice, text="Three", on=alice.today(), one_to_one=None)
    answer = browser(alice).post(f"/their-sheets/{sheet.pk}/", posted)
    # What was offered is not any more: the page comes back with what is.
    assert answer.status_code == 422
    assert "Three" in answer.content.decode()
    assert facts(anwen)["children"] == ("Three", "them")


def test_what_is_typed_and_not_handed_over_is_nobodys_to_see_here(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    now = timezone.now()
    saving.type_in(link, {TEAM: "Typed-marker"}, now=now)
    saving.give_picture(link, photos.small(picture()), now=now)
    sheet, client = TheirSheet.objects.get(), browser(alice)
    listed = client.get(f"/relationships/{anwen.pk}/their-sheets/").content.decode()
    assert "Not handed over yet." in listed
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "Typed-marker" not in listed + page
    assert client.get(f"/their-sheets/{sheet.pk}/photo.jpg").status_code == 404
    saving.hand_over(link, now=now)
    assert "Typed-marker" in client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    saving.type_in(link, {TEAM: "Second-marker"}, now=now)
    after = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "marker" not in after


def test_a_picture_becomes_theirs_or_goes(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    for way in ("take", "leave"):
        saving.give_picture(link, photos.small(picture()), now=timezone.now())
        sheet = hand_in(link, {})
        shown = client.get(f"/their-sheets/{sheet.pk}/photo.jpg")
        assert shown["Content-Type"] == "image/jpeg"
        assert "sandbox" in shown["Content-Security-Policy"]
        client.post(f"/their-sheets/{sheet.pk}/", {"picture": way})
        sheet.refresh_from_db()
        assert (sheet.photo, sheet.settled_at is not None) == (None, True)
        assert client.get(f"/people/{anwen.person_id}/photo/").status_code == 200
    assert Photo.objects.count() == 1


def test_what_was_left_out_can_be_kept_after_all(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet, client = hand_in(link, {TEAM: "Saints"}), browser(alice)
    client.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet, team="leave"))
    pk = TheirAnswer.objects.get().pk
    assert "Keep it after all" in client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert client.post(f"/their-sheets/{sheet.pk}/", {"after_all": "no"}).status_code == 404
    assert client.post(f"/their-sheets/{sheet.pk}/", {"after_all": str(pk)}).status_code == 303
    assert facts(anwen) == {"team": ("Saints", "them")}


def test_a_settled_sheet_is_followed_by_another(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Saints", CHILDREN: "Two"})
    browser(alice).post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet, children="later"))
    # While one waits, they are at the same sheet; an answer that was kept is answered anew.
    again = hand_in(link, {TEAM: "Scarlets"})
    assert again == sheet
    browser(alice).post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert facts(anwen)["team"] == ("Scarlets", "them")
    assert hand_in(link, {TEAM: "Dragons"}) != sheet


def test_taking_back_what_they_began_anew_settles_the_sheet(
    link: Link, anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Saints", CHILDREN: "Two"})
    posted = as_it_stands(sheet, children="later")
    browser(alice).post(f"/their-sheets/{sheet.pk}/", posted)
    saving.type_in(link, {CHILDREN: ""}, now=timezone.now())
    sheet.refresh_from_db()
    assert sheet.settled_at


def test_a_viewer_reads_and_a_stranger_finds_nothing(
    link: Link, alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: "Saints"})
    page = browser(bob).get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "Saints" in page
    assert 'name="a' not in page
    posted = as_it_stands(sheet)
    assert browser(bob).post(f"/their-sheets/{sheet.pk}/", posted).status_code == 403
    for path in (f"/their-sheets/{sheet.pk}/", f"/their-sheets/{sheet.pk}/photo.jpg"):
        assert browser(stranger).get(path).status_code == 404
    assert browser(stranger).post(f"/their-sheets/{sheet.pk}/", posted).status_code == 404
    assert not Fact.objects.exists()


def test_script_in_an_answer_is_text(link: Link, alice: Member, browser: Browser) -> None:
    sheet = hand_in(link, {TEAM: "<script>alert(1)</script>"})
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "<script>alert" not in page
    client.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert "<script>alert" not in client.get(f"/their-sheets/{sheet.pk}/").content.decode()


def test_the_pages_ask_little_of_the_database(
    link: Link, anwen: Relationship, alice: Member, browser: Browser,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    sheet = hand_in(link, {TEAM: "Saints", CHILDREN: "Two", GROUPS: "Rotary"})
    client = browser(alice)
    for path in (f"/their-sheets/{sheet.pk}/", f"/relationships/{anwen.pk}/their-sheets/"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_a_sheet_that_was_put_in_shows_what_could_not_be_sorted(
    anwen: Relationship, alice: Member, browser: Browser
) -> None:
    sheet = TheirSheet.objects.create(
        workspace=anwen.workspace, relationship=anwen, source="put_in", by=alice,
        raw="Team: Saints\nMoves <fast>", unsorted="Moves <fast>", filename="about.txt",
        began_at=timezone.now(), handed_in_at=timezone.now(),
    )  # fmt: skip
    TheirAnswer.objects.create(
        workspace=anwen.workspace, sheet=sheet, topic="gone", slot="team", text="Saints",
        state="proposed", typed_at=timezone.now(),
    )  # fmt: skip
    client = browser(alice)
    page = client.get(f"/their-sheets/{sheet.pk}/").content.decode()
    assert "Moves &lt;fast&gt;" in page
    assert "about.txt" in page
    client.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    sheet.refresh_from_db()
    assert sheet.settled_at
    assert Fact.objects.get().topic == "gone"
