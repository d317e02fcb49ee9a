"""Receipts, that a form posted twice changes things once; leases, that no job is lost."""

from django.db import models


class Receipt(models.Model):
    """One posted form: its token, and where the first posting led.

    Stored in the transaction of the change itself, so that a receipt exists exactly when
    the change does, even after kill -9.
    """

    token = models.CharField(max_length=64)
    user_id = models.BigIntegerField()
    path = models.CharField(max_length=300)
    location = models.TextField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "token"], name="receipt_once"),
        ]


class WorkerLease(models.Model):
    """A worker that runs jobs, renewed while it lives.

    A job whose worker's lease has run out is handed to another one (``core.jobs``). Machine,
    process number and its start time tell at once, without waiting, that a worker of this
    machine is gone.
    """

    worker_id = models.CharField(max_length=64, primary_key=True)
    machine = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    born = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField()
