"""Receipts, that a form posted twice changes things once; leases, that no job is lost."""

from django.db import connection, models
from django.utils import timezone


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

    # In SQL, for every change waits for them: with the ORM it was six statements and a
    # sixth of the time of a captured line.

    @staticmethod
    def begin(user_id: int, token: str, path: str) -> bool:
        """Store one without its location; False where it is there already.

        In the caller's transaction. A second posting waits here for the first one's end.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_receipt (user_id, token, path, location, at)"
                " VALUES (%s, %s, %s, '', %s) ON CONFLICT DO NOTHING",
                [
                    user_id,
                    token,
                    path[:300],
                    connection.ops.adapt_datetimefield_value(timezone.now()),
                ],
            )
            return bool(cursor.rowcount)

    @staticmethod
    def lead(user_id: int, token: str, location: str) -> None:
        """Say where the posting led."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE core_receipt SET location = %s WHERE user_id = %s AND token = %s",
                [location, user_id, token],
            )

    @classmethod
    def led_to(cls, user_id: int, token: str) -> str:
        """Return where the first posting led."""
        return cls.objects.get(user_id=user_id, token=token).location or "/"


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
