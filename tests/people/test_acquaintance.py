"""Who are my dozen?: the fast pass, the same for several in the list, and beginning with them."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people.acquaintance import place, progress, say, waiting
from touchline.people.models import Person

Browser = Callable[[Member], Client]


def names(page: str) -> list[str]:
    return re.findall(r'known__name">([^<]*)<', page)


def test_those_one_most_likely_knows_come_first(alice: Member, stranger: Member) -> None:
    makers.a_person(alice, "Bare Name")
    makers.a_person(alice, "Has Title", title="Surveyor")
    makers.a_person(alice, "Has Mail", email="a@example.org")
    makers.a_person(alice, "Has Phone", phone="0161 496 0000")
    makers.a_person(alice, "In Firm", company="Hall & Co")
    makers.a_person(alice, "More Phone", phone="0161 496 0001", email="b@example.org")
    makers.a_person(alice, "Said Already", phone="0161 496 0002", acquaintance="well")
    makers.a_relationship(alice, "Has Programme")
    makers.a_person(stranger, "A Stranger", phone="0161 496 0003")
    order = ["Has Phone", "More Phone", "Has Mail", "Has Title", "In Firm", "Bare Name"]
    assert [one.name for one in waiting(alice, 10)] == order
    # Pages follow each other without a gap, wherever they are cut.
    for size in (1, 2, 3, 5):
        seen, after = [], ""
        while some := waiting(alice, size, after):
            seen += [one.name for one in some]
            after = place(some[-1])
        assert seen == order
    assert (progress(alice).said, progress(alice).all, progress(alice).left) == (1, 7, 6)
    assert [one.name for one in waiting(alice, 10, "nonsense.7")] == order


def test_saying_is_one_verb_journalled_with_what_was_before(alice: Member) -> None:
    people = [makers.a_person(alice, f"Person {at}") for at in range(3)]
    ids = [one.pk for one in people]
    assert say(alice, ids, "well") == 3
    assert say(alice, ids, "well") == 0
    assert say(alice, ids[:1], "not_said") == 1
    told = Entry.objects.filter(verb="person.know").order_by("pk")
    assert [(one.person_id, one.details["before"], one.details["after"]) for one in told] == [
        *((pk, "not_said", "well") for pk in ids),
        (ids[0], "well", "not_said"),
    ]
    with pytest.raises(Refused, match="well, a little, or only a name"):
        say(alice, ids, "inside out")


def test_nobody_of_another_workspace_or_deleted_is_said(alice: Member, stranger: Member) -> None:
    theirs = makers.a_person(stranger, "Theirs")
    gone = makers.a_person(alice, "Gone")
    gone.delete_by(alice)
    assert say(alice, [theirs.pk, gone.pk], "well") == 0
    assert not Person.objects.filter(acquaintance="well").exists()


def test_the_pass_without_scripts(alice: Member, browser: Browser) -> None:
    people = [makers.a_person(alice, f"Person {at:02}") for at in range(12)]
    client = browser(alice)
    page = client.get("/people/acquaintance/").content.decode()
    assert names(page) == [one.name for one in people[:10]]
    assert "0 of 12 said" in page
    more = re.search(r'href="(\?after=[^"]+)"', page)
    assert more
    assert names(client.get(f"/people/acquaintance/{more[1]}").content.decode()) == [
        "Person 10", "Person 11",
    ]  # fmt: skip
    post = {"person": people[0].pk, "acquaintance": "a_little", "once": "a"}
    answer = client.post("/people/acquaintance/", post)
    assert (answer.status_code, answer["Location"]) == (
        303, f"/people/acquaintance/?said={people[0].pk}",
    )  # fmt: skip
    # The one just said stands first and can be taken back; the next ten follow.
    page = client.get(answer["Location"]).content.decode()
    assert names(page)[:2] == ["Person 00", "Person 01"]
    assert "1 of 12 said: 0 known well, 1 a little." in page
    assert 'value="not_said">Undo' in page
    post = {"person": people[0].pk, "acquaintance": "not_said", "once": "b"}
    page = client.get(client.post("/people/acquaintance/", post)["Location"]).content.decode()
    assert names(page)[0] == "Person 00"
    assert "0 of 12 said" in page


def test_htmx_takes_one_row_for_few_queries(alice: Member, browser: Browser) -> None:
    people = [makers.a_person(alice, f"Person {at:02}") for at in range(12)]
    client = browser(alice)
    post = {"person": people[3].pk, "acquaintance": "well"}
    where = client.post("/people/acquaintance/", post)["Location"]
    page = client.get(where, headers={"HX-Request": "true"}).content.decode()
    assert names(page) == ["Person 03"]
    assert f'id="known-{people[3].pk}"' in page
    assert 'id="known-progress"' in page
    assert "Begin with these" in page[page.index('id="known-after"') :]
    assert "Go on with those left" not in page, "they stand on the page already"
    for path in (where, "/people/acquaintance/", "/programmes/new/?propose=1"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= 12, path


def test_the_end_is_said(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    assert "nobody to say it of yet" in client.get("/people/acquaintance/").content.decode()
    makers.a_person(alice, "Ann Lee", acquaintance="well")
    page = client.get("/people/acquaintance/").content.decode()
    assert "All 1 are said." in page
    assert '<a class="button" href="/programmes/new/?propose=1">Begin with these</a>' in page
    makers.a_person(alice, "Left Over")
    page = client.get("/people/acquaintance/?after=0.999999").content.decode()
    assert "Go on with those left" in page


def test_bad_input_and_others_are_refused(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    ann = makers.a_person(alice, "Ann Lee")
    post = {"person": ann.pk, "acquaintance": "well"}
    client = browser(alice)
    for wrong in ({**post, "acquaintance": "x"}, {**post, "person": "x"}, {"acquaintance": "well"}):
        answer = client.post("/people/acquaintance/", wrong, follow=True)
        assert "message--refused" in answer.content.decode()
    assert browser(bob).post("/people/acquaintance/", post).status_code == 403
    browser(stranger).post("/people/acquaintance/", post)
    ann.refresh_from_db()
    assert ann.acquaintance == "not_said"


def test_several_in_the_list_and_they_stay_ticked(alice: Member, browser: Browser) -> None:
    people = [makers.a_person(alice, f"Person {at}") for at in range(3)]
    client = browser(alice)
    page = client.get("/people/?select=1").content.decode()
    assert 'formaction="/people/acquaintance/several/"' in page
    post = {
        "person": [people[0].pk, people[2].pk], "acquaintance": "well",
        "back": "/people/?select=1&acquaintance=",
    }  # fmt: skip
    answer = client.post("/people/acquaintance/several/", post)
    page = client.get(answer["Location"]).content.decode()
    assert [Person.objects.get(pk=one.pk).acquaintance for one in people] == [
        "well", "not_said", "well",
    ]  # fmt: skip
    assert re.findall(r'name="person" value="(\d+)" checked', page) == [
        str(people[0].pk), str(people[2].pk),
    ]  # fmt: skip
    assert "“Well” said of two people." in page
    # An address cut short ticks nobody else.
    page = client.get(f"/people/?select=1&ticked={people[0].pk}").content.decode()
    assert " checked>" not in page
    refused = client.post("/people/acquaintance/several/", {"acquaintance": "well"}, follow=True)
    assert "Choose at least one person first." in refused.content.decode()
