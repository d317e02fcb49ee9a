"""The whole product from its wheel, and what `touchline serve` says and refuses."""

import re
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.serving import (
    ROOT,
    Served,
    environment,
    free_port,
    installation,
    served,
    touchline,
    wait_for,
)

pytestmark = pytest.mark.slow

LINK = re.compile(r"https?://[^/\s]+(/(?:sign-in|welcome)/[\w-]+/)")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the wheel, install it in a clean environment, and give its `touchline`."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("touchline-*.whl")
    # Our pip serves: a second one, and to compile what is never asked for, would take its time.
    clean = folder / "clean"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", clean], check=True)
    subprocess.run(
        [
            sys.executable, "-m", "pip", "--python", clean / "bin" / "python", "install",
            "--quiet", "--no-compile", "--disable-pip-version-check",
            "--constraint", ROOT / "constraints.txt", wheel,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(clean / "bin" / "touchline")


def test_the_wheel_serves_and_signs_in(installed: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = touchline(
        data, "init", "--workspace", "Hill & Dale", "--owner", "alice@example.org",
        program=installed,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    link = LINK.search(made.stdout)
    assert link, made.stdout
    with served(data, program=installed) as server:
        assert f"http://localhost:{server.port}/" in server.said
        assert "/welcome/" not in server.said
        signed_out = server.ask("GET", "/")
        assert signed_out[0] == 302
        # The link asks first, so that a scanner of mail can't spend it.
        assert server.submit(link[1])[0] == 303
        assert server.ask("GET", "/settings/")[0] == 200
        assert server.ask("GET", link[1])[0] == 410
        sheet = re.search(r'href="(/static/css/[^"]+\.css)"', server.ask("GET", "/settings/")[1])
        assert sheet
        status, style = server.ask("GET", sheet[1])
        # In one piece: a phone asks once.
        assert (status, "@import" in style) == (200, False)
        assert server.stop() == 0
        # No one-time link ever reaches the log.
        assert link[1] not in server.said
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "touchline.sqlite3").stat().st_mode) == 0o600


def test_the_tree_is_small(installed: str, tmp_path: Path) -> None:
    with served(tmp_path / "data", program=installed) as server:
        used = sum(process.memory_full_info().pss for process in server.tree())
        assert used < 200_000_000


def test_a_new_installation_is_made_its_owners_by_the_printed_link(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data) as server:
        first = LINK.search(server.said)
        assert first
        assert server.ask("GET", first[1])[0] == 200
        assert server.stop() == 0
    with served(data) as server:
        second = LINK.search(server.said)
        assert second
        assert server.ask("GET", first[1])[0] in (404, 410)
        status, page = server.submit(
            second[1], name="Alice Hill", email="alice@example.org", workspace="Hill & Dale",
            password="seven quiet hedgehogs", country="GB", time_zone="Europe/London",
        )  # fmt: skip
        assert (status, page) == (303, "")
        assert server.ask("GET", "/settings/")[0] == 200
        assert server.stop() == 0
    with served(data) as server:
        assert "/welcome/" not in server.said


def test_the_demo_is_made_once_and_signs_in_by_its_link(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data, verb="demo") as server:
        link = LINK.search(server.said)
        assert link
        assert server.submit(link[1])[0] == 303
        assert server.ask("GET", "/settings/")[0] == 200
        assert server.stop() == 0
    people = count(data, "people_person")
    assert people >= 40
    with served(data, verb="demo") as server:
        assert "/sign-in/" in server.said
        assert server.stop() == 0
    assert (count(data, "people_person"), count(data, "accounts_workspace")) == (people, 1)


def count(data: Path, table: str) -> int:
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_the_local_network(tmp_path: Path) -> None:
    with served(installation(tmp_path / "data"), "--lan") as server:
        found = re.search(r"On this network it is at http://([\d.]+):", server.said)
        assert found
        assert "█" in server.said or "▀" in server.said or "▄" in server.said
        listening = {
            connection.laddr.ip
            for process in server.tree()
            for connection in process.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {"0.0.0.0"}
        server.cookies.clear()
        with socket.create_connection((found[1], server.port), timeout=30) as wire:
            wire.sendall(
                f"GET /health/ HTTP/1.0\r\nHost: {found[1]}:{server.port}\r\n\r\n".encode()
            )
            assert wire.recv(4096).startswith(b"HTTP/1.0 200")
        with socket.create_connection((found[1], server.port), timeout=30) as wire:
            wire.sendall(b"GET /health/ HTTP/1.0\r\nHost: evil.example\r\n\r\n")
            assert wire.recv(4096).startswith(b"HTTP/1.0 400")


def certificate(folder: Path, password: bytes | None = None) -> tuple[str, str]:
    """Make a certificate for localhost, signed by its own key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    sealed = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)
    )
    return str(cert_file), str(key_file)


def test_tls_without_a_proxy(tmp_path: Path) -> None:
    data = installation(tmp_path / "data")
    link = LINK.search(touchline(data, "link").stdout)
    assert link
    cert, key = certificate(tmp_path)
    with served(data, "--tls-cert", cert, "--tls-key", key, tls=True) as server:
        assert f"https://localhost:{server.port}/" in server.said
        assert server.submit(link[1])[0] == 303
        cookies = " ".join(server.headers.get_all("Set-Cookie") or [])
        assert "Secure" in cookies
        assert server.ask("GET", "/settings/")[0] == 200
        assert "max-age=31536000" in server.headers["Strict-Transport-Security"]
        assert server.stop() == 0


def test_what_serve_refuses(tmp_path: Path) -> None:
    data = tmp_path / "data"
    cert, key = certificate(tmp_path, b"locked")
    missing = str(tmp_path / "missing.pem")
    cases = [
        (("--tls-cert", missing, "--tls-key", key), "--tls-cert:"),
        (("--tls-cert", cert, "--tls-key", missing), "--tls-key:"),
        (("--tls-cert", cert), "go together"),
        (("--tls-cert", cert, "--tls-key", key), "without pass phrase"),
        (("--tls-cert", key, "--tls-key", key), "not a PEM certificate"),
        (("--host", "192.0.2.1"), "Can't listen on 192.0.2.1"),
        (("--host", "no such host"), "Can't listen on no such host"),
    ]
    for arguments, sentence in cases:
        done = touchline(data, "serve", "--port", str(free_port()), *arguments)
        assert done.returncode == 1, arguments
        assert sentence in done.stderr, done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = touchline(data, "serve", "--port", port)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"Port {port} is in use" in done.stderr
    assert touchline(data, "serve", "--port", "0").returncode == 2


@pytest.mark.parametrize("begun", ["touchline.sqlite3", "static"])
def test_a_first_start_killed_in_the_middle(tmp_path: Path, begun: str) -> None:
    data, output = tmp_path / "data", tmp_path / "killed.out"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "touchline.cli", "serve", "--port", str(free_port())],
            env=environment(data), stdout=file, stderr=file, cwd=ROOT,
        )  # fmt: skip
    wait_for(lambda: (data / begun).exists(), f"{begun} to be there")
    Served(process, 0, output).kill_all()
    with served(data) as server:
        assert LINK.search(server.said)
        found = re.search(r'href="(/static/css/[^"]+)"', server.ask("GET", "/accounts/login/")[1])
        assert found
        assert server.ask("GET", found[1])[0] == 200
        assert server.stop() == 0
    assert (data / "static" / "collected").exists()


def test_data_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    data = installation(tmp_path / "data")
    with closing(sqlite3.connect(data / "touchline.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('people', '9999_from_the_future', '2030-01-01')"
        )
        database.commit()
    done = touchline(data, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "newer Touchline" in done.stderr
