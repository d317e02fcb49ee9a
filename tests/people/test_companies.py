"""Companies: the list, one made by itself, one deleted and brought back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from touchline import cli
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people import search
from touchline.people.editing import company_named, make
from touchline.people.models import Company, ContactPoint, Person
from touchline.people.purging import purge_companies
from touchline.people.views import company_list

Browser = Callable[[Member], Client]
LIST = "/people/companies/"
NEW = f"{LIST}new/"


def posted(**fields: Any) -> dict[str, Any]:
    return {
        "points-TOTAL_FORMS": "1",
        "points-INITIAL_FORMS": "0",
        "points-0-kind": "phone",
        "points-0-value": "0161 496 0009",
        "points-0-label": "desk",
        "name": "Pritchard & Söhne",
        "notes": "Growers.",
        **fields,
    }


def names(answer: Any) -> list[str]:
    return [company.name for company, _ in answer.context["rows"]]


@pytest.fixture
def acme(alice: Member) -> Company:
    for name in ("Grace Young", "Ruth Abelson"):
        make(alice, {"name": name}, company="Acme")
    return Company.objects.get()


def test_the_list_says_how_many_people_each_has(
    alice: Member, acme: Company, browser: Browser
) -> None:
    makers.a_company(alice, "Éclair")
    makers.a_company(alice, "Bright")
    Person.objects.get(name="Ruth Abelson").delete_by(alice)
    answer = browser(alice).get(LIST)
    assert [(one.name, many) for one, many in answer.context["rows"]] == [
        ("Acme", "one person"), ("Bright", "no people"), ("Éclair", "no people"),
    ]  # fmt: skip
    assert answer.context["summary"] == "Three companies"
    page = browser(alice).get("/people/").content.decode()
    assert f'href="{LIST}"' in page


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("sohne", ["Pritchard & Söhne"]),
        ("PRIT", ["Pritchard & Söhne"]),
        ("acme", ["Acme"]),
        ("cme", []),
        ("%", []),
        ("\x00", ["Acme", "Pritchard & Söhne"]),
    ],
)
def test_the_list_is_narrowed_by_the_beginning_of_a_word(
    alice: Member, acme: Company, browser: Browser, q: str, expected: list[str]
) -> None:
    makers.a_company(alice, "Pritchard & Söhne")
    assert names(browser(alice).get(LIST, {"q": q})) == expected


def test_an_empty_list_teaches(alice: Member, bob: Member, browser: Browser) -> None:
    assert "No companies yet" in browser(alice).get(LIST).content.decode()
    assert "Add a company" not in browser(bob).get(LIST).content.decode()


@pytest.mark.parametrize("query", ["", "?q=firm"])
def test_pages_walk_every_company_once_in_both_directions(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(company_list, "PAGE", 4)
    everyone = {makers.a_company(alice, f"Firm {at}").name for at in range(11)}
    client = browser(alice)

    def walk(url: str, link: str) -> list[str]:
        seen: list[str] = []
        while url:
            answer = client.get(f"{LIST}{url}")
            seen += names(answer) if link == "following" else names(answer)[::-1]
            url = getattr(answer.context["page"], link)
        return seen

    there = walk(query or "?", "following")
    last = client.get(f"{LIST}{query or '?'}").context["page"].last
    assert set(there) == everyone
    assert len(there) == 11
    assert walk(last, "previous") == there[::-1]


def test_a_page_of_companies_and_a_company_cost_at_most_twelve_queries(
    alice: Member, acme: Company, browser: Browser
) -> None:
    for at in range(60):
        make(alice, {"name": f"Person {at}"}, company=f"Firm {at}")
    client = browser(alice)
    for url in (LIST, f"{LIST}?q=firm", NEW, acme.get_absolute_url(), f"{LIST}deleted/"):
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert client.get(url).status_code == 200
        assert len(told) <= 12, (url, [one["sql"] for one in told.captured_queries])


def test_a_company_is_made_by_itself(alice: Member, browser: Browser) -> None:
    answer = browser(alice).post(NEW, posted())
    made = Company.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, made.get_absolute_url())
    assert (made.name, made.notes) == ("Pritchard & Söhne", "Growers.")
    assert [(one.kind, one.normal) for one in made.points.all()] == [("phone", "+441614960009")]
    assert Entry.objects.get(verb="company.make").noun_id == made.pk
    assert company_named(alice, "PRITCHARD & SOHNE") == made


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "A company needs a name."),
        ({"name": "ácme "}, "There is a company called ácme already."),
        ({"name": "x" * 201}, "Name: at most 200 letters."),
        ({"points-0-value": "none"}, "A phone number needs digits."),
        ({"points-0-kind": "pigeon"}, "Kind: choose one of those offered."),
        ({"points-TOTAL_FORMS": "x"}, "These lines came incomplete."),
    ],
)
def test_bad_input_is_named_and_kept(
    alice: Member, acme: Company, browser: Browser, given: dict[str, str], sentence: str
) -> None:
    answer = browser(alice).post(NEW, posted(**given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Growers." in page
    assert Company.objects.get() == acme


def test_a_deleted_company_is_nowhere_and_its_people_stay(
    alice: Member, acme: Company, browser: Browser
) -> None:
    client, url = browser(alice), acme.get_absolute_url()
    assert len(search.find(alice, "acme").ids) == 2
    answer = client.post(f"{url}deletion/")
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}deletion/").status_code == 404
    assert client.post(url, posted()).status_code == 404
    assert names(client.get(LIST)) == []
    assert search.find(alice, "acme").ids == []
    assert client.get("/people/?company=acme").context["rows"] == []
    for person in Person.objects.all():
        page = client.get(person.get_absolute_url())
        assert page.status_code == 200
        assert "Acme" not in page.content.decode()
    entry = Entry.objects.get(verb="company.delete")
    assert (entry.noun_id, entry.details["name"]) == (acme.pk, "Acme")


def test_undo_puts_it_back_with_the_people_who_are_nowhere_else(
    alice: Member, acme: Company, browser: Browser
) -> None:
    grace, ruth = Person.objects.order_by("pk")
    gone = make(alice, {"name": "Gone Away"}, company="Acme")
    gone.delete_by(alice)
    acme.delete_by(alice)
    Person.objects.filter(pk=ruth.pk).update(company=makers.a_company(alice, "Bright"))
    client = browser(alice)
    assert "Acme" in client.get(f"{LIST}deleted/").content.decode()
    answer = client.post(f"{acme.get_absolute_url()}restoration/")
    assert (answer.status_code, answer["Location"]) == (303, acme.get_absolute_url())
    assert set(acme.people.all()) == {grace, gone}
    assert search.find(alice, "acme").ids == [grace.pk]
    assert Entry.objects.filter(verb="company.restore", noun_id=acme.pk).exists()
    assert client.post(f"{acme.get_absolute_url()}restoration/").status_code == 404
    with pytest.raises(Refused, match="not deleted"):
        Company.objects.get(pk=acme.pk).restore_by(alice)


def test_its_name_is_free_while_it_is_deleted_and_undo_then_says_so(
    alice: Member, acme: Company, browser: Browser
) -> None:
    acme.delete_by(alice)
    with pytest.raises(Refused, match="deleted already"):
        acme.delete_by(alice)
    other = company_named(alice, "acme")
    assert other is not None
    assert other.pk != acme.pk
    client = browser(alice)
    answer = client.post(f"{acme.get_absolute_url()}restoration/", {"back": f"{LIST}deleted/"})
    assert answer["Location"] == f"{LIST}deleted/"
    assert "There is another Acme by now." in client.get(f"{LIST}deleted/").content.decode()
    acme.refresh_from_db()
    assert acme.deleted_at is not None
    assert not other.people.exists()


def test_after_a_month_it_is_gone_for_good_and_the_people_stay(
    alice: Member, acme: Company, browser: Browser
) -> None:
    now = timezone.now()
    browser(alice).post(acme.get_absolute_url(), posted(name="Acme"))
    assert ContactPoint.objects.filter(company=acme).exists()
    acme.refresh_from_db()
    acme.delete_by(alice)
    assert purge_companies(now) == 0
    Company.objects.update(deleted_at=now - timedelta(days=30, seconds=1))
    assert browser(alice).post(f"{acme.get_absolute_url()}restoration/").status_code == 404
    assert purge_companies(now) == 1
    assert not Company.objects.exists()
    assert not ContactPoint.objects.exists()
    assert Person.objects.count() == 2
    assert Entry.objects.get(verb="company.purge").noun_id == acme.pk
    for entry in Entry.objects.filter(noun="company"):
        assert "Acme" not in str(entry.details)


def test_an_import_does_not_bring_people_into_a_deleted_company(
    alice: Member, acme: Company, tmp_path: Path
) -> None:
    acme.delete_by(alice)
    card = tmp_path / "anna.vcf"
    card.write_bytes(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Lee\r\nORG:Acme\r\nEND:VCARD\r\n")
    assert cli.main(["import", str(card)]) == 0
    company = Person.objects.get(name="Anna Lee").company
    assert company is not None
    assert (company.name, company.deleted_at) == ("Acme", None)


def test_a_stranger_finds_no_company_of_ours(
    acme: Company, stranger: Member, browser: Browser
) -> None:
    assert names(browser(stranger).get(LIST)) == []
