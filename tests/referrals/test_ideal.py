"""Whom a partner wants to meet: written, kept with its history, told kindly where it is weak."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.meetings.cast import anwen
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral, an_ideal
from touchline.journal.models import Entry
from touchline.meetings import capturing
from touchline.people.merging.making_one import merge
from touchline.referrals.learning.ideal import BETTER, PARTS, weak
from touchline.referrals.learning.writings import writings
from touchline.referrals.models import ONE, SEVERAL, IdealChange, IdealReferral
from touchline.referrals.models.ideals import LONGEST, tidy
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
CORPUS = Path(__file__).parents[3] / "shared" / "method" / "ideal_referrals.json"


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return anwen(alice)


@pytest.fixture
def ideal(alice: Member, relationship: Relationship) -> IdealReferral:
    made = IdealReferral(workspace_id=relationship.workspace_id, relationship=relationship)
    made.write(alice, seen=0, on=alice.today(), roles="Owner", size="Up to 40 cows")
    return made


def path(relationship: Relationship, verb: str = "") -> str:
    return f"/relationships/{relationship.pk}/ideal-referral/{verb}"


WEAK = [
    ("sentence", "Everyone"),
    ("sentence", "anybody!"),
    ("sentence", "Anyone with a business"),
    ("sentence", "Just anyone"),
    ("sentence", "Small businesses"),
    ("sentence", "SMEs in the area"),
    ("sentence", "Small and medium businesses"),
    ("sentence", "People who need insurance"),
    ("sentence", "Anyone who is looking for a plumber."),
    ("sentence", "Companies wanting a new web page"),
    ("sentence", "Accountants"),
    ("sentence", "A good solicitor"),
    ("sentence", "Business owners"),
    ("roles", "Decision makers"),
    ("roles", "people"),
    ("industries", "All industries"),
    ("industries", "companies of any size"),
    ("size", "Any size"),
    ("area", "Everywhere"),
    ("area", "it depends"),
    ("value_floor", "No minimum"),
    ("capacity", "As many as possible"),
    ("trigger_events", "When they need a lawyer"),
    ("trigger_phrases", "“I need a new accountant”"),
    ("trigger_phrases", "We’re looking for a good builder"),
    ("qualifying_question", "Do you need a will?"),
    ("qualifying_question", "Would you be interested in solar?"),
    ("named_targets", "A large hotel"),
    ("named_targets", "Any school near here"),
    ("gateway_professions", "everyone"),
    ("exclusions", "nobody"),
]
STRONG = [
    ("sentence", "The owner of a dairy herd whose son has just come home from college."),
    ("sentence", "Anyone who has just been given notice on their shop"),
    ("sentence", "Families with a second child on the way and one bedroom"),
    ("roles", "Owner"),
    ("roles", "Managing director"),
    ("industries", "Dentists"),
    ("size", "3 to 25 staff"),
    ("area", "Anglesey"),
    ("value_floor", "From 2,000 a year"),
    ("capacity", "Two a month"),
    ("trigger_phrases", "We never talk about it"),
    ("qualifying_question", "Who keeps the books when you are away?"),
    ("named_targets", "The Copper Pot"),
    ("named_targets", "Two farms at Llanfair"),
    ("named_targets", "Ruth Abelson"),
    ("gateway_professions", "Vets"),
    ("exclusions", "Anyone in a hurry"),
    ("exclusions", "Large companies"),
    ("sentence", ""),
]


@pytest.mark.parametrize(("field", "said"), WEAK)
def test_weak_words_are_told_with_better_ones_for_that_field(field: str, said: str) -> None:
    (found,) = weak(field, said)
    assert found.words == said
    assert found.why.endswith((".", "?"))
    assert found.better == BETTER[field]


@pytest.mark.parametrize(("field", "said"), STRONG)
def test_what_one_can_act_on_is_left_alone(field: str, said: str) -> None:
    assert weak(field, said) == ()


def test_each_line_speaks_for_itself() -> None:
    found = weak("roles", "Owner\nEveryone\n\npeople in business\nThe herdsman")
    assert [one.words for one in found] == ["Everyone", "people in business"]


@pytest.mark.parametrize("field", BETTER)
def test_the_better_words_are_not_weak_themselves(field: str) -> None:
    assert weak(field, BETTER[field]) == ()


@pytest.mark.skipif(not CORPUS.exists(), reason="the worked examples are not there")
def test_worked_examples_are_not_called_weak() -> None:
    fields = {
        "role": "roles", "organisation": "industries", "area": "area", "statement": "sentence",
        "trigger_events": "trigger_events", "trigger_phrases": "trigger_phrases",
        "gateway_professions": "gateway_professions", "value_floor": "value_floor",
        "exclude": "exclusions",
    }  # fmt: skip
    examples = json.loads(CORPUS.read_text())
    assert len(examples) > 20
    for example in examples:
        for theirs, field in fields.items():
            said = example[theirs]
            lines = said if isinstance(said, list) else [said]
            assert weak(field, "\n".join(lines)) == (), (example["profession"], field)


def test_fields_have_a_length_and_a_heading_each() -> None:
    assert sorted(part.key for part in PARTS) == sorted(LONGEST) == sorted((*ONE, *SEVERAL))
    for part in PARTS:
        limit = getattr(IdealReferral._meta.get_field(part.key), "max_length", None)
        assert limit in (None, LONGEST[part.key])


def test_each_change_is_kept_with_before_and_after(
    alice: Member, ideal: IdealReferral, relationship: Relationship
) -> None:
    passed = a_referral(relationship, alice, state="dud")
    today = alice.today()
    ideal.write(alice, seen=1, on=today, referral=passed, roles="Owner\n\n owner’s heir \nOwner")
    ideal.refresh_from_db()
    assert (ideal.roles, ideal.version) == ("Owner\nowner’s heir", 2)
    ideal.write(alice, seen=2, on=today, roles="Owner\nowner’s heir", size="Up to 40 cows")
    assert ideal.version == 2, "the same words change nothing"
    rows = list(ideal.changes.values_list("field", "before", "after", "referral"))
    assert rows == [
        ("roles", "Owner", "Owner\nowner’s heir", passed.pk),
        ("size", "", "Up to 40 cows", None),
        ("roles", "", "Owner", None),
    ]
    entries = Entry.objects.filter(verb="idealreferral.write")
    assert [entry.details["fields"] for entry in entries.order_by("pk")] == [
        ["roles", "size"], ["roles"],
    ]  # fmt: skip


def test_what_is_refused(alice: Member, ideal: IdealReferral, relationship: Relationship) -> None:
    today = alice.today()
    with pytest.raises(Refused, match="Look again"):
        ideal.write(alice, seen=0, on=today, roles="Heir")
    with pytest.raises(Refused, match="at most 200 letters"):
        ideal.write(alice, seen=1, on=today, size="x" * 201)
    with pytest.raises(Refused, match="no field “colour”"):
        ideal.write(alice, seen=1, on=today, colour="green")
    second = IdealReferral(workspace_id=relationship.workspace_id, relationship=relationship)
    with pytest.raises(Refused, match="begun"):
        second.write(alice, seen=0, on=today, roles="Heir")
    stale = IdealReferral.objects.get(pk=ideal.pk)
    ideal.write(alice, seen=1, on=today, roles="Heir")
    with pytest.raises(Refused, match="Look again"):
        stale.write(alice, seen=1, on=today, roles="Vet")
    assert IdealReferral.objects.get(pk=ideal.pk).roles == "Heir"
    assert IdealChange.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("roles", " a \r\n\r\nb\r\na ", "a\nb"),
        ("size", "3\nto  25", "3 to 25"),
        ("story", "One.\n\nTwo.", "One.\nTwo."),
        ("season", "   ", ""),
    ],
)
def test_what_is_typed_is_tidied(field: str, typed: str, kept: str) -> None:
    assert tidy(field, typed) == kept


def test_written_and_filled_on_the_page(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    fact = makers.a_fact(relationship, alice, "ideal_referral", "Herds of 40 to 200", slot="size")
    makers.a_fact(relationship, alice, "family", "Two daughters")
    page = client.get(path(relationship)).content.decode()
    assert "Whom to send, in a sentence" in page
    assert "Herds of 40 to 200" in page
    assert "Two daughters" not in page
    given = {"field": "size", "fact": str(fact.pk), "seen": "0", "back": path(relationship)}
    assert client.post(path(relationship, "offers/"), given).status_code == 303
    ideal = IdealReferral.objects.get(relationship=relationship)
    assert (ideal.size, ideal.version) == ("Herds of 40 to 200", 1)
    form = {"seen": "1", "sentence": "Everyone", "size": ideal.size, "exclusions": "Hobby farms"}
    assert client.post(path(relationship, "edit/"), form).status_code == 303
    page = client.get(path(relationship)).content.decode()
    assert BETTER["sentence"] in page
    assert "Hobby farms" in page
    assert page.count('class="history__when"') == 1
    assert "<h3>The sentence, size and whom not to send</h3>" in page
    assert "Take it over" not in page


def test_saving_over_somebody_shows_both(
    alice: Member, ideal: IdealReferral, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    answer = client.post(path(relationship, "edit/"), {"seen": "0", "roles": "Vet"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody else has changed this" in page
    assert "Up to 40 cows" in page
    assert ">Vet</textarea>" in page.replace("\n", "")
    ideal.refresh_from_db()
    assert ideal.roles == "Owner"
    answer = client.post(path(relationship, "edit/"), {"seen": "1", "roles": "Vet"})
    assert answer.status_code == 303
    ideal.refresh_from_db()
    assert (ideal.roles, ideal.size) == ("Vet", "")


def test_bad_input_is_told(
    alice: Member, relationship: Relationship, ideal: IdealReferral, browser: Browser
) -> None:
    client = browser(alice)
    long = client.post(path(relationship, "edit/"), {"seen": "1", "size": "x" * 201})
    assert long.status_code == 422
    assert "Size: at most 200 letters. Shorten it." in long.content.decode()
    other = makers.a_relationship(alice, "Ruth Abelson")
    fact = makers.a_fact(other, alice, "ideal_referral", "Bakers", slot="trade")
    given = {"field": "industries", "fact": str(fact.pk), "seen": "1"}
    assert client.post(path(relationship, "offers/"), given).status_code == 404
    mine = makers.a_fact(relationship, alice, "ideal_referral", "Bakers", slot="trade")
    for wrong in ({"field": "colour"}, {"seen": "x"}, {"seen": "0"}):
        posted = {"field": "industries", "fact": str(mine.pk), "seen": "1", **wrong}
        answer = client.post(path(relationship, "offers/"), posted)
        assert answer.status_code == 303
    ideal.refresh_from_db()
    assert ideal.industries == ""


def test_my_own(alice: Member, browser: Browser, relationship: Relationship) -> None:
    client = browser(alice)
    today = alice.today()
    fact = capturing.own_fact(
        alice, "Works managers with one post open twice", topic="ideal_referral", slot="role",
        on=today,
    )  # fmt: skip
    page = client.get("/ideal-referral/").content.decode()
    assert "Works managers with one post open twice" in page
    given = {"field": "roles", "fact": str(fact.pk), "seen": "0"}
    assert client.post("/ideal-referral/offers/", given).status_code == 303
    assert client.post("/ideal-referral/edit/", {"seen": "1", "area": "Kent"}).status_code == 303
    mine = IdealReferral.objects.get(member=alice.pk)
    assert (mine.area, mine.roles, mine.relationship_id) == ("Kent", "", None)
    assert "Kent" not in client.get(path(relationship)).content.decode()


def test_history_is_of_one_and_leads_to_the_referral(
    alice: Member, relationship: Relationship, ideal: IdealReferral, browser: Browser
) -> None:
    passed = a_referral(relationship, alice, state="lost", on=alice.today() - timedelta(days=20))
    ideal.write(alice, seen=1, on=alice.today(), referral=passed, exclusions="Hobby farms")
    page = browser(alice).get(path(relationship)).content.decode()
    assert f'href="{passed.get_absolute_url()}">Tom Hart</a>' in page


def test_strangers_and_viewers(
    bob: Member, stranger: Member, relationship: Relationship, ideal: IdealReferral,
    browser: Browser,
) -> None:  # fmt: skip
    for verb in ("", "edit/", "offers/"):
        assert browser(stranger).get(path(relationship, verb)).status_code == 404
    page = browser(bob).get(path(relationship))
    assert page.status_code == 200
    assert "Change it" not in page.content.decode()
    assert browser(bob).get(path(relationship, "edit/")).status_code == 403
    for verb in ("edit/", "offers/"):
        assert browser(bob).post(path(relationship, verb), {}).status_code == 403
    ideal.relationship.person.delete_by(bob)  # type: ignore[union-attr]
    assert not IdealReferral.objects.visible_to(bob).exists()


def test_few_queries(
    alice: Member, relationship: Relationship, browser: Browser,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    made = an_ideal(relationship, roles="Owner")
    for number in range(8):
        passed = a_referral(relationship, alice, person=f"Tom Hart {number}", state="won")
        made.write(alice, seen=made.version, on=alice.today(), referral=passed, area=f"{number}")
    client = browser(alice)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(path(relationship))


def test_history_has_a_row_for_each_writing(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    made = an_ideal(relationship)
    today = alice.today()
    made.write(alice, seen=made.version, on=today, area="Kent", roles="Owner", size="3-25 staff")
    made.write(alice, seen=made.version, on=today, area="Kent and Essex")
    passed = a_referral(relationship, alice, state="lost", on=today)
    made.write(alice, seen=made.version, on=today, referral=passed, exclusions="Hobby farms")
    found = writings(made.changes.all())
    assert [one.headings for one in found] == ["Whom not to send", "Their role, size and area"]
    # Written twice on one day it is said as it was before the first and after the last.
    assert found[1].changed[-1].lines == [("Kent and Essex", "new")]
    page = browser(alice).get(path(relationship)).content.decode()
    assert page.count('class="history__when"') == 2
    assert "What was written" in page


def test_what_was_written_of_somebody_merged_is_shown_and_taken_over(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    other = makers.a_relationship(alice, "A. Pritchard")
    an_ideal(relationship, roles="Owner\nFarmer", area="Kent")
    theirs = an_ideal(other, roles="farmer\nDairy manager", area="Essex", story="A long one")
    assert "Dairy manager" not in browser(alice).get(path(relationship)).content.decode()
    merge(alice, relationship.person, other.person, {})
    client = browser(alice)
    page = client.get(path(relationship)).content.decode()
    assert "Written of A. Pritchard" in page
    assert "Dairy manager" in page
    ideal = IdealReferral.objects.get(relationship=relationship.pk)
    given = {"other": str(theirs.pk), "seen": str(ideal.version)}
    assert client.post(path(relationship, "offers/"), given).status_code == 303
    ideal.refresh_from_db()
    # Lines come after one's own; where both say one thing, one's own stands.
    assert ideal.roles == "Owner\nFarmer\nDairy manager"
    assert (ideal.area, ideal.story) == ("Kent", "A long one")
    page = client.get(path(relationship)).content.decode()
    assert "Essex" in page
    assert "It says these otherwise" in page
    again = client.post(path(relationship, "offers/"), {**given, "seen": str(ideal.version)})
    assert "Nothing of it is left" in client.get(again["Location"]).content.decode()
    assert client.post(path(relationship, "offers/"), {"other": "99"}).status_code == 404
