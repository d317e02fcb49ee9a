"""Beginning programmes: one, several, with people already known, over budget."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.relationships.models import Relationship
from touchline.relationships.starting import start

Browser = Callable[[Member], Client]


def filled(**given: Any) -> dict[str, Any]:
    return {
        "rhythm": "medium", "length_minutes": 60, "travel_minutes": 0, "held_before": "",
        "last_on": "", "stage": "", "alignment": "", **given,
    }  # fmt: skip


def where(person: Any) -> str:
    return f"/people/{person.pk}/programme/"


def test_shows_each_rhythm_with_the_load_it_leads_to(alice: Member, browser: Browser) -> None:
    person = makers.a_person(alice, "Priya Raman")
    page = browser(alice).get(where(person)).content.decode()
    assert "Begin with Priya Raman" in page
    # 70 minutes every 63 days and a call of 10 every 28: 7.8 + 2.5 minutes a week.
    assert "Medium alignment: 10 min of your 4 h a week" in page
    assert "Your week goes from 0 min to 10 min of 4 h." in page


def test_shows_the_load_of_what_is_chosen_before_it_is_begun(
    alice: Member, browser: Browser
) -> None:
    person = makers.a_person(alice, "Priya Raman")
    page = browser(alice).get(
        where(person), {"rhythm": "own", "meeting_days": 7, "length_minutes": 50}
    )
    assert "Your week goes from 0 min to 1 h of 4 h." in page.content.decode()
    assert not Relationship.objects.exists()


def test_begins_with_all_that_was_said(alice: Member, browser: Browser) -> None:
    person = makers.a_person(alice, "Priya Raman")
    answer = browser(alice).post(
        where(person),
        filled(
            rhythm="high", why="Same clients", alignment="high", alignment_reasons="HR for farms",
            place="Café", travel_minutes=15, they_expect="Honesty", we_expect="A call back",
        ),
    )  # fmt: skip
    made = Relationship.objects.get(person=person)
    assert answer.status_code == 303
    assert answer["Location"] == made.get_absolute_url()
    assert (made.meeting_days, made.call_days, made.stage) == (28, 7, "prospective")
    assert (made.why, made.place, made.travel_minutes) == ("Same clients", "Café", 15)
    assert made.steps.get().to_stage == "prospective"
    assert made.main_contact == alice


def test_a_partner_of_ten_years_is_entered_as_one(alice: Member, browser: Browser) -> None:
    person = makers.a_person(alice, "Janet Ollerenshaw")
    last = alice.today() - timedelta(days=40)
    client = browser(alice)
    client.post(
        where(person), filled(held_before=40, last_on=last.isoformat(), stage="referral_partner")
    )
    made = Relationship.objects.get(person=person)
    assert (made.stage, made.held_before, made.held_before_last_on) == (
        "referral_partner", 40, last,
    )  # fmt: skip
    page = client.get(made.get_absolute_url()).content.decode()
    assert "held 40 before" in page
    assert "before Touchline" in page
    assert "Janet Ollerenshaw" in client.get("/partners/").content.decode()


@pytest.mark.parametrize(
    ("held", "stage"),
    [(0, "prospective"), (1, "getting_to_know_you"), (40, "tell_me_the_detail")],
)
def test_held_before_carries_as_far_as_it_allows_but_never_to_partner(
    alice: Member, browser: Browser, held: int, stage: str
) -> None:
    person = makers.a_person(alice, "Ruth Abelson")
    last = alice.today().isoformat() if held else ""
    browser(alice).post(where(person), filled(held_before=held, last_on=last))
    assert Relationship.objects.get(person=person).stage == stage


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"held_before": "2"}, "Say roughly when the last one was."),
        ({"held_before": "2", "last_on": "2999-01-01"}, "can’t be in the future"),
        ({"held_before": "2", "last_on": "last spring"}, "The last one on: give a day as 3/12"),
        ({"held_before": "-1"}, "Held before: a whole number from 0 to 999."),
        ({"last_on": "2020-01-01"}, "Say how many you have held"),
        ({"stage": "referral_partner"}, "takes 3 one-to-ones that took place"),
        ({"rhythm": ""}, "Choose how often"),
        ({"rhythm": "own"}, "Say how many days lie between two meetings."),
        ({"rhythm": "own", "meeting_days": "0"}, "Days between meetings: a whole number from 1 to"),
        ({"rhythm": "hourly"}, "Rhythm: choose one of those offered."),
        ({"length_minutes": "abc"}, "Length, minutes: a whole number from 5 to 480."),
        ({"travel_minutes": "999"}, "Travel each way, minutes: a whole number from 0 to 600."),
        ({"why": "x" * 301}, "Why with them: at most 300 letters."),
    ],
)
def test_bad_input_is_named_and_kept(
    alice: Member, browser: Browser, given: dict[str, str], sentence: str
) -> None:
    person = makers.a_person(alice, "Ruth Abelson")
    answer = browser(alice).post(where(person), filled(place="The old mill", **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "The old mill" in page
    assert not Relationship.objects.exists()


def test_over_budget_is_refused_with_the_way_out_then_accepted(
    alice: Member, browser: Browser
) -> None:
    alice.weekly_budget_minutes = 60
    alice.save()
    makers.a_relationship(alice, "Peter Vance", meeting_days=14)
    person = makers.a_person(alice, "Priya Raman")
    client = browser(alice)
    refused = client.post(where(person), filled(rhythm="own", meeting_days=14))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "a week over your limit" in page
    assert "Meeting Peter Vance every four weeks would make room." in page
    assert "Start anyway" in page
    assert not Relationship.objects.filter(person=person).exists()
    accepted = client.post(where(person), filled(rhythm="own", meeting_days=14, anyway="on"))
    assert accepted.status_code == 303
    assert Relationship.objects.filter(person=person).exists()


def test_starting_twice_is_refused(alice: Member, browser: Browser) -> None:
    person = makers.a_person(alice, "Ruth Abelson")
    relationship = makers.a_relationship(alice, person)
    client = browser(alice)
    assert client.get(where(person))["Location"] == relationship.get_absolute_url()
    answer = client.post(where(person), filled(), follow=True)
    assert "has a programme already" in answer.content.decode()
    assert Relationship.objects.count() == 1
    with pytest.raises(Refused, match="has a programme already"):
        start(person, alice, on=alice.today())


def test_strangers_and_viewers_begin_nothing(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    person = makers.a_person(alice, "Ruth Abelson")
    assert browser(stranger).get(where(person)).status_code == 404
    assert browser(stranger).post(where(person), filled()).status_code == 404
    assert browser(bob).post(where(person), filled()).status_code == 403
    assert not Relationship.objects.exists()


SEVERAL = "/programmes/new/"


def several(people: list[Any], **given: Any) -> dict[str, Any]:
    return {"rhythm": "medium", "person": [one.pk for one in people], **given}


def test_several_begin_together(alice: Member, browser: Browser) -> None:
    people = [makers.a_person(alice, name) for name in ("Ann Ash", "Ben Birch", "Cy Cedar")]
    client = browser(alice)
    page = client.get(SEVERAL, {"person": [one.pk for one in people]}).content.decode()
    assert "Begin with three people" in page
    assert "Your week goes from 0 min to 31 min of 4 h." in page
    last = alice.today().isoformat()
    answer = client.post(
        SEVERAL,
        several(
            people,
            **{
                f"p{people[0].pk}-held_before": 12,
                f"p{people[0].pk}-last_on": last,
                f"p{people[0].pk}-stage": "referral_partner",
                f"p{people[1].pk}-held_before": 1,
                f"p{people[1].pk}-last_on": last,
            },
        ),
    )
    assert answer.status_code == 303
    stages = dict(Relationship.objects.values_list("person__name", "stage"))
    assert stages == {
        "Ann Ash": "referral_partner",
        "Ben Birch": "getting_to_know_you",
        "Cy Cedar": "prospective",
    }
    assert set(Relationship.objects.values_list("alignment", "meeting_days")) == {("medium", 63)}


def test_several_begin_all_or_none(alice: Member, browser: Browser) -> None:
    people = [makers.a_person(alice, name) for name in ("Ann Ash", "Ben Birch")]
    wrong = several(people, **{f"p{people[1].pk}-held_before": 3})
    answer = browser(alice).post(SEVERAL, wrong)
    assert answer.status_code == 422
    assert "Say roughly when the last one was." in answer.content.decode()
    assert not Relationship.objects.exists()


def test_several_wait_where_one_was_begun_in_between(alice: Member, browser: Browser) -> None:
    people = [makers.a_person(alice, name) for name in ("Ann Ash", "Ben Birch")]
    makers.a_relationship(alice, people[0])
    answer = browser(alice).post(SEVERAL, several(people))
    assert answer.status_code == 422
    assert "Ann Ash has a programme already and is left out." in answer.content.decode()
    assert Relationship.objects.count() == 1


def test_several_over_budget_are_asked_about_first(alice: Member, browser: Browser) -> None:
    alice.weekly_budget_minutes = 15
    alice.save()
    people = [makers.a_person(alice, name) for name in ("Ann Ash", "Ben Birch")]
    client = browser(alice)
    refused = client.post(SEVERAL, several(people))
    assert refused.status_code == 422
    assert "Start anyway" in refused.content.decode()
    assert not Relationship.objects.exists()
    assert client.post(SEVERAL, several(people, anyway="on")).status_code == 303
    assert Relationship.objects.count() == 2


def test_several_need_somebody(alice: Member, browser: Browser) -> None:
    answer = browser(alice).get(SEVERAL, {"person": ["x", "999999"]}, follow=True)
    assert "Select the people to begin with first." in answer.content.decode()


def test_a_stranger_begins_nothing_with_several(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    people = [makers.a_person(alice, "Ann Ash")]
    browser(stranger).post(SEVERAL, several(people))
    assert browser(bob).post(SEVERAL, several(people)).status_code == 403
    assert not Relationship.objects.exists()


def test_what_was_held_before_can_be_corrected(
    alice: Member, browser: Callable[[Member], Client]
) -> None:
    today = alice.today()
    relationship = makers.a_relationship(
        alice, "Gareth Pugh", stage="referral_partner", held_before=4,
        held_before_last_on=today - timedelta(days=40),
    )  # fmt: skip
    address = f"/relationships/{relationship.pk}/edit/"
    form = {"length_minutes": "60", "travel_minutes": "0", "back": address}
    last_on = (today - timedelta(days=50)).isoformat()
    answer = browser(alice).post(address, {**form, "held_before": "12", "last_on": last_on})
    assert answer.status_code == 303
    relationship.refresh_from_db()
    assert relationship.held_before == 12
    assert relationship.held_before_last_on == today - timedelta(days=50)

    answer = browser(alice).post(
        address, {**form, "held_before": "2", "last_on": last_on}, follow=True
    )
    assert "takes 3 one-to-ones that took place; that would leave 2" in answer.content.decode()
    answer = browser(alice).post(address, {**form, "held_before": "5", "last_on": ""})
    assert answer.status_code == 422
    relationship.refresh_from_db()
    assert relationship.held_before == 12
