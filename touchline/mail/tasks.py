"""Jobs of this part. Each is idempotent: begun again, it finds nothing to do or does it."""

from django_tasks import task

from touchline.mail import outbox


@task
def deliver_message(message_id: int) -> None:
    """Send one queued message."""
    outbox.deliver(message_id)
