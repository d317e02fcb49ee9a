"""Facts on their pages: told once, confirmed, corrected, taken away; and those about oneself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.meetings import cast
from tests.test_fence import NAMES, filled, world  # noqa: F401
from touchline.accounts.models import Member, Role
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings import capturing
from touchline.meetings.knowing.loading import coming, history_with
from touchline.meetings.models import Fact, Filing, State
from touchline.meetings.said import said_of
from touchline.people import search
from touchline.people.merging.making_one import merge
from touchline.people.merging.parting import part
from touchline.people.models import Company, Person
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
ME = "/me/"


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return cast.anwen(alice)


def facts_of(relationship: Relationship) -> str:
    return reverse("relationships:facts", args=[relationship.pk])


def url(fact: Fact, verb: str) -> str:
    return reverse(f"meetings:fact_{verb}", args=[fact.pk])


# Of them


def test_kept_with_slot_company_and_day(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    given = {
        "text": "Was their customer for years", "topic": "target_companies/history",
        "company": "Lloyd & Sons", "said_by": "others",
    }  # fmt: skip
    assert client.post(facts_of(anwen), given).status_code == 303
    client.post(
        facts_of(anwen),
        {"text": "Born on a leap day", "topic": "family/birthday", "dated_on": "1976-02-29"},
    )
    client.post(facts_of(anwen), {"text": "Two boys", "topic": "family"})
    with_them, birthday, boys = Fact.objects.order_by("pk")
    assert (with_them.topic, with_them.slot, with_them.said_by) == (
        "target_companies", "history", "others",
    )  # fmt: skip
    assert with_them.company == Company.objects.get(name="Lloyd & Sons")
    assert (birthday.dated_on, birthday.yearly) == (date(1976, 2, 29), True)
    assert (boys.slot, boys.company_id, boys.dated_on, boys.yearly) == ("", None, None, False)
    page = client.get(facts_of(anwen)).content.decode()
    for said in (
        "Others said",
        "History with firms",
        "Lloyd &amp; Sons</a>",
        "every year on 29 February",
        "Not known yet: partner, children",
        "Still so",
        "Take away",
    ):
        assert said in page, said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"topic": "family"}, "There is nothing to save yet: write a line first."),
        ({"text": " ", "topic": "family"}, "There is nothing to save yet: write a line first."),
        ({"text": "Two boys"}, "A fact is about a topic: choose one."),
        ({"text": "Two boys", "topic": "no_such"}, "Topic: choose one of those offered."),
        ({"text": "x", "topic": "family/no_such"}, "Topic: choose one of those offered."),
        ({"text": "x", "topic": "family", "dated_on": "soon"}, "Day it is about: give a day"),
        (
            {"text": "x", "topic": "family", "dated_on": "1066-10-14"},
            "That year is too far off. Check the date.",
        ),
        (
            {"text": "x", "topic": "family", "yearly": "1"},
            "Give the day that comes round every year.",
        ),
        ({"text": "x", "topic": "family", "said_by": "dog"}, "Who said it: choose one"),
        ({"text": "x", "topic": "family", "company": "y" * 201}, "at most 200 letters"),
        ({"text": "x" * 2001, "topic": "family"}, "at most 2,000 letters"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    alice: Member, anwen: Relationship, browser: Browser, given: dict[str, Any], said: str
) -> None:
    client = browser(alice)
    kept = capturing.own_fact(alice, "Before", topic="goals", on=alice.today())
    for address in (facts_of(anwen), ME, url(kept, "correction")):
        if "said_by" in given and address != facts_of(anwen):
            continue
        answer = client.post(address, given)
        assert answer.status_code == 422
        page = answer.content.decode()
        if address != url(kept, "correction") or "nothing to save" not in said:
            assert said in page
        assert Fact.objects.count() == 1
    assert not Company.objects.exists()


def test_ones_own_names_only_companies_that_are_there(alice: Member, browser: Browser) -> None:
    """A company is everybody's to see; what one keeps of oneself must not make one."""
    makers.a_company(alice, "Lloyd & Sons")
    client, given = browser(alice), {"text": "I leave them in May", "topic": "experience"}
    answer = client.post(ME, {**given, "company": "Secret Plans"})
    assert answer.status_code == 422
    assert "No company of yours has that name." in answer.content.decode()
    assert client.post(ME, {**given, "company": "lloyd  & SONS"}).status_code == 303
    kept = Fact.objects.get()
    assert kept.company == Company.objects.get(name="Lloyd & Sons")
    assert client.post(url(kept, "correction"), {**given, "company": "Other"}).status_code == 422
    assert Company.objects.count() == 1


def test_confirming_is_one_tap(alice: Member, anwen: Relationship, browser: Browser) -> None:
    long_ago = alice.today() - timedelta(days=400)
    fact = makers.a_fact(anwen, alice, "family", "Two boys", on=long_ago)
    client = browser(alice)
    assert "ask again" in client.get(anwen.get_absolute_url()).content.decode()
    answer = client.post(url(fact, "confirmation"), {"back": anwen.get_absolute_url()})
    assert (answer.status_code, answer["Location"]) == (303, anwen.get_absolute_url())
    fact.refresh_from_db()
    assert (fact.on, fact.confirmed_on) == (long_ago, alice.today())
    assert "ask again" not in client.get(anwen.get_absolute_url()).content.decode()


def test_a_correction_keeps_the_old_one_behind_it(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    one = makers.a_one_to_one(anwen, alice, alice.today(), state=State.HELD)
    fact = makers.a_fact(anwen, alice, "family", "One girl", slot="children")
    client = browser(alice)
    page = client.get(url(fact, "correction")).content.decode()
    assert 'value="family/children" selected' in page
    client.post(
        url(fact, "correction"),
        {"text": "Two girls", "topic": "family/children", "one_to_one": one.pk},
    )
    newer = Fact.objects.current().get()
    assert (newer.text, newer.slot, newer.one_to_one) == ("Two girls", "children", one)
    assert newer.replaces == fact
    page = client.get(facts_of(anwen)).content.decode()
    assert "What it was before" in page
    assert "One girl" in page
    assert search.find(alice, "girls").ids == [anwen.person_id]
    assert "One girl" not in said_of([anwen.person_id])[anwen.person_id]


def test_the_same_words_are_filed_elsewhere_without_leaving_any_behind(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    fact = makers.a_fact(anwen, alice, "family", "Two girls")
    client = browser(alice)
    client.post(
        url(fact, "correction"),
        {"text": "Two girls", "topic": "family/children", "dated_on": "2031-06-01"},
    )
    kept = Fact.objects.get()
    assert (kept.pk, kept.slot, kept.dated_on) == (fact.pk, "children", date(2031, 6, 1))
    assert Entry.objects.filter(verb="fact.file").count() == 1


def test_a_fact_under_a_topic_that_is_no_more_can_stay_there(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    fact = makers.a_fact(anwen, alice, "hobby_horses", "Pigeons", slot="lofts")
    client = browser(alice)
    page = client.get(url(fact, "correction")).content.decode()
    assert 'value="hobby_horses/lofts" selected' in page
    client.post(url(fact, "correction"), {"text": "Doves", "topic": "hobby_horses/lofts"})
    newer = Fact.objects.current().get()
    assert (newer.topic, newer.slot, newer.text) == ("hobby_horses", "lofts", "Doves")


def test_taking_the_newer_away_brings_the_older_back(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    fact = makers.a_fact(anwen, alice, "family", "One girl")
    newer = fact.correct(alice, text="Two girls", on=alice.today(), one_to_one=None)
    browser(alice).post(url(newer, "deletion"))
    assert [each.text for each in Fact.objects.current()] == ["One girl"]


@pytest.mark.parametrize("verb", ["correct", "confirm", "file", "delete_by"])
def test_of_two_at_once_one_is_told(alice: Member, anwen: Relationship, verb: str) -> None:
    made = makers.a_fact(anwen, alice, "family", "One girl")
    first, stale = Fact.objects.get(pk=made.pk), Fact.objects.get(pk=made.pk)
    today = alice.today()
    first.correct(alice, text="Two girls", on=today, one_to_one=None)
    entries = Entry.objects.count()
    given: dict[str, dict[str, Any]] = {
        "correct": {"text": "Three girls", "on": today, "one_to_one": None},
        "confirm": {"on": today},
        "file": {"filing": Filing("goals")},
        "delete_by": {},
    }
    if verb == "delete_by":
        stale.refresh_from_db()
    with pytest.raises(Refused):
        getattr(stale, verb)(alice, **given[verb])
    assert [each.text for each in Fact.objects.current()] == ["Two girls"]
    assert Fact.objects.count() == 2
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("verb", ["confirmation", "correction", "deletion"])
def test_strangers_find_none_and_viewers_change_none(
    alice: Member, bob: Member, stranger: Member, anwen: Relationship, browser: Browser, verb: str
) -> None:
    fact = makers.a_fact(anwen, alice, "family", "One girl")
    given = {"text": "Two girls", "topic": "family"}
    assert browser(stranger).post(url(fact, verb), given).status_code == 404
    assert browser(bob).post(url(fact, verb), given).status_code == 403
    assert Fact.objects.get().text == "One girl"
    assert Fact.objects.get().confirmed_on == fact.confirmed_on


def test_history_with_a_company_stands_on_its_page(
    alice: Member, bob: Member, anwen: Relationship, browser: Browser
) -> None:
    lloyd = makers.a_company(alice, "Lloyd & Sons")
    capturing.fact(
        anwen, alice, "Was their customer", topic="target_companies", company=lloyd,
        on=alice.today(),
    )  # fmt: skip
    capturing.own_fact(alice, "I did their books", topic="experience", company=lloyd,
                       on=alice.today())  # fmt: skip
    mine = browser(alice).get(lloyd.get_absolute_url()).content.decode()
    assert "History with them" in mine
    assert "Was their customer" in mine
    assert "I did their books" in mine
    theirs = browser(bob).get(lloyd.get_absolute_url()).content.decode()
    assert "Was their customer" in theirs
    assert "I did their books" not in theirs


# Of oneself


def test_my_own_are_kept_confirmed_corrected_and_taken_away(
    alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    long_ago = alice.today() - timedelta(days=900)
    assert "Nothing yet" in client.get(ME).content.decode()
    answer = client.post(ME, {"text": "Grew up in Whitby", "topic": "family/where_from"})
    assert (answer.status_code, answer["Location"]) == (303, ME)
    fact = Fact.objects.get()
    assert (fact.of_member, fact.person, fact.slot) == (alice, None, "where_from")
    Fact.objects.update(on=long_ago, confirmed_on=long_ago)
    page = client.get(ME).content.decode()
    assert "Grew up in Whitby" in page
    assert "ask again" in page
    assert client.post(url(fact, "confirmation"))["Location"] == ME
    assert "ask again" not in client.get(ME).content.decode()
    client.post(url(fact, "correction"), {"text": "Grew up in Robin Hood’s Bay", "topic": "family"})
    newer = Fact.objects.current().get()
    assert (newer.of_member, newer.person, newer.replaces) == (alice, None, fact)
    client.post(url(newer, "deletion"))
    assert [each.text for each in Fact.objects.current()] == ["Grew up in Whitby"]
    # The journal says that it was, not what it said.
    assert all("Whitby" not in str(entry.details) for entry in Entry.objects.all())


def test_my_own_are_reached_from_more_and_from_a_programme(
    alice: Member, anwen: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    for page in ("/more/", anwen.get_absolute_url()):
        assert f'href="{ME}"' in client.get(page).content.decode()


def test_a_viewer_keeps_nothing(bob: Member, browser: Browser) -> None:
    assert browser(bob).post(ME, {"text": "x", "topic": "family"}).status_code == 403
    assert not Fact.objects.exists()


SECRET = "Quietly afraid of geese"


@pytest.fixture
def secret(alice: Member, world: dict[str, Any]) -> Fact:  # noqa: F811
    """One of Alice's own, about a company and a day that comes up, in a world full of pages."""
    lloyd = Company.objects.get(pk=world["companies"])
    today = alice.today()
    return capturing.own_fact(
        alice, SECRET, topic="family", slot="animals", company=lloyd, dated_on=today, on=today
    )


@pytest.mark.one_database
def test_no_page_shows_them_to_another_member(
    alice: Member,
    world: dict[str, Any],  # noqa: F811
    secret: Fact,
    browser: Browser,
) -> None:
    """Every address there is, an owner of the same workspace and a viewer, against one fact."""
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Gate", Role.OWNER)
    vera = makers.a_member(alice.workspace, "vera@example.org", "Vera Low", Role.VIEWER)
    seen = 0
    mine = browser(alice)
    for member in (carol, vera):
        client = browser(member)
        for name, route, converters in NAMES:
            if name.endswith(("sign_in_link", "welcome")):
                continue
            address = filled(route, converters, {**world, "facts": secret.pk})
            answer = client.get(address, follow=True)
            body = b"".join(answer) if answer.streaming else answer.content
            assert SECRET.encode() not in body, address
            if "facts/<int" in route:
                assert client.get(address).status_code in (403, 404)
                assert client.post(address, {"text": "x", "topic": "family"}).status_code in (
                    403, 404,
                )  # fmt: skip
        for query in ("geese", "Quietly"):
            assert SECRET not in client.get(f"/people/?q={query}").content.decode()
            assert search.find(member, query).ids == []
    for address in (ME, "/", f"/people/companies/{secret.company_id}/"):
        seen += SECRET in mine.get(address).content.decode()
    assert seen == 3
    assert Fact.objects.get(pk=secret.pk).text == SECRET


def test_they_are_in_no_search(alice: Member, secret: Fact) -> None:
    search.index(Person.objects.values_list("pk", flat=True))
    assert search.find(alice, "geese").ids == []
    newer = secret.correct(alice, text="Afraid of swans", on=alice.today(), one_to_one=None)
    newer.delete_by(alice)
    assert search.find(alice, "swans").ids == []


def test_merging_moves_company_and_day_along_and_parting_brings_them_back(
    alice: Member, anwen: Relationship
) -> None:
    lloyd = makers.a_company(alice, "Lloyd & Sons")
    again = makers.a_person(alice, "A. Pritchard")
    fact = Fact.objects.create(
        workspace=alice.workspace, person=again, author=alice, topic="target_companies",
        slot="history", text="Was their customer", company=lloyd, on=alice.today(),
        confirmed_on=alice.today(), dated_on=alice.today(),
    )  # fmt: skip
    own = capturing.own_fact(alice, SECRET, topic="family", on=alice.today())
    merge(alice, anwen.person, again, {})
    fact.refresh_from_db()
    assert (fact.person_id, fact.company, fact.slot) == (anwen.person_id, lloyd, "history")
    assert [one.person for one in coming(alice, alice.today())] == [anwen.person_id]
    assert [one.who for one in history_with([lloyd.pk], alice)[lloyd.pk]] == ["Anwen Pritchard"]
    part(alice, again.pk)
    fact.refresh_from_db()
    assert (fact.person_id, fact.company) == (again.pk, lloyd)
    own.refresh_from_db()
    assert (own.person_id, own.of_member) == (None, alice)
