"""kill -9 at many moments of an import: looked at, brought in, taken back; it runs to its end."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.forks import Forks, forks
from tests.serving import installation

pytestmark = pytest.mark.slow

PEOPLE = 90

# Thirty people there already, of whom the file says more; sixty new; some share a company.
BEGIN = f"""
import django
django.setup()
from touchline.accounts.models import Member
from touchline.people.importing import at_once, bringing
def cards(some, more):
    return "".join(
        f"BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nUID:u{{n}}\\r\\nFN:Person Number{{n}}\\r\\n"
        f"EMAIL:p{{n}}@example.org\\r\\n{{more.format(n % 7)}}END:VCARD\\r\\n" for n in some
    ).encode()
member = Member.objects.signed_in(Member.objects.get().user_id).get()
at_once.bring_in_file(
    member, "some.vcf", cards(range(0, {PEOPLE}, 3), "TITLE:Clerk\\r\\n"), dry_run=False
)
more = "TITLE:Chair\\r\\nORG:Firm {{}}\\r\\nCATEGORIES:Tag {{}}\\r\\nNOTE:Met\\r\\n"
bringing.keep(member, "all.vcf", cards(range({PEOPLE}), more.replace("Tag {{}}", "Tag")))
"""

ASK = """
import sys
import django
django.setup()
from touchline.accounts.models import Member
from touchline.people.importing import bringing
from touchline.people.models import Import
member = Member.objects.signed_in(Member.objects.get().user_id).get()
getattr(bringing, sys.argv[1])(Import.objects.get(filename="all.vcf"), member)
"""

# A worker that stops for good before its nth statement about people, counted from the
# beginning of the job. Told 0, it runs to its end and says how many there were.
WORK = """
import sys, time
import django
django.setup()
from django.db import connection
from touchline.people import tasks
from touchline.people.importing import working
stop_at, seen = int(sys.argv[1]), []
working.BATCH, working.BREATH = 20, 0
def watch(execute, sql, params, many, context):
    if "people_" in sql:
        seen.append(sql)
        if len(seen) == stop_at:
            print("here", flush=True)
            time.sleep(600)
    return execute(sql, params, many, context)
work = tasks._work
def watched(*arguments):
    with connection.execute_wrapper(watch):
        work(*arguments)
tasks._work = watched
from touchline.cli import main
main(["worker", "--until-empty"])
print(f"done {len(seen)}", flush=True)
"""

DOMAIN = """
SELECT person.name, person.title, company.name, person.notes, person.extra, person.sort_key,
  person.source,
  (SELECT group_concat(value) FROM (
    SELECT value FROM people_contactpoint WHERE person_id = person.id ORDER BY position, value)),
  (SELECT group_concat(name) FROM people_person_tags link
    JOIN people_tag tag ON tag.id = link.tag_id WHERE link.person_id = person.id),
  (SELECT group_concat(key) FROM (
    SELECT key FROM people_identity WHERE person_id = person.id ORDER BY key)),
  (SELECT count(*) FROM people_search WHERE rowid = person.id)
FROM people_person person LEFT JOIN people_company company ON company.id = person.company_id
ORDER BY person.name
"""


def rows(data: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        return database.execute(question).fetchall()


def domain(data: Path) -> list[object]:
    """Everyone with all that is theirs, whatever their keys; and the companies and tags."""
    return [
        rows(data, DOMAIN),
        rows(data, "SELECT name FROM people_company ORDER BY name"),
        rows(data, "SELECT name FROM people_tag ORDER BY name"),
    ]


def kept(data: Path) -> tuple[object, ...]:
    (found,) = rows(
        data, "SELECT state, counts, content IS NULL FROM people_import WHERE filename = 'all.vcf'"
    )
    return found


def killed_on_the_way(
    there: Forks, data: Path, statements: int, moments: tuple[float, ...]
) -> None:
    """Kill a worker after each part of what is left of a step, then let one finish it."""
    killed = 0
    for moment in moments:
        killed += there.run(WORK, max(1, int(statements * moment))) == "here"
        assert rows(data, "PRAGMA integrity_check") == [("ok",)]
        people = rows(data, "SELECT count(*), count(DISTINCT name) FROM people_person")[0]
        assert people[0] == people[1], "somebody is doubled"
    assert killed >= 2
    assert there.run(WORK, 0).startswith("done")


STEPS = (("", "previewed"), ("queue", "applied"), ("undo", "undone"))


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, Any, Any]]:
    """Let nothing be killed; return each step's statements, and what it leaves."""
    data = installation(tmp_path_factory.mktemp("unharmed") / "data")
    found = []
    with forks(data) as there:
        there.run(BEGIN)
        for verb, _ in STEPS:
            if verb:
                there.run(ASK, verb)
            said = there.run(WORK, 0)
            found.append((int(said.split()[1]), kept(data), domain(data)))
    return found


@pytest.mark.parametrize("moments", [(0.02, 0.3, 0.5, 0.2), (0.7, 0.12, 0.45, 0.1)])
def test_killed_again_and_again(
    tmp_path: Path, unharmed: list[tuple[int, Any, Any]], moments: tuple[float, ...]
) -> None:
    data = installation(tmp_path / "data")
    with forks(data) as there:
        there.run(BEGIN)
        before = domain(data)
        assert len(before[0]) == PEOPLE // 3
        for (verb, after), (statements, then, left) in zip(STEPS, unharmed, strict=True):
            if verb:
                there.run(ASK, verb)
            killed_on_the_way(there, data, statements, moments)
            assert kept(data)[0] == after
            assert kept(data) == then
            assert domain(data) == left
            assert (domain(data) == before) == (verb != "queue")
    assert rows(data, "SELECT count(*) FROM people_touched WHERE of_id = 2") == [(0,)]
    assert kept(data)[2] == 1
