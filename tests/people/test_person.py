"""One person's page, form, deletion; companies and tags."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people.editing import Point, make
from touchline.people.models import Company, Person, Tag

Browser = Callable[[Member], Client]


@pytest.fixture
def grace(alice: Member) -> Person:
    return make(
        alice,
        {"name": "Grace Young", "given": "Grace", "family": "Young", "birthday": "--05-09"},
        company="Acme",
        tags=["Golf"],
        points=[Point("phone", "0161 496 0000", "work"), Point("email", "grace@example.org")],
    )


def form(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Grace Young", "given": "Grace", "family": "Young", "company": "Acme",
        "tags": "Golf", "acquaintance": "well", "birthday": "9 May",
        "points-TOTAL_FORMS": "2", "points-INITIAL_FORMS": "0",
        "points-0-kind": "phone", "points-0-value": "0161 496 0000", "points-0-label": "work",
        "points-1-kind": "email", "points-1-value": "grace@example.org",
        **changes,
    }  # fmt: skip


def test_shows_a_person(alice: Member, browser: Browser, grace: Person) -> None:
    content = browser(alice).get(f"/people/{grace.pk}/").content.decode()
    for part in (
        "Grace Young", "tel:+441614960000", "mailto:grace@example.org", "9 May", "Golf",
        f"/people/companies/{grace.company_id}/", "Start a programme",
    ):  # fmt: skip
        assert part in content


def test_someone_not_to_be_contacted_is_not(alice: Member, browser: Browser, grace: Person) -> None:
    grace.do_not_contact = True
    grace.save()
    content = browser(alice).get(f"/people/{grace.pk}/").content.decode()
    assert "asked not to be contacted" in content
    assert "tel:" not in content


def test_no_address_becomes_a_script(alice: Member, browser: Browser) -> None:
    person = make(
        alice,
        {"name": "Mal Lory", "notes": "<script>x</script>"},
        points=[Point("web", "javascript:alert(1)"), Point("social", "data:text/html,x")],
    )
    content = browser(alice).get(f"/people/{person.pk}/").content.decode()
    assert 'href="javascript' not in content
    assert 'href="data' not in content
    assert "<script>x" not in content


def test_a_full_page_makes_at_most_a_dozen_queries(
    alice: Member, browser: Browser, grace: Person
) -> None:
    relationship = makers.a_relationship(alice, grace, on=alice.today() - timedelta(days=50))
    for days in range(5):
        on = alice.today() - timedelta(days=days)
        held = makers.a_one_to_one(relationship, alice, on, state="held")
        makers.a_note(relationship, alice, "A note", one_to_one=held)
        makers.a_fact(relationship, alice, "family", f"Fact {days}")
        makers.an_action(relationship, alice, "mine", "Write", on)
        makers.a_call(relationship, alice, on)
    client = browser(alice)
    client.get("/people/")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/people/{grace.pk}/")
    assert b"Fact 4" in response.content
    assert b"Open the programme" in response.content
    assert len(queries) <= 12, "\n".join(
        query["sql"][:60] + query["sql"][-160:] for query in queries
    )


def test_makes_a_person(alice: Member, browser: Browser) -> None:
    response = browser(alice).post("/people/new/", form(name="Ann Lee", given="", family=""))
    person = Person.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/people/{person.pk}/")
    assert person.points.get(kind="phone").normal == "+441614960000"
    assert (person.birthday, person.acquaintance, str(person.company)) == (
        "--05-09",
        "well",
        "Acme",
    )
    assert Entry.objects.filter(verb="person.make", person_id=person.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "A person needs a name"),
        ({"name": "x" * 201}, "Name: at most 200 letters."),
        ({"birthday": "31 February"}, "Write it as 9 May"),
        ({"birthday": "soon"}, "Write it as 9 May"),
        ({"birthday": "9 Ma"}, "Write it as 9 May"),
        ({"told_on": "yesterday"}, "Told on: give a day as 3/12/2026"),
        ({"tags": "x" * 61}, "too long for a tag"),
        ({"points-1-value": "grace at example"}, "is not an e-mail address"),
        ({"points-0-value": "ring me"}, "needs digits"),
        ({"points-0-kind": "pigeon"}, "Kind: choose one of those offered."),
        ({"points-TOTAL_FORMS": "many"}, "cannot be stored"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_stored(
    alice: Member, browser: Browser, changes: dict[str, str], said: str
) -> None:
    response = browser(alice).post("/people/new/", form(**changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Person.objects.exists()


def test_edits_and_keeps_what_was(alice: Member, browser: Browser, grace: Person) -> None:
    phone = grace.points.get(kind="phone")
    changes = {"title": "Director", "company": "Bright", "tags": "Golf, Rowing"}
    post = form(**changes, **{"points-1-value": ""})
    assert browser(alice).post(f"/people/{grace.pk}/edit/", post).status_code == 303
    grace.refresh_from_db()
    assert (grace.title, str(grace.company)) == ("Director", "Bright")
    assert [point.pk for point in grace.points.all()] == [phone.pk]
    changed = Entry.objects.get(verb="person.edit").details["changed"]
    assert changed["title"] == ["", "Director"]
    assert changed["company"] == ["Acme", "Bright"]
    assert changed["tags"] == [["Golf"], ["Golf", "Rowing"]]
    assert len(changed["points"][1]) == 1
    assert "name" not in changed


def test_an_edit_that_changes_nothing_leaves_no_entry(
    alice: Member, browser: Browser, grace: Person
) -> None:
    response = browser(alice).get(f"/people/{grace.pk}/edit/")
    post = form(acquaintance="not_said")
    assert response.context["points"].total_form_count() == 5
    browser(alice).post(f"/people/{grace.pk}/edit/", post)
    assert not Entry.objects.filter(verb="person.edit").exists()


def test_deletes_and_takes_it_back(alice: Member, browser: Browser, grace: Person) -> None:
    client = browser(alice)
    response = client.post(f"/people/{grace.pk}/deletion/", follow=True)
    assert b"Undo" in response.content
    assert client.get(f"/people/{grace.pk}/").status_code == 404
    assert b"Grace Young" in client.get("/people/deleted/").content
    assert client.post(f"/people/{grace.pk}/restoration/").status_code == 303
    assert client.get(f"/people/{grace.pk}/").status_code == 200


def test_after_a_month_a_deletion_stays(alice: Member, browser: Browser, grace: Person) -> None:
    grace.delete_by(alice)
    Person.objects.filter(pk=grace.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    client = browser(alice)
    assert b"Grace Young" not in client.get("/people/deleted/").content
    assert client.post(f"/people/{grace.pk}/restoration/").status_code == 404


def test_a_company_shows_its_people_and_is_renamed(
    alice: Member, browser: Browser, grace: Person
) -> None:
    client, url = browser(alice), f"/people/companies/{grace.company_id}/"
    assert b"Grace Young" in client.get(url).content
    none = {"points-TOTAL_FORMS": "0", "points-INITIAL_FORMS": "0"}
    assert client.post(url, {**none, "name": "Acme & Daughters"}).status_code == 303
    assert client.post(url, {**none, "name": ""}).status_code == 422
    other = makers.a_company(alice, "Bright")
    refused = client.post(url, {**none, "name": "BRIGHT", "back": url}, follow=True)
    assert b"already" in refused.content
    assert Company.objects.get(pk=other.pk).name == "Bright"
    assert Company.objects.get(pk=grace.company_id).name == "Acme & Daughters"


def test_a_company_has_contact_points_of_its_own(
    alice: Member, browser: Browser, grace: Person
) -> None:
    client, url = browser(alice), f"/people/companies/{grace.company_id}/"
    form = {
        "name": "Acme",
        "points-TOTAL_FORMS": "2", "points-INITIAL_FORMS": "0",
        "points-0-kind": "phone", "points-0-value": "0161 496 0009", "points-0-label": "desk",
        "points-1-kind": "web", "points-1-value": "https://acme.example", "points-1-label": "",
    }  # fmt: skip
    assert client.post(url, form).status_code == 303
    company = Company.objects.get(pk=grace.company_id)
    assert {(one.kind, one.normal) for one in company.points.all()} >= {("phone", "+441614960009")}
    page = client.get(url).content.decode()
    assert 'href="tel:+441614960009"' in page
    assert not grace.points.filter(value="0161 496 0009").exists()
    assert client.post(url, {**form, "points-0-value": "", "points-1-value": ""}).status_code == 303
    assert not company.points.exists()


def test_a_tag_is_renamed_and_deleted(alice: Member, browser: Browser, grace: Person) -> None:
    client, tag = browser(alice), Tag.objects.get()
    assert b"Golf" in client.get("/people/tags/").content
    assert client.post(f"/people/tags/{tag.pk}/", {"name": "Tennis"}).status_code == 303
    assert client.post(f"/people/tags/{tag.pk}/", {"name": ""}).status_code == 422
    makers.a_person(alice, "Ann Lee", tags=("Chess",))
    refused = client.post(f"/people/tags/{tag.pk}/", {"name": "chess"}, follow=True)
    assert b"already" in refused.content
    client.post(f"/people/tags/{tag.pk}/deletion/")
    assert [one.name for one in Tag.objects.all()] == ["Chess"]


GETS = ("{p}/", "{p}/edit/", "companies/{c}/", "tags/{t}/")
POSTS = ("{p}/edit/", "{p}/deletion/", "companies/{c}/", "tags/{t}/", "tags/{t}/deletion/")


def address(route: str, grace: Person) -> str:
    return "/people/" + route.format(p=grace.pk, c=grace.company_id, t=grace.tags.get().pk)


@pytest.mark.parametrize("route", GETS)
def test_a_stranger_is_told_nothing(
    stranger: Member, browser: Browser, grace: Person, route: str
) -> None:
    assert browser(stranger).get(address(route, grace)).status_code == 404


@pytest.mark.parametrize("route", POSTS)
def test_a_stranger_changes_nothing(
    stranger: Member, browser: Browser, grace: Person, route: str
) -> None:
    assert browser(stranger).post(address(route, grace), form()).status_code == 404


@pytest.mark.parametrize("route", [*POSTS, "new/", "{p}/restoration/"])
def test_a_viewer_changes_nothing(bob: Member, browser: Browser, grace: Person, route: str) -> None:
    assert browser(bob).post(address(route, grace), form()).status_code == 403


@pytest.mark.parametrize("route", ["{p}/", "deleted/", "companies/{c}/", "tags/", ""])
def test_a_viewer_may_look(bob: Member, browser: Browser, grace: Person, route: str) -> None:
    assert browser(bob).get(address(route, grace)).status_code == 200


@pytest.mark.parametrize("route", ["{p}/deletion/", "tags/{t}/deletion/"])
def test_an_address_for_posts_leads_somewhere(
    alice: Member, browser: Browser, grace: Person, route: str
) -> None:
    assert browser(alice).get(address(route, grace)).status_code == 302
