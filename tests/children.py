"""Looks at processes that a test has started."""

from __future__ import annotations

import psutil


def words_of(process: psutil.Process) -> list[str]:
    """What a process was started with; nothing of one that has ended, as those of other tests may have meanwhile."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []
