"""Every form on every page, posted twice, changes things once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.test_fence import NAMES, anonymous, counts, filled, world  # noqa: F401
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.meetings import capturing
from touchline.meetings.models import Note, State
from touchline.people.models import Person
from touchline.referrals.learning.debriefing import learn
from touchline.relationships.models import Relationship

# Forms that end the session or belong to sign-in; they change no data of ours.
ELSEWHERE = ("/accounts/", "/settings/switch/")


@dataclass
class Form:
    """A form as the page offers it: where it goes, and its fields as they stand."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: bool = False

    @property
    def posted(self) -> tuple[Any, ...]:
        """What it would post, but for its tokens and where it stands: to know it again."""
        own = ("csrfmiddlewaretoken", "once", "back")
        return self.action, *(each for each in self.fields if each[0] not in own)


class Forms(HTMLParser):
    """Reads the forms of a page as a browser without scripts would send them."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found = path, list[Form]()
        self.in_template = False
        self.form: Form | None = None
        self.select = self.textarea = ""
        self.first: str | None = None
        self.chosen = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # What stands in one is no form yet: without scripts nobody can send it.
        self.in_template = self.in_template or tag == "template"
        if self.in_template:
            return
        if tag == "form" and given.get("method", "").lower() == "post":
            self.form = Form(given.get("action") or self.path)
            self.found.append(self.form)
        if self.form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(given)
        elif tag == "button" and name and given.get("type", "submit") == "submit":
            self.form.fields.append((name, given.get("value", "")))
        elif tag == "select":
            self.select, self.first, self.chosen = name, None, False
        elif tag == "option" and self.select:
            value = given.get("value", "")
            self.first = value if self.first is None else self.first
            if "selected" in given:
                self.chosen = True
                self.form.fields.append((self.select, value))
        elif tag == "textarea" and name:
            self.textarea, self.text = name, ""

    def _input(self, given: dict[str, str]) -> None:
        assert self.form is not None
        kind, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        if kind == "file":
            self.form.files = True
        elif kind in ("checkbox", "radio"):
            if "checked" in given or name == "person":
                self.form.fields.append((name, value or "on"))
        elif value or kind == "hidden":
            self.form.fields.append((name, value))
        else:
            self.form.fields.append((name, example(kind, name)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.in_template = self.in_template and tag != "template"
        if self.form is None:
            return
        if tag == "form":
            self.form = None
        elif tag == "select" and self.select:
            if not self.chosen and self.first is not None:
                self.form.fields.append((self.select, self.first))
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self.form.fields.append((self.textarea, self.text.strip() or "A line of words"))
            self.textarea = ""


def example(kind: str, name: str) -> str:
    """Type something believable into an empty field."""
    ahead = timezone.localdate() + timedelta(days=40)
    if kind == "date" or name.endswith("_on") or name in ("until", "on", "date"):
        past = "last" in name or "told" in name
        return (timezone.localdate() - timedelta(days=3) if past else ahead).isoformat()
    return {"time": "10:00", "number": "2", "email": "new@example.org", "url": ""}.get(
        kind, "Something new"
    )


@pytest.fixture
def full(alice: Member, world: dict[str, Any]) -> dict[str, Any]:  # noqa: F811
    """The fence's world with a one-to-one in every state, so that every form is somewhere."""
    relationship = Relationship.objects.get(pk=world["relationships"])
    today = alice.today()
    states = {}
    for number, state in enumerate((State.PLANNED, State.UNDER_WAY, State.CLOSED_OUT)):
        days = 5 if state == State.PLANNED else -1 - number
        states[state] = makers.a_one_to_one(
            relationship, alice, today + timedelta(days=days), state=state
        ).pk
    makers.a_fact(relationship, alice, "interests", "Saints season ticket")
    capturing.own_fact(alice, "Played rugby at school", topic="interests", on=today)
    a_sheet(alice, about="Whom they meet")
    a_link(None, alice, "sheet")
    gone = makers.a_person(alice, "Deleted Person")
    gone.delete_by(alice)
    makers.a_company(alice, "Deleted Company").delete_by(alice)
    paused = makers.a_relationship(alice, "Robert Hale", on=today - timedelta(days=30))
    paused.pause(alice, until=today + timedelta(days=9), today=today)
    makers.a_fact(relationship, alice, "ideal_referral", "Family farms", slot="trade")
    won = a_referral(relationship, alice, person="Tom Hart", state="won")
    lost = a_referral(relationship, alice, person="Olu Ade", state="lost")
    learn(alice, lost, outcome="lost", reason="price", who_else="Pell & Sons")
    outcomes = [won.pk, lost.pk]
    return {**world, "states": states, "paused": paused.pk, "outcomes": outcomes}


def pages(full: dict[str, Any]) -> list[str]:
    """Return the address of every page, one-to-ones in every state, and a person without."""
    found = []
    for name, route, converters in NAMES:
        if anonymous(name):
            continue
        found.append(filled(route, converters, full))
        if name == "relationships:start":
            found[-1] = filled(route, converters, {**full, "people": full["free"]})
        if "one-to-ones/<int" in route and not route.endswith(".ics"):
            found += [
                filled(route, converters, {**full, "one-to-ones": pk})
                for pk in full["states"].values()
            ]
        if name == "relationships:relationship":
            found.append(filled(route, converters, {**full, "relationships": full["paused"]}))
        if name == "referrals:debrief":
            found += [filled(route, converters, {**full, "referrals": pk})
                      for pk in full["outcomes"]]  # fmt: skip
    return [*found, "/people/?select=1", f"/programmes/new/?person={full['free']}"]


def test_a_line_posted_twice_is_kept_once(
    alice: Member, browser: Callable[[Member], Client]
) -> None:
    """On any database: what was posted is known again by a row that it refuses a second time."""
    relationship = makers.a_relationship(alice, "Ann Lee")
    client = browser(alice)
    given = {"text": "Two daughters", "once": "the-same"}
    first, again = (client.post(f"/relationships/{relationship.pk}/notes/", given) for _ in "12")
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert Note.objects.get().text == "Two daughters"


@pytest.mark.one_database
def test_every_form_posted_twice_changes_things_once(
    alice: Member, full: dict[str, Any], browser: Callable[[Member], Client]
) -> None:
    client = browser(alice)
    changed, seen, met = set(), set(), set()
    before = counts()  # Each post is taken back, and to look at a page changes nothing.
    for path in pages(full):
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        reader = Forms(path)
        reader.feed(answer.content.decode())
        for form in reader.found:
            # What stands on many pages and posts the same is posted from the first.
            if form.action.startswith(ELSEWHERE) or form.files or form.posted in met:
                continue
            met.add(form.posted)
            data: dict[str, list[str]] = {}
            for name, value in form.fields:
                data.setdefault(name, []).append(value)
            seen.add(form.action)
            with transaction.atomic():
                first = client.post(form.action, data)
                after = counts()
                again = client.post(form.action, data)
                assert counts() == after, f"{form.action} on {path} changed things twice"
                if after != before:
                    changed.add(form.action)
                    assert first.status_code == 303, (form.action, first.status_code)
                    assert again.status_code == 303
                    assert again["Location"] == first["Location"]
                assert first.status_code in (303, 422), (form.action, path, first.status_code)
                transaction.set_rollback(True)
    assert len(seen) > 40
    assert len(changed) > 30, sorted(seen - changed)
    assert Person.objects.count() > 3
