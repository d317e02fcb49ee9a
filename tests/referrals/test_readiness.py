"""Whether a referral is ready to be passed: the list, its answers, and what passing remembers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from touchline.accounts.models import Member
from touchline.core.money import Money
from touchline.core.refusal import Refused
from touchline.core.words import number
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral, an_ideal
from touchline.meetings.models import PitchCard
from touchline.meetings.models import State as MeetingState
from touchline.referrals.models import Referral, State
from touchline.referrals.passing.checking import gaps_of, readiness_of
from touchline.referrals.passing.fitting import (
    Found,
    Known,
    agrees,
    counted,
    denies,
    excluded,
    spans,
)
from touchline.referrals.passing.readiness import readiness
from touchline.referrals.passing.shapes import (
    Consent,
    Group,
    Item,
    Partner,
    Passing,
    Prospect,
    gaps,
    in_the_way,
)

Browser = Callable[[Member], Client]
TODAY = date(2027, 6, 10)
YES = Consent(TODAY, "yes", TODAY, "phone")

READY = Partner(
    "Anwen", took_place=4, least=3, sentence="She reads leases.", heard_on=TODAY,
    ideal={"roles": ("Practice manager",), "exclusions": ("Home users",)},
)  # fmt: skip
TOM = Prospect("Tom", True, known=(Known("their title", "Practice Manager, Hart Clinic"),))
AGREED = Passing(
    "A lease to be read", stated_on=TODAY, stated_where="at the market", words="As agreed.",
    words_agreed_on=TODAY, heat=4, expects_contact=True, partner=YES, prospect=YES,
)  # fmt: skip


def by_key(
    partner: Partner = READY, prospect: Prospect = TOM, passing: Passing = AGREED
) -> dict[str, Item]:
    return {item.key: item for item in readiness(partner, prospect, passing, TODAY)}


def test_nothing_is_missing_where_all_is_on_record() -> None:
    items = readiness(READY, TOM, AGREED, TODAY)
    assert gaps(items) == []
    assert [item.group for item in items] == sorted(
        (item.group for item in items), key=list(Group).index
    )
    assert {item.key for item in items if item.firm} == {"receiver", "prospect"}


@pytest.mark.parametrize(
    ("change", "key", "met", "says"),
    [
        ({"took_place": 2}, "meetings", False, "two one-to-ones with Anwen; three come before"),
        ({"took_place": 1, "before": 1}, "meetings", False, "one one-to-one with Anwen"),
        ({"unknown": ("3 topics are asked for",)}, "known", False, "not know enough of Anwen"),
        ({"heard_on": None}, "tried", False, "has not heard yet"),
        ({"heard_on": None, "sentence": ""}, "tried", False, "is not written down"),
        ({"approved_on": TODAY}, "tried", True, "Anwen approved"),
        ({"ideal": {}}, "ideal", None, "is not written down"),
        ({"ideal": {"roles": ("Owner",)}}, "roles", None, "is still open"),
        ({"ideal": {"roles": ("Owner / practice managers",)}}, "roles", True, "Their role fits"),
        ({"ideal": {"named_targets": ("Hart Clinic",)}}, "named_targets", True,
         "Anwen asked for them by name"),
        ({"ideal": {"qualifying_question": ("Who signs?",)}}, "qualifying_question", None,
         "asked what Anwen asks first: “Who signs?”"),
        ({"ask_first": "Since when?\nAnd why?"}, "qualifying_question", None, "“Since when?”"),
        ({"ideal": {}, "not_to_send": ()}, "exclusions", None, "has not said whom not to send"),
        ({"not_to_send": ("Clinics",)}, "exclusions", False, "asked not to be sent “Clinics”"),
        ({"introduce": "Never by mail"}, "words", True, "were agreed"),
    ],
)  # fmt: skip
def test_what_is_known_of_the_partner(
    change: dict[str, Any], key: str, met: bool | None, says: str
) -> None:
    item = by_key(replace(READY, **change))[key]
    assert (item.met, says in item.sentence) == (met, True), item


@pytest.mark.parametrize(
    ("change", "key", "met", "says"),
    [
        ({"stated_on": None}, "need", None, "when it was said is missing"),
        ({"stated_where": " "}, "need", None, "where it was said is missing"),
        ({"heat": None}, "heat", None, "not said how warm"),
        ({"expects_contact": False}, "expects", False, "does not expect"),
        ({"expects_contact": None}, "expects", None, "is still open"),
        ({"words_agreed_on": None}, "words", False, "not agreed"),
        ({"partner": Consent()}, "receiver", None, "Anwen has not been asked"),
        ({"partner": Consent(TODAY)}, "receiver", None, "has not answered"),
        ({"prospect": Consent(TODAY, "no", TODAY)}, "prospect", False, "Tom said no"),
        ({"elsewhere": ("Ruth",)}, "elsewhere", False, "with Ruth for the same need"),
        ({"fits": {"roles": False}}, "roles", False, "does not fit"),
        ({"fits": {"exclusions": False}}, "exclusions", False, "is one of those"),
        ({"need": "Something for home users"}, "exclusions", False, "“Home users”"),
    ],
)
def test_what_is_known_of_the_referral(
    change: dict[str, Any], key: str, met: bool | None, says: str
) -> None:
    item = by_key(passing=replace(AGREED, **change))[key]
    assert (item.met, says in item.sentence) == (met, True), item
    assert item.met is True or item.sentence in gaps(
        by_key(passing=replace(AGREED, **change)).values()
    )


def test_one_trigger_is_enough() -> None:
    ideal = {"trigger_events": ("Office move",), "signs": ("Boxes in the hall",)}
    items = by_key(replace(READY, ideal=ideal), passing=replace(AGREED, need="An office move"))
    assert items["trigger_events"].met is True
    assert "signs" not in items
    none = by_key(replace(READY, ideal=ideal))
    assert (none["trigger_events"].met, none["signs"].met) == (None, None)


@pytest.mark.parametrize(
    ("floor", "value", "met"),
    [
        ("From £5,000", Money(500_000, "GBP"), True),
        ("From £5,000", Money(499_999, "GBP"), False),
        ("From £5,000", Money(900_000, "EUR"), None),
        ("A day's work", Money(900_000, "GBP"), None),
        ("From £5,000", None, None),
    ],
)
def test_a_value_is_compared_in_its_own_currency(
    floor: str, value: Money | None, met: bool | None
) -> None:
    partner = replace(READY, ideal={"value_floor": (floor,)})
    assert by_key(partner, passing=replace(AGREED, value=value))["value_floor"].met is met


@pytest.mark.parametrize(
    ("line", "known", "found"),
    [
        ("Home users", "A home user", Found.YES),
        ("Home users", "No home users here", Found.NO),
        ("Home users", "Works from home", Found.PERHAPS),
        ("Sole traders wanting one tax return", "A sole trader, needs a tax return", Found.YES),
        ("Sole traders wanting one tax return", "Baker", Found.NO),
        ("Over 250 staff", "300 staff", Found.YES),
        ("Over 250 staff", "250 employees", Found.NO),
        ("Over 250 staff", "A large staff", Found.NO),
        ("Café, pub or shop", "Runs a PUB", Found.YES),
        ("Directors, unless they decide on it", "Director", Found.YES),
        ("Décorateurs", "decorateur", Found.YES),
        ("", "Anything", Found.NO),
    ],
)
def test_whom_not_to_send(line: str, known: str, found: Found) -> None:
    assert excluded(line, [Known("their notes", known)]) is found


def test_words_agree_within_one_thing_known_and_never_across_two() -> None:
    apart = [Known("their title", "Manager"), Known("their notes", "Has a dental practice")]
    assert agrees(["Practice manager"], apart) is None
    assert excluded("Practice manager", apart) is Found.YES


def test_what_a_line_denies_speaks_against() -> None:
    known = [Known("their address", "2 Coast Road")]
    assert denies(["The county, not the coast"], known)
    assert agrees(["The county, not the coast"], known) is None
    assert agrees(["Along the coast"], known)


@pytest.mark.parametrize(
    ("line", "known", "met"),
    [
        ("10-60 users", "45 users", True),
        ("10 to 60 users", "61 users", False),
        ("3-25 staff", "20 people", True),
        ("fleet of 3+ vans", "2 vans", False),
        ("up to 25 people", "25 employees", True),
        ("under 25 people", "25 employees", False),
        ("over 8 staff", "twelve staff", None),
        ("any", "45 users", None),
        ("1.2.3-4.5.6 sites", "7 sites", False),
    ],
)
def test_figures_of_one_unit_are_compared(line: str, known: str, met: bool | None) -> None:
    assert counted(spans(line), [Known("their notes", known)]) is met


_words = st.text(alphabet="abc xyz,/+-0123456789.’“", max_size=30)
_lines = st.lists(_words, max_size=3).map(tuple)
_partners = st.builds(
    Partner,
    name=st.just("Anwen"),
    took_place=st.integers(0, 9),
    least=st.integers(0, 9),
    unknown=_lines,
    open_topics=_lines,
    sentence=_words,
    heard_on=st.none() | st.just(TODAY),
    ideal=st.dictionaries(
        st.sampled_from(["roles", "size", "value_floor", "exclusions", "season", "signs"]), _lines
    ),
    not_to_send=_lines,
    ask_first=_words,
)
_prospects = st.builds(
    Prospect,
    name=st.just("Tom"),
    is_said=st.booleans(),
    left_alone=st.booleans(),
    known=st.lists(st.builds(Known, st.just("their title"), _words), max_size=3).map(tuple),
)
_consents = st.builds(
    Consent, st.none() | st.just(TODAY), st.sampled_from(["", "yes", "no"]), st.just(TODAY)
)
_passings = st.builds(
    Passing,
    need=_words,
    stated_on=st.none() | st.just(TODAY),
    stated_where=_words,
    heat=st.none() | st.integers(1, 5),
    expects_contact=st.none() | st.booleans(),
    fits=st.dictionaries(st.sampled_from(["roles", "signs", "exclusions"]), st.booleans()),
    partner=_consents,
    prospect=_consents,
)


@given(_partners, _prospects, _passings)
def test_the_list_always_holds_what_is_firm_and_says_what_to_do(
    partner: Partner, prospect: Prospect, passing: Passing
) -> None:
    items = readiness(partner, prospect, passing, TODAY)
    keys = [item.key for item in items]
    assert len(keys) == len(set(keys))
    firm = {item.key: item for item in items if item.firm}
    assert (firm["receiver"].met is True) is (passing.partner.answer == "yes")
    assert (firm["prospect"].met is True) is (passing.prospect.answer == "yes")
    assert ("left_alone" in firm) is (prospect.is_said and prospect.left_alone)
    assert ("who" in firm) is (not prospect.is_said)
    both = passing.partner.answer == passing.prospect.answer == "yes"
    assert (not in_the_way(items)) is (both and prospect.is_said and not prospect.left_alone)
    assert len(gaps(items)) == sum(item.met is not True for item in items)
    for item in items:
        assert item.sentence
        assert item.met is True or item.ask or item.detail or item.answer or item.firm, item


@given(_partners, _prospects, _passings)
def test_saying_that_one_field_fits_changes_that_field_alone(
    partner: Partner, prospect: Prospect, passing: Passing
) -> None:
    said = replace(passing, fits={**passing.fits, "roles": True})
    before = {i.key: i for i in readiness(partner, prospect, passing, TODAY)}
    after = {i.key: i for i in readiness(partner, prospect, said, TODAY)}
    assert {k: v for k, v in before.items() if k != "roles"} == {
        k: v for k, v in after.items() if k != "roles"
    }
    assert "roles" not in after or after["roles"].met is True


# On record.


@pytest.fixture
def partner(alice: Member) -> Any:
    person = makers.a_person(alice, "Anwen Pritchard", email="anwen@example.org")
    return makers.a_relationship(
        alice, person, on=alice.today() - timedelta(days=90), held_before=2,
        held_before_last_on=alice.today() - timedelta(days=100),
    )  # fmt: skip


def anew(found: Referral) -> Referral:
    return Referral.objects.get(pk=found.pk)


def items_of(found: Referral, member: Member) -> dict[str, Item]:
    return {item.key: item for item in readiness_of(found, member)}


@pytest.mark.django_db
def test_it_looks_at_what_is_on_record(alice: Member, partner: Any) -> None:
    tom = makers.a_person(
        alice, "Tom Hart", title="Practice manager", company="Hart Clinic", tags=("Dentist",),
        notes="About 40 users.", address="3 Quay Street, Chester",
    )  # fmt: skip
    an_ideal(
        partner, roles="Practice managers", industries="Dentists", size="10-60 users",
        area="Chester", trigger_events="Server room flooded", exclusions="Pubs",
    )  # fmt: skip
    found = a_referral(partner, alice, person=tom, stated_where="at the market")
    items = items_of(anew(found), alice)
    for key in ("roles", "industries", "size", "area", "exclusions", "need", "elsewhere"):
        assert items[key].met is True, items[key]
    assert items["industries"].detail == "Their tags: “Dentist”."
    assert items["trigger_events"].met is None
    assert (items["meetings"].met, items["known"].met, items["tried"].met) == (False,) * 3
    makers.a_one_to_one(partner, alice, alice.today() - timedelta(3), state=MeetingState.HELD)
    PitchCard.objects.create(
        workspace=alice.workspace, relationship=partner, sentence="She mends.",
        heard_on=alice.today(), not_to_send="Dentists",
    )  # fmt: skip
    items = items_of(anew(found), alice)
    assert (items["meetings"].met, items["tried"].met) == (True, True)
    assert items["exclusions"].met is False
    makers.a_fact(
        makers.a_relationship(alice, tom), alice, "business", "The server room flooded in May"
    )
    assert items_of(found, alice)["trigger_events"].met is True


@pytest.mark.django_db
def test_a_prospect_with_another_partner_for_the_same_need(alice: Member, partner: Any) -> None:
    ruth = makers.a_relationship(alice, "Ruth Abelson", on=alice.today())
    other = a_referral(ruth, alice, need="A lease to read")
    found = a_referral(partner, alice, person=other.person, need="Read a lease")
    assert "Ruth Abelson" in items_of(found, alice)["elsewhere"].sentence
    other.decline(alice, on=alice.today(), reason="Not now")
    assert items_of(found, alice)["elsewhere"].met is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("direction", "state"),
    [("received", State.IDEA), ("received", State.CONTACTED), ("given", State.INTRODUCED),
     ("given", State.DECLINED), ("given", State.WON)],
)  # fmt: skip
def test_history_and_what_is_received_or_passed_is_asked_for_nothing(
    alice: Member, partner: Any, direction: str, state: str
) -> None:
    found = a_referral(partner, alice, direction, state=state)
    assert readiness_of(found, alice) == ()


@pytest.mark.django_db
def test_four_queries(
    alice: Member, partner: Any, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    an_ideal(partner, roles="Owners")
    pk = a_referral(partner, alice).pk
    found = Referral.objects.select_related(
        "relationship__person__company",
        "relationship__pitch_card",
        "relationship__ideal_referral",
        "person__company",
        "company",
    ).get(pk=pk)
    with django_assert_max_num_queries(4):
        readiness_of(found, alice)


def post(browser: Browser, member: Member, found: Referral, **data: Any) -> Any:
    path = f"/referrals/{found.pk}/readiness/"
    answer = browser(member).post(path, {"back": f"/referrals/{found.pk}/", **data}, follow=True)
    found.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("data", "column", "value"),
    [
        ({"item": "roles", "answer": "yes"}, "fits", {"roles": True}),
        ({"item": "roles", "answer": "no"}, "fits", {"roles": False}),
        ({"item": "expects", "answer": "yes"}, "expects_contact", True),
        ({"item": "heat", "heat": "4"}, "heat", 4),
        (
            {"item": "need", "stated_on": "2026-02-03", "stated_where": "By phone"},
            "stated_where",
            "By phone",
        ),
        (
            {"item": "words", "words": "She reads leases.", "words_agreed_on": "2026-02-03"},
            "words",
            "She reads leases.",
        ),
    ],
)
def test_one_tap_settles_an_item(
    alice: Member, partner: Any, browser: Browser, data: dict[str, str], column: str, value: Any
) -> None:
    found = a_referral(partner, alice)
    answer = post(browser, alice, found, **data, seen=found.version)
    assert answer.redirect_chain == [(f"/referrals/{found.pk}/#readiness", 303)]
    assert getattr(found, column) == value


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"item": "roles", "answer": "perhaps"}, "Answer yes or no"),
        ({"item": "receiver", "answer": "yes"}, "Answer yes or no"),
        ({}, "Answer yes or no"),
        ({"item": "heat", "heat": "6"}, "choose one of those offered"),
        ({"item": "need", "stated_on": "2126-02-03", "stated_where": "x"}, "still to come"),
        ({"item": "need", "stated_on": "soon", "stated_where": "x"}, "give a day"),
        ({"item": "words", "words": " ", "words_agreed_on": "2026-02-03"}, "Write down the words"),
        ({"item": "roles", "answer": "yes", "seen": "99"}, "has changed since"),
    ],
)
def test_bad_input_is_told(
    alice: Member, partner: Any, browser: Browser, data: dict[str, str], says: str
) -> None:
    found = a_referral(partner, alice)
    answer = post(browser, alice, found, **data)
    assert says in answer.content.decode()
    assert (found.fits, found.heat, found.words, found.version) == ({}, None, "", 0)


@pytest.mark.parametrize("route", ["readiness/", "asking/receiver/", "introduction/"])
def test_who_may(
    alice: Member, bob: Member, stranger: Member, partner: Any, browser: Browser, route: str
) -> None:
    found = a_referral(partner, alice)
    path = f"/referrals/{found.pk}/{route}"
    for member, status in ((bob, 403), (stranger, 404)):
        assert browser(member).post(path, {"item": "roles", "answer": "yes"}).status_code == status
    found.refresh_from_db()
    assert found.version == 0


def test_the_page_shows_the_list_and_what_was_settled(
    alice: Member, bob: Member, partner: Any, browser: Browser
) -> None:
    an_ideal(partner, roles="Practice managers")
    found = a_referral(partner, alice)
    page = browser(alice).get(f"/referrals/{found.pk}/").content.decode()
    assert "Their role is still open. Anwen says “Practice managers”." in page
    assert f'action="/referrals/{found.pk}/readiness/"' in page
    read = browser(bob).get(f"/referrals/{found.pk}/").content.decode()
    assert "Their role is still open" in read
    assert "/readiness/" not in read


def test_open_ones_are_few_the_firm_first_and_the_rest_behind_a_tap(
    alice: Member, partner: Any, browser: Browser
) -> None:
    an_ideal(partner, roles="Managers", size="3-25 staff", area="Kent", industries="Dental",
             value_floor="£900", season="Spring")  # fmt: skip
    found = a_referral(partner, alice)
    answer = browser(alice).get(f"/referrals/{found.pk}/")
    groups = {name: (few, more) for name, few, more in answer.context["readiness"]}
    few, more = groups["Does it fit"]
    assert (len(few), len(more) > 1) == (3, True)
    assert f"{number(len(more)).capitalize()} more to ask" in answer.content.decode()
    assert [item.firm for item in groups["Consent and words"][0][:2]] == [True, True]
    shown = [item.key for few, more in groups.values() for item in (*few, *more)]
    assert sorted(shown) == sorted(
        item.key for item in readiness_of(found, alice) if item.met is not True
    )


@pytest.mark.parametrize("whom", ["asking/receiver/", "asking/prospect/", "introduction/"])
def test_words_that_quote_the_need_to_the_prospect_say_so(
    alice: Member, partner: Any, browser: Browser, whom: str
) -> None:
    found = a_referral(partner, alice, state=State.AGREED if "int" in whom else State.IDEA)
    client, path = browser(alice), f"/referrals/{found.pk}/{whom}"
    said = "This quotes what you wrote as the need. Read it before you send it."
    for draft in ("short", "warm", "formal"):
        shown = client.get(f"{path}?draft={draft}").content.decode()
        assert (said in shown) is ("receiver" not in whom)
    # Words of one's own that don't quote it have no need of that.
    bare = client.post(path, {"do": "send", "subject": "", "text": "Shall I introduce you?"})
    assert bare.status_code == 422
    assert said not in bare.content.decode()


def test_passing_with_gaps_takes_a_reason_and_remembers_both(
    alice: Member, partner: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, state=State.AGREED)
    missing = gaps_of(found, alice)
    assert missing
    client, path = browser(alice), f"/referrals/{found.pk}/steps/"
    data = {"step": "introduce", "on": alice.today().isoformat(), "seen": found.version}
    refused = client.post(path, data)
    assert (refused.status_code, "Say in a line why" in refused.content.decode()) == (422, True)
    assert client.post(path, {**data, "said": "It can’t wait."}).status_code == 303
    found.refresh_from_db()
    assert (found.state, found.gaps) == (State.INTRODUCED, missing)
    assert found.gaps_reason == "It can’t wait."
    page = client.get(f"/referrals/{found.pk}/").content.decode()
    assert "Passed all the same" in page
    assert missing[0] in page


@pytest.mark.django_db
def test_never_without_both_consents_nor_to_somebody_to_be_left_alone(
    alice: Member, partner: Any
) -> None:
    asked = a_referral(partner, alice, state=State.ASKING)
    with pytest.raises(Refused, match="Both have to say yes"):
        asked.introduce(alice, on=alice.today(), gaps=[], reason="All the same")
    agreed = a_referral(partner, alice, person="Una Pell", state=State.AGREED)
    agreed.person.do_not_contact = True
    agreed.person.save()
    assert items_of(agreed, alice)["left_alone"].firm
    with pytest.raises(Refused, match="do not contact"):
        agreed.introduce(alice, on=alice.today(), gaps=[], reason="All the same")
