"""Doings at the same moment, each in a thread and a transaction of its own."""

import threading
from collections.abc import Callable

from django.db import connections, transaction

from touchline.core.refusal import Refused


def at_once(*doings: Callable[[], object]) -> list[str]:
    """Do all at the same moment, each in a thread; return what each came to."""
    together = threading.Barrier(len(doings))
    came: list[str] = [""] * len(doings)

    def do(place: int) -> None:
        try:
            with transaction.atomic():
                together.wait()
                doings[place]()
            came[place] = "done"
        except Refused as refused:
            came[place] = str(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[place]) for place in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came
