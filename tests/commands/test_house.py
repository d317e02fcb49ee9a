"""init, link, tick, and who a command acts as."""

import json
from argparse import Namespace
from datetime import timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import OperationalError, ProgrammingError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import jobs
from touchline import cli
from touchline.accounts.models import Member, Role, SignInLink, User, Workspace
from touchline.commands.member import member_for
from touchline.core.models import Receipt
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.people.models import Company, Import, Person

pytestmark = pytest.mark.django_db

Printed = pytest.CaptureFixture[str]


def token_in(text: str) -> str:
    return text.strip().rpartition("/sign-in/")[2].strip("/\n")


def test_init_makes_the_workspace_and_its_owner(capsys: Printed) -> None:
    assert cli.main(["init", "--workspace", "Hill & Dale", "--owner", "Alice@Example.org"]) == 0
    member = Member.objects.get()
    assert (member.workspace.name, member.role) == ("Hill & Dale", Role.OWNER)
    assert member.user.email == "alice@example.org"
    link = SignInLink.objects.usable(token_in(capsys.readouterr().out)).get()
    assert link.user == member.user


@pytest.mark.parametrize(
    ("workspace", "owner", "sentence"),
    [
        (" ", "a@example.org", "--workspace"),
        ("x" * 121, "a@example.org", "--workspace"),
        ("Hill", "alice", "--owner: “alice” is not an e-mail address."),
    ],
)
def test_init_refuses_bad_input(capsys: Printed, workspace: str, owner: str, sentence: str) -> None:
    assert cli.main(["init", "--workspace", workspace, "--owner", owner]) == 1
    assert sentence in capsys.readouterr().err
    assert not Workspace.objects.exists()
    assert not User.objects.exists()


def test_init_refuses_a_second_workspace(alice: Member, capsys: Printed) -> None:
    assert cli.main(["init", "--workspace", "Other", "--owner", "o@example.org"]) == 1
    assert "touchline link" in capsys.readouterr().err
    assert Workspace.objects.count() == 1


def test_link_for_the_owner_for_a_member_and_for_nobody(
    alice: Member, bob: Member, capsys: Printed
) -> None:
    assert cli.main(["link"]) == 0
    assert SignInLink.objects.usable(token_in(capsys.readouterr().out)).get().user == alice.user
    assert cli.main(["link", "BOB@example.org", "--port", "8123"]) == 0
    printed = capsys.readouterr().out
    assert "http://localhost:8123/sign-in/" in printed
    assert SignInLink.objects.usable(token_in(printed)).get().user == bob.user
    assert cli.main(["link", "nobody@example.org"]) == 1
    assert "nobody@example.org is nobody here." in capsys.readouterr().err


def test_misuse_is_told_from_refusal(capsys: Printed) -> None:
    assert cli.main(["dance"]) == 2
    assert cli.main([]) == 2
    assert cli.main(["init"]) == 2
    assert cli.main(["link", "--port", "99999"]) == 2
    assert "99999" in capsys.readouterr().err
    assert cli.main(["--version"]) == 0


def test_a_database_without_tables_or_answer_is_told_in_a_sentence(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, sentence in [
        (OperationalError("no such table: core_receipt"), "has no tables yet"),
        (ProgrammingError('relation "x" does not exist\nLINE 1'), "has no tables yet"),
        (OperationalError("connection refused\nmore"), "The database refused: connection refused."),
        (OperationalError(""), "it gave no reason"),
        (FileNotFoundError(2, "No such file or directory", "x"), "x: No such file or directory."),
    ]:
        monkeypatch.setattr("touchline.commands.tick.tick", Mock(side_effect=error))
        assert cli.main(["tick"]) == 1
        said = capsys.readouterr().err
        assert sentence in said
        assert said.count("\n") == 1


def asked(workspace: str | None = None, as_member: str | None = None) -> Namespace:
    return Namespace(workspace=workspace, as_member=as_member)


def test_who_a_command_acts_as(alice: Member, bob: Member) -> None:
    assert member_for(asked()) == alice  # the only owner
    assert member_for(asked("hill & dale", "Bob@example.org")) == bob
    for options, sentence in [
        (asked("Nowhere"), "no workspace called “Nowhere”"),
        (asked(None, "zoe@example.org"), "not a member"),
    ]:
        with pytest.raises(Refused, match=sentence):
            member_for(options)
    makers.a_member(alice.workspace, "carla@example.org", role=Role.OWNER)
    with pytest.raises(Refused, match="--as"):
        member_for(asked())


def test_several_workspaces_must_be_told_apart(alice: Member, stranger: Member) -> None:
    with pytest.raises(Refused, match="--workspace: Hill & Dale, Elsewhere"):
        member_for(asked())
    assert member_for(asked("Elsewhere")) == stranger


def test_without_a_workspace_it_says_how_to_make_one() -> None:
    with pytest.raises(Refused, match="touchline init"):
        member_for(asked())


@time_machine.travel("2026-05-04T09:30:00Z")  # One duty is for full hours.
def test_a_tick_clears_what_is_old_and_nothing_else(alice: Member, capsys: Printed) -> None:
    now = timezone.now()
    for age in (6, 8):
        Receipt.objects.create(user_id=1, token=str(age), path="/", location="/")
        Receipt.objects.filter(token=str(age)).update(at=now - timedelta(days=age))
        kept = Import.objects.create(
            workspace=alice.workspace, member=alice, filename=f"{age}.vcf", content=b"x",
            state="previewed",
        )  # fmt: skip
        Import.objects.filter(pk=kept.pk).update(created_at=now - timedelta(days=age))
    applied = Import.objects.create(
        workspace=alice.workspace, member=alice, filename="applied.vcf", state="applied"
    )
    Import.objects.filter(pk=applied.pk).update(created_at=now - timedelta(days=90))
    for age in (29, 31):
        person = makers.a_person(alice, f"Deleted {age}")
        Person.objects.filter(pk=person.pk).update(deleted_at=now - timedelta(days=age))
        job = DBTaskResult.objects.get(pk=jobs.failing.enqueue().id)
        job.status, job.finished_at = "FAILED", now - timedelta(days=age)
        job.save()
    makers.a_person(alice, "Present")
    for age in (29, 31):
        company = makers.a_company(alice, f"Firm {age}")
        company.delete_by(alice)
        Company.objects.filter(pk=company.pk).update(deleted_at=now - timedelta(days=age))
    SignInLink.objects.issue(alice.user, valid=timedelta(days=1))
    SignInLink.objects.issue(alice.user, valid=timedelta(days=-1))
    SignInLink.objects.issue(None, valid=timedelta(days=1))
    SignInLink.objects.filter(user=None).update(used_at=now)
    for age in (-1, 1):
        Session.objects.create(
            session_key=f"s{age}", session_data="", expire_date=now - timedelta(days=age)
        )
    assert cli.main(["tick", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "jobs handed back": 0,
        "receipts forgotten": 1,
        "people purged": 1,
        "companies purged": 1,
        "sign-in links forgotten": 2,
        "job results forgotten": 1,
        "contact files forgotten": 1,
        "imports given up": 0,
        "messages given up": 0,
        "digests made": 0,
        "late rows of merged people brought over": 0,
        "sessions forgotten": 1,
        "indexes analysed": 0,
    }
    assert list(Receipt.objects.values_list("token", flat=True)) == ["6"]
    assert set(Person.objects.values_list("name", flat=True)) == {"Deleted 29", "Present"}
    assert Company.objects.get().name == "Firm 29"
    assert set(Import.objects.values_list("filename", flat=True)) == {"6.vcf", "applied.vcf"}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["s-1"]
    assert cli.main(["tick"]) == 0
    assert capsys.readouterr().out == "Nothing to do.\n"
