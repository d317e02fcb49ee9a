"""A referral put down from the command line."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from touchline import cli
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.people import search
from touchline.people.models import Person
from touchline.referrals.models import Referral, State
from touchline.relationships.models import Relationship

LEASE = "needs a lease read"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ann(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Ann Lee")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*words: str) -> tuple[int, str, str]:
        status = cli.main(["referral", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return typed


def known(alice: Member, name: str) -> Person:
    made = makers.a_person(alice, name)
    search.index([made.pk])
    return made


def test_an_idea_in_a_line(alice: Member, ann: Relationship, run: Run) -> None:
    status, out, _ = run(f"Tom Hart, Hart Foods to ann: {LEASE}, said yesterday, heat 2")
    assert status == 0
    assert out == "Tom Hart, Hart Foods to Ann Lee, at “idea”. Next: Ask Ann.\n"
    made = Referral.objects.get()
    assert (made.need, made.heat, made.state) == (LEASE, 2, State.IDEA)
    assert made.member == alice
    assert made.stated_on
    assert made.stated_on < alice.today()


def test_without_quotes_and_as_data(ann: Relationship, run: Run) -> None:
    status, out, _ = run("--json", "Tom", "Hart", "from", "Ann:", LEASE)
    assert status == 0
    said = json.loads(out)
    made = Referral.objects.get()
    assert said == {
        "referral": made.pk, "direction": "received", "partner": "Ann Lee", "prospect": "Tom Hart",
        "need": LEASE, "state": "idea", "next": "The introduction",
    }  # fmt: skip


def test_a_received_one_that_is_introduced(alice: Member, ann: Relationship, run: Run) -> None:
    assert run(f"Tom Hart from Ann: {LEASE}, introduced yesterday")[0] == 0
    made = Referral.objects.get()
    assert made.state == State.INTRODUCED
    assert made.introduced_on
    assert made.introduced_on < alice.today()


def test_what_happened_is_history_and_nothing_else(ann: Relationship, run: Run) -> None:
    line = f"Tom Hart to Ann: {LEASE}, introduced 3 March 2019, won 4 May 2019 for £900"
    status, _, err = run(line)
    assert status == 1
    assert "(introduced and won)" in err
    assert "add --history" in err
    assert not Referral.objects.exists()
    assert run("--history", line)[0] == 0
    made = Referral.objects.get()
    assert (made.is_history, made.state, made.value_minor) == (True, State.WON, 90_000)
    assert made.introduced_on == date(2019, 3, 3)


def test_one_of_ones_people_by_name_or_number(alice: Member, ann: Relationship, run: Run) -> None:
    tom, other = known(alice, "Tom Hart"), known(alice, "Tom Hart")
    status, _, err = run(f"Tom Hart to Ann: {LEASE}")
    assert status == 1
    assert f"Tom Hart ({tom.pk})" in err
    assert f"Tom Hart ({other.pk})" in err
    assert run(f"{other.pk} to Ann: {LEASE}")[0] == 0
    assert Referral.objects.get().person == other
    assert run("--new", "Tom Hart to Ann: a roof")[0] == 0
    assert Person.objects.filter(name="Tom Hart").count() == 3


def test_to_two_for_the_same_takes_anyway(alice: Member, ann: Relationship, run: Run) -> None:
    tom = known(alice, "Tom Hart")
    bea = makers.a_relationship(alice, "Bea Moss")
    a_referral(bea, alice, person=tom, need="A lease to be read")
    status, _, err = run(f"Tom Hart to Ann: {LEASE}")
    assert status == 1
    assert "Tom Hart is with Bea Moss already" in err
    assert run("--anyway", f"Tom Hart to Ann: {LEASE}")[0] == 0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Tom Hart", "Say to or from whom"),
        (f"Tom to nobody: {LEASE}", "There is no programme with anybody called “nobody”."),
        (f"Ann Lee to Ann: {LEASE}", "The prospect is the partner."),
        (f"Sid Cole to Ann: {LEASE}", "Sid Cole is marked do not contact"),
        (f"999999 to Ann: {LEASE}", "None of your people has the number 999999."),
        (f"Tom to Ann: {LEASE}, worth 1.250", "can be read in two ways: "),
        (f"Tom to Ann: {LEASE}, worth -5", "less than nothing"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_kept(
    alice: Member, ann: Relationship, run: Run, line: str, sentence: str
) -> None:
    search.index([ann.person_id])
    sid = known(alice, "Sid Cole")
    sid.do_not_contact = True
    sid.save()
    people = Person.objects.count()
    status, out, err = run(line)
    assert (status, out) == (1, "")
    assert sentence in err
    assert not Referral.objects.exists()
    assert Person.objects.count() == people


def test_a_viewer_puts_nothing_down(bob: Member, ann: Relationship, run: Run) -> None:
    status, _, err = run("--as", "bob@example.org", f"Tom to Ann: {LEASE}")
    assert status == 1
    assert "change nothing" in err
