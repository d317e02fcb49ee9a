"""A referral that begins, one entered as history, one put right; and what is asked back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core import money
from touchline.core.money import Money
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.journal.models import Entry
from touchline.meetings.models import NoteKind
from touchline.meetings.models import State as Meeting
from touchline.people import search
from touchline.people.models import Person
from touchline.referrals.models import Referral, State
from touchline.referrals.money_field import MoneyField
from touchline.referrals.twice import same_need
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
NEW, HISTORY = "/referrals/new/", "/referrals/history/new/"


def known(alice: Member, name: str, **fields: Any) -> Person:
    """Make somebody who is found by their name."""
    made = makers.a_person(alice, name, **fields)
    search.index([made.pk])
    return made


@pytest.fixture
def partner(alice: Member) -> Relationship:
    return makers.a_relationship(alice, known(alice, "Ann Lee"))


@pytest.fixture
def client(alice: Member, browser: Browser) -> Client:
    return browser(alice)


def post(client: Client, with_whom: Relationship, address: str = NEW, **more: Any) -> Any:
    data = {
        "direction": "given", "partner": with_whom.pk, "person": "Tom Hart",
        "need": "A lease to be read before it is signed", "on": with_whom.begun_on.isoformat(),
        **more,
    }  # fmt: skip
    return client.post(address, data)


def said(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.content.decode())


# Beginning


def test_begins_as_an_idea_with_somebody_new(
    alice: Member, partner: Relationship, client: Client
) -> None:
    answer = post(client, partner, company="Hart Foods", stated_where="Over lunch")
    made = Referral.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.state, made.direction, made.need[:7]) == (State.IDEA, "given", "A lease")
    assert made.person
    assert made.company
    assert (made.person.name, made.company.name) == ("Tom Hart", "Hart Foods")
    assert made.person.company == made.company
    assert made.person.source == "Ann Lee, a referral"
    assert made.stated_where == "Over lunch"


def test_begins_with_one_of_ones_people_by_name(
    alice: Member, partner: Relationship, client: Client
) -> None:
    tom = known(alice, "Tom Hart", company="Hart Foods")
    post(client, partner, person="tom  hart")
    assert Referral.objects.get().person == tom
    assert Person.objects.filter(name__iexact="tom hart").count() == 1


def test_several_of_a_name_are_asked_back(
    alice: Member, partner: Relationship, client: Client
) -> None:
    known(alice, "Tom Hart", company="Hart Foods")
    other = known(alice, "Tom Hart", company="Leys Farm")
    shown = said(post(client, partner))
    assert "Who is meant?" in shown
    assert "Leys Farm" in shown
    assert "Somebody new, called Tom Hart" in shown
    # A choice made for another name than the one that came is no choice.
    other_name = {"person_said": "Tom", "person_is": str(other.pk)}
    said(post(client, partner, **other_name))
    post(client, partner, person_said="Tom Hart", person_is=str(other.pk))
    assert Referral.objects.get().person == other
    post(client, partner, person_said="Tom Hart", person_is="new", need="Something else entirely")
    assert Person.objects.filter(name="Tom Hart").count() == 3


def test_a_part_of_a_name_asks_which(alice: Member, partner: Relationship, client: Client) -> None:
    known(alice, "Tom Hartley")
    assert "Tom Hartley" in said(post(client, partner, person="Tom"))
    assert not Referral.objects.exists()


def test_a_company_alone_or_nobody_yet_is_enough(
    alice: Member, partner: Relationship, client: Client
) -> None:
    post(client, partner, person="", company="Hart Foods")
    post(client, partner, person="", need="Somebody who fits kitchens")
    company, nobody = Referral.objects.order_by("pk")
    assert company.prospect == "Hart Foods"
    assert nobody.prospect == "Somebody"


def test_a_received_one_may_be_introduced_already(
    alice: Member, partner: Relationship, client: Client
) -> None:
    post(client, partner, direction="received", received="1")
    made = Referral.objects.get()
    assert (made.direction, made.state) == ("received", State.INTRODUCED)


def test_a_third_partner_says_what_they_do(
    alice: Member, partner: Relationship, client: Client
) -> None:
    third = makers.a_relationship(alice, "Bea Moss")
    assert "Say what the other partner does" in said(post(client, partner, third=third.pk))
    same = said(post(client, partner, third=partner.pk, third_is="introducer"))
    assert "somebody else than the partner" in same
    post(client, partner, third=third.pk, third_is="introducer")
    made = Referral.objects.get()
    assert made.third == third
    for page in (made.get_absolute_url(), third.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert "Bea" in shown
        assert "Ann Lee" in shown
        assert "Tom Hart" in shown


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"need": ""}, "Say in a sentence what the prospect needs."),
        ({"need": "x" * 301}, "300 letters"),
        ({"partner": ""}, "Choose the partner"),
        ({"partner": "999999999999999999999"}, "Partner"),
        ({"direction": "sideways"}, "Which way"),
        ({"on": ""}, "Give the day that it was."),
        ({"on": "3000-01-01"}, "still to come"),
        ({"on": "1066-10-14"}, "too long ago"),
        ({"stated_on": "3000-01-01"}, "still to come"),
        ({"person": "Ann Lee"}, "The prospect is the partner"),
        ({"person": "x" * 201}, "200 letters"),
    ],
)
def test_bad_input(
    partner: Relationship, client: Client, given: dict[str, Any], sentence: str
) -> None:
    assert sentence in said(post(client, partner, **given))
    assert not Referral.objects.exists()
    assert not Person.objects.filter(name="Tom Hart").exists()


def test_one_marked_do_not_contact_is_refused_and_may_be_history(
    alice: Member, partner: Relationship, client: Client
) -> None:
    known(alice, "Tom Hart", do_not_contact=True)
    assert "marked do not contact" in said(post(client, partner))
    assert "marked do not contact" in said(post(client, partner, direction="received"))
    day = alice.today().isoformat()
    assert post(client, partner, HISTORY, introduced=day).status_code == 303


# The same prospect, for the same need, to two


def test_the_same_for_the_same_need_is_asked_back(
    alice: Member, partner: Relationship, client: Client
) -> None:
    bea = makers.a_relationship(alice, "Bea Moss")
    first = a_referral(bea, alice, state="introduced", person=known(alice, "Tom Hart"))
    shown = said(post(client, partner, need="Reading the lease"))
    assert "Tom Hart is with Bea Moss already" in shown
    assert first.get_absolute_url() in shown
    assert post(client, partner, need="Reading the lease", anyway="1").status_code == 303
    assert Referral.objects.count() == 2


@pytest.mark.parametrize("state", ["declined", "lost", "dud", "no_answer"])
def test_what_came_to_nothing_is_no_obstacle(
    alice: Member, partner: Relationship, client: Client, state: str
) -> None:
    tom = known(alice, "Tom Hart")
    a_referral(makers.a_relationship(alice, "Bea Moss"), alice, state=state, person=tom)
    assert post(client, partner).status_code == 303


def test_the_same_to_the_same_partner_is_asked_back_too(
    alice: Member, partner: Relationship, client: Client
) -> None:
    a_referral(partner, alice, state="met", person=known(alice, "Tom Hart"))
    shown = said(post(client, partner))
    assert "Tom Hart is with Ann Lee already" in shown
    assert "Is this another one?" in shown
    assert "Two partners at once" not in shown
    assert post(client, partner, anyway="1").status_code == 303


def test_another_need_or_a_received_one_is_no_obstacle(
    alice: Member, partner: Relationship, client: Client
) -> None:
    bea = makers.a_relationship(alice, "Bea Moss")
    tom = known(alice, "Tom Hart")
    a_referral(bea, alice, need="A roof mended", state="met", person=tom)
    a_referral(bea, alice, "received", person=tom)
    assert post(client, partner).status_code == 303


def test_a_correction_asks_it_too(alice: Member, partner: Relationship, client: Client) -> None:
    bea = makers.a_relationship(alice, "Bea Moss")
    tom = known(alice, "Tom Hart")
    a_referral(bea, alice, person=tom)
    made = a_referral(partner, alice, person="Ida Cole")
    edit = f"{made.get_absolute_url()}edit/"
    data = {"person": "Tom Hart", "need": made.need, "seen": made.version}
    assert "is with Bea Moss already" in said(client.post(edit, data))
    assert client.post(edit, {**data, "anyway": "1"}).status_code == 303
    made.refresh_from_db()
    assert made.person == tom
    # Saved again as it is, it is not asked again.
    assert client.post(edit, {**data, "seen": made.version}).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A lease to be read", "Reading the lease", True),
        ("A lease to be read", "A roof mended", False),
        ("Wants a new website for the shop", "website", True),
        ("for the", "for the", True),
        ("for the", "for her", False),
        ("", "A lease", False),
    ],
)
def test_the_same_need(one: str, other: str, same: bool) -> None:
    assert same_need(one, other) is same
    assert same_need(other, one) is same


# Where it comes from


def test_from_a_note_all_that_it_knows_is_there(
    alice: Member, partner: Relationship, client: Client
) -> None:
    held = makers.a_one_to_one(partner, alice, alice.today(), state=Meeting.HELD)
    note = makers.a_note(
        partner, alice, "Tom needs a lease read", one_to_one=held, kind=NoteKind.IDEA
    )
    shown = client.get(held.get_absolute_url()).content.decode()
    assert f"{NEW}?note={note.pk}" in shown
    form = client.get(f"{NEW}?note={note.pk}").content.decode()
    assert "Tom needs a lease read" in form
    assert "One-to-one with Ann Lee" in form
    assert f'value="{partner.pk}" selected' in form
    post(client, partner, note=note.pk)
    made = Referral.objects.get()
    assert (made.note, made.one_to_one) == (note, held)
    shown = client.get(held.get_absolute_url()).content.decode()
    assert f"{NEW}?note={note.pk}" not in shown
    assert made.get_absolute_url() in shown
    assert f"{NEW}?note={note.pk}" in client.get(f"/notes/{note.pk}/edit/").content.decode()


def test_from_a_one_to_one_that_was(alice: Member, partner: Relationship, client: Client) -> None:
    held = makers.a_one_to_one(partner, alice, alice.today(), state=Meeting.CLOSED_OUT)
    address = f"{NEW}?one_to_one={held.pk}"
    assert address in client.get(held.get_absolute_url()).content.decode()
    form = client.get(address).content.decode()
    assert "One-to-one with Ann Lee" in form
    post(client, partner, one_to_one=held.pk)
    made = Referral.objects.get()
    assert made.one_to_one == held
    assert held.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()


def test_from_a_private_note_it_is_said_who_reads_it(
    alice: Member, bob: Member, partner: Relationship, client: Client, browser: Browser
) -> None:
    note = makers.a_note(partner, alice, "Quagganaut", private=True)
    assert "private to you" in client.get(f"{NEW}?note={note.pk}").content.decode()
    carol = makers.a_member(alice.workspace, "carol@example.org")
    assert "Quagganaut" not in browser(carol).get(f"{NEW}?note={note.pk}").content.decode()


def test_from_a_person_and_from_a_partner(
    alice: Member, partner: Relationship, client: Client
) -> None:
    tom = known(alice, "Tom Hart", company="Hart Foods")
    known(alice, "Tom Hart")
    assert f"{NEW}?prospect={tom.pk}" in client.get(tom.get_absolute_url()).content.decode()
    form = client.get(f"{NEW}?prospect={tom.pk}").content.decode()
    assert 'value="Hart Foods"' in form
    assert f'name="person_is" value="{tom.pk}"' in form
    shown = client.get(partner.get_absolute_url()).content.decode()
    assert f"{NEW}?relationship={partner.pk}" in shown
    assert "whom do you know that Ann could help?" in shown
    assert NEW in client.get("/").content.decode()
    post(client, partner, person_said="Tom Hart", person_is=str(tom.pk))
    made = Referral.objects.get()
    assert made.person == tom
    for page in (tom, partner):
        assert made.get_absolute_url() in client.get(page.get_absolute_url()).content.decode()


def test_what_is_not_there_or_not_ones_own_is_no_source(
    alice: Member, stranger: Member, partner: Relationship, client: Client
) -> None:
    theirs = makers.a_relationship(stranger, "Quagganaut Smith")
    note = makers.a_note(theirs, stranger, "Quagganaut")
    for query in (
        f"note={note.pk}", f"relationship={theirs.pk}", f"prospect={theirs.person_id}",
        "note=x", "one_to_one=99999999999999999999", "prospect=-1",
    ):  # fmt: skip
        shown = client.get(f"{NEW}?{query}")
        assert shown.status_code == 200
        assert "Quagganaut" not in shown.content.decode()
    assert said(post(client, theirs))


def test_a_viewer_begins_nothing(bob: Member, partner: Relationship, browser: Browser) -> None:
    client = browser(bob)
    for address in (NEW, HISTORY):
        assert client.get(address).status_code == 403
        assert post(client, partner, address).status_code == 403
    shown = client.get(partner.get_absolute_url()).content.decode()
    assert NEW not in shown


# History


def enter(client: Client, partner: Relationship, **more: Any) -> Any:
    return post(client, partner, HISTORY, **{"introduced": "2019-03-04", **more})


def test_history_is_entered_as_it_was(partner: Relationship, client: Client) -> None:
    enter(
        client, partner, contacted="2019-03-06", met="2019-04-01", outcome="won",
        outcome_on="2019-06-01", thanked="2019-06-02", value="12,500", became="A kitchen", heat="4",
    )  # fmt: skip
    made = Referral.objects.get()
    assert made.is_history
    assert (made.state, made.outcome, made.value_minor) == ("thanked", "won", 1_250_000)
    assert made.introduced_on == date(2019, 3, 4)
    shown = client.get(made.get_absolute_url()).content.decode()
    assert "Entered as history" in shown
    assert "4 March 2019" in shown
    assert "£12,500" in shown


def test_history_one_after_another(partner: Relationship, client: Client) -> None:
    answer = enter(client, partner, another="1")
    assert answer["Location"] == f"{HISTORY}?relationship={partner.pk}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"introduced": ""}, "Give the day on which they were introduced."),
        ({"contacted": "2019-03-01"}, "would be before"),
        ({"met": "3000-01-01"}, "still to come"),
        ({"outcome": "won"}, "Give the day, or the nearest you know."),
        ({"outcome_on": "2019-06-01"}, "Say what came of it on that day."),
        ({"thanked": "2019-06-01"}, "Say what came of it, where it was thanked for"),
        ({"outcome": "sold", "outcome_on": "2019-06-01"}, "choose one of those offered"),
        ({"value": "1.250"}, "can be read in two ways"),
        ({"value": "-1"}, "less than nothing"),
        ({"person": "Ann Lee"}, "The prospect is the partner"),
    ],
)
def test_history_that_cannot_have_been(
    partner: Relationship, client: Client, given: dict[str, str], sentence: str
) -> None:
    assert sentence in said(enter(client, partner, **given))
    assert not Referral.objects.exists()


def test_history_entered_by_mistake_is_deleted(partner: Relationship, client: Client) -> None:
    enter(client, partner, outcome="won", outcome_on="2019-06-01")
    made = Referral.objects.get()
    assert "Delete it" in client.get(made.get_absolute_url()).content.decode()
    client.post(f"{made.get_absolute_url()}deletion/")
    assert not Referral.objects.exists()


# Correcting


def test_a_correction_is_stored(alice: Member, partner: Relationship, client: Client) -> None:
    tom = known(alice, "Tom Hart")
    made = a_referral(partner, alice, state="quoted", value_minor=125_050, person=tom)
    edit = f"{made.get_absolute_url()}edit/"
    form = client.get(edit).content.decode()
    assert 'value="£1,250.50"' in form
    client.post(
        edit,
        {
            "person": "Tom Hart", "company": "Hart Foods", "need": "Two leases",
            "stated_on": "2026-01-05", "stated_where": "At the fair", "heat": "5",
            "expects_contact": "yes", "material": "A plan", "value": "1,400 EUR",
            "became": "An offer", "seen": made.version,
        },
    )  # fmt: skip
    made = Referral.objects.get()
    assert (made.need, made.heat, made.expects_contact) == ("Two leases", 5, True)
    assert (made.value_minor, made.currency) == (140_000, "EUR")
    assert made.company
    assert made.company.name == "Hart Foods"
    assert made.state == "quoted"


def test_somebody_else_may_look_after_it(
    alice: Member, bob: Member, stranger: Member, partner: Relationship, client: Client
) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Dean")
    made = a_referral(partner, alice, person=known(alice, "Tom Hart"))
    edit = f"{made.get_absolute_url()}edit/"
    shown = client.get(edit).content.decode()
    assert "Carol Dean" in shown
    # A viewer can look after nothing.
    assert f">{bob}</option>" not in shown
    data = {"person": "Tom Hart", "need": made.need, "seen": made.version}
    for other in (bob, stranger):
        assert "Choose one of your workspace." in said(
            client.post(edit, {**data, "owner": other.pk})
        )
    assert client.post(edit, {**data, "owner": carol.pk}).status_code == 303
    made.refresh_from_db()
    assert made.member == carol
    entry = Entry.objects.filter(verb__endswith="change").latest("pk")
    assert "member" in entry.details["fields"]


def test_who_introduces_is_not_the_prospect_and_a_partner_introduced_is_said_once(
    alice: Member, partner: Relationship, client: Client
) -> None:
    tom = known(alice, "Tom Hart")
    his = makers.a_relationship(alice, tom)
    third = {"third": his.pk, "third_is": "introducer"}
    assert "can’t make the introduction as well" in said(post(client, partner, **third))
    assert post(client, partner, **{**third, "third_is": "introduced"}).status_code == 303
    shown = client.get(Referral.objects.get().get_absolute_url()).content.decode()
    assert "Tom’s programme</a>: it counts there as an introduction" in shown
    assert "Also in it" not in shown


def test_a_correction_from_an_old_page_is_told(
    alice: Member, partner: Relationship, client: Client
) -> None:
    made = a_referral(partner, alice, state="introduced")
    seen = made.version
    made.contact(alice, on=alice.today())
    answer = client.post(
        f"{made.get_absolute_url()}edit/",
        {"person": "Tom Hart", "need": "Two leases", "seen": seen, "back": "/"},
        follow=True,
    )
    assert "has changed since this page was loaded" in answer.content.decode()
    made.refresh_from_db()
    assert made.need != "Two leases"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"need": ""}, "Say in a sentence"),
        ({"person": "Ann Lee"}, "The prospect is the partner"),
        ({"person": "Sid Cole"}, "marked do not contact"),
        ({"heat": "9"}, "How warm"),
        ({"value": "nothing"}, "no amount of money"),
    ],
)
def test_a_correction_that_cannot_be(
    alice: Member, partner: Relationship, client: Client, given: dict[str, str], sentence: str
) -> None:
    known(alice, "Sid Cole", do_not_contact=True)
    made = a_referral(partner, alice)
    data = {"person": "Tom Hart", "need": made.need, "seen": made.version, **given}
    assert sentence in said(client.post(f"{made.get_absolute_url()}edit/", data))


# Money as it is shown again


@given(
    st.integers(0, money.MOST),
    st.sampled_from(["GBP", "EUR", "JPY", "KWD", "USD"]),
    st.sampled_from(["GB", "DE", "US", "CH", "FR"]),
)
def test_a_stored_amount_is_read_as_itself(minor: int, currency: str, country: str) -> None:
    amount = Money(minor, currency)
    field = MoneyField("Worth")
    field.spoken_in(country, currency)
    assert field.clean(field.prepare_value(amount)) == amount


def test_an_amount_to_be_changed_says_its_currency() -> None:
    field = MoneyField("Worth")
    assert field.prepare_value(Money(800_000, "GBP")) == "£8,000"
    assert field.prepare_value(Money(125_050, "EUR")) == "€1,250.50"


def test_days_ahead_by_the_members_own_clock(
    alice: Member, partner: Relationship, client: Client
) -> None:
    tomorrow = alice.today() + timedelta(days=1)
    assert "still to come" in said(post(client, partner, on=tomorrow.isoformat()))
