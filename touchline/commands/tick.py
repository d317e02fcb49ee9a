"""Do once what the clock does every minute, and say what was done."""

import argparse
import json
from collections.abc import Callable
from datetime import datetime, timedelta

RECEIPT_DAYS = 7
RESULT_DAYS = 30


def hand_back_jobs(now: datetime) -> int:
    """Give running jobs of dead workers to another worker."""
    from touchline.core.jobs import hand_back

    return hand_back(now)


def forget_receipts(now: datetime) -> int:
    """Forget the receipts of forms posted more than a week ago."""
    from touchline.core.models import Receipt

    return Receipt.objects.filter(at__lt=now - timedelta(days=RECEIPT_DAYS)).delete()[0]


def purge_people(now: datetime) -> int:
    """Delete for good the people deleted more than a month ago."""
    from touchline.people.purging import purge

    return purge(now)


def purge_companies(now: datetime) -> int:
    """Delete for good the companies deleted more than a month ago."""
    from touchline.people.purging import purge_companies

    return purge_companies(now)


def sweep_merges(now: datetime) -> int:
    """Bring what was stored late at somebody merged to the one who answers."""
    from touchline.people.merging.making_one import sweep

    return sweep(now)


def forget_links(now: datetime) -> int:
    """Forget sign-in links that are used up or expired."""
    from django.db.models import Q

    from touchline.accounts.models import SignInLink

    spent = SignInLink.objects.filter(Q(expires_at__lt=now) | Q(used_at__lt=now))
    return spent.delete()[0]


def forget_results(now: datetime) -> int:
    """Forget jobs that ended more than a month ago."""
    from django_tasks_db.models import DBTaskResult

    ended = DBTaskResult.objects.finished().filter(
        finished_at__lt=now - timedelta(days=RESULT_DAYS)
    )
    return int(ended.delete()[0])


def let_files_go(now: datetime) -> int:
    """Forget contact files never brought in, and of old imports what only undoing needs."""
    from touchline.people.importing.bringing import let_go

    return let_go(now)


def notice_imports(now: datetime) -> int:
    """End the imports whose job is gone, so that somebody can go on with them."""
    from touchline.people.importing.bringing import notice_silent

    return notice_silent(now)


def make_digests(now: datetime) -> int:
    """Make the digests whose hour has come; a worker sends them."""
    from touchline.commands.preparing import here
    from touchline.today.digests import make

    return make(now, here())


def notice_unsent(now: datetime) -> int:
    """Say of the messages whose job is gone that they were not sent."""
    from touchline.mail.outbox import notice_silent

    return notice_silent(now)


def forget_sessions(now: datetime) -> int:
    """Forget sign-ins that have run out."""
    from django.contrib.sessions.models import Session

    return Session.objects.filter(expire_date__lt=now).delete()[0]


def analyse(now: datetime) -> int:
    """Keep SQLite's statistics, by which it chooses indexes; return how many indexes it knows.

    Once an hour, at its first minute: milliseconds, for it looks at a few hundred rows of each
    index. *PRAGMA optimize* would not do: before SQLite 3.46 it passes over tables that its own
    connection has not asked, and the clock asks little. PostgreSQL keeps its own.
    """
    from django.db import connection

    if connection.vendor != "sqlite" or now.minute:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 400")
        cursor.execute("ANALYZE")
        return int(cursor.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0])


# Each runs in short transactions of its own, in this order.
DUTIES: tuple[tuple[str, Callable[[datetime], int]], ...] = (
    ("jobs handed back", hand_back_jobs),
    ("receipts forgotten", forget_receipts),
    ("late rows of merged people brought over", sweep_merges),
    ("people purged", purge_people),
    ("companies purged", purge_companies),
    ("sign-in links forgotten", forget_links),
    ("job results forgotten", forget_results),
    ("contact files forgotten", let_files_go),
    ("imports given up", notice_imports),
    ("digests made", make_digests),
    ("messages given up", notice_unsent),
    ("sessions forgotten", forget_sessions),
    ("indexes analysed", analyse),
)


def tick(now: datetime) -> dict[str, int]:
    """Do every duty; return how many rows each touched."""
    return {name: duty(now) for name, duty in DUTIES}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="say it as one JSON object")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    done = tick(timezone.now())
    if options.json:
        print(json.dumps(done))
        return 0
    told = [f"{count} {name}" for name, count in done.items() if count]
    print("; ".join(told).capitalize() + "." if told else "Nothing to do.")
    return 0
