"""The fence: every address and verb, against a stranger, a viewer and somebody signed out."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link, an_arrival, their_sheet
from touchline.mail.models import Message
from touchline.meetings.models import State
from touchline.people.models import Company, Double, Import, Person, Photo, Tag
from touchline.referrals.models import Help

# Anonymous by design: links that are keys themselves, the health check, the script of a worker.
ANONYMOUS = {"welcome", "sign_in_link", "health", "worker"}
# What the shipped playbook has, by the noun of its address, and who of a referral is asked.
PLAYBOOK = {
    "kinds": "getting_to_know_you",
    "topics": "family",
    "questions": "family-2",
    "asking": "receiver",
}
# A member's own pages, the same address for everybody.
OWN = {"settings", "workspace", "switch", "more", "keys", "no_workspace"}

# Whose rows may change with any request: who is signed in, and what has been posted once.
OF_A_SESSION = ("sessions.", "core.", "contenttypes.", "auth.")


def addresses() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (name, route, converters) of every address of ours."""

    def walk(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str, Any]]:
        for entry in patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                if (entry.app_name or "") in {a.label for a in apps.get_app_configs()}:
                    yield from walk(entry.url_patterns, route, entry.app_name or space)
            elif isinstance(entry, URLPattern) and not str(entry.name).startswith("account_"):
                yield f"{space}:{entry.name}", route, entry.pattern.converters

    yield from walk(get_resolver().url_patterns, "/", "")


NAMES = sorted(addresses())


def anonymous(name: str) -> bool:
    """Whether an address needs no member: those of share links are tested in tests/sheets."""
    view = name.split(":")[-1]
    return view in ANONYMOUS or view.startswith("shared_")


def everything(alice: Member) -> dict[str, Any]:
    """Make one of everything in Alice's workspace, by the first word of the route it is for."""
    today = alice.today()
    person = makers.a_person(
        alice, "Anwen Pritchard", company="Lloyd", tags=("farm",), email="anwen@example.org"
    )
    relationship = makers.a_relationship(alice, person, on=today - timedelta(days=60))
    held = makers.a_one_to_one(relationship, alice, today - timedelta(days=9), state=State.HELD)
    other = makers.a_person(alice, "Ruth Abelson")
    Photo.objects.create(workspace=alice.workspace, person=person, content=b"", source="0")
    return {
        "people": person.pk,
        "free": other.pk,
        "merge": other.pk,
        "companies": person.company_id,
        "doubles": Double.objects.create(
            workspace=alice.workspace, one=person, other=other, certainty=0.9
        ).pk,
        "tags": Tag.objects.get().pk,
        "imports": Import.objects.create(
            workspace=alice.workspace, member=alice, filename="a.vcf", format="vcard", content=b""
        ).pk,
        "relationships": relationship.pk,
        "one-to-ones": held.pk,
        "notes": makers.a_note(relationship, alice, "A note", one_to_one=held).pk,
        "facts": makers.a_fact(relationship, alice, "family", "Two children").pk,
        "actions": makers.an_action(relationship, alice, "mine", "Send it", today).pk,
        "agenda": makers.an_agenda_item(relationship, alice, "mine", "Ask").pk,
        "referrals": a_referral(relationship, alice).pk,
        "help": Help.keep(alice, relationship, direction="given", text="A club", on=today).pk,
        "their-sheets": their_sheet(
            relationship, {("interests", "team"): "Saints"}, photo=b"", photo_given=True
        ).pk,
        "arrivals": an_arrival(relationship, alice, "going", "It goes well").pk,
        "links": a_link(relationship, alice, "yours").pk,
        "messages": Message.objects.create(
            workspace=alice.workspace,
            by=alice,
            relationship=relationship,
            what="recap",
            state="failed",
            to_address="anwen@example.org",
            message_id="<1@touchline>",
            made_at=timezone.now(),
        ).pk,
    }


@pytest.fixture
def world(alice: Member) -> dict[str, Any]:
    """One of everything in Alice's workspace."""
    return everything(alice)


@dataclass(frozen=True)
class Fenced:
    """What is fenced in, and who comes to the fence: an owner, a viewer, and a stranger."""

    world: dict[str, Any]
    alice: Member
    bob: Member
    stranger: Member


def _fenced() -> Fenced:
    inside, outside = makers.a_workspace(), makers.a_workspace("Elsewhere")
    alice = makers.a_member(inside, "alice@example.org", "Alice Hill", Role.OWNER)
    bob = makers.a_member(inside, "bob@example.org", "Bob Dale", Role.VIEWER)
    stranger = makers.a_member(outside, "zoe@example.org", "Zoe Far", Role.OWNER)
    return Fenced(everything(alice), alice, bob, stranger)


@pytest.fixture(scope="module")
def once_fenced(lasting: Callable[..., Any]) -> Fenced:
    found: Fenced = lasting(_fenced)
    return found


@pytest.fixture
def fenced(db: None, once_fenced: Fenced) -> Fenced:
    """Give the same rows to every test: none of them keeps what it changes."""
    return once_fenced


def filled(route: str, converters: dict[str, Any], world: dict[str, Any]) -> str:
    """Fill a route with the object its last noun names."""
    for name in converters:
        placeholder = next(
            part for part in (f"<int:{name}>", f"<str:{name}>", f"<slug:{name}>")
            if part in route
        )  # fmt: skip
        before = route.split(placeholder)[0].rstrip("/").split("/")[-1]
        if before in PLAYBOOK:
            value: Any = PLAYBOOK[before]
        elif placeholder.startswith("<str"):
            value = "no-such-token"
        else:
            value = world[before]
        route = route.replace(placeholder, str(value), 1)
    return route


def opened(
    name: str, route: str, converters: dict[str, Any], world: dict[str, Any], owner: Member
) -> str:
    """Fill a route with an object for which its page opens."""
    if name == "relationships:start":
        world = {**world, "people": world["free"]}
    if name == "people:restoration":
        Person.objects.get(pk=world["people"]).delete_by(owner)
    if name == "people:company_restoration":
        Company.objects.get(pk=world["companies"]).delete_by(owner)
    return filled(route, converters, world)


def posted_to(page: str) -> list[str]:
    """Return where the forms of a page post to, those of sign-in and of the session left out."""
    heads = [form.partition(">")[0] for form in page.split("<form")[1:]]
    return [
        head
        for head in heads
        if 'method="post"' in head and "/accounts/" not in head and "/settings/switch/" not in head
    ]


def rows_of(models: Iterable[type[Model]]) -> dict[str, list[str]]:
    """Return every row of some models by their labels, to compare.

    Asked for as it stands: to make models of the rows took longer than all that they follow.
    """
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model._meta.label] = sorted(map(repr, cursor.fetchall()))
    return found


def counts() -> dict[str, list[str]]:
    """Return every row of every table of ours but sessions and receipts."""
    every = apps.get_models(include_auto_created=True)
    return rows_of(one for one in every if not one._meta.label.startswith(OF_A_SESSION))


@contextmanager
def nothing_written() -> Iterator[None]:
    """Check that no statement but a question reaches a table of ours, even if taken back."""
    allowed = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.label.startswith(OF_A_SESSION)
    }
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # PostgreSQL has the parts of a union in brackets.
        first, *_ = sql.lstrip("(").split(None, 1)
        asks = first == "WITH" and not re.search("INSERT|UPDATE|DELETE", sql)
        if not asks and first not in ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"):
            tables = re.findall(r'(?:INTO|UPDATE|FROM) "(\w+)"', sql)[:1]
            if not allowed.issuperset(tables) or not tables:
                written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert written == []


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "route", "converters"), NAMES, ids=[n for n, _, _ in NAMES])
def test_signed_out_goes_to_sign_in(
    name: str, route: str, converters: dict[str, Any], fenced: Fenced, client: Client
) -> None:
    if anonymous(name):
        return
    url = filled(route, converters, fenced.world)
    with nothing_written():
        for answer in (client.get(url), client.post(url, {})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "route", "converters"), NAMES, ids=[n for n, _, _ in NAMES])
def test_a_stranger_finds_nothing(
    name: str,
    route: str,
    converters: dict[str, Any],
    fenced: Fenced,
    browser: Callable[[Member], Client],
) -> None:
    numbered = [key for key, kind in converters.items() if "Int" in type(kind).__name__]
    if not numbered:
        return
    url = filled(route, converters, fenced.world)
    client = browser(fenced.stranger)
    with nothing_written():
        for verb in ("get", "post", "put", "patch", "delete"):
            answer = getattr(client, verb)(url)
            assert answer.status_code in ((404,) if verb in ("get", "post") else (404, 405)), verb


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "route", "converters"), NAMES, ids=[n for n, _, _ in NAMES])
def test_a_viewer_changes_nothing(
    name: str,
    route: str,
    converters: dict[str, Any],
    fenced: Fenced,
    browser: Callable[[Member], Client],
) -> None:
    if anonymous(name) or name.split(":")[-1] in OWN:
        return
    url = filled(route, converters, fenced.world)
    client = browser(fenced.bob)
    with nothing_written():
        answer = client.post(url, {"once": "x"})
    assert answer.status_code in (403, 405)


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "route", "converters"), NAMES, ids=[n for n, _, _ in NAMES])
def test_a_viewer_opens_every_page_to_read_and_no_form(
    name: str,
    route: str,
    converters: dict[str, Any],
    fenced: Fenced,
    browser: Callable[[Member], Client],
) -> None:
    """A page that shows a viewer a form is missing ``only_a_form``, or hides too little."""
    if anonymous(name):
        return
    url = opened(name, route, converters, fenced.world, fenced.alice)
    client = browser(fenced.bob)
    answer = client.get(url)
    if getattr(resolve(url).func, "only_a_form", False):
        assert answer.status_code == 403
        assert "Ask Alice Hill to change it for you." in answer.content.decode()
        return
    if answer.status_code in (302, 303):
        # An address that only takes posts leads to its page, which may be a form.
        assert getattr(resolve(url).func, "takes_posts", False) or name.endswith("no_workspace")
        answer = client.get(url, follow=True)
        shown = resolve(answer.request["PATH_INFO"]).func
        assert answer.status_code == (403 if getattr(shown, "only_a_form", False) else 200)
        return
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        assert posted_to(answer.content.decode()) == []


@pytest.mark.parametrize(("name", "route", "converters"), NAMES, ids=[n for n, _, _ in NAMES])
def test_every_page_opens_for_its_owner(
    name: str,
    route: str,
    converters: dict[str, Any],
    fenced: Fenced,
    browser: Callable[[Member], Client],
) -> None:
    if anonymous(name):
        return
    url = opened(name, route, converters, fenced.world, fenced.alice)
    client = browser(fenced.alice)
    with nothing_written():
        answer = client.get(url)
    assert answer.status_code in (200, 302, 303), answer.status_code
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        if getattr(resolve(url).func, "only_a_form", False):
            assert posted_to(page), "a page for its form alone, without one"
        for form in page.split("<form")[1:]:
            head, _, body = form.partition(">")
            if 'method="post"' in head and "/accounts/" not in head:
                assert 'name="once"' in body.split("</form>")[0], f"a form without a token: {head}"
        assert " style=" not in page
        assert "<script>" not in page


def test_the_walk_is_not_empty() -> None:
    assert len(NAMES) > 40
    assert connection.vendor in ("sqlite", "postgresql")


def test_what_is_written_is_noticed(fenced: Fenced) -> None:
    """Without this the walks above could not fail for a write."""
    for change in (
        lambda: makers.a_person(fenced.alice, "New"),
        lambda: Tag.objects.update(name="other"),
        lambda: Tag.objects.all().delete(),
    ):
        with pytest.raises(AssertionError), nothing_written():
            change()
