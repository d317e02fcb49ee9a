"""What `make test` runs: the suite on SQLite, then on PostgreSQL.

Browser journeys, tests that start whole servers, walks that are the same on any database and
tests that ask none run on SQLite alone. What can't run here is named in one line, and the rest
runs. Arguments go to pytest, both times.
"""

# ruff: noqa: T201

import os
import shutil
import subprocess
import sys

from tests.databases import postgresql

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    """Run both; return the worse of the two exit statuses."""
    leave_out = ""
    if not any(shutil.which(name) for name in BROWSERS):
        print("Chromium is not installed: the browser journeys (-m browser) are left out.")
        leave_out = "not browser"
    # Compiled once, by whoever is first: the second run, and each command that a test starts,
    # would otherwise compile all of it anew.
    unwanted = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    print("On SQLite:", flush=True)
    worst = pytest([*arguments, "-m", leave_out] if leave_out else arguments, environment)
    with postgresql() as url:
        if url is None:
            print(
                "PostgreSQL is left out: there is no pgserver wheel for this Python;"
                " TEST_DATABASE_URL can name a server."
            )
            return worst
        print("On PostgreSQL:", flush=True)
        on_postgresql = pytest(
            [*arguments, "-m", "not browser and not slow"], {**environment, "DATABASE_URL": url}
        )
    return max(worst, on_postgresql)


def pytest(arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest on three processes, files kept together; return its exit status.

    Three, for two cores: browsers and servers leave a third of the time unused while they are
    waited for. In their own order: by the number of their tests the journeys, few and long, would
    come last, and one process would wait for the others.
    """
    spread = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
