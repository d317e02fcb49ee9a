"""The list: filters, sorts, pages, and what is done with several people."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.people.editing import make
from touchline.people.models import Person
from touchline.people.views import listing

Browser = Callable[[Member], Client]


def names(response) -> list[str]:
    return [row["name"] for row in response.context["rows"]]


def some(member: Member, many: int, **fields) -> list[Person]:
    return [make(member, {"name": f"P{at % 7} Family{at % 5}", **fields}) for at in range(many)]


def test_shows_everyone_by_family_name(alice: Member, browser: Browser) -> None:
    for name in ("Zoë Adams", "Amy Zeal", "Élodie Ebert"):
        given, family = name.split()
        make(alice, {"name": name, "given": given, "family": family})
    response = browser(alice).get("/people/")
    assert names(response) == ["Zoë Adams", "Élodie Ebert", "Amy Zeal"]
    assert response.context["summary"] == "Three people"


def test_an_empty_list_teaches(alice: Member, bob: Member, browser: Browser) -> None:
    assert b"Bring in the people you know" in browser(alice).get("/people/").content
    assert b"Add a person" not in browser(bob).get("/people/").content


def test_a_stranger_sees_nobody_of_ours(alice: Member, stranger: Member, browser: Browser) -> None:
    person = make(alice, {"name": "Grace Young"}, tags=["Golf"])
    tag = person.tags.get()
    client = browser(stranger)
    for query in ("", "?q=grace", f"?tag={tag.pk}", "?group=none", "?source=x"):
        assert names(client.get(f"/people/{query}")) == []


def test_signed_out_goes_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/people/").status_code == 302


@pytest.fixture
def cast(alice: Member) -> dict[str, Person]:
    today = alice.today()
    people = {
        "none": make(
            alice,
            {"name": "No Programme", "source": "Fair", "acquaintance": "well"},
            company="Acme Ltd",
            tags=["Golf"],
        ),
        "prospective": make(alice, {"name": "Pro Spective", "source": "Fair"}),
        "on-the-way": make(alice, {"name": "On Theway"}),
        "partner": make(alice, {"name": "Part Ner"}),
        "paused": make(alice, {"name": "Pau Sed"}),
    }
    makers.a_relationship(alice, people["prospective"])
    makers.a_relationship(
        alice,
        people["on-the-way"],
        stage="getting_to_know_you",
        held_before=1,
        held_before_last_on=today - timedelta(days=400),
    )
    makers.a_relationship(
        alice,
        people["partner"],
        stage="referral_partner",
        held_before=3,
        held_before_last_on=today,
    )
    paused = makers.a_relationship(alice, people["paused"])
    paused.pause(alice, until=today + timedelta(days=9), today=today)
    return people


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("group=none", {"none"}),
        ("group=prospective", {"prospective"}),
        ("group=on-the-way", {"on-the-way"}),
        ("group=partners", {"partner"}),
        ("group=paused", {"paused"}),
        ("group=due", {"on-the-way"}),
        ("stage=prospective", {"prospective", "paused"}),
        ("stage=prospective&group=paused", {"paused"}),
        ("source=Fair", {"none", "prospective"}),
        ("source=Fair&group=none", {"none"}),
        ("acquaintance=well", {"none"}),
        ("company=acme", {"none"}),
        ("company=nothing", set()),
        ("q=pro", {"none", "prospective"}),
        ("q=pro&group=none", {"none"}),
        ("group=nonsense&sort=x&stage=y&tag=z&after=1&before=.&last", None),
        ("tag=99999999999999999", set()),
        ("after=99999999999999999999.a", None),
    ],
)  # fmt: skip
def test_filters(
    alice: Member, cast: dict[str, Person], browser: Browser, query: str, expected: set[str] | None
) -> None:
    shown = set(names(browser(alice).get(f"/people/?{query}")))
    assert shown == {cast[key].name for key in (cast if expected is None else expected)}


def test_filters_by_tag_few_or_many(
    alice: Member, cast: dict[str, Person], browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = cast["none"].tags.get()
    client = browser(alice)
    assert names(client.get(f"/people/?tag={tag.pk}")) == ["No Programme"]
    monkeypatch.setattr(listing, "FEW", 0)
    assert names(client.get(f"/people/?tag={tag.pk}")) == ["No Programme"]


def test_pages_walk_everyone_once_in_both_directions(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 4)
    # Many share a sorting key, so that only the key behind it tells them apart.
    everyone = {person.pk for person in some(alice, 23, source="Fair")}
    client = browser(alice)

    def walk(url: str, link: str) -> list[int]:
        seen: list[int] = []
        while url:
            response = client.get(f"/people/{url}")
            seen += [row["pk"] for row in response.context["rows"]][
                :: 1 if link == "following" else -1
            ]
            url = getattr(response.context["page"], link)
        return seen

    for query in ("?", "?sort=newest", "?source=Fair", "?q=p"):
        forwards = walk(query, "following")
        assert sorted(forwards) == sorted(everyone), query
        last = client.get(f"/people/{query}").context["page"].last
        assert walk(last, "previous") == forwards[::-1], query


def test_counts_say_more_than(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COUNTED", 3)
    some(alice, 4)
    assert browser(alice).get("/people/").context["summary"].startswith("More than")


def test_a_search_says_where_it_stopped(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchline.people.search.find.__defaults__", (3,))
    some(alice, 5)
    assert "first 500 that match" in browser(alice).get("/people/?q=p").content.decode()


def test_a_page_makes_at_most_a_dozen_queries(alice: Member, browser: Browser) -> None:
    people = some(alice, 60, source="Fair")
    for person in people[:30]:
        relationship = makers.a_relationship(alice, person)
        makers.a_one_to_one(relationship, alice, alice.today(), state="held")
        makers.a_call(relationship, alice, alice.today())
    client = browser(alice)
    client.get("/people/")
    # Sixty people are made once for all of these.
    for asked in ("", "?q=family", "?group=due", "?last=1", "?source=Fair&q=p"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/people/{asked}")
        assert response.status_code == 200
        assert len(queries) <= 12, (asked, [query["sql"][:90] for query in queries])


def test_a_row_leads_to_the_person_and_to_a_start(alice: Member, browser: Browser) -> None:
    person = make(alice, {"name": "Grace <Young>"})
    content = browser(alice).get("/people/").content.decode()
    assert f'href="{person.get_absolute_url()}"' in content
    assert f'href="{reverse("relationships:start", args=[person.pk])}"' in content
    assert "<Young>" not in content


def test_choosing_shows_boxes(alice: Member, browser: Browser) -> None:
    person = make(alice, {"name": "Grace Young"})
    content = browser(alice).get("/people/?select=1").content.decode()
    assert re.search(rf'type="checkbox" name="person" value="{person.pk}"', content)


def test_gives_and_takes_a_tag(alice: Member, browser: Browser) -> None:
    people = some(alice, 3)
    client = browser(alice)
    chosen = [person.pk for person in people[:2]]
    post = {"person": chosen, "tag": " Golf ", "verb": "add", "back": "/people/?select=1"}
    response = client.post("/people/tags/", post)
    assert (response.status_code, response["Location"]) == (
        303,
        f"/people/?select=1&ticked={chosen[0]}-{chosen[1]}-",
    )
    page = client.get(response["Location"]).content.decode()
    assert page.count(" checked>") == 2
    assert [person.tags.count() for person in people] == [1, 1, 0]
    client.post("/people/tags/", {**post, "tag": "golf", "verb": "remove"})
    assert not any(person.tags.exists() for person in people)


@pytest.mark.parametrize(
    "post", [{"tag": "Golf"}, {"tag": "", "person": "1"}, {"tag": "Golf", "person": "x"}]
)
def test_tagging_nobody_or_with_nothing_is_refused(
    alice: Member, browser: Browser, post: dict[str, str]
) -> None:
    response = browser(alice).post("/people/tags/", {"verb": "add", **post}, follow=True)
    assert "message--refused" in response.content.decode()


def test_a_stranger_and_a_viewer_cannot_tag(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    person = make(alice, {"name": "Grace Young"})
    post = {"person": [person.pk], "tag": "Golf", "verb": "add"}
    assert browser(bob).post("/people/tags/", post).status_code == 403
    browser(stranger).post("/people/tags/", post)
    assert not person.tags.exists()


def test_several_programmes_are_begun_elsewhere(alice: Member, browser: Browser) -> None:
    people = some(alice, 2)
    response = browser(alice).post("/people/programmes/", {"person": [one.pk for one in people]})
    assert response.status_code == 303
    assert response["Location"].endswith(f"?person={people[0].pk}&person={people[1].pk}")
    assert browser(alice).get("/people/programmes/").status_code == 302
