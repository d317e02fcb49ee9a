"""kill -9 in the middle of a merge and of a parting: all of it, or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.forks import Forks, forks
from tests.serving import installation
from tests.test_kill_middle import rows

pytestmark = pytest.mark.slow

BEGIN = """
import django
django.setup()
from datetime import timedelta
from touchline.accounts.models import Member
from touchline.demo import makers
member = Member.objects.signed_in(Member.objects.get().user_id).get()
for name in ("Anwen Pritchard", "A. Pritchard"):
    person = makers.a_person(
        member, name, email=f"{len(name)}@example.org", tags=("farm", name), title=name
    )
    relationship = makers.a_relationship(member, person, held_before=1,
        held_before_last_on=member.today())
    makers.a_one_to_one(relationship, member, member.today() - timedelta(days=9), state="held")
    makers.a_note(relationship, member, f"A note on {name}")
    makers.a_fact(relationship, member, "family", f"A fact of {name}")
    makers.a_call(relationship, member, member.today())
"""

# Does it, and stops for good at the nth statement that writes, inside the transaction.
CHANGE = """
import sys, time
import django
django.setup()
from django.db import connection
from touchline.accounts.models import Member
from touchline.people.merging import making_one, parting
from touchline.people.models import Merge, Person
verb, stop_at, seen = sys.argv[1], int(sys.argv[2]), []
def slow(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        seen.append(sql)
        if len(seen) == stop_at:
            print("here", flush=True)
            time.sleep(60)
    return done
member = Member.objects.signed_in(Member.objects.get().user_id).get()
one, other = Person.objects.order_by("pk")
with connection.execute_wrapper(slow):
    if verb == "merge":
        making_one.merge(member, one, other, {"title": other.pk})
    else:
        parting.part(member, other.pk)
print("done", len(seen), flush=True)
"""

TABLES = (
    "people_person", "people_contactpoint", "people_person_tags", "people_merge",
    "relationships_relationship", "relationships_step", "meetings_onetoone", "meetings_note",
    "meetings_fact", "meetings_call", "journal_entry", "django_tasks_database_dbtaskresult",
)  # fmt: skip


def story(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a merge may touch, and what people are found by."""
    found = {table: rows(data, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        found["search"] = database.execute(
            "SELECT rowid, name, rest FROM people_search ORDER BY rowid"
        ).fetchall()
    return found


def killed_at_many_moments(there: Forks, data: Path, verb: str) -> int:
    """Kill it at one moment after the other, until it is done; return how many there were."""
    before = story(data)
    # One more each time at first, then in larger steps.
    for times, stop_at in enumerate((1, 2, 4, 7, 11, 16, 22, 29, 37, 60)):
        if there.run(CHANGE, verb, stop_at) != "here":
            return times
        assert story(data) == before, f"killed at statement {stop_at}"
        assert rows(data, "PRAGMA integrity_check") == [("ok",)]
    raise AssertionError("it never ended")


def test_a_merge_and_a_parting_killed_leave_nothing_half_done(tmp_path: Path) -> None:
    data = installation(tmp_path / "data")
    with forks(data) as there:
        there.run(BEGIN)
        before = story(data)
        assert killed_at_many_moments(there, data, "merge") >= 4
        merged = rows(data, "SELECT merged_into_id FROM people_person ORDER BY id")
        assert merged == [(None,), (1,)]
        assert rows(data, "SELECT DISTINCT relationship_id FROM meetings_note") == [(1,)]
        held = "SELECT held_before, took_place FROM relationships_relationship WHERE id = 1"
        assert rows(data, held) == [(2, 2)]
        assert killed_at_many_moments(there, data, "part") >= 4
    after = story(data)
    for table in TABLES[:-2]:
        assert after[table] == before[table], table
