"""Print the project's own figures and write them to build/bench.json."""

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def prepare(folder: Path) -> None:
    """Set the product up on a data folder of its own, as served: no debug, files collected."""
    for name in [*os.environ]:
        if name.startswith(("TOUCHLINE_", "DJANGO_", "SMTP_")) or name == "DATABASE_URL":
            del os.environ[name]
    os.environ["TOUCHLINE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    from touchline.commands.preparing import collect_static, migrate

    collect_static()
    migrate()


def stands(folder: Path, quick: bool) -> list[Any]:
    """Make the databases: one member with 10,000 people, then one with 50,000 referrals, then
    ten with 100,000 people."""
    from django.db import connections
    from django.db.utils import load_backend
    from django.utils import timezone

    from tests.bench.many import Filling, Size, analyse
    from tests.bench.measuring import Stand
    from tests.bench.pages import addresses, of_referrals
    from tests.bench.referring import fifty_thousand

    found = []
    referring = Size(1, 5_000)
    for size in (Size(1, 10_000), referring, Size(10, 100_000))[: 2 if quick else 3]:
        began = time.perf_counter()
        settings = dict(connections["default"].settings_dict)
        if found:
            settings["NAME"] = folder / f"{size.people}.sqlite3"
        backend = load_backend(settings["ENGINE"])
        connection = backend.DatabaseWrapper(settings, "default")
        stand = Stand(size.people, Path(settings["NAME"]), connection)
        with stand.open():
            if found:
                from touchline.commands.preparing import migrate

                migrate()
            # A million rows that stay: looking for garbage among them takes a third of it.
            gc.disable()
            member = Filling(size, timezone.localdate()).fill()
            if size is referring:
                fifty_thousand(member)
            gc.enable()
            analyse()
            stand.sign_in(member, of_referrals if size is referring else addresses)
        found.append(stand)
        say(f"Made {size.people:,} people in {time.perf_counter() - began:.0f} s.")
    return found


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def table(pages: list[dict[str, Any]]) -> None:
    """Print the pages, a line each."""
    say(
        f"{'page':<20}{'people':>9}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>7}{'queries':>9}{'bytes':>9}"
    )
    for row in pages:
        say(
            f"{row['name']:<20}{row['people']:>9,}{row['p50_ms']:>9.2f}{row['p95_ms']:>9.2f}"
            f"{row['ratio']:>9.2f}{row['queries']:>9}{row['bytes']:>9,}"
        )


def listed(figures: dict[str, float]) -> None:
    """Print the figures, a line each."""
    for name, value in figures.items():
        say(f"{name:<37}{value:>9}")


def main() -> int:
    """Measure; the exit status is 1 where a page could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 people only, no server")
    parser.add_argument("--rounds", type=int, default=50, help="how often to ask each page (50)")
    parser.add_argument("--doubles", action="store_true", help="the likely doubles alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="touchline-bench-") as folder:
        prepare(Path(folder))
        from tests.bench import (
            capture,
            choosing,
            doubles,
            handing_out,
            importing,
            measuring,
            serving,
        )

        if options.doubles:
            listed(doubles.figures(Path(folder)))
            return 0
        made = stands(Path(folder), options.quick)
        measuring.measure(made, options.rounds)
        pages = measuring.rows(made)
        floor = round(measuring.floor_ms(made), 2)
        figures: dict[str, float] = measuring.growth(pages)
        figures |= capture.figures(made[0])
        figures |= choosing.figures(made[0])
        figures |= handing_out.figures()
        missing = {name: why for stand in made for name, why in stand.missing.items()}
        if not options.quick:
            figures |= serving.figures()
            figures |= importing.figures(Path(folder) / "imports", made[0])
            figures |= doubles.figures(Path(folder))
    say(f"\nFloor: {floor} ms, a signed-in page with one query and twenty variables.")
    table(pages)
    listed(figures)
    for name, why in missing.items():
        say(f"Missing: {name}, {why}.")
    # A quick run has less to say than build/bench.json is there for.
    out = ROOT / "build" / ("bench-quick.json" if options.quick else "bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(
        json.dumps({"floor_ms": floor, "pages": pages, "figures": figures}, indent=1) + "\n"
    )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
