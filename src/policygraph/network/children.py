"""Child processes that share a piece of number work: each gets its job as bytes and answers in blocks of equal size.

See `policygraph.child` for what a child is.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Sequence
from queue import Queue

from policygraph.child import start
from policygraph.errors import PolicyGraphError


def spread(module: str, jobs: Sequence[bytes], size: int) -> Iterator[bytes]:
    """Blocks of `size` bytes from one child a job, as they come.

    Args:
        module: run as `python -m`; reads its job from standard input to the end and writes blocks to standard output.

    Raises:
        PolicyGraphError: a child died.
    """
    queue: Queue[bytes | None] = Queue()
    children = [start(module, stderr=subprocess.DEVNULL) for _ in jobs]
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
