"""The web server inside `touchline serve`: gunicorn with threads, given an open socket."""

import socket
from typing import Any

from gunicorn.app.base import BaseApplication


class Web(BaseApplication):  # type: ignore[misc]
    """Serves an application that is loaded already, on a socket that is bound already.

    The parent binds, so that a port in use is told in a sentence before anything starts. No
    access log: one-time links would stand in it.
    """

    def __init__(
        self, application: Any, listener: socket.socket, threads: int, tls: tuple[str, str] | None
    ) -> None:
        self.application = application
        self.given: dict[str, Any] = {
            "bind": f"fd://{listener.fileno()}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": threads,
            "preload_app": True,
            "graceful_timeout": 10,
            "timeout": 60,
            "loglevel": "warning",
            "control_socket_disable": True,
            # Whether a request came over https is told by TOUCHLINE_BEHIND_PROXY alone.
            "forwarded_allow_ips": "",
            "proc_name": "touchline",
        }
        if tls:
            self.given |= {"certfile": tls[0], "keyfile": tls[1]}
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.given.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application
