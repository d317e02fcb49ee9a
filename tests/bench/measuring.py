"""Measures pages in interleaved rounds, so that a noisy moment falls on all of them."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.pages import FLOOR, Address, addresses
from touchline.accounts.models import Member

WARM_UP = 4


@dataclass
class Stand:
    """One database with its own connection, its signed-in member and the pages."""

    people: int
    path: Path
    connection: Any
    client: Client = field(default_factory=lambda: Client(headers={"host": "localhost"}))
    pages: list[Address] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Let everything inside talk to this database; both stay open and warm."""
        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            connections["default"] = before

    def sign_in(
        self, member: Member, where: Callable[[Client, Member], list[Address]] = addresses
    ) -> None:
        """Sign in, find the pages, and leave out those that do not answer."""
        self.client.force_login(member.user, backend="touchline.accounts.backend.MemberBackend")
        for page in where(self.client, member):
            if page.path is None:
                self.missing[page.name] = page.missing
                continue
            status = self._status(page.path)
            if status == "200":
                self.pages.append(page)
            else:
                self.missing[page.name] = f"{page.path} answers {status}"

    def _status(self, path: str) -> str:
        try:
            return str(self.client.get(path).status_code)
        except Exception as error:
            # A page in the making; the bench goes on and says so.
            return repr(error)

    def count(self) -> None:
        """Count queries and bytes of each page, apart from the timing."""
        for page in self.pages:
            with CaptureQueriesContext(self.connection) as caught:
                response = self.client.get(page.path)
            self.queries[page.name] = len(caught)
            self.bytes[page.name] = len(response.content)

    def round(self, *, kept: bool) -> None:
        """Ask for each page once."""
        for page in self.pages:
            began = time.perf_counter()
            self.client.get(page.path)
            passed = (time.perf_counter() - began) * 1000
            if kept:
                self.times.setdefault(page.name, []).append(passed)


def measure(stands: list[Stand], rounds: int) -> None:
    """Ask for every page of every stand in turn, ``rounds`` times."""
    gc.collect()
    # As `touchline serve` does after loading.
    gc.freeze()
    for number in range(-WARM_UP, rounds):
        for stand in stands:
            with stand.open():
                stand.round(kept=number >= 0)
    for stand in stands:
        with stand.open():
            stand.count()


def floor_ms(stands: list[Stand]) -> float:
    """Return the median of the floor over all stands."""
    return median(passed for stand in stands for passed in stand.times[FLOOR])


def rows(stands: list[Stand]) -> list[dict[str, Any]]:
    """Return the figures of each page, in the shape of build/bench.json."""
    floor = floor_ms(stands)
    found = []
    for stand in stands:
        for page in stand.pages:
            if page.name == FLOOR:
                continue
            times = stand.times[page.name]
            found.append(
                {
                    "name": page.name,
                    "people": stand.people,
                    "p50_ms": round(median(times), 2),
                    "p95_ms": round(quantiles(times, n=20)[18], 2),
                    "ratio": round(median(times) / floor, 2),
                    "queries": stand.queries[page.name],
                    "bytes": stand.bytes[page.name],
                }
            )
    return found


def growth(pages: list[dict[str, Any]]) -> dict[str, float]:
    """Return for each page its time at 100,000 people over its time at 10,000."""
    small = {row["name"]: row["p50_ms"] for row in pages if row["people"] == 10_000}
    return {
        f"{row['name']} 100k/10k": round(row["p50_ms"] / small[row["name"]], 2)
        for row in pages
        if row["people"] == 100_000 and row["name"] in small
    }
