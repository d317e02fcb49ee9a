"""kill -9 in the middle of a queued job: nothing is lost, and it runs to its end, once."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.serving import ROOT, environment, installation, served, touchline, wait_for

pytestmark = pytest.mark.slow

ENQUEUE = """
import sys
import django
django.setup()
from tests.jobs import noted
noted.enqueue(sys.argv[1])
"""


def enqueue(data: Path, path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", ENQUEUE, str(path)],
        env=environment(data, DJANGO_SETTINGS_MODULE="touchline.settings"), cwd=ROOT, check=True,
    )  # fmt: skip


def job(data: Path) -> tuple[str, int]:
    """Return the state of the only job and how many workers it had."""
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        found = database.execute(
            "SELECT status, json_array_length(worker_ids) FROM django_tasks_database_dbtaskresult"
        ).fetchall()
    assert len(found) == 1
    return found[0]


def begun(path: Path) -> bool:
    return path.exists() and "begun" in path.read_text()


def workers(data: Path) -> list[int]:
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        return [pid for (pid,) in database.execute("SELECT pid FROM core_workerlease")]


def worker_of(data: Path) -> psutil.Process:
    # It gives way to pages, so it may be at work a moment after they are.
    wait_for(lambda: workers(data), "a worker")
    (pid,) = workers(data)
    return psutil.Process(pid)


def test_everything_killed_in_the_middle_of_a_job(tmp_path: Path) -> None:
    data, path = installation(tmp_path / "data"), tmp_path / "job"
    with served(data) as server:
        enqueue(data, path)
        wait_for(lambda: begun(path), "the job to begin")
        server.kill_all()
    assert job(data) == ("RUNNING", 1)
    with served(data) as server:
        # Not half a minute later: the old worker's process is seen to be gone.
        wait_for(lambda: path.read_text().count("begun") == 2, "the job to begin again")
        Path(f"{path}.go").touch()
        wait_for(lambda: job(data)[0] == "SUCCESSFUL", "the job to end")
        assert server.stop() == 0
    assert job(data) == ("SUCCESSFUL", 2)
    assert path.read_text().split() == ["begun", "begun", "ended"]


def test_a_worker_killed_alone_is_replaced(tmp_path: Path) -> None:
    data, path = installation(tmp_path / "data"), tmp_path / "job"
    with served(data) as server:
        enqueue(data, path)
        wait_for(lambda: begun(path), "the job to begin")
        worker_of(data).send_signal(signal.SIGKILL)
        Path(f"{path}.go").touch()
        wait_for(lambda: job(data)[0] == "SUCCESSFUL", "the job to end")
        assert server.stop() == 0
    assert path.read_text().split() == ["begun", "begun", "ended"]


def test_a_job_that_outlasts_the_stop_is_handed_back(tmp_path: Path) -> None:
    data, path = installation(tmp_path / "data"), tmp_path / "job"
    with served(data, "--grace", "0.2") as server:
        enqueue(data, path)
        wait_for(lambda: begun(path), "the job to begin")
        assert server.stop() == 0
    assert job(data) == ("READY", 0)
    Path(f"{path}.go").touch()
    done = touchline(data, "worker", "--until-empty", PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stderr
    assert job(data) == ("SUCCESSFUL", 1)


def test_a_job_that_ends_in_time_is_finished_by_its_worker(tmp_path: Path) -> None:
    data, path = installation(tmp_path / "data"), tmp_path / "job"
    with served(data, "--grace", "30") as server:
        enqueue(data, path)
        wait_for(lambda: begun(path), "the job to begin")
        server.process.send_signal(signal.SIGTERM)
        Path(f"{path}.go").touch()
        assert server.process.wait(60) == 0
    assert job(data) == ("SUCCESSFUL", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="needs prctl(2)")
def test_children_do_not_outlive_their_parent(tmp_path: Path) -> None:
    with served(installation(tmp_path / "data")) as server:
        parent, *children = server.tree()
        assert len(children) >= 4
        parent.send_signal(signal.SIGKILL)
        server.process.wait(60)
        assert psutil.wait_procs(children, 60)[1] == []


def test_without_its_web_server_the_whole_ends(tmp_path: Path) -> None:
    with served(installation(tmp_path / "data")) as server:
        worker = worker_of(tmp_path / "data")
        web = next(child for child in server.tree()[1:] if child.children())
        assert web != worker
        children = server.tree()[1:]
        web.send_signal(signal.SIGKILL)
        assert server.process.wait(60) == 1
        assert psutil.wait_procs(children, 60)[1] == []
