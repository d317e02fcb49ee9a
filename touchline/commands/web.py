"""The web server inside `touchline serve`: gunicorn with threads, given an open socket."""

import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from touchline.core.logs import WithoutTokens


class Log(Logger):  # type: ignore[misc]
    """Gunicorn's own log: it names what it could not read or answer, without its secrets."""

    def setup(self, cfg: Any) -> None:
        """Set it up as usual, and let what it writes go by our formatter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutTokens(self.error_fmt, self.datefmt))


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
            "logger_class": Log,
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
