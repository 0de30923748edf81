"""Child processes that share a piece of number work: each gets its job as bytes and answers in blocks of equal size.

A plain child process, unlike a process pool, never imports the user's script a second time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from queue import Queue

from policygraph.errors import PolicyGraphError

#: Set for children, so that they start none of their own.
_CHILD = "POLICYGRAPH_CHILD"


def cores() -> int:
    """Cores that this process may use; 1 for a child, whose siblings use the others."""
    if os.environ.get(_CHILD):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(module: str, jobs: Sequence[bytes], size: int) -> Iterator[bytes]:
    """Blocks of `size` bytes from one child a job, as they come.

    Args:
        module: run as `python -m`; reads its job from standard input to the end and writes blocks to standard output.

    Raises:
        PolicyGraphError: a child died.
    """
    queue: Queue[bytes | None] = Queue()
    children = [_start(module) for _ in jobs]
    try:
        for child, job in zip(children, jobs, strict=True):
            threading.Thread(target=_gather, args=(child, job, size, queue), daemon=True).start()
        ended = 0
        while ended < len(jobs):
            block = queue.get()
            if block is None:
                ended += 1
            else:
                yield block
        if any(child.wait() for child in children):
            raise PolicyGraphError("a helping process ended early", hint="try again, or with workers=1")
    finally:
        for child in children:
            child.kill()
            child.wait()


def _start(module: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(p for p in sys.path if p)
    return subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, _CHILD: "1"},
    )


def _gather(child: subprocess.Popen[bytes], job: bytes, size: int, queue: Queue[bytes | None]) -> None:
    """Hand a child its job and put what it answers into the queue, None at the end."""
    try:
        if child.stdin and child.stdout:
            with child.stdin as inlet:
                inlet.write(job)
            while len(block := child.stdout.read(size)) == size:
                queue.put(block)
            child.stdout.close()
    except OSError:
        child.kill()
    finally:
        queue.put(None)
