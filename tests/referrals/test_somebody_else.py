"""A consent is of those who gave it: somebody else as prospect is asked anew (M10)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member, Workspace
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.people.models import Company, Person
from touchline.referrals.entering import enter_history
from touchline.referrals.models import Referral, Third
from touchline.referrals.passing import wording
from touchline.referrals.states import State
from touchline.referrals.stepping import steps
from touchline.referrals.story import story
from touchline.referrals.taking import standing_of, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(alice: Member) -> Any:
    return makers.a_relationship(alice, "Ann Lee", on=alice.today() - timedelta(days=90))


@pytest.fixture
def eve(alice: Member) -> Any:
    return makers.a_person(alice, "Eve Moss")


def introduce(found: Referral, by: Member) -> None:
    found.introduce(by, on=by.today(), gaps=[])


def test_a_yes_of_the_one_before_counts_for_nobody_else(alice: Member, ann: Any, eve: Any) -> None:
    found = a_referral(ann, alice, state="agreed", expects_contact=True, fits={"area": True})
    asked_on = found.receiver_asked_on
    found.change(alice, person=eve)
    assert (found.state, found.state_on, found.asked_on) == (State.ASKING, asked_on, asked_on)
    assert (found.receiver_answer, found.prospect_answer) == ("yes", "")
    assert (found.expects_contact, found.fits, found.agreed_on) == (None, {}, None)
    assert not found.may_be_named
    with pytest.raises(Refused, match="Both have to say yes"):
        introduce(found, alice)
    told = story(found.steps.all(), standing_of(found), {})
    assert told[-1].text == "Somebody else is the prospect, and is asked anew"
    assert [one.text for one in told if one.gone_back_on] == ["The prospect before says yes"]
    next_step = steps(standing_of(found)).next
    assert next_step
    assert next_step.key == "ask:prospect"
    found.answer(alice, "prospect", "yes", on=alice.today())
    introduce(found, alice)
    assert Referral.objects.get().state == State.INTRODUCED


@pytest.mark.parametrize("order", [("receiver", "prospect"), ("prospect", "receiver")])
def test_it_can_still_be_gone_back_from_to_the_idea(
    alice: Member, ann: Any, eve: Any, order: tuple[str, str]
) -> None:
    found = a_referral(ann, alice, state="idea")
    begun = found.state_on
    for whom in order:
        found.answer(alice, whom, "yes", on=alice.today())
    found.change(alice, person=eve)
    found.go_back(alice, reason="The wrong one")
    found.refresh_from_db()
    assert (found.state, found.state_on, found.asked_on) == (State.IDEA, begun, None)
    said = (found.receiver_answer, found.prospect_answer, found.prospect_asked_on)
    assert said == ("", "", None)
    with pytest.raises(Refused, match="no step"):
        found.go_back(alice, reason="Once more")
    assert found.may_be_deleted


@pytest.mark.parametrize("state", ["introduced", "won", "thanked"])
def test_once_introduced_somebody_else_is_another_referral(
    alice: Member, ann: Any, eve: Any, state: str
) -> None:
    found = a_referral(ann, alice, state=state)
    with pytest.raises(Refused, match="another referral"):
        found.change(alice, person=eve)
    assert Referral.objects.get().person != eve


def test_nor_is_one_let_go_a_way_around(alice: Member, ann: Any, eve: Any) -> None:
    found = a_referral(ann, alice, state="agreed")
    found.decline(alice, on=alice.today(), reason="Not now")
    with pytest.raises(Refused, match="another referral"):
        found.change(alice, person=eve)


def test_who_was_deleted_for_good_leaves_no_yes_behind(alice: Member, ann: Any, eve: Any) -> None:
    found = a_referral(ann, alice, state="agreed")
    found.person.delete()
    found.refresh_from_db()
    with pytest.raises(Refused, match="who the prospect is"):
        introduce(found, alice)
    found.change(alice, person=eve)
    assert (found.state, found.prospect_answer) == (State.ASKING, "")


SAID = [f"{said}:{whom}" for said in ("ask", "yes", "no") for whom in ("receiver", "prospect")]
DOINGS = st.lists(
    st.sampled_from([*SAID, "introduce", "decline", "contact", "dud", "back", "Tom", "Eve", ""]),
    max_size=14,
)


@given(DOINGS)
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_introduced_who_has_not_said_yes_themselves(
    alice: Member, ann: Any, doings: list[str]
) -> None:
    """Whatever is done, gone back from and changed in between."""
    today = alice.today()
    with transaction.atomic():
        who = {name: makers.a_person(alice, name) for name in ("Tom", "Eve")}
        found = a_referral(ann, alice, person=who["Tom"])
        agreed = dict.fromkeys(who, False)
        for doing in doings:
            there = found.person.name if found.person else ""
            try:
                if doing == "back":
                    found.go_back(alice, reason="A slip")
                elif doing in who or not doing:
                    found.change(alice, person=who.get(doing))
                else:
                    take(found, alice, doing, on=today, said="So", gaps=[])
            except Refused:
                continue
            if doing == "yes:prospect":
                agreed[there] = True
            now = found.person.name if found.person else ""
            assert found.prospect_answer != "yes" or agreed[now]
            assert found.introduced_on is None or agreed[now]
            assert found.may_be_named <= agreed.get(now, False)
        found.refresh_from_db()
        for _ in range(20):
            if found.state == State.IDEA:
                break
            found.go_back(alice, reason="From the beginning")
        assert (found.state, found.asked_on, found.introduced_on) == (State.IDEA, None, None)
        transaction.set_rollback(True)


def test_the_company_of_the_same_prospect_is_a_correction(alice: Member, ann: Any) -> None:
    found = a_referral(ann, alice, state="agreed")
    found.change(alice, company=makers.a_company(alice, "Hart Foods"))
    assert found.both_agreed
    found.change(alice, person=None)
    assert not found.prospect_answer


def test_a_third_partner_who_is_introduced_is_asked_as_well(
    alice: Member, ann: Any, eve: Any
) -> None:
    found = a_referral(ann, alice, state="agreed")
    found.change(alice, third=makers.a_relationship(alice, eve), third_is=Third.INTRODUCER)
    assert found.both_agreed
    found.change(alice, third_is=Third.INTRODUCED)
    assert not found.prospect_answer
    with pytest.raises(Refused, match="somebody else than the partner"):
        found.change(alice, third=ann)
    eve.do_not_contact = True
    eve.save()
    found = Referral.objects.get()
    with pytest.raises(Refused, match="Eve Moss is marked do not contact"):
        found.ask(alice, "prospect", on=alice.today())


def test_what_was_marked_after_the_yes_stops_the_introduction(alice: Member, ann: Any) -> None:
    found = a_referral(ann, alice, state="agreed")
    tom = found.person
    tom.delete_by(alice)
    with pytest.raises(Refused, match="deleted"):
        introduce(Referral.objects.get(), alice)
    type(tom).objects.filter(pk=tom.pk).update(do_not_contact=True, deleted_at=None)
    with pytest.raises(Refused, match="do not contact"):
        introduce(Referral.objects.get(), alice)
    type(tom).objects.filter(pk=tom.pk).update(do_not_contact=False)
    found = Referral.objects.get()
    Referral.objects.filter(pk=found.pk).update(person=ann.person)
    with pytest.raises(Refused, match="is the partner"):
        introduce(Referral.objects.get(), alice)


def test_no_introduction_without_a_look_at_the_readiness_list(alice: Member, ann: Any) -> None:
    found = a_referral(ann, alice, state="agreed")
    with pytest.raises(ValueError, match="readiness"):
        take(found, alice, "introduce", on=alice.today())
    assert Referral.objects.get().state == State.AGREED


def test_history_is_of_before_the_workspace(alice: Member, ann: Any) -> None:
    began = alice.workspace.created_at - timedelta(days=100)
    Workspace.objects.filter(pk=alice.workspace_id).update(created_at=began)
    alice.workspace.refresh_from_db()
    since = began.astimezone(alice.zone).date()

    def enter(direction: str, after: int) -> Referral:
        days = {State.INTRODUCED: since + timedelta(days=after)}
        return enter_history(alice, ann, direction, need="A lease", days=days)

    for after in (1, 100):
        with pytest.raises(Refused, match="You have been here since"):
            enter("given", after)
    assert enter("given", 0).is_history
    # Its consents were the giver's to ask.
    assert enter("received", 100).is_history


def test_correcting_what_is_of_somebody_deleted_makes_nobody_new(
    alice: Member, ann: Any, eve: Any, browser: Callable[[Member], Client]
) -> None:
    """Nor a company, nor is the third partner left out: all three are in the trash by now."""
    firm, third = makers.a_company(alice, "Hart Foods"), makers.a_relationship(alice, eve)
    made = a_referral(
        ann, alice, state="introduced", company=firm, third=third, third_is=Third.INTRODUCER
    )
    made.person.delete_by(alice)
    eve.delete_by(alice)
    Company.objects.filter(pk=firm.pk).update(deleted_at=timezone.now())
    before = (Person.objects.count(), Company.objects.count())
    client, edit = browser(alice), f"/referrals/{made.pk}/edit/"
    shown = client.get(edit).context["form"]
    posted = {name: shown[name].value() for name in shown.fields}
    posted |= {"person_said": posted["person"], "person_is": made.person_id, "need": "Two leases"}
    given = {name: value for name, value in posted.items() if value is not None}
    assert client.post(edit, given).status_code == 303
    now = Referral.objects.get()
    assert now.need == "Two leases"
    assert (now.person_id, now.company_id, now.third_id) == (made.person_id, firm.pk, third.pk)
    assert (Person.objects.count(), Company.objects.count()) == before


def test_a_version_that_no_number_is_has_no_effect(
    alice: Member, ann: Any, browser: Callable[[Member], Client]
) -> None:
    made = a_referral(ann, alice)
    given = {"item": "expects", "answer": "yes", "seen": "9" * 5000}
    assert browser(alice).post(f"/referrals/{made.pk}/readiness/", given).status_code == 303


def test_the_prospect_is_not_told_in_whose_one_to_one_it_came_up(alice: Member, ann: Any) -> None:
    bea = makers.a_relationship(alice, "Bea Moss")
    one = makers.a_one_to_one(bea, alice, alice.today() - timedelta(days=3))
    made = a_referral(ann, alice, one_to_one=one, stated_where="One-to-one with Bea Moss")
    for words in wording.asking(made, "prospect", alice):
        assert "Bea" not in words.subject + words.text
