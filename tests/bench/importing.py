"""How long a network's export takes, what it holds in memory, and what pages cost meanwhile.

Run as a module it is the process that imports: ``python -m tests.bench.importing DATA PEOPLE``.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SMALL, LARGE = 10_000, 50_000
ROUNDS = 40
PAGES = ("Today", "people list first", "search common", "person", "brief")
GIVEN = ("Anna", "Bob", "Siân", "Jürgen", "Maria", "Zoë", "Tom", "Ruth", "Owen", "Lea")
FAMILY = ("Smith", "Jones", "Müller", "Lloyd", "Abelson", "Pritchard", "Okafor", "Hall")
TITLES = ("Director", "Surveyor", "Head of Sales", "Owner", "Partner", "Accountant")


def linkedin(people: int) -> bytes:
    """Return an export of so many connections: a company for every five, mail for one in five."""
    lines = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for number in range(people):
        given, family = GIVEN[number % 10], f"{FAMILY[number % 8]}{number // 80}"
        mail = f"p{number}@example.org" if number % 5 == 0 else ""
        lines.append(
            f"{given},{family},https://www.linkedin.com/in/person-{number},{mail},"
            f"Firm {number // 5},{TITLES[number % 6]},{number % 28 + 1:02} Mar 2024"
        )
    return "\n".join(lines).encode()


def figures(folder: Path, stand: Any) -> dict[str, float]:
    """Import into copies of a stand's database, the larger one while its pages are asked for.

    Seconds from the first look to the last row, without starting the process; MB at the most,
    of the larger; and for each page its p95 meanwhile over its p95 at rest.
    """
    small = _ended(_import(_copy(folder / "small", stand), SMALL))
    data = _copy(folder / "large", stand)
    alone = _ended(_import(data, LARGE))
    found = {
        f"import {SMALL:,} rows s": small["seconds"],
        f"import {LARGE:,} rows s": alone["seconds"],
        "import peak MB": max(small["peak_mb"], alone["peak_mb"]),
    }
    return found | _meanwhile(_copy(folder / "busy", stand), stand)


def _meanwhile(data: Path, stand: Any) -> dict[str, float]:
    """Ask for pages of a copy, at rest and then while a file is brought into it."""
    from django.db.utils import load_backend

    from tests.bench.measuring import Stand
    from touchline.accounts.models import Member

    settings = {**stand.connection.settings_dict, "NAME": data / "touchline.sqlite3"}
    connection = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    other = Stand(stand.people, settings["NAME"], connection)
    with other.open():
        other.sign_in(Member.objects.select_related("user").order_by("pk").first())
        other.pages = [page for page in other.pages if page.name in PAGES]
        for number in range(ROUNDS + 4):
            other.round(kept=number >= 4)
        rest, other.times = other.times, {}
        process = _import(data, LARGE)
        while process.poll() is None:
            other.round(kept=True)
        _ended(process)
    return {
        f"{name} while importing": round(_p95(times) / _p95(rest[name]), 2)
        for name, times in other.times.items()
    }


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]


def _copy(data: Path, stand: Any) -> Path:
    data.mkdir(parents=True)
    with (
        closing(sqlite3.connect(stand.path)) as source,
        closing(sqlite3.connect(data / "touchline.sqlite3")) as target,
    ):
        source.backup(target)
    return data


def _import(data: Path, people: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.importing", str(data), str(people)],
        env={**os.environ, "TOUCHLINE_DATA": str(data)}, cwd=ROOT, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def _ended(process: subprocess.Popen[str]) -> dict[str, float]:
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("the import of the bench failed")
    return dict(json.loads(said))


def main(people: int) -> None:
    """Import so many people as the worker would, and print what it took."""
    import django

    django.setup()
    from touchline.accounts.models import Member
    from touchline.people.importing import bringing, working
    from touchline.people.models import Import, ImportState

    own = Import.objects.select_related("workspace")
    member = Member.objects.select_related("workspace", "user").order_by("pk")[0]
    os.nice(10)  # As the worker does.
    content = linkedin(people)
    began = time.perf_counter()
    pk = bringing.keep(member, "Connections.csv", content).pk
    del content
    working.look(own.get(pk=pk))
    bringing.queue(own.get(pk=pk), member)
    working.bring_in(own.get(pk=pk), member)
    seconds = time.perf_counter() - began
    done = own.get(pk=pk)
    if done.state != ImportState.APPLIED or done.counts["new"] != people:
        raise SystemExit(f"{done.state}: {done.counts}")
    peak = _peak_mb()
    print(json.dumps({"seconds": round(seconds, 1), "peak_mb": round(peak)}))  # noqa: T201


def _peak_mb() -> float:
    """Return the most memory this process has held since it began.

    Not ``ru_maxrss``: that is handed on by the process that started this one, and the bench has
    grown by then.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) / 1000


if __name__ == "__main__":
    main(int(sys.argv[2]))
