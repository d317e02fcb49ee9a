"""kill -9 in the middle of a close-out: all of it, or nothing, and once."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.forks import forks
from tests.serving import ROOT, environment, installation

pytestmark = pytest.mark.slow

SETTINGS = {"DJANGO_SETTINGS_MODULE": "touchline.settings", "PYTHONPATH": str(ROOT)}

BEGIN = """
import django
django.setup()
from datetime import timedelta
from touchline.accounts.models import Member
from touchline.demo import makers
member = Member.objects.signed_in(Member.objects.get().user_id).get()
relationship = makers.a_relationship(member, "Anwen Pritchard", on=member.today())
makers.a_one_to_one(relationship, member, member.today(), hour=0, state="under_way")
"""

# Stops for good at the nth journal entry, inside the transaction that writes it.
CLOSE_OUT = """
import sys, time
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from touchline.accounts.models import Member
from touchline.journal import models as journal
from touchline.meetings.close_out import CloseOut, close_out
from touchline.meetings.models import OneToOne
stop_at, insert, seen = int(sys.argv[1]), journal.insert, []
def slow(*given):
    seen.append(given)
    insert(*given)
    if len(seen) == stop_at:
        print("here", flush=True)
        time.sleep(60)
journal.insert = slow
member = Member.objects.signed_in(Member.objects.get().user_id).get()
one = OneToOne.objects.select_related("relationship__person", "relationship__main_contact").get(
    state="under_way"
)
now = timezone.now()
close_out(one, member, CloseOut(
    choice="meet_less", they_expect="A name a month", next_at=now + timedelta(days=70),
    step_to="getting_to_know_you",
), now=now)
print("done", len(seen), flush=True)
"""


def run(data: Path, script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], env=environment(data, **SETTINGS), cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def rows(data: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        return database.execute(question).fetchall()


def story(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a close-out may touch."""
    return {
        table: rows(data, f"SELECT * FROM {table} ORDER BY id")
        for table in (
            "meetings_onetoone", "meetings_decision", "relationships_relationship",
            "relationships_step", "journal_entry",
        )
    }  # fmt: skip


def test_a_close_out_killed_at_every_step_leaves_nothing_half_done(tmp_path: Path) -> None:
    data = installation(tmp_path / "data")
    steps = 0
    with forks(data) as there:
        there.run(BEGIN)
        before = story(data)
        for stop_at in range(1, 20):
            said = there.run(CLOSE_OUT, stop_at)
            if said != "here":
                assert said.startswith("done")
                break
            steps = stop_at
            assert story(data) == before, f"killed at entry {stop_at}"
            assert rows(data, "PRAGMA integrity_check") == [("ok",)]
    assert steps >= 4, "the close-out was killed in several places"
    after = story(data)
    assert len(after["meetings_decision"]) == 1
    assert len(after["meetings_onetoone"]) == 2
    assert len(after["relationships_step"]) == len(before["relationships_step"]) + 1
    states = rows(data, "SELECT state FROM meetings_onetoone ORDER BY id")
    assert states == [("closed_out",), ("planned",)]
