"""Runs the application on a socket: limits on connections, a graceful stop."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from policygraph.errors import UsageError
from policygraph.serve.app import create_app
from policygraph.serve.settings import Settings

_KEEP_ALIVE = 15
_BACKLOG = 1024
_LARGEST_HEAD = 64 * 1024


def patient_protocol(seconds: float) -> type[asyncio.Protocol]:
    """The HTTP protocol, with bounds on how long the head of a request may take and how large it may be.

    A connection that has sent nothing, or half a head, is closed after `seconds`.
    """

    class Patient(HttpToolsProtocol):
        _patience: asyncio.TimerHandle | None = None
        _head_bytes: int | None = 0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def _wait(self) -> None:
            self._patience = self.loop.call_later(seconds, self.transport.close)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._head_bytes = 0
            if self._patience is None:
                self._wait()

        def on_headers_complete(self) -> None:
            self._head_bytes = None
            if self._patience is not None:
                self._patience.cancel()
                self._patience = None
            super().on_headers_complete()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._head_bytes is not None:
                self._head_bytes += len(data)
                if self._head_bytes > _LARGEST_HEAD and not self.transport.is_closing():
                    self._refuse()

        def _refuse(self) -> None:
            text = b"The head of the request is too large; send a long query by POST.\n"
            head = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
            self.transport.write(head + b"content-length: %d\r\nconnection: close\r\n\r\n" % len(text) + text)
            self.transport.close()

        def connection_lost(self, exc: Exception | None) -> None:
            if self._patience is not None:
                self._patience.cancel()
            super().connection_lost(exc)

    return Patient


def run(settings: Settings) -> None:
    """Serve until the process is asked to stop; running queries get `stop_seconds` to end.

    Raises:
        UsageError: the port cannot be had.
    """
    _raise_open_files()
    options: dict[str, Any] = {"ws": "none", "log_config": None, "access_log": False, "server_header": False}
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http=patient_protocol(settings.limits.read_seconds),
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=settings.stop_seconds,
        backlog=_BACKLOG,
        **options,
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
