"""Plain child processes, which unlike those of a process pool never import the user's script a second time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Set for children, so that they start none of their own.
_CHILD = "POLICYGRAPH_CHILD"


def cores() -> int:
    """Cores that this process may use; 1 for a child, whose siblings use the others."""
    if os.environ.get(_CHILD):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def command(module: str, *arguments: str) -> list[str]:
    """Words that run a module, in the folder at hand but not with the modules that merely lie there."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Variables with which a child finds the modules that this process finds."""
    paths = (p or str(Path.cwd()) for p in sys.path if isinstance(p, str))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def start(
    module: str, *arguments: str, stdin: int | None = subprocess.PIPE, stderr: int | None = None
) -> subprocess.Popen[bytes]:
    """Run a module with its output in a pipe; whoever starts a child ends it, Ctrl-C does not.

    >>> child = start("base64", "-t")
    >>> b"Aladdin" in child.communicate()[0]
    True
    """
    with _deaf():
        return subprocess.Popen(
            command(module, *arguments),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=environment() | {_CHILD: "1"},
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


@contextmanager
def _deaf() -> Iterator[None]:
    """Block Ctrl-C, which what is started meanwhile inherits; Windows has a flag for it instead."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
