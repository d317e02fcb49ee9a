"""How soon `touchline serve` is ready, and what it takes when idle."""

import compileall
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil

from tests import serving

IDLE_SECONDS = 4.0
STARTS = 3


def figures() -> dict[str, float]:
    """Start the product on empty data folders; seconds until it answers, and MB when idle.

    Memory is the proportional set size of web, worker and clock together, after the first
    page was asked for.
    """
    # As pip does when it installs: from sources alone a start takes half as long again.
    compileall.compile_dir(serving.ROOT / "touchline", quiet=1)
    ready: list[float] = []
    again: list[float] = []
    weight: list[float] = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory(prefix="touchline-bench-") as folder:
            data = Path(folder) / "data"
            for taken in (ready, again):
                began = time.perf_counter()
                with serving.served(data) as served:
                    taken.append(time.perf_counter() - began)
                    served.ask("GET", "/accounts/login/")
                    if taken is again:
                        time.sleep(IDLE_SECONDS)
                        weight.append(_pss(served.tree()))
                    served.stop()
    return {
        "serve ready s": round(median(ready), 2),
        "serve ready again s": round(median(again), 2),
        "serve idle PSS MB": round(median(weight), 1),
    }


def _pss(tree: list[psutil.Process]) -> float:
    return float(sum(one.memory_full_info().pss for one in tree)) / 1_000_000
