"""Jobs for tests: what they did can be read from a file while they run."""

import time
from pathlib import Path

from django_tasks import task


@task
def noted(path: str) -> str:
    """Note the beginning, wait for the file ``path``.go, note the end; again is no harm."""
    _note(path, "begun")
    go = Path(f"{path}.go")
    while not go.exists():
        time.sleep(0.02)
    _note(path, "ended")
    return "done"


@task
def failing() -> None:
    """Fail."""
    raise LookupError("nothing there")


@task
def unstorable() -> object:
    """Return what can't be stored."""
    return {1, 2}


def _note(path: str, word: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{word}\n")
