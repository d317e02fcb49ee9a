"""What is asked of somebody, from what is stored: what fills a question, and what never does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.asking import events, own
from touchline.meetings.asking.answering import answer
from touchline.meetings.asking.choosing import choice, chosen
from touchline.meetings.asking.material import Material
from touchline.meetings.models import NoteKind, OneToOne, Outcome, State
from touchline.people.models import Acquaintance
from touchline.playbook.choosing import Chosen
from touchline.playbook.situation import Offer
from touchline.relationships.models import Relationship


def every(relationship: Relationship, member: Member, one: OneToOne | None = None) -> list[Chosen]:
    """Return all that could be asked, chosen or not."""
    found = choice(relationship, member, one, today=member.today())
    return [*found.chosen, *found.others]


def took_place(one: OneToOne) -> None:
    began = timezone.now() - timedelta(minutes=1)
    OneToOne.objects.filter(pk=one.pk).update(state=State.HELD, starts_at=began)


def by_key(relationship: Relationship, member: Member, key: str) -> Chosen | None:
    return next((one for one in every(relationship, member) if one.key == key), None)


@pytest.fixture
def today(alice: Member) -> date:
    return alice.today()


@pytest.fixture
def anwen(alice: Member, today: date) -> Relationship:
    """Met twice, the third planned: a referral partner meeting of an hour."""
    relationship = makers.a_relationship(
        alice, makers.a_person(alice, "Anwen Pritchard", company="Lloyd"),
        on=today - timedelta(days=90), stage="prospective",
    )  # fmt: skip
    for days in (60, 30):
        makers.a_one_to_one(
            relationship, alice, today - timedelta(days=days), state=State.CLOSED_OUT
        )
    makers.a_one_to_one(relationship, alice, today + timedelta(days=3))
    return relationship


def test_as_many_as_there_is_time_for_each_with_its_reason(
    anwen: Relationship, alice: Member
) -> None:
    found = chosen(anwen, alice, today=alice.today())
    assert len(found) == 5
    assert all(one.why.endswith(".") and "{" not in one.text for one in found)
    assert len({one.key for one in every(anwen, alice)}) == len(every(anwen, alice))


def test_a_fact_silences_its_slot_until_it_is_old(
    anwen: Relationship, alice: Member, today: date
) -> None:
    assert by_key(anwen, alice, "family-2")
    fact = makers.a_fact(anwen, alice, "family", "Two daughters", slot="children")
    assert by_key(anwen, alice, "family-2") is None
    assert by_key(anwen, alice, "family-3"), "one fact does not silence family"

    fact.confirmed_on = fact.on = today - timedelta(days=500)
    fact.save()
    again = by_key(anwen, alice, "family-10")
    assert again
    assert "Two daughters" in again.text
    assert again.slot == "children"
    assert again.why == "Last confirmed 16 months ago."


def test_a_company_where_i_know_somebody_well_or_a_little_never_only_a_name(
    anwen: Relationship, alice: Member
) -> None:
    def ask() -> str:
        found = by_key(anwen, alice, "target_companies-7")
        names = ("Aardvark", "Bison", "Lloyd", "Crane", "Dove", "Zebra")
        return " ".join(name for name in names if found and name in found.text)

    makers.a_person(alice, "Only Name", company="Aardvark", acquaintance=Acquaintance.ONLY_A_NAME)
    makers.a_person(alice, "Not Said", company="Bison")
    makers.a_person(alice, "Col League", company="Lloyd", acquaintance=Acquaintance.WELL)
    makers.a_person(alice, "Never Call", company="Crane", acquaintance=Acquaintance.WELL,
                    do_not_contact=True)  # fmt: skip
    assert ask() == ""
    makers.a_person(alice, "Little Known", company="Dove", acquaintance=Acquaintance.A_LITTLE)
    assert ask() == "Dove"
    makers.a_person(alice, "Well Known", company="Zebra", acquaintance=Acquaintance.WELL)
    assert ask() == "Zebra"
    makers.a_fact(anwen, alice, "target_companies", "The people at Dove", slot="people")
    assert ask() == "Dove", "first where they named it"


def test_the_last_referral_noted_and_no_private_note(
    anwen: Relationship, alice: Member, bob: Member, today: date
) -> None:
    first = anwen.one_to_ones.took_place().first()
    for author in (alice, bob):
        makers.a_note(anwen, author, "Secret idea", kind=NoteKind.IDEA, private=True)
        makers.a_note(anwen, author, "Secret word", topic="family", private=True, one_to_one=first)
    assert by_key(anwen, alice, "referrals-1") is None
    assert by_key(anwen, alice, "family-12") is None
    makers.a_note(anwen, alice, "Sam for the barn", kind=NoteKind.IDEA, one_to_one=first)
    makers.a_note(anwen, bob, "The exam is in June", topic="family", one_to_one=first)
    referral, said = by_key(anwen, alice, "referrals-1"), by_key(anwen, alice, "family-12")
    assert referral
    assert "“Sam for the barn”" in referral.text
    assert said
    assert "“The exam is in June”" in said.text
    assert all("Secret" not in one.text for one in every(anwen, alice))


def test_a_promise_not_kept_a_day_that_comes_and_a_company_in_my_diary(
    anwen: Relationship, alice: Member, bob: Member, today: date
) -> None:
    makers.an_action(anwen, alice, "mine", "Send the plan.", today - timedelta(days=5))
    makers.an_action(anwen, alice, "mine", "Not due yet", today + timedelta(days=5))
    day = today + timedelta(days=10)
    makers.a_fact(anwen, alice, "family", "Kitty’s exam", slot="children", dated_on=day)
    other = makers.a_relationship(alice, makers.a_person(alice, "Ruth Abel", company="Dove"))
    makers.a_one_to_one(other, alice, today + timedelta(days=8))
    soon = makers.a_relationship(alice, makers.a_person(alice, "Too Soon", company="Early"))
    makers.a_one_to_one(soon, alice, today + timedelta(days=1))
    texts = {one.key: one for one in every(anwen, alice)}
    assert "Send the plan" in texts["us-7"].text
    assert "Kitty’s exam" in texts["family-11"].text
    assert "Dove" in texts["target_companies-9"].text
    assert texts["target_companies-9"].why.startswith("You see Ruth Abel of Dove on ")
    assert [one.key for one in chosen(anwen, alice, today=today)][:2] == ["us-7", "family-11"]
    other.hand_over(alice, makers.a_member(alice.workspace, "cy@example.org"))
    assert "target_companies-9" not in {one.key for one in every(anwen, alice)}


@pytest.mark.parametrize("slot", ["history", ""])
def test_history_told_once_is_not_asked_for_again(
    anwen: Relationship, alice: Member, today: date, slot: str
) -> None:
    other = makers.a_relationship(alice, makers.a_person(alice, "Ruth Abel", company="Dove"))
    makers.a_one_to_one(other, alice, today + timedelta(days=8))
    assert by_key(anwen, alice, "target_companies-9")
    dove = other.person.company
    makers.a_fact(anwen, alice, "target_companies", "Worked there", slot=slot, company=dove)
    assert by_key(anwen, alice, "target_companies-9") is None


def test_what_later_work_brings_is_raised_from_one_place(
    anwen: Relationship, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "SOURCES", [*events.SOURCES])

    def outcomes(material: Material) -> list[Offer]:
        return [Offer(f"referral:{material.relationship}", {"last_referral": "Sam for the barn"})]

    assert by_key(anwen, alice, "referrals-2") is None
    events.raised_by("referral_outcome", outcomes)
    found = by_key(anwen, alice, "referrals-2")
    assert found
    assert found.about == f"referral:{anwen.pk}"
    with pytest.raises(ValueError, match="no event"):
        events.raised_by("full_moon", outcomes)


def test_not_now_is_for_this_meeting_and_never_for_good(
    anwen: Relationship, alice: Member, bob: Member, today: date
) -> None:
    one = anwen.one_to_ones.planned().get()
    first, second, third, *_ = chosen(anwen, alice, one, today=today)

    def tap(prompt: Chosen, by: Member, outcome: str) -> None:
        answer(anwen, by, prompt=prompt.key, about=prompt.about, outcome=outcome, on=today,
               one_to_one=one)  # fmt: skip

    tap(first, alice, Outcome.NOT_NOW)
    tap(second, alice, Outcome.NOT_HERE)
    tap(third, bob, Outcome.NEVER)
    keys = {each.key for each in every(anwen, alice, one)}
    assert first.key not in keys
    assert second.key not in keys
    assert third.key in keys, "what another member never asks, I may"
    assert third.key not in {each.key for each in every(anwen, bob, one)}
    took_place(one)
    later = {each.key for each in every(anwen, alice)}
    assert first.key in later
    assert second.key not in later

    elsewhere = makers.a_relationship(alice, "Ruth Abel", on=today)
    makers.a_one_to_one(elsewhere, alice, today + timedelta(days=2), kind="referral_partner")
    assert third.key not in {each.key for each in every(elsewhere, bob)}
    assert second.key in {each.key for each in every(elsewhere, alice)}


def test_picked_for_the_agenda_it_is_not_put_forward_and_covered_it_was_asked(
    anwen: Relationship, alice: Member, today: date
) -> None:
    one = anwen.one_to_ones.planned().get()
    prompt = next(each for each in every(anwen, alice, one) if each.key == "family-2")
    item = makers.an_agenda_item(anwen, alice, "mine", prompt.text, prompt=prompt.key)
    assert by_key(anwen, alice, "family-2") is None
    assert len(chosen(anwen, alice, one, today=today)) == 4
    item.cover(alice, one)
    took_place(one)
    assert by_key(anwen, alice, "family-2") is None


def test_own_prompts_stand_with_the_playbooks_and_in_their_place(
    anwen: Relationship, alice: Member
) -> None:
    made = own.add(anwen, alice, topic="family", slot="animals", text="And the geese?",
                   memory="once")  # fmt: skip
    own.reword(anwen, alice, "family-2", topic="family", slot="children", text="And the girls?",
               memory="6m")  # fmt: skip
    assert by_key(anwen, alice, made.key)
    reworded = by_key(anwen, alice, "family-2")
    assert reworded
    assert reworded.text == "And the girls?"
    other = makers.a_relationship(alice, "Ruth Abel", held_before=3,
                                  held_before_last_on=alice.today())  # fmt: skip
    assert by_key(other, alice, made.key) is None
    plain = by_key(other, alice, "family-2")
    assert plain
    assert plain.text != "And the girls?"


def test_loaded_in_eight_queries_however_long_the_story(
    anwen: Relationship, alice: Member, today: date
) -> None:
    for number in range(30):
        makers.a_fact(anwen, alice, "family", f"Fact {number}", slot="children")
        makers.a_note(anwen, alice, f"Note {number}", topic="family")
        makers.an_action(anwen, alice, "mine", f"Do {number}", today - timedelta(days=number))
        makers.a_person(alice, f"Person {number}", company=f"Firm {number}",
                        acquaintance=Acquaintance.WELL)  # fmt: skip
    alice.workspace.playbook  # noqa: B018 - comes with the member on a page
    with CaptureQueriesContext(connection) as queries:
        assert chosen(anwen, alice, today=today)
    assert len(queries) <= 8


def test_a_stranger_s_rows_are_not_asked_about(
    anwen: Relationship, alice: Member, stranger: Member, today: date
) -> None:
    makers.a_person(stranger, "Well Known", company="Zebra", acquaintance=Acquaintance.WELL)
    far = makers.a_relationship(stranger, makers.a_person(stranger, "Far Away", company="Yak"))
    makers.a_one_to_one(far, stranger, today + timedelta(days=8))
    texts = " ".join(one.text for one in every(anwen, alice))
    assert "Zebra" not in texts
    assert "Yak" not in texts
