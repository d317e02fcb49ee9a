"""Processes to kill, each forked from one that has loaded the product: it takes seconds to load."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import ROOT, environment

# Nothing is shared but what is loaded: no database is opened before the fork.
_FORKS = """
import json, os, sys, traceback
import django
django.setup()
import touchline.urls
for line in sys.stdin:
    child = os.fork()
    if not child:
        script, *sys.argv[1:] = json.loads(line)
        try:
            exec(script, {"__name__": "__main__"})
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print("begun", child, flush=True)
    print("ended", os.waitpid(child, 0)[1], flush=True)
"""


class Forks:
    """Runs scripts one after the other, each in a process of its own, on one installation."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, script: str, *arguments: object) -> str:
        """Run a script to its end, or kill it (-9) where it says *here*; return its last line.

        It is gone when this returns.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([script, *map(str, arguments)]) + "\n")
        self._process.stdin.flush()
        last, pid = "", 0
        for line in self._process.stdout:
            match line.split():
                case ["begun", number]:
                    pid = int(number)
                case ["ended", status]:
                    assert int(status) == (signal.SIGKILL if last == "here" else 0)
                    return last
                case _:
                    last = line.strip()
            if last == "here" and pid:
                os.kill(pid, signal.SIGKILL)
        raise AssertionError("the process that forks has ended")


@contextmanager
def forks(data: Path) -> Iterator[Forks]:
    """Load the product once, for ``data``."""
    with subprocess.Popen(
        [sys.executable, "-c", _FORKS],
        env=environment(data, DJANGO_SETTINGS_MODULE="touchline.settings", PYTHONPATH=str(ROOT)),
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield Forks(process)
        finally:
            process.kill()
