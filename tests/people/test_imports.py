"""Bringing a file in on the pages, in the job and from the command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from touchline import cli
from touchline.accounts.models import Member
from touchline.commands import import_
from touchline.journal.models import Entry
from touchline.people.importing import bringing
from touchline.people.models import Import, ImportState, Person
from touchline.people.tasks import apply_import

Browser = Callable[[Member], Client]
CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Grace Young\nEMAIL:grace@example.org\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nBDAY:soon\nEND:VCARD\n"
)


def upload(client: Client, text: str = CARDS, name: str = "friends.vcf"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/people/imports/new/", {"file": file})


def run_jobs() -> int:
    jobs = list(DBTaskResult.objects.all())
    for job in jobs:
        apply_import.call(*job.args_kwargs["args"])
    return len(jobs)


def test_from_file_to_people(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    response = upload(client)
    assert response.status_code == 303
    page = client.get(response["Location"]).content.decode()
    assert "It would add two people" in page
    assert "Line 10" in page or "Line 6" in page
    assert not Person.objects.exists()
    applied = client.post(f"{response['Location']}application/")
    assert (applied.status_code, applied["Location"]) == (303, response["Location"])
    assert 'hx-trigger="every 1s"' in client.get(response["Location"]).content.decode()
    assert run_jobs() == 1
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ann Lee", "Grace Young"]
    assert "2 new" in client.get(response["Location"]).content.decode()
    kept = Import.objects.get()
    assert (kept.state, kept.content) == (ImportState.APPLIED, None)
    assert Entry.objects.filter(verb="import.apply").count() == 1


def test_a_job_run_twice_does_it_once(alice: Member, browser: Browser) -> None:
    location = upload(browser(alice))["Location"]
    browser(alice).post(f"{location}application/")
    run_jobs()
    run_jobs()
    assert Person.objects.count() == 2
    assert Entry.objects.filter(verb="import.apply").count() == 1


def test_asking_twice_is_refused(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = upload(client)["Location"]
    client.post(f"{location}application/", {"back": location})
    again = client.post(f"{location}application/", {"back": location}, follow=True)
    assert b"message--refused" in again.content
    assert DBTaskResult.objects.count() == 1


def test_what_fails_stores_nothing_and_says_so(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(alice)
    location = upload(client)["Location"]
    client.post(f"{location}application/")

    def broken(ids: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr("touchline.people.search.index", broken)
    run_jobs()
    assert not Person.objects.exists()
    page = client.get(location).content.decode()
    assert "nothing of this file was brought in" in page
    monkeypatch.undo()
    client.post(f"{location}application/")
    run_jobs()
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "said"), [("", "empty"), ("hello", "file"), ("%PDF-1.4", "PDF")]
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(
    alice: Member, browser: Browser, text: str, said: str
) -> None:
    response = upload(browser(alice), text)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Import.objects.exists()


def test_a_file_too_large_is_refused(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchline.people.views.imports.MAX_BYTES", 10)
    response = upload(browser(alice))
    assert response.status_code == 422
    assert "25 MB is the most" in response.content.decode()


def test_no_file_is_said(alice: Member, browser: Browser) -> None:
    response = browser(alice).post("/people/imports/new/")
    assert response.status_code == 422
    assert "Choose the file" in response.content.decode()


def test_strangers_and_viewers(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    location = upload(browser(alice))["Location"]
    for method in ("get", "post"):
        route = location if method == "get" else f"{location}application/"
        assert getattr(browser(stranger), method)(route).status_code == 404
    assert upload(browser(bob)).status_code == 403
    assert browser(bob).post(f"{location}application/").status_code == 403
    assert browser(bob).get(location).status_code == 200
    assert browser(alice).get(f"{location}application/").status_code == 302


def test_only_an_untouched_import_is_brought_in(alice: Member, browser: Browser) -> None:
    upload(browser(alice))
    one, other = Import.objects.get(), Import.objects.get()
    assert bringing.bring_in(one, alice) is not None
    assert bringing.bring_in(other, alice) is None
    assert Person.objects.count() == 2


def command(*words: str) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--workspace")
    parser.add_argument("--as", dest="as_member")
    import_.add_arguments(parser)
    return import_.run(parser.parse_args(words))


def test_the_command(alice: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "friends.vcf"
    path.write_text(CARDS)
    assert command(str(path), "--dry-run", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["dry_run"] is True
    (file,) = report["files"]
    assert (file["format"], file["new"], file["changed"], file["unchanged"]) == ("vcard", 2, 0, 0)
    assert file["problems"][0]["line"] > 5
    assert not Person.objects.exists()
    assert command(str(path)) == 0
    assert "2 new, 0 changed, 0 unchanged" in capsys.readouterr().out
    assert command(str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["unchanged"] == 2


def test_the_command_refuses_with_a_sentence(
    alice: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.vcf", tmp_path / "bad.vcf"
    good.write_text(CARDS)
    bad.write_text("")
    assert command(str(bad), str(tmp_path / "missing.vcf"), str(good)) == 1
    out, err = capsys.readouterr()
    assert "bad.vcf” is empty" in err
    assert "No such file" in err
    assert "2 new" in out
    assert cli.module_of("import") is import_
