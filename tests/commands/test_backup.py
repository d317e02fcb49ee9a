"""A backup holds one moment whole, and comes back whole or not at all."""

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.databases import postgresql, programs
from tests.serving import ROOT, environment, installation, touchline, wait_for
from touchline.commands import archive, engines, restore
from touchline.core.refusal import Refused

WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
number = 0
while True:
    database.execute("BEGIN IMMEDIATE")
    for half in "ab":
        database.execute(
            "INSERT INTO core_receipt (token, user_id, path, location, at)"
            " VALUES (?, 1, '/', '/', '2026-01-01')", (f"{half}{number}",))
    database.execute("COMMIT")
    number += 1
"""


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path / "touchline.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def manifest(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as packed:
        return json.loads(packed.read("manifest.json"))


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """These archives are of SQLite, whichever database the suite itself runs on."""
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Make an installation with a file in it."""
    folder = installation(tmp_path / "data")
    (folder / "files" / "cards").mkdir(parents=True)
    (folder / "files" / "cards" / "café.png").write_bytes(b"\x89PNG")
    return folder


@pytest.mark.slow
def test_backup_while_writing_then_restore(data: Path, tmp_path: Path) -> None:
    file, back = tmp_path / "backup.zip", tmp_path / "back"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, data / "touchline.sqlite3"])
    try:
        wait_for(lambda: rows(data, "core_receipt") > 20, "the writer to write")
        done = touchline(data, "backup", str(file))
        assert done.returncode == 0, done.stderr
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob(".touchline-backup-*")] == []
    restored = touchline(back, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    receipts = rows(back, "core_receipt")
    # Both halves of each transaction or neither, and the counts the backup listed.
    assert receipts > 20
    assert receipts % 2 == 0
    assert manifest(file)["counts"]["core_receipt"] == receipts  # type: ignore[index]
    assert rows(data, "core_receipt") >= receipts
    assert (back / "secret.key").read_text() == (data / "secret.key").read_text()
    assert (back / "files" / "cards" / "café.png").read_bytes() == b"\x89PNG"
    assert stat.S_IMODE(back.stat().st_mode) == 0o700
    # What came back is used like any other.
    assert touchline(back, "link").returncode == 0
    again = touchline(back, "restore", str(file))
    assert again.returncode == 1
    assert "is not empty" in again.stderr


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_the_older_one(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "backup.zip"
    target.parent.mkdir()
    target.write_text("the older one")
    (data / "files" / "large").write_bytes(os.urandom(80_000_000))
    process = subprocess.Popen(
        [sys.executable, "-m", "touchline.cli", "backup", str(target)],
        env=environment(data), cwd=ROOT,
    )  # fmt: skip
    part = ".touchline-backup-*/archive"
    wait_for(
        lambda: any(path.stat().st_size > 1_000_000 for path in target.parent.glob(part)),
        "the backup to be half-way",
    )
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert target.read_text() == "the older one"
    (data / "files" / "large").unlink()  # It was there to be half-way in.
    assert touchline(data, "backup", str(target)).returncode == 0
    assert manifest(target)["engine"] == "sqlite"


@pytest.mark.slow
def test_what_backup_refuses(data: Path, tmp_path: Path) -> None:
    for path, sentence in [
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere" / "b.zip", "There is no folder"),
        (data / "files" / "b.zip", "Keep the backup out"),
    ]:
        done = touchline(data, "backup", str(path))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert sentence in done.stderr
    empty = touchline(tmp_path / "empty", "backup", str(tmp_path / "b.zip"))
    assert "nothing to back up" in empty.stderr


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Make an archive of a tiny database and one file, without a whole installation."""
    source = tmp_path / "source.sqlite3"
    with closing(sqlite3.connect(source)) as database:
        database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("INSERT INTO person (name) VALUES ('Dora'), ('Emil')")
        database.commit()
    copy = tmp_path / "copy.sqlite3"
    counts = engines.copy_sqlite(source, copy)
    assert counts == {"person": 2}
    note = tmp_path / "note.txt"
    note.write_text("hello")
    made = tmp_path / "small.zip"
    with zipfile.ZipFile(made, "w") as packed:
        sums = {
            member: archive.add(packed, path, member)
            for path, member in [(copy, "database.sqlite3"), (note, "files/note.txt")]
        }
        packed.writestr("manifest.json", archive.Manifest("sqlite", counts, sums, "now").text())
    return made


def rewritten(path: Path, edit: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of an archive whose members were edited."""
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    edit(members)
    target = path.with_name("edited.zip")
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target


def listing(members: dict[str, bytes], **changes: object) -> None:
    told = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**told, **changes}).encode()


def sneak(name: str) -> Callable[[dict[str, bytes]], None]:
    """Return an edit that adds a member, properly listed, under ``name``."""

    def edit(members: dict[str, bytes]) -> None:
        members[name] = members["files/note.txt"]
        sums = json.loads(members["manifest.json"])["sha256"]
        listing(members, sha256={**sums, name: sums["files/note.txt"]})

    return edit


def test_a_small_archive_comes_back(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    assert restore.read(small, folder) == {"person": 2}
    assert sorted(path.name for path in folder.iterdir()) == ["files", "touchline.sqlite3"]
    assert (folder / "files" / "note.txt").read_text() == "hello"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda members: members.pop("manifest.json"), "manifest can't be read"),
        (lambda members: members.update({"manifest.json": b"[1]"}), "manifest can't be read"),
        (lambda members: listing(members, counts=[1]), "manifest can't be read"),
        (lambda members: listing(members, version="99.0"), "Upgrade Touchline first"),
        (lambda members: listing(members, format=2), "Upgrade Touchline first"),
        (lambda members: listing(members, engine="oracle"), "not known here"),
        (lambda members: listing(members, engine="postgresql"), "name an empty database"),
        (lambda members: listing(members, counts={"person": 3}), "other counts"),
        (lambda members: members.pop("database.sqlite3"), "not those its manifest lists"),
        (lambda members: members.update({"files/more": b""}), "not those its manifest lists"),
        (lambda members: members.update({"files/note.txt": b"hallo"}), "not what was stored"),
        (sneak("files/../../evil"), "no place in a backup"),
        (sneak("/etc/evil"), "no place in a backup"),
        (sneak("files/a/../b"), "no place in a backup"),
        (sneak("files\\evil"), "no place in a backup"),
        (sneak("touchline.sqlite3"), "no place in a backup"),
        (sneak("files//evil"), "no place in a backup"),
    ],
)
def test_a_strange_archive_is_refused_and_nothing_is_made(
    small: Path,
    tmp_path: Path,
    edit: Callable[[dict[str, bytes]], None],
    sentence: str,
) -> None:
    folder = tmp_path / "deep" / "back"
    folder.mkdir(parents=True)
    with pytest.raises(Refused, match=sentence):
        restore.read(rewritten(small, edit), folder)
    assert list(folder.iterdir()) == []
    assert list(folder.parent.iterdir()) == [folder]


def test_a_symbolic_link_in_an_archive_is_refused(small: Path, tmp_path: Path) -> None:
    def edit(members: dict[str, bytes]) -> None:
        sneak("files/link")(members)

    edited = rewritten(small, edit)
    with zipfile.ZipFile(edited) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(edited, "w") as packed:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            if name == "files/link":
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            packed.writestr(info, content)
    folder = tmp_path / "back"
    folder.mkdir()
    with pytest.raises(Refused, match="no place in a backup"):
        restore.read(edited, folder)


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.9])
def test_a_cut_archive_is_refused(small: Path, tmp_path: Path, kept: float) -> None:
    whole = small.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(kept if kept >= 1 else len(whole) * kept)])
    folder = tmp_path / "back"
    folder.mkdir()
    with pytest.raises(Refused, match="not a Touchline backup"):
        restore.read(cut, folder)


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.sqlite3"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    with pytest.raises(Refused, match="can't be read"):
        engines.check_sqlite(path)
    with closing(sqlite3.connect(tmp_path / "orphans.sqlite3")) as database:
        database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE note (person INTEGER REFERENCES person (id))")
        database.execute("INSERT INTO note VALUES (7)")
        database.commit()
    with pytest.raises(Refused, match="note points at nothing"):
        engines.check_sqlite(tmp_path / "orphans.sqlite3")


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """Return a function that makes an empty PostgreSQL database and gives its address."""
    folder = programs()
    if folder:
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    with postgresql() as url:
        if url is None or not shutil.which("pg_dump"):
            pytest.skip("no PostgreSQL here")
        made: list[str] = []

        def make(name: str) -> str:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name}")
                connection.execute(f"CREATE DATABASE {name}")
            made.append(name)
            return _renamed(url, name)

        yield make
        with psycopg.connect(url, autocommit=True) as connection:
            for name in made:
                connection.execute(f"DROP DATABASE IF EXISTS {name}")


def _renamed(url: str, name: str) -> str:
    head, mark, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{mark}{query}"


@pytest.mark.slow
def test_backup_and_restore_on_postgresql(servers: Callable[[str], str], tmp_path: Path) -> None:
    first, second = servers("touchline_backup_a"), servers("touchline_backup_b")
    data, back, file = tmp_path / "data", tmp_path / "back", tmp_path / "backup.zip"
    made = touchline(
        data, "init", "--workspace", "Hill", "--owner", "a@example.org", DATABASE_URL=first
    )
    assert made.returncode == 0, made.stderr
    done = touchline(data, "backup", str(file), DATABASE_URL=first)
    assert done.returncode == 0, done.stderr
    assert manifest(file)["counts"]["accounts_member"] == 1  # type: ignore[index]
    refused = touchline(back, "restore", str(file))
    assert "DATABASE_URL" in refused.stderr
    full = touchline(back, "restore", str(file), DATABASE_URL=first)
    assert "is not empty" in full.stderr
    restored = touchline(back, "restore", str(file), DATABASE_URL=second)
    assert restored.returncode == 0, restored.stderr
    assert touchline(back, "link", DATABASE_URL=second).returncode == 0
    assert (back / "secret.key").read_text() == (data / "secret.key").read_text()
    missing = touchline(data, "backup", str(file), DATABASE_URL=first, PATH="/nowhere")
    assert missing.returncode == 1
    assert "pg_dump is missing" in missing.stderr
