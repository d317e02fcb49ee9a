"""What came by their link since we last met stands in the brief."""

from datetime import timedelta

import pytest
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.briefing.loading import brief_for
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link, an_arrival
from touchline.meetings.models import State
from touchline.relationships.models import Relationship
from touchline.sheets.models import Purpose, TheirAnswer, TheirSheet
from touchline.sheets.theirs import saving
from touchline.sheets.theirs.settling import Choice, settle
from touchline.sheets.theirs.weighing import Way


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    found = makers.a_relationship(alice, "Anwen Pritchard", on=alice.today() - timedelta(days=90))
    makers.a_one_to_one(found, alice, alice.today() - timedelta(days=20), state=State.CLOSED_OUT)
    return found


def news(anwen: Relationship, alice: Member) -> list[str]:
    return [said.text for said in brief_for(anwen, alice).since]


def test_a_sheet_waits_in_the_brief_until_it_is_settled_and_then_its_answers_stand_there(
    anwen: Relationship, alice: Member
) -> None:
    now = timezone.now()
    link = a_link(anwen, alice, Purpose.YOURS)
    saving.type_in(link, {("interests", "team"): "Saints"}, now=now)
    assert news(anwen, alice) == []
    saving.hand_over(link, now=now)
    assert news(anwen, alice) == ["Anwen has handed over a sheet: look through it"]
    sheet, answer = TheirSheet.objects.get(), TheirAnswer.objects.get()
    seen = saving.digest("Saints")
    settle(alice, sheet, [Choice(answer.pk, seen, Way.TAKE, "interests", "team")], now=now)
    assert news(anwen, alice) == ["Saints"]


def test_what_they_wrote_since_stands_there_and_what_came_before_does_not(
    anwen: Relationship, alice: Member
) -> None:
    before = timezone.now() - timedelta(days=30)
    an_arrival(anwen, alice, "going", "Before", at=before)
    an_arrival(anwen, alice, "going", "It goes well")
    an_arrival(anwen, alice, "feedback", "They spoke on Monday")
    found = brief_for(anwen, alice).since
    assert {said.text for said in found} == {
        "Anwen on how it is going: “It goes well”",
        "Anwen on a referral: “They spoke on Monday”",
    }
    assert {said.on for said in found} == {alice.today()}


def test_another_partner_s_words_are_not_in_it(anwen: Relationship, alice: Member) -> None:
    an_arrival(makers.a_relationship(alice, "Glyn Parry"), alice, "going", "Marker")
    assert news(anwen, alice) == []
