"""The clock inside `touchline serve`: a tick now and then every minute."""

import logging
import os
import signal
import threading

logger = logging.getLogger("touchline.clock")

EVERY_SECONDS = 60.0


def run() -> None:
    """Tick until SIGTERM or SIGINT, or until the parent is gone.

    A duty that fails is logged and tried again at the next tick; the others go on.
    """
    from django.db import connection
    from django.utils import timezone

    from touchline.commands.tick import DUTIES

    parent = os.getppid()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.is_set() and os.getppid() == parent:
        for name, duty in DUTIES:
            if stopping.is_set():
                break
            try:
                if touched := duty(timezone.now()):
                    logger.info("%s %s.", touched, name)
            except Exception:
                logger.exception("The clock could not do this: %s.", name)
        # Between ticks the clock holds no connection.
        connection.close()
        stopping.wait(EVERY_SECONDS)
