"""One parent and its children: started by fork, watched, stopped together."""

import contextlib
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from touchline.core.processes import die_with_parent

logger = logging.getLogger("touchline.serve")

LONGEST_PAUSE = 30.0


@dataclass
class Child:
    """One process of the tree.

    ``vital``: the tree ends with it. Another one is started again after a pause in seconds
    that doubles while it keeps dying within a minute.
    """

    name: str
    work: Callable[[], None]
    vital: bool = False
    pid: int = 0
    started: float = 0.0
    pause: float = 1.0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Fork; the child does its work and never returns from here."""
        parent = os.getpid()
        self.started = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid:
            return
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            die_with_parent(parent)
            self.work()
            status = 0
        except SystemExit as ending:
            status = ending.code if isinstance(ending.code, int) else 0 if not ending.code else 1
        except KeyboardInterrupt:
            status = 0
        except BaseException:
            logger.exception("The %s ended.", self.name)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)


class Tree:
    """Runs children until a signal comes or a vital one ends.

    ``started`` is called in the parent once all are running.
    """

    def __init__(
        self, children: list[Child], stop_seconds: float, started: Callable[[], None]
    ) -> None:
        self.children = children
        self.stop_seconds = stop_seconds
        self.started = started
        self.stopping = False

    def run(self) -> int:
        """Return 0 after a signal to stop, 1 when a vital child ended by itself."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        # A signal writes a byte here, so that waiting below ends at once.
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for child in self.children:
            child.start()
        self.started()
        status = 0
        while not self.stopping:
            _wait(ours, 1.0)
            for child in self._ended():
                if self.stopping:
                    break
                if child.vital:
                    logger.error("The %s ended; stopping.", child.name)
                    self.stopping, status = True, 1
                else:
                    self._plan(child)
            for child in self.children:
                if not child.pid and not self.stopping and time.monotonic() >= child.due:
                    child.start()
        self._end(ours)
        signal.set_wakeup_fd(-1)
        return status

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _plan(self, child: Child) -> None:
        lived = time.monotonic() - child.started
        child.pause = 1.0 if lived > 60 else min(child.pause * 2, LONGEST_PAUSE)
        child.due = time.monotonic() + child.pause
        logger.warning("The %s ended; it starts again in %.0f s.", child.name, child.pause)

    def _ended(self) -> list[Child]:
        """Collect the children that ended, and forget their process numbers."""
        ended = []
        for child in self.children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                child.pid = 0
                ended.append(child)
        return ended

    def _end(self, waker: socket.socket) -> None:
        """Tell all to stop, wait, and kill those that do not."""
        self._signal(signal.SIGTERM)
        until = time.monotonic() + self.stop_seconds
        while any(child.pid for child in self.children) and time.monotonic() < until:
            _wait(waker, 0.2)
            self._ended()
        self._signal(signal.SIGKILL)
        for child in self.children:
            if child.pid:
                os.waitpid(child.pid, 0)
                child.pid = 0

    def _signal(self, number: int) -> None:
        for child in self.children:
            if child.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, number)


def _wait(waker: socket.socket, seconds: float) -> None:
    """Sleep until a signal comes or the time is over."""
    if select.select([waker], [], [], seconds)[0]:
        with contextlib.suppress(BlockingIOError):
            waker.recv(4096)
