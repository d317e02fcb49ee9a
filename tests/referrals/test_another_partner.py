"""The partner put right before it is passed, and another one tried where it came to nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.journal.models import Entry
from touchline.people.models import Person
from touchline.referrals.entering import begin, enter_history
from touchline.referrals.learning.debriefing import learn
from touchline.referrals.models import Answer, Asked, Referral, State
from touchline.referrals.story import story
from touchline.referrals.taking import standing_of, take

pytestmark = pytest.mark.django_db
ANSWERS = [f"{said}:{whom.value}" for said in ("ask", "yes", "no") for whom in Asked]


@pytest.fixture
def ann(alice: Member) -> Any:
    return makers.a_relationship(alice, "Ann Lee")


@pytest.fixture
def gus(alice: Member) -> Any:
    return makers.a_relationship(alice, makers.a_person(alice, "Gus Pole", company="Pole & Son"))


@pytest.fixture
def client(alice: Member, browser: Callable[[Member], Client]) -> Client:
    return browser(alice)


def named(made: Referral) -> dict[str, Any]:
    """Return the prospect as the form posts who is known already."""
    who = made.person
    return {"person": who.name, "person_said": who.name, "person_is": who.pk} if who else {}


def post(client: Client, made: Referral, **more: Any) -> Any:
    data = {**named(made), "need": made.need, "seen": made.version, **more}
    return client.post(f"{made.get_absolute_url()}edit/", data)


@pytest.mark.parametrize("state", ["idea", "asking", "agreed"])
def test_with_another_partner_both_are_asked_anew(
    alice: Member, ann: Any, gus: Any, state: str
) -> None:
    made = a_referral(
        ann, alice, state=state, words="Ann reads leases", fits={"area": True}, heat=4
    )
    begun = made.steps.get(verb="begin").on
    made.change(alice, relationship=gus)
    made.refresh_from_db()
    assert (made.relationship, made.state, made.state_on) == (gus, State.IDEA, begun)
    held = (made.asked_on, made.agreed_on, made.receiver_asked_on, made.prospect_asked_on,
            made.receiver_answered_on, made.prospect_answered_on)  # fmt: skip
    assert held == (None,) * 6
    assert made.receiver_answer == made.prospect_answer == made.receiver_how == ""
    assert (made.words, made.fits, made.heat) == ("", {}, 4)
    assert not made.may_be_named
    with pytest.raises(Refused, match="Both have to say yes"):
        made.introduce(alice, on=alice.today(), gaps=[])
    told = story(made.steps.all(), standing_of(made), {})
    # Nobody reads that Gus said what Ann did.
    assert not [one.text for one in told if "Gus" in one.text or "Ann" in one.text]
    if state == "idea":
        assert len(told) == 1
    else:
        assert told[-1].text == "It is with another partner, and both are asked anew"
        assert told[1].text == "I have asked the partner before"
        assert all(one.gone_back_reason for one in told[1:-1])
    with pytest.raises(Refused, match="no step to go back from"):
        made.go_back(alice, reason="Ann after all")


def test_both_partners_journals_say_so(alice: Member, ann: Any, gus: Any) -> None:
    made = a_referral(ann, alice)
    made.change(alice, relationship=gus)
    kept = Entry.objects.filter(verb__endswith="change", details__fields=["relationship"])
    assert {entry.person_id for entry in kept} == {ann.person_id, gus.person_id}


@pytest.mark.parametrize("state", ["introduced", "met", "won", "thanked", "declined", "no_answer"])
def test_what_went_on_stays_with_its_partner(
    alice: Member, ann: Any, gus: Any, client: Client, state: str
) -> None:
    made = a_referral(ann, alice, state=state)
    with pytest.raises(Refused, match="begin another referral"):
        made.change(alice, relationship=gus)
    shown = client.get(f"{made.get_absolute_url()}edit/").content.decode()
    assert "so it stays with them" in shown
    assert f"/referrals/new/?like={made.pk}" in shown
    # Nor by a form of before.
    assert post(client, made, partner=gus.pk).status_code == 303
    assert Referral.objects.get().relationship == ann


def test_history_is_corrected_until_it_taught_something(
    alice: Member, ann: Any, gus: Any, client: Client
) -> None:
    tom, since = makers.a_person(alice, "Tom Hart"), alice.today() - timedelta(days=900)
    days = {State.INTRODUCED: since, State.WON: since}
    made = enter_history(alice, ann, "given", need="A lease", days=days, person=tom)
    assert post(client, made, partner=gus.pk).status_code == 303
    made.refresh_from_db()
    assert (made.relationship, made.state) == (gus, State.WON)
    learn(alice, made, outcome="won", reason="right_industry", line="Breweries")
    with pytest.raises(Refused, match="begin another referral"):
        Referral.objects.get().change(alice, relationship=ann)


def test_the_form_moves_it_and_says_what_it_means(
    alice: Member, ann: Any, gus: Any, stranger: Member, client: Client
) -> None:
    made = a_referral(ann, alice, state="asking")
    edit = f"{made.get_absolute_url()}edit/"
    shown = client.get(edit).content.decode()
    assert "With another partner both are asked anew" in shown
    theirs = makers.a_relationship(stranger, "Zed Far")
    for wrong in (theirs.pk, 999, "x"):
        answer = post(client, made, partner=wrong)
        assert answer.status_code == 422
        assert "choose one of those offered" in answer.content.decode()
    answer = post(client, made, partner=gus.pk, third=gus.pk, third_is="introducer")
    assert "somebody else than the partner" in answer.content.decode()
    assert post(client, made, partner=gus.pk, company="Hart Foods").status_code == 303
    made.refresh_from_db()
    assert (made.relationship, made.state) == (gus, State.IDEA)
    assert "Given to" in (page := client.get(made.get_absolute_url()).content.decode())
    assert "Gus Pole" in page
    # A page of before the change is told.
    assert post(client, made, partner=ann.pk, seen=0).status_code == 303
    assert Referral.objects.get().relationship == gus


def test_the_partner_now_is_neither_prospect_nor_third(alice: Member, ann: Any, gus: Any) -> None:
    made = a_referral(ann, alice, person=gus.person)
    with pytest.raises(Refused, match="prospect is the partner"):
        made.change(alice, relationship=gus)
    other = a_referral(ann, alice, third=gus, third_is="introducer")
    with pytest.raises(Refused, match="somebody else than the partner"):
        other.change(alice, relationship=gus)


def test_where_the_other_partner_has_it_already_it_is_asked_back(
    alice: Member, ann: Any, gus: Any, client: Client
) -> None:
    tom = makers.a_person(alice, "Tom Hart")
    need = "A lease to be read before it is signed"
    made = begin(alice, ann, "given", need="Something else", on=alice.today(), person=tom)
    begin(alice, gus, "given", need=need, on=alice.today(), person=tom)
    answer = post(client, made, partner=gus.pk, need=need)
    assert answer.status_code == 422
    assert "is with Gus Pole already" in answer.content.decode()
    assert post(client, made, partner=gus.pk, need=need, anyway="1").status_code == 303


@pytest.mark.parametrize("direction", ["given", "received"])
def test_the_partners_own_company_is_nobody_to_introduce_to_them(
    alice: Member, ann: Any, gus: Any, direction: str, client: Client
) -> None:
    data = {"direction": direction, "partner": gus.pk, "company": "Pole & Son", "need": "A loan",
            "on": alice.today().isoformat()}  # fmt: skip
    answer = client.post("/referrals/new/", data)
    if direction == "received":
        # A partner may well bring us into their own firm.
        assert answer.status_code == 303
        return
    assert "The prospect is the partner’s own company." in answer.content.decode()
    assert not Referral.objects.exists()
    # Somebody who works there may be.
    assert client.post("/referrals/new/", {**data, "person": "Una Moss"}).status_code == 303
    made = a_referral(ann, alice, person=None, company=gus.person.company)
    with pytest.raises(Refused, match="own company"):
        made.change(alice, relationship=gus)


@pytest.mark.parametrize("state", ["declined", "lost", "no_answer", "dud", "idea", "won", "met"])
def test_what_came_to_nothing_is_begun_with_another_partner(
    alice: Member, ann: Any, gus: Any, client: Client, state: str
) -> None:
    note = makers.a_note(ann, alice, "Tom said so at the bakery")
    made = a_referral(ann, alice, state=state, note=note, stated_where="At the bakery")
    shown = client.get(made.get_absolute_url()).content.decode()
    again = f"/referrals/new/?like={made.pk}"
    offered = state in ("declined", "lost", "no_answer", "dud")
    assert (again in shown) is offered
    if not offered:
        return
    form = client.get(again).content.decode()
    assert made.need in form
    assert "At the bakery" in form
    assert f'<option value="{ann.pk}" selected' not in form
    data = {"direction": "given", "partner": gus.pk, **named(made), "need": made.need,
            "on": alice.today().isoformat(), "like": made.pk}  # fmt: skip
    assert client.post("/referrals/new/", data).status_code == 303
    other = Referral.objects.get(relationship=gus)
    assert (other.person, other.note, other.state) == (made.person, note, State.IDEA)


def test_another_ones_referral_says_nothing(
    alice: Member, stranger: Member, client: Client
) -> None:
    theirs = a_referral(makers.a_relationship(stranger, "Zed Far"), stranger, need="Quagganaut")
    shown = client.get(f"/referrals/new/?like={theirs.pk}").content.decode()
    assert "Quagganaut" not in shown


@pytest.mark.parametrize("first", [Asked.RECEIVER, Asked.PROSPECT])
def test_both_agreed_on_the_later_of_the_two_days(alice: Member, ann: Any, first: Asked) -> None:
    """Whoever was asked second may have said yes before; it is put down as it was."""
    made = a_referral(ann, alice, on=alice.today() - timedelta(days=30))
    second = next(whom for whom in Asked if whom != first)
    early, late = (alice.today() - timedelta(days=far) for far in (9, 4))
    made.answer(alice, first, Answer.YES, on=late)
    made.answer(alice, second, Answer.YES, on=early)
    assert (made.state, made.agreed_on, made.state_on) == (State.AGREED, late, late)
    assert getattr(made, f"{second.value}_answered_on") == early


def test_an_answer_is_not_earlier_than_the_question(alice: Member, ann: Any) -> None:
    made = a_referral(ann, alice, on=alice.today() - timedelta(days=30))
    made.ask(alice, "prospect", on=alice.today() - timedelta(days=3))
    for answer in ("yes", "no"):
        with pytest.raises(Refused, match="They were asked on"):
            made.answer(alice, "prospect", answer, on=alice.today() - timedelta(days=4))
    made.answer(alice, "prospect", "yes", on=alice.today() - timedelta(days=3))


@pytest.mark.parametrize("step", ["thank", "tell:feedback", "tell:material", "tell:checked"])
def test_nothing_is_heard_of_it_before_the_introduction(alice: Member, ann: Any, step: str) -> None:
    made: Any = a_referral(ann, alice, state="contacted", material="A price list")
    with pytest.raises(Refused, match="They were introduced on"):
        take(made, alice, step, on=made.introduced_on - timedelta(days=1))
    take(made, alice, step, on=made.introduced_on)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*ANSWERS, "introduce", "contact", "back", "ann", "gus", "tom", "eve"]),
            st.integers(0, 20),
        ),
        max_size=14,
    )
)
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_way_of_moving_it_leads_to_an_introduction_that_nobody_agreed_to(
    alice: Member, ann: Any, gus: Any, doings: list[tuple[str, int]]
) -> None:
    partners = {"ann": ann, "gus": gus}
    people = {name: _person(alice, name) for name in ("tom", "eve")}
    made: Any = a_referral(ann, alice, person=people["tom"], on=alice.today() - timedelta(days=30))
    yes: dict[Asked, tuple[int, int | None]] = {}
    for what, ago in doings:
        both = (made.relationship_id, made.person_id)
        try:
            if what in partners:
                made.change(alice, relationship=partners[what])
            elif what in people:
                made.change(alice, person=people[what])
            elif what == "back":
                made.go_back(alice, reason="Not so")
            else:
                take(made, alice, what, on=alice.today() - timedelta(days=ago), gaps=[])
                if what.startswith("yes:"):
                    yes[Asked(what[4:])] = both
        except Refused:
            pass
        made.refresh_from_db()
        if made.relationship_id != both[0]:
            yes.clear()
        if made.person_id != both[1]:
            yes.pop(Asked.PROSPECT, None)
        if made.introduced_on:
            # Each said yes to this partner, the prospect as themselves.
            assert yes[Asked.RECEIVER][0] == made.relationship_id
            assert yes[Asked.PROSPECT] == (made.relationship_id, made.person_id)
            assert made.introduced_on >= made.agreed_on >= made.asked_on
        if made.agreed_on:
            assert made.agreed_on >= max(made.receiver_answered_on, made.prospect_answered_on)


def _person(alice: Member, name: str) -> Any:
    found = Person.objects.filter(workspace=alice.workspace, name=name).first()
    return found or makers.a_person(alice, name)
