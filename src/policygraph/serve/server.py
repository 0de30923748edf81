"""Runs the application on a socket: time limits on connections, logs, a graceful stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from policygraph.errors import UsageError
from policygraph.serve.app import create_app
from policygraph.serve.settings import Settings

_KEEP_ALIVE = 15
_BACKLOG = 1024


def patient_protocol(seconds: float) -> type[asyncio.Protocol]:
    """The HTTP protocol, which drops a connection that has not sent its first request in time."""

    class Patient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._first = asyncio.get_running_loop().call_later(seconds, self._drop)

        def _drop(self) -> None:
            if getattr(self, "cycle", None) is None:
                self.transport.close()

        def connection_lost(self, exc: Exception | None) -> None:
            self._first.cancel()
            super().connection_lost(exc)

    return Patient


def run(settings: Settings) -> None:
    """Serve until the process is asked to stop; running queries get `stop_seconds` to end.

    Raises:
        UsageError: the port cannot be had.
    """
    _raise_open_files()
    _log_to_stderr()
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http=patient_protocol(settings.limits.read_seconds),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=settings.stop_seconds,
        backlog=_BACKLOG,
    )
    try:
        uvicorn.Server(config).run()
    except SystemExit as error:
        raise UsageError(
            f"the server cannot listen on {settings.host}:{settings.port}", hint="choose another --port"
        ) from error


def _raise_open_files() -> None:
    """Allow as many connections as the system does; half-open ones cost a file each."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("policygraph.serve")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
