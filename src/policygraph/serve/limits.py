"""What one query may use before it is ended."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on queries and requests; the defaults suit a laptop.

    A query starts in the quick lane. One that is still running after `slice`
    seconds goes on in the slow lane, at low priority, until `seconds`.
    Memory is counted on top of what an idle worker holds. Large results wait on
    disk until they are sent, all together at most `spool_mb`.
    """

    seconds: float = 30.0
    memory_mb: int = 1024
    result_mb: int = 256
    body_mb: float = 8.0
    slice: float = 0.4
    quick_workers: int = field(default_factory=lambda: _cores() + 1)
    slow_workers: int = field(default_factory=_cores)
    queue: int = 500
    wait: float = 60.0
    spool_mb: int = 4096
    read_seconds: float = 20.0
    write_seconds: float = 60.0
