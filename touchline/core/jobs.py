"""Jobs that outlive their workers: claimed, run, and handed on when a worker dies.

The queue is django-tasks' table. A worker renews a lease while it lives; a running job whose
worker's lease has run out is handed back to the queue. So a job can begin more than once, and
every job is written to be idempotent: run again, it finds its work done or starts it afresh.
"""

import json
import logging
import os
import signal
import threading
import time
from datetime import datetime, timedelta
from traceback import format_exception
from types import FrameType
from typing import Any
from uuid import uuid4

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from touchline.core.models import WorkerLease
from touchline.core.processes import alive, born, here

logger = logging.getLogger("touchline.jobs")

RENEW_SECONDS = 5.0
LEASE_SECONDS = 30.0
ATTEMPTS = 5
GRACE_SECONDS = 10.0


def hand_back(now: datetime) -> int:
    """Give the running jobs of dead workers back to the queue; return how many were touched.

    Dead is a worker without a lease, with one older than 30 seconds, or whose process on this
    machine is gone. A job that five workers died of fails instead, so that it can't take
    every worker down for ever. The update is conditional on what was read: of two who hand
    back at once, or of a worker that finishes just then, one wins.
    """
    fresh = now - timedelta(seconds=LEASE_SECONDS)
    machine = here()
    living: set[str] = set()
    dead: list[str] = []
    for lease in WorkerLease.objects.all():
        gone = lease.machine == machine and not alive(lease.pid, lease.born)
        if gone or lease.seen_at < fresh:
            dead.append(lease.worker_id)
        else:
            living.add(lease.worker_id)
    touched = 0
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    for pk, workers in running.values_list("pk", "worker_ids"):
        if workers and workers[-1] in living:
            continue
        changes: dict[str, Any] = {"status": TaskResultStatus.READY, "started_at": None}
        if len(workers) >= ATTEMPTS:
            changes = {
                "status": TaskResultStatus.FAILED,
                "finished_at": now,
                "exception_class_path": "touchline.core.jobs.GivenUp",
                "traceback": f"{len(workers)} workers died while running this job.",
            }
        touched += running.filter(pk=pk, worker_ids=workers).update(**changes)
    # Only now: were they dropped first, a crash in between would look the same next time.
    WorkerLease.objects.filter(worker_id__in=dead).delete()
    return touched


class GivenUp(Exception):
    """Names, in a job's record, the failure of one that its workers did not survive."""


class Worker:
    """Runs jobs one after another until told to stop.

    ``interval`` is the seconds between two looks at an empty queue; ``grace`` the seconds a
    running job may take to finish after the signal to stop, before it is handed back.
    """

    def __init__(self, interval: float = 1.0, grace: float = GRACE_SECONDS) -> None:
        self.id = uuid4().hex
        self.interval = interval
        self.grace = grace
        self.parent = os.getppid()
        self.running: tuple[Any, list[str]] | None = None
        self.stopping = threading.Event()
        self.done = threading.Event()

    def run(self, *, until_empty: bool = False) -> None:
        """Work until a signal comes, or, with ``until_empty``, until the queue is empty."""
        self._renew()
        hand_back(timezone.now())
        renewing = threading.Thread(target=self._keep_lease, daemon=True)
        renewing.start()
        try:
            while not self.stopping.is_set() and os.getppid() == self.parent:
                # Inside somebody's transaction (a test's) the connection is not ours to close.
                if not connection.in_atomic_block:
                    close_old_connections()
                if self._next() or self.stopping.is_set():
                    continue
                if until_empty:
                    break
                self.stopping.wait(self.interval)
        finally:
            self.done.set()
            renewing.join()
            WorkerLease.objects.filter(pk=self.id).delete()

    def stop_on_signals(self) -> None:
        """Stop on SIGTERM and SIGINT: after the running job, or in ``grace`` seconds."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        if self.stopping.is_set():
            return
        self.stopping.set()
        timer = threading.Timer(self.grace, self._give_up)
        timer.daemon = True
        timer.start()

    def _give_up(self) -> None:
        """Hand the running job back and leave; what it has not committed is rolled back."""
        try:
            if self.running:
                pk, workers = self.running
                # Not an attempt: this worker was stopped, it did not die of the job.
                DBTaskResult.objects.filter(
                    pk=pk, status=TaskResultStatus.RUNNING, worker_ids=workers
                ).update(status=TaskResultStatus.READY, started_at=None, worker_ids=workers[:-1])
                logger.info("Job %s handed back.", pk)
            WorkerLease.objects.filter(pk=self.id).delete()
        finally:
            os._exit(0)

    def _next(self) -> bool:
        """Claim and run the first job that is ready; False when there was none."""
        try:
            found = DBTaskResult.objects.ready().first()
            if found is None:
                return False
            workers = [*found.worker_ids, self.id]
            claimed = DBTaskResult.objects.filter(
                pk=found.pk, status=TaskResultStatus.READY, worker_ids=found.worker_ids
            ).update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=workers)
        except (OperationalError, InterfaceError) as error:
            # SQLite's writer held its lock for longer than we wait; it will let go.
            logger.warning("The queue can't be read now: %s", error)
            connection.close()
            return False
        if not claimed:
            return True
        found.refresh_from_db()
        self.running = (found.pk, workers)
        try:
            self._finish(found.pk, workers, self._run(found))
        finally:
            self.running = None
        return True

    def _run(self, job: Any) -> dict[str, Any]:
        """Run one job and return what to store about it."""
        logger.info("Job %s (%s) begins.", job.pk, job.task_path)
        try:
            task, given = job.task, job.task_result
            context = (TaskContext(task_result=given),) if task.takes_context else ()
            value = task.call(*context, *given.args, **given.kwargs)
            json.dumps(value)  # What can't be stored fails the job, not the worker.
        except Exception as error:
            logger.exception("Job %s (%s) failed.", job.pk, job.task_path)
            return {
                "status": TaskResultStatus.FAILED,
                "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
                "traceback": "".join(format_exception(error)),
            }
        return {"status": TaskResultStatus.SUCCESSFUL, "return_value": value}

    def _finish(self, pk: Any, workers: list[str], outcome: dict[str, Any]) -> None:
        """Store the outcome, unless another worker has the job by now.

        A machine that slept longer than its lease finds its job handed back; where nobody
        has begun it anew, the work is done and counts.
        """
        ours = DBTaskResult.objects.filter(
            pk=pk,
            status__in=(TaskResultStatus.RUNNING, TaskResultStatus.READY),
            worker_ids=workers,
        )
        for pause in (0.2, 1, 3, 0):
            try:
                if ours.update(finished_at=timezone.now(), **outcome):
                    logger.info("Job %s ended: %s.", pk, outcome["status"].value.lower())
                else:
                    logger.warning("Job %s was handed to another worker meanwhile.", pk)
            except OperationalError:
                if not pause:
                    raise
                time.sleep(pause)
            else:
                return

    def _renew(self) -> None:
        WorkerLease.objects.update_or_create(
            worker_id=self.id,
            defaults={
                "machine": here(),
                "pid": os.getpid(),
                "born": born(os.getpid()),
                "seen_at": timezone.now(),
            },
        )

    def _keep_lease(self) -> None:
        """Renew the lease every five seconds, on a connection of this thread's own."""
        while not self.done.wait(RENEW_SECONDS):
            try:
                self._renew()
            except (OperationalError, InterfaceError) as error:
                logger.warning("The lease can't be renewed now: %s", error)
                connection.close()
        connection.close()
