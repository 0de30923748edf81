"""One JSON line a request on standard error, written together with others of the same moment."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime


class RequestLog:
    """Collects lines and writes them when the loop has a moment; a line holds no query text."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, identity: str, method: str, path: str, status: int, seconds: float, error: str | None) -> None:
        """Note one request."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = f'{{"time": "{now}", "id": "{identity}", "method": "{method}", "path": {json.dumps(path)}'
        line += f', "status": {status}, "ms": {seconds * 1000:.1f}'
        self._lines.append(f'{line}, "error": {json.dumps(error)}}}\n' if error else f"{line}}}\n")
        if len(self._lines) == 1:
            asyncio.get_running_loop().call_soon(self.flush)

    def flush(self) -> None:
        """Write what was collected."""
        lines, self._lines = self._lines, []
        sys.stderr.write("".join(lines))
        sys.stderr.flush()
