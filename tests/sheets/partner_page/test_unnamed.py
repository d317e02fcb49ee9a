"""Who has not agreed to be named to a partner is not on their page, whatever it is written in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.sheets.partner_page.cast import Cast, a_recap
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral

TELLS = ("Eve", "Moss Lettings", "+44 7700 900456", "07700 900 456")


def silent(text: str) -> bool:
    return not any(each.lower() in text.lower() for each in ("eve moss", "lettings", "900456"))


def test_a_need_is_told_without_them(cast: Cast) -> None:
    page = cast.read()
    assert "lets out three flats" in page
    assert silent(page)


@pytest.mark.parametrize("tells", TELLS)
def test_no_line_that_tells_of_them_is_shown(cast: Cast, tells: str) -> None:
    alice, anwen, today = cast.alice, cast.anwen, cast.alice.today()
    for side in ("mine", "theirs"):
        makers.an_agenda_item(anwen, alice, side, f"Agenda about {tells}")
        makers.an_action(anwen, alice, side, f"Promise about {tells}", today)
    a_recap(alice, anwen, f"Hello Anwen,\n\n- Recap about {tells}\n- And more", timezone.now())
    page = cast.read()
    for line in ("Agenda about", "Promise about", "Recap about", tells):
        assert line not in page
    assert "And more" in page


@pytest.mark.parametrize("tells", TELLS)
def test_a_place_that_tells_of_them_is_neither_shown_nor_in_the_calendar(
    cast: Cast, tells: str
) -> None:
    cast.one.place = f"At {tells}"
    cast.one.save()
    assert tells not in cast.read()
    assert tells not in Client().get(f"{cast.path}one-to-one.ics").content.decode()


def test_a_need_of_another_referral_does_not_tell_of_them(cast: Cast) -> None:
    cast.named.need = "The same books as Eve Moss has"
    cast.named.save()
    page = cast.read()
    assert silent(page)
    assert "Tom Hart" in page


def test_known_by_one_referral_they_stay_unnamed_in_another(cast: Cast) -> None:
    a_referral(
        cast.anwen, cast.alice, state="asking", person=cast.named.person,
        need="Tom Hart also wants a pension",
    )  # fmt: skip
    page = cast.read()
    assert "also wants a pension" in page
    assert "Tom Hart also" not in page


def test_who_works_at_an_unnamed_firm_is_not_told_either(cast: Cast) -> None:
    alice, today = cast.alice, cast.alice.today()
    firm = makers.a_company(alice, "Quay Bakery")
    makers.a_person(alice, "Olwen Bevan", company="Quay Bakery", email="olwen@quay.example")
    a_referral(
        cast.anwen, alice, state="asking", person=None, company=firm, need="Wants a lease read"
    )
    makers.an_action(cast.anwen, alice, "theirs", "Wait for Olwen Bevan", today)
    makers.an_action(cast.anwen, alice, "theirs", "Write to olwen@quay.example", today)
    page = cast.read()
    assert "Wants a lease read" in page
    for each in ("Olwen", "Quay"):
        assert each not in page


@pytest.mark.parametrize(
    ("direction", "state", "there"),
    [
        ("given", "idea", False), ("given", "asking", True), ("given", "declined", False),
        ("given", "introduced", True), ("given", "won", True), ("given", "dud", True),
        ("received", "idea", False), ("received", "introduced", True), ("received", "met", True),
    ],
)  # fmt: skip
def test_they_see_the_referrals_that_they_know_of(
    cast: Cast, direction: str, state: str, there: bool
) -> None:
    a_referral(
        cast.anwen, cast.alice, direction, state=state, person="Non Ellis", need="A will to write"
    )
    assert ("A will to write" in cast.read()) is there


def test_one_whose_prospect_was_asked_before_them_is_ours_alone(cast: Cast) -> None:
    made = a_referral(cast.anwen, cast.alice, person="Non Ellis", need="A will to write")
    made.ask(cast.alice, "prospect", on=cast.alice.today(), how="phone")
    assert "A will to write" not in cast.read()


def test_what_came_of_it_is_shown_once_it_was_told(cast: Cast) -> None:
    made = a_referral(
        cast.anwen, cast.alice, "received", state="dud", person="Non Ellis", need="A will"
    )
    assert "Nothing came of it" not in cast.read().replace("Nothing has come of it", "")
    made.tell(cast.alice, "feedback", on=cast.alice.today())
    page = cast.read()
    assert "Nothing came of it" in page
    assert "dud" not in page.lower()


def test_a_recap_with_a_note_that_is_private_by_now_is_gone(cast: Cast) -> None:
    note = makers.a_note(cast.anwen, cast.alice, "Her  sister is ill", shared=True)
    later = timezone.now() + timedelta(minutes=1)
    a_recap(cast.alice, cast.anwen, "Hello\n\n- Her sister is ill\n- The dinner", later)
    assert "The dinner" in cast.read()
    note.edit(cast.alice, text=note.text, topic="", private=True)
    page = cast.read()
    assert "sister" not in page
    assert "The dinner" not in page
