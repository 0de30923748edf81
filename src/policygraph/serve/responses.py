"""Answers: results from memory or a spool file, and errors as a plain sentence."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

_PIECE = 256 * 1024


class FileBody(Response):
    """Streams a spool file; calls `sent` in the end, whether or not the client reads so far."""

    def __init__(self, path: Path, size: int, media_type: str, write_seconds: float, sent: Callable[[], None]) -> None:
        super().__init__(status_code=200, media_type=None)
        self.headers["content-type"] = media_type
        self.headers["content-length"] = str(size)
        self.path, self.write_seconds, self.sent = path, write_seconds, sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file piece by piece; a client that reads nothing for `write_seconds` is dropped."""
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
                return
            with self.path.open("rb") as source, contextlib.suppress(TimeoutError):
                while piece := source.read(_PIECE):
                    async with asyncio.timeout(self.write_seconds):
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            self.sent()


def result(body: bytes, media_type: str) -> Response:
    """A result that fits in memory."""
    return Response(body, media_type=None, headers={"content-type": media_type})


def problem(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as one plain sentence; nothing of it is read as markup."""
    return PlainTextResponse(message.rstrip() + "\n", status_code=status, headers=dict(headers or {}))
