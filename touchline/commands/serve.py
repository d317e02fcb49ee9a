"""Serve the whole product: web, job worker and clock in one process tree."""

import argparse
import errno
import gc
import os
import socket
import ssl
from typing import Any

from touchline.commands.arguments import add_grace, port, threads
from touchline.core.refusal import Refused

# What the tree waits beyond the worker's grace before it kills.
MARGIN_SECONDS = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (127.0.0.1)"
    )
    where.add_argument("--lan", action="store_true", help="serve the local network too")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (8000)")
    parser.add_argument("--tls-cert", metavar="FILE", help="certificate chain, PEM")
    parser.add_argument("--tls-key", metavar="FILE", help="its private key, PEM")
    parser.add_argument("--threads", type=threads, default=8, help="requests at once (8)")
    add_grace(parser)


def prepare(options: argparse.Namespace) -> None:
    """Check the certificate and turn TLS on before the settings are read."""
    # Starting makes objects that stay; looking for garbage among them takes a fifth of it.
    gc.disable()
    if not options.tls_cert and not options.tls_key:
        return
    if not options.tls_cert or not options.tls_key:
        raise Refused("--tls-cert and --tls-key go together.")
    for name, path in (("--tls-cert", options.tls_cert), ("--tls-key", options.tls_key)):
        try:
            with open(path, "rb"):  # noqa: PTH123
                pass
        except OSError as error:
            raise Refused(f"{name}: {path} can't be read: {error.strerror}.") from None
    try:
        # A key with a pass phrase would ask for it on the terminal; an empty one fails.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            options.tls_cert, options.tls_key, password=""
        )
    except (ssl.SSLError, ValueError):
        raise Refused(
            "--tls-cert and --tls-key are not a PEM certificate and its key without pass phrase."
        ) from None
    os.environ["TOUCHLINE_TLS"] = "1"


def run(options: argparse.Namespace) -> int:
    from touchline.commands.links import welcome_link
    from touchline.commands.preparing import address

    listener, application = ready(options)
    base = address(options.port)
    say = [f"Touchline is at {base}/"]
    link = welcome_link(base)
    if link:
        say.append(f"It is new. Make it yours with this link, once, within a week:\n{link}")
    if options.lan:
        say.append(open_to_lan(options.port))
    return serve(options, listener, application, say)


def ready(options: argparse.Namespace) -> tuple[socket.socket, Any]:
    """Bind the port, bring tables and static files up to date, and load the application."""
    from django.conf import settings
    from django.urls import get_resolver

    from touchline.commands.preparing import address, keep_private, preparing

    listener = listen("0.0.0.0" if options.lan else options.host, options.port)  # noqa: S104
    keep_private()
    # What the clock says in mail, in a process forked from this one.
    settings.SERVED_AT = address(options.port)
    with preparing():
        # Pages imported now are shared by all children instead of loaded by each.
        _ = get_resolver().url_patterns
    # Looks at the static files, so they have to be there.
    from touchline.wsgi import application

    return listener, application


def listen(host: str, number: int) -> socket.socket:
    """Bind the port; Refused with a sentence where that can't be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, number))
        listener.listen(512)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"Port {number} is in use by another program. Choose one with --port."
            ) from None
        raise Refused(f"Can't listen on {host}, port {number}: {error.strerror}.") from None
    return listener


def open_to_lan(number: int) -> str:
    """Let requests by the network address in; return what to say about it."""
    from django.conf import settings

    from touchline.commands.lan import lan_address, picture

    ip = lan_address()
    url = f"{'https' if settings.TLS else 'http'}://{ip}:{number}"
    settings.ALLOWED_HOSTS.append(ip)
    settings.CSRF_TRUSTED_ORIGINS.append(url)
    return f"On this network it is at {url}/\n{picture(url + '/')}"


def serve(
    options: argparse.Namespace, listener: socket.socket, application: Any, say: list[str]
) -> int:
    """Print ``say``, fork web, worker and clock, and watch them until a signal."""
    from django.db import connections

    from touchline.commands import clock
    from touchline.commands.tree import Child, Tree
    from touchline.commands.web import Web
    from touchline.core.jobs import Worker

    tls = (options.tls_cert, options.tls_key) if options.tls_cert else None

    def web() -> None:
        Web(application, listener, options.threads, tls).run()

    def worker() -> None:
        listener.close()
        # On a busy machine pages go first: nobody waits for a job as for a page.
        os.nice(10)
        running = Worker(grace=options.grace)
        running.stop_on_signals()
        running.run()

    def tick() -> None:
        listener.close()
        clock.run()

    # A connection must not be shared by two processes (SQLite: "How To Corrupt", 2.6).
    connections.close_all()
    print("\n".join(say), flush=True)
    gc.collect()
    gc.freeze()
    gc.enable()
    children = [Child("web server", web, vital=True), Child("worker", worker), Child("clock", tick)]
    # The parent lets go of the port, so that it is refused at once when the web server stops.
    return Tree(children, options.grace + MARGIN_SECONDS, started=listener.close).run()
