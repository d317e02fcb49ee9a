"""Whole servers for tests: `touchline` as its own processes, on folders and ports of their own."""

import atexit
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import psutil

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return this process's environment, without what would steer Touchline, for ``data``."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("TOUCHLINE_", "SMTP_", "DJANGO_")) and key != "DATABASE_URL"
    }
    return {**kept, "TOUCHLINE_DATA": str(data), "PYTHONUNBUFFERED": "1", **more}


def touchline(
    data: Path, *arguments: str, program: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    command = [program] if program else [sys.executable, "-m", "touchline.cli"]
    return subprocess.run(
        [*command, *arguments],
        env=environment(data, **more), capture_output=True, text=True, check=False, cwd=ROOT,
        timeout=PATIENCE,
    )  # fmt: skip


@cache
def _template() -> Path:
    """Make one installation for this run: its tables take a while, a copy does not."""
    folder = Path(tempfile.mkdtemp(prefix="touchline-installation-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = touchline(folder, "init", "--workspace", "Hill", "--owner", "alice@example.org")
    assert made.returncode == 0, made.stderr
    return folder


def installation(data: Path) -> Path:
    """Fill ``data`` with an installation of the workspace Hill, owned by alice@example.org."""
    shutil.copytree(_template(), data)
    return data


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A running server: its process, its port, and the file its output goes to."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path
    tls: bool = False
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return self.output.read_text()

    def tree(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def kill_all(self) -> None:
        """kill -9, every process of the tree."""
        processes = self.tree()
        for process in processes:
            # The children follow their parent by themselves, and may be quicker.
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)
        psutil.wait_procs(processes, PATIENCE)

    def stop(self) -> int:
        """Stop by SIGTERM; return the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request as a browser does, cookies kept; return status and text."""
        if self.tls:
            context = ssl._create_unverified_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                "localhost", self.port, timeout=PATIENCE, context=context
            )
        else:
            connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"https://localhost:{self.port}{path}"
        connection.request(method, path, urlencode(form) if form else None, headers)
        response = connection.getresponse()
        self.headers = response.headers
        for line in response.headers.get_all("Set-Cookie") or []:
            key, _, value = line.split(";")[0].partition("=")
            self.cookies[key] = value
        text = response.read().decode()
        connection.close()
        return response.status, text

    def submit(self, path: str, **fields: str) -> tuple[int, str]:
        """Open a page, fill its form in and send it."""
        text = self.ask("GET", path)[1]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        return self.ask("POST", path, {**hidden, **fields})


@contextmanager
def served(
    data: Path,
    *arguments: str,
    verb: str = "serve",
    program: str = "",
    tls: bool = False,
    **more: str,
) -> Iterator[Served]:
    """Serve ``data`` on a free port, answering when this begins, gone when it ends."""
    port = free_port()
    output = data.parent / f"{data.name}.{port}.out"
    command = [program] if program else [sys.executable, "-m", "touchline.cli"]
    with output.open("wb") as file:
        process = subprocess.Popen(
            [*command, verb, "--port", str(port), *arguments],
            env=environment(data, **more), stdout=file, stderr=file, cwd=ROOT,
        )  # fmt: skip
    server = Served(process, port, output, tls)
    try:
        wait_for(lambda: process.poll() is not None or healthy(server), "the server to answer")
        assert process.poll() is None, server.said
        yield server
    finally:
        if process.poll() is None:
            server.kill_all()


def healthy(server: Served) -> bool:
    """Say whether the health check answers."""
    try:
        return server.ask("GET", "/health/") == (200, "ok\n")
    except (OSError, http.client.HTTPException):
        return False


def wait_for(condition: object, what: str) -> None:
    """Wait until ``condition()`` holds, and fail where it does not within a minute."""
    assert callable(condition)
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.05)
