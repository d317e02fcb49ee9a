"""A job is run once, and again only when its worker died."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import jobs
from touchline.core.jobs import ATTEMPTS, Worker, hand_back
from touchline.core.models import WorkerLease
from touchline.core.processes import alive, born, here

pytestmark = pytest.mark.django_db


def leased(worker_id: str, seen_at: datetime, pid: int = 0, machine: str = "") -> None:
    WorkerLease.objects.create(
        worker_id=worker_id,
        machine=machine or "elsewhere",
        pid=pid or os.getpid(),
        born=born(os.getpid()),
        seen_at=seen_at,
    )


def running(tmp_path: Path, *workers: str) -> DBTaskResult:
    """Queue a job and mark it as run by the last of ``workers``."""
    result = jobs.noted.enqueue(str(tmp_path / "job"))
    job = DBTaskResult.objects.get(pk=result.id)
    job.status, job.worker_ids = "RUNNING", list(workers)
    job.save()
    return job


def test_a_worker_runs_what_is_queued(tmp_path: Path) -> None:
    (tmp_path / "job.go").touch()
    result = jobs.noted.enqueue(str(tmp_path / "job"))
    worker = Worker()
    worker.run(until_empty=True)
    job = DBTaskResult.objects.get(pk=result.id)
    assert (job.status, job.return_value, job.worker_ids) == ("SUCCESSFUL", "done", [worker.id])
    assert (tmp_path / "job").read_text() == "begun\nended\n"
    assert not WorkerLease.objects.exists()


def test_a_job_that_fails_keeps_its_reason_and_the_worker_goes_on(tmp_path: Path) -> None:
    (tmp_path / "job.go").touch()
    bad, worse = jobs.failing.enqueue(), jobs.unstorable.enqueue()
    good = jobs.noted.enqueue(str(tmp_path / "job"))
    Worker().run(until_empty=True)
    told = {str(job.pk): job for job in DBTaskResult.objects.all()}
    assert told[bad.id].status == "FAILED"
    assert told[bad.id].exception_class_path == "builtins.LookupError"
    assert "nothing there" in told[bad.id].traceback
    assert told[worse.id].status == "FAILED"
    assert told[good.id].status == "SUCCESSFUL"


@pytest.mark.parametrize(
    ("seconds_ago", "machine", "pid", "handed"),
    [
        (0, "elsewhere", 0, False),
        (29, "elsewhere", 0, False),
        (31, "elsewhere", 0, True),
        (0, "here", 0, False),
        (0, "here", 2**22 + 1, True),  # beyond the largest process number: nobody
        (0, "elsewhere", 2**22 + 1, False),
    ],
)
def test_only_the_jobs_of_dead_workers_are_handed_back(
    tmp_path: Path, seconds_ago: int, machine: str, pid: int, handed: bool
) -> None:
    now = timezone.now()
    leased("w1", now - timedelta(seconds=seconds_ago), pid, here() if machine == "here" else "")
    job = running(tmp_path, "w1")
    assert hand_back(now) == int(handed)
    job.refresh_from_db()
    assert job.status == ("READY" if handed else "RUNNING")
    assert WorkerLease.objects.exists() is not handed


def test_a_job_without_a_lease_is_handed_back_once(tmp_path: Path) -> None:
    job = running(tmp_path, "gone")
    assert hand_back(timezone.now()) == 1
    assert hand_back(timezone.now()) == 0
    (tmp_path / "job.go").touch()
    worker = Worker()
    worker.run(until_empty=True)
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == ("SUCCESSFUL", ["gone", worker.id])


def test_a_job_that_kills_its_workers_fails_in_the_end(tmp_path: Path) -> None:
    job = running(tmp_path, *(f"w{number}" for number in range(ATTEMPTS)))
    hand_back(timezone.now())
    job.refresh_from_db()
    assert job.status == "FAILED"
    assert "5 workers died" in job.traceback


def test_a_worker_that_lost_its_job_does_not_overwrite_what_another_did(tmp_path: Path) -> None:
    job = running(tmp_path, "first", "second")
    Worker()._finish(job.pk, ["first"], {"status": "SUCCESSFUL", "return_value": "old"})
    job.refresh_from_db()
    assert (job.status, job.return_value) == ("RUNNING", None)


def test_a_process_is_told_from_a_later_one_of_the_same_number() -> None:
    mine = os.getpid()
    assert alive(mine, born(mine))
    assert alive(mine, "")
    if born(mine):
        assert not alive(mine, "1")
