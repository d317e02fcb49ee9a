"""Which process is which, across restarts: a number alone is given out again."""

import ctypes
import os
import signal
import socket
import sys
from pathlib import Path


def here() -> str:
    """Return this machine, this boot of it and this process namespace, as one word."""
    parts = [socket.gethostname()]
    for path in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        try:
            link = Path(path)
            parts.append(str(link.readlink()) if link.is_symlink() else link.read_text().strip())
        except OSError:
            continue
    return "/".join(parts)[:200]


def born(pid: int) -> str:
    """Return when process ``pid`` started, in the kernel's ticks; empty where it can't be told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The name, in brackets, may hold spaces; the start time is the 22nd field (proc(5)).
    return stat.rpartition(")")[2].split()[19]


def alive(pid: int, since: str) -> bool:
    """Say whether the process ``pid`` that started at ``since`` still runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not since or (born(pid) == since and not _zombie(pid))


def _zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def die_with_parent(parent: int) -> None:
    """Have this process told to stop (SIGTERM) when ``parent`` ends, however it ends.

    Linux only (PR_SET_PDEATHSIG, prctl(2)); elsewhere the loops look at their parent.
    """
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
