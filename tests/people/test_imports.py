"""Bringing a file in on the pages, in the jobs and from the command."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from touchline import cli
from touchline.accounts.models import Member
from touchline.commands import import_
from touchline.core import uploads
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people import photos
from touchline.people.importing import at_once, bringing, text, undoing, working
from touchline.people.merging import making_one
from touchline.people.models import (
    ColumnMapping,
    Company,
    ContactPoint,
    Import,
    ImportState,
    Person,
    Photo,
    Touched,
)

Browser = Callable[[Member], Client]
CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Grace Young\nEMAIL:grace@example.org\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nBDAY:soon\nEND:VCARD\n"
)
TABLE = "Wer,Firma,Telefonnummer,Schuhe\nAnn Lee,Hall & Co,0161 496 0000,39\nBob Dale,,,44\n"


def upload(client: Client, content: str | bytes = CARDS, name: str = "friends.vcf"):
    data = content.encode() if isinstance(content, str) else content
    return client.post("/people/imports/new/", {"file": SimpleUploadedFile(name, data)})


def work() -> int:
    """Run the jobs that wait; return how many."""
    jobs = list(DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"))
    for job in jobs:
        DBTaskResult.objects.filter(pk=job.pk).update(status="SUCCESSFUL")
        job.task.call(*job.args_kwargs["args"])
    return len(jobs)


def page(client: Client, location: str) -> str:
    return client.get(location).content.decode()


def cards(many: int) -> str:
    return "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nUID:u{n}\nFN:Person Number{n}\nEMAIL:p{n}@example.org\n"
        f"ORG:Firm {n % 3}\nCATEGORIES:Tag {n % 2}\nEND:VCARD\n"
        for n in range(many)
    )


def previewed(client: Client, content: str | bytes = CARDS, name: str = "friends.vcf") -> str:
    location = upload(client, content, name)["Location"]
    work()
    return location


def applied(client: Client, content: str | bytes = CARDS, name: str = "friends.vcf") -> str:
    location = previewed(client, content, name)
    assert client.post(f"{location}application/").status_code == 303
    work()
    return location


def test_from_file_to_people_and_back(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    response = upload(client)
    assert response.status_code == 303
    location = response["Location"]
    watched = page(client, location)
    assert "Looking at it" in watched
    assert 'hx-trigger="every 1s"' in watched
    assert '<noscript><meta http-equiv="refresh"' in watched
    assert work() == 1
    shown = page(client, location)
    assert "It would add two people" in shown
    assert "Line 10" in shown or "Line 6" in shown
    assert "every 1s" not in shown
    assert not Person.objects.exists()
    asked = client.post(f"{location}application/")
    assert (asked.status_code, asked["Location"]) == (303, location)
    assert "Bringing them in" in page(client, location)
    assert work() == 1
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ann Lee", "Grace Young"]
    report = page(client, location)
    assert "2 new" in report
    assert "takes out two people it added" in report
    kept = Import.objects.get()
    assert (kept.state, kept.content, kept.plan) == (ImportState.APPLIED, None, None)
    assert Entry.objects.filter(verb="import.apply").count() == 1
    client.post(f"{location}undoing/")
    assert "Taking it back" in page(client, location)
    work()
    assert not Person.objects.exists()
    assert not Touched.objects.exists()
    assert "2 taken out" in page(client, location)
    assert Import.objects.get().state == ImportState.UNDONE


def test_a_poll_that_sees_the_end_loads_the_page_whole(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = upload(client)["Location"]
    polled = {"HX-Request": "true", "HX-Trigger": "import"}
    assert "HX-Refresh" not in client.get(location, headers=polled)
    work()
    assert client.get(location, headers=polled)["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(location)


def test_a_job_run_twice_does_it_once(alice: Member, browser: Browser) -> None:
    location = applied(browser(alice))
    for _ in range(2):
        for job in DBTaskResult.objects.all():
            job.task.call(*job.args_kwargs["args"])
    assert Person.objects.count() == 2
    assert Entry.objects.filter(verb="import.apply").count() == 1
    assert "2 new" in page(browser(alice), location)


def test_asking_twice_is_refused(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = previewed(client)
    client.post(f"{location}application/", {"back": location})
    again = client.post(f"{location}application/", {"back": location}, follow=True)
    assert "This file is being brought in, so it can’t be brought in now." in again.content.decode()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_stopped_half_way_gone_on_with_and_undone(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "BATCH", 4)
    client = browser(alice)
    location = previewed(client, cards(10))
    client.post(f"{location}application/")
    store, batches = working.applying.store, []

    def stopping(kept: Import, *rest: object):
        batches.append(kept.done)
        found = store(kept, *rest)
        if len(batches) == 1:
            # Somebody presses Stop while the first batch is at work: seen once it is over.
            Import.objects.filter(pk=kept.pk).update(state=ImportState.STOPPING)
        return found

    monkeypatch.setattr(working.applying, "store", stopping)
    work()
    assert (Person.objects.count(), batches) == (4, [0])
    stopped = page(client, location)
    assert "Stopped half-way: 4 new." in stopped
    assert "Six are still to come." in stopped
    assert "Go on" in stopped
    client.post(f"{location}application/")
    work()
    assert Person.objects.count() == 10
    assert "10 new" in page(client, location)
    client.post(f"{location}undoing/")
    work()
    assert not Person.objects.exists()


def test_stop_is_pressed_on_the_page(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = previewed(client, cards(3))
    client.post(f"{location}application/")
    assert client.post(f"{location}stopping/")["Location"] == location
    assert "Stopping after" in page(client, location)
    work()
    assert Import.objects.get().state == ImportState.STOPPED
    client.post(f"{location}undoing/")
    work()
    kept = Import.objects.get()
    assert (kept.state, kept.content) == (ImportState.UNDONE, None)


def test_undo_leaves_what_was_edited_since(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    there = makers.a_person(alice, "Grace Young", email="grace@example.org")
    location = applied(client, CARDS.replace("EMAIL", "TITLE:Chair\nTEL:0161 496 0001\nEMAIL"))
    made = Person.objects.get(name="Ann Lee")
    there.refresh_from_db()
    assert there.title == "Chair"
    made.title, there.notes = "Surveyor", "Met at the fair"
    made.save()
    there.save()
    client.post(f"{location}undoing/")
    work()
    there.refresh_from_db()
    assert (there.title, there.notes, there.points.count()) == ("", "Met at the fair", 1)
    assert Person.objects.filter(pk=made.pk).exists()
    shown = page(client, location)
    assert "Left as they are" in shown
    assert "Ann Lee" in shown
    assert "1 put back" in shown


def test_undo_names_the_very_field_that_was_edited(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    there = makers.a_person(alice, "Grace Young", email="grace@example.org")
    location = applied(client, CARDS.replace("EMAIL", "TITLE:Chair\nORG:Hall\nEMAIL"))
    there.refresh_from_db()
    there.title = "Dame"
    there.save()
    client.post(f"{location}undoing/")
    work()
    there.refresh_from_db()
    assert (there.title, there.company) == ("Dame", None)
    assert "Edited since: title" in page(client, location)


def test_undo_leaves_whom_somebody_has_used_since(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = applied(client)
    person = Person.objects.get(name="Ann Lee")
    makers.a_relationship(alice, person, on=alice.today())
    client.post(f"{location}undoing/")
    work()
    assert list(Person.objects.values_list("name", flat=True)) == ["Ann Lee"]
    assert "Used since" in page(client, location)


def test_one_file_looked_at_twice_and_brought_in_twice_doubles_nobody(
    alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    first, second = previewed(client), previewed(client)
    for location in (first, second):
        client.post(f"{location}application/")
        work()
    assert Person.objects.count() == 2
    assert "0 new and 2 as before" in page(client, second)


def test_somebody_made_while_it_is_brought_in_is_met_by_their_key(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(alice)
    location = previewed(client, cards(4))
    client.post(f"{location}application/")
    planned, other = working._plan, cards(4)

    def meanwhile(*arguments: object):
        found = planned(*arguments)
        monkeypatch.setattr(working, "_plan", planned)
        at_once.bring_in_file(alice, "same.vcf", other.encode(), dry_run=False)
        return found

    monkeypatch.setattr(working, "_plan", meanwhile)
    work()
    assert Person.objects.count() == 4
    assert "0 new and 4 as before" in page(client, location)


def test_undo_leaves_whoever_was_merged_since(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = applied(client)
    ann, grace = Person.objects.order_by("name")
    Person.objects.filter(pk=ann.pk).update(merged_into=grace)
    client.post(f"{location}undoing/")
    work()
    assert Person.objects.count() == 2
    shown = page(client, location)
    assert "Merged into another since" in shown
    assert "Used since" in shown


def test_undo_does_not_put_anyone_into_a_company_deleted_since(
    alice: Member, browser: Browser
) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:ann\nFN:Ann Lee\nORG:{}\nEND:VCARD\n"
    client = browser(alice)
    applied(client, card.format("Old"))
    location = applied(client, card.format("New"))
    Company.objects.get(name="Old").delete_by(alice)
    client.post(f"{location}undoing/")
    work()
    assert Person.objects.get().company is None


def test_undo_keeps_what_those_say_too_for_whom_somebody_answers(
    alice: Member, browser: Browser
) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nUID:{}\nFN:Ann Lee\nEMAIL:{}\nTEL:{}\nCATEGORIES:{}\nEND:VCARD\n"
    )
    client = browser(alice)
    applied(client, card.format("a", "a@example.org", "0161 496 0000", "Farm"))
    applied(client, card.format("b", "b@example.org", "0161 496 0001", "Golf"))
    kept, other = Person.objects.order_by("pk")
    location = applied(client, card.format("a", "b@example.org", "0161 496 0002", "Golf"))
    making_one.merge(alice, kept, other, {})
    client.post(f"{location}undoing/")
    work()
    said = ContactPoint.objects.filter(person=kept, kind="email").values_list("value", flat=True)
    assert sorted(said) == ["a@example.org", "b@example.org"]
    assert not ContactPoint.objects.filter(value="0161 496 0002").exists()
    assert sorted(kept.tags.values_list("name", flat=True)) == ["Farm", "Golf"]


def test_undo_passes_over_whoever_was_purged_in_between(alice: Member, browser: Browser) -> None:
    applied(browser(alice))
    records = list(Touched.objects.all())
    Person.objects.get(name="Ann Lee").delete()
    undone = undoing.take_back(records)
    assert (undone.removed, undone.left) == (1, [])
    assert not Person.objects.exists()


def test_stopped_a_month_ago_it_does_not_go_on(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = previewed(client)
    Import.objects.update(state=ImportState.STOPPED, applied_at=timezone.now() - timedelta(days=31))
    bringing.let_go(timezone.now())
    answer = client.post(f"{location}application/", {"back": location}, follow=True)
    assert "its file is gone" in answer.content.decode()
    assert (Import.objects.get().state, work()) == (ImportState.STOPPED, 0)


def test_a_month_later_it_stays(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = applied(client)
    late = timezone.now() - timedelta(days=31)
    Import.objects.update(applied_at=late, created_at=late)
    again = client.post(f"{location}undoing/", {"back": location}, follow=True)
    assert "more than a month ago" in again.content.decode()
    assert bringing.let_go(timezone.now()) == 1
    kept = Import.objects.get()
    assert (kept.report, kept.touched.count(), kept.counts["new"]) == ({}, 0, 2)
    assert "Undo this import" not in page(client, location)
    assert bringing.let_go(timezone.now()) == 0


def test_what_fails_half_way_says_so_and_goes_on(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(alice)
    location = previewed(client)
    client.post(f"{location}application/")

    def broken(ids: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr("touchline.people.search.index", broken)
    work()
    assert not Person.objects.exists()
    shown = page(client, location)
    assert "Something went wrong on our side" in shown
    monkeypatch.undo()
    client.post(f"{location}application/")
    work()
    assert Person.objects.count() == 2


def test_looking_that_fails_can_be_tried_again(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(alice)
    location = upload(client)["Location"]
    monkeypatch.setattr(working, "preview", lambda *_: 1 / 0)
    work()
    assert "Try again" in page(client, location)
    monkeypatch.undo()
    client.post(f"{location}reading/")
    work()
    assert "It would add two people" in page(client, location)


def test_a_job_that_its_workers_did_not_survive_is_noticed(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = previewed(client)
    client.post(f"{location}application/")
    later = timezone.now() + timedelta(minutes=11)
    assert bringing.notice_silent(later) == 0
    DBTaskResult.objects.filter(status="READY").update(status="FAILED")
    assert bringing.notice_silent(timezone.now()) == 0
    assert bringing.notice_silent(later) == 1
    assert "broken off" in page(client, location)
    client.post(f"{location}application/")
    work()
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "said"), [("", "empty"), ("hello", "file"), ("%PDF-1.4", "PDF")]
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(
    alice: Member, browser: Browser, content: str, said: str
) -> None:
    client = browser(alice)
    location = previewed(client, content)
    shown = page(client, location)
    assert said in shown
    assert "Choose another file" in shown
    assert Import.objects.get().content is None


def test_a_file_too_large_is_refused_before_it_is_stored(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    monkeypatch.setattr(uploads, "_AROUND", 10)
    response = upload(browser(alice))
    assert response.status_code == 422
    assert "25 MB is the most" in response.content.decode()
    assert "Choose the file" not in response.content.decode()
    monkeypatch.undo()
    assert text.MAX_BYTES == uploads.MOST_BYTES
    monkeypatch.setattr("touchline.people.views.imports.MAX_BYTES", 10)
    assert "25 MB is the most" in upload(browser(alice)).content.decode()
    assert not Import.objects.exists()


def test_no_file_is_said(alice: Member, browser: Browser) -> None:
    response = browser(alice).post("/people/imports/new/")
    assert response.status_code == 422
    assert "Choose the file" in response.content.decode()


def test_an_unknown_table_is_asked_about_once(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = previewed(client, TABLE, "liste.csv")
    assert "Say which column is what" in page(client, location)
    asked = page(client, f"{location}columns/")
    assert "Schuhe" in asked
    assert "0161 496 0000" in asked
    fields = {"column-0": "name", "column-1": "company", "column-2": "phone"}
    wrong = client.post(f"{location}columns/", {**fields, "column-3": "shoes"})
    assert wrong.status_code == 422
    nobody = dict.fromkeys((*fields, "column-3"), "detail")
    assert "who it is" in client.post(f"{location}columns/", nobody).content.decode()
    given = client.post(f"{location}columns/", {**fields, "column-3": "detail"})
    assert (given.status_code, given["Location"]) == (303, location)
    work()
    shown = page(client, location)
    assert "It would add two people" in shown
    assert "as you said." in shown
    client.post(f"{location}application/")
    work()
    ann = Person.objects.get(name="Ann Lee")
    assert (ann.company.name, ann.extra) == ("Hall & Co", [["Schuhe", "39"]])
    # The next one with these headings needs no asking, and can still be changed.
    other = TABLE.replace("Bob Dale", "Cy Moss").replace("Schuhe", "schuhe")
    second = previewed(client, other, "liste2.csv")
    shown = page(client, second)
    assert "add one person" in shown
    assert "as you said last time" in shown
    # It writes one heading in another case.
    chosen = page(client, f"{second}columns/")
    assert chosen.count(" selected>") == 4
    assert '<option value="phone" selected>' in chosen
    client.post(f"{second}columns/", {**fields, "column-3": "leave_out"})
    work()
    assert "It would add one person" in page(client, second)
    assert ColumnMapping.objects.count() == 1


def test_columns_are_asked_only_while_they_matter(alice: Member, browser: Browser) -> None:
    client = browser(alice)
    location = previewed(client)
    assert client.get(f"{location}columns/").status_code == 302
    assert not bringing.STATES.allows("map", ImportState.APPLYING)


def photo(mode: str = "RGB", size: tuple[int, int] = (900, 500), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, kind)
    return out.getvalue()


def with_photo(picture: bytes) -> str:
    import base64

    return (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:grace\r\nFN:Grace Young\r\n"
        f"PHOTO;ENCODING=b;TYPE=PNG:{base64.b64encode(picture).decode()}\r\nEND:VCARD\r\n"
    )


def test_a_picture_is_made_small_and_our_own(
    alice: Member, stranger: Member, browser: Browser
) -> None:
    client = browser(alice)
    location = applied(client, with_photo(photo()))
    kept = Photo.objects.get()
    drawn = Image.open(io.BytesIO(bytes(kept.content)))
    assert (drawn.format, drawn.size, drawn.getexif()) == ("JPEG", (256, 256), {})
    path = f"/people/{kept.person_id}/photo/"
    sent = client.get(path)
    assert (sent.status_code, sent["Content-Type"]) == (200, "image/jpeg")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent["Content-Security-Policy"]
    assert client.get(path, headers={"If-None-Match": sent["ETag"]}).status_code == 304
    assert browser(stranger).get(path).status_code == 404
    again = previewed(client, with_photo(photo()))
    assert "among your people already" in page(client, again)
    client.post(f"{location}undoing/")
    work()
    assert client.get(path).status_code == 404


def test_pictures_are_drawn_while_nobody_has_to_wait(
    alice: Member, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, store, depths = photos.small, working.applying.store, []

    def drawing(picture: bytes) -> bytes:
        depths.append(len(connection.savepoint_ids))
        return small(picture)

    def storing(*given: object) -> None:
        depths.append(len(connection.savepoint_ids))
        store(*given)

    monkeypatch.setattr(photos, "small", drawing)
    monkeypatch.setattr(working.applying, "store", storing)
    client = browser(alice)
    applied(client, with_photo(photo()))
    outside, inside = depths
    assert outside < inside
    assert Photo.objects.exists()
    # Whoever has one keeps it; another is not drawn in vain.
    applied(client, with_photo(photo("L")).replace("FN:", "TITLE:Surveyor\r\nFN:"))
    assert len(depths) == 3


@pytest.mark.parametrize(
    ("picture", "said"),
    [(b"GIF89a nonsense", "read"), (photo("1", (6000, 6000)), "too many pixels"),
     (photo()[:200], "damaged")],
)  # fmt: skip
def test_a_picture_that_cannot_be_drawn_is_left_out_and_named(
    alice: Member, browser: Browser, picture: bytes, said: str
) -> None:
    client = browser(alice)
    location = applied(client, with_photo(picture))
    assert Person.objects.get().name == "Grace Young"
    assert not Photo.objects.exists()
    shown = page(client, location)
    assert "Grace Young: the picture" in shown
    assert said in shown


def test_strangers_and_viewers(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    location = previewed(browser(alice))
    assert browser(stranger).get(location).status_code == 404
    for verb in ("application", "stopping", "undoing", "reading", "columns"):
        assert browser(stranger).post(f"{location}{verb}/").status_code == 404
        assert browser(bob).post(f"{location}{verb}/").status_code == 403
        assert browser(alice).get(f"{location}{verb}/").status_code == 302
    assert upload(browser(bob)).status_code == 403
    assert browser(bob).get(location).status_code == 200


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
    assert file["import"] is None
    assert not Person.objects.exists()
    assert not Import.objects.exists()
    assert command(str(path)) == 0
    assert "2 new, 0 changed, 0 unchanged" in capsys.readouterr().out
    first = Import.objects.get()
    assert (first.state, first.content) == (ImportState.APPLIED, None)
    assert command(str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["unchanged"] == 2
    assert command("--undo", str(first.pk), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "import": first.pk, "removed": 2, "put_back": 0, "left": [],
    }  # fmt: skip
    assert not Person.objects.exists()
    with pytest.raises(Refused, match="has been undone"):
        command("--undo", str(first.pk))


def test_the_command_takes_columns_and_remembers_them(
    alice: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(TABLE)
    assert command(str(path)) == 1
    assert "--map" in capsys.readouterr().err
    assert command(str(path), "--map", "Wer=name", "--map", "Hut=name") == 1
    assert "no column “Hut”" in capsys.readouterr().err
    assert command(str(path), "--map", "Wer=name", "--map", "Schuhe=leave_out") == 0
    assert Person.objects.get(name="Ann Lee").extra == []
    assert command(str(path)) == 0
    assert "2 unchanged" in capsys.readouterr().out
    with pytest.raises(Refused, match="heading and what it is"):
        command(str(path), "--map", "name")


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
    with pytest.raises(Refused, match="Name a contact file"):
        command()
