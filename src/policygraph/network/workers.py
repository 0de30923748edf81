"""Spreads resamples over child processes and gathers what they find."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from queue import Queue

from policygraph.errors import PolicyGraphError
from policygraph.network.resample import Job, run

Progress = Callable[[int, int], None]
Found = tuple[int, "array[float]"]
#: Below this many ties times resamples, starting processes costs more than it saves.
WORTH_IT = 2_000_000


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def resampled(job: Job, resamples: int, workers: int | None, progress: Progress | None) -> list[array[float]]:
    """Values of each resample, in the order of their numbers, whatever the number of workers.

    Raises:
        PolicyGraphError: a worker died.
    """
    if workers is None:
        workers = cores() if resamples * len(job.source) >= WORTH_IT else 1
    workers = min(max(1, workers), resamples)
    found: list[array[float]] = [array("d")] * resamples
    stream = run(job, range(resamples)) if workers == 1 else _spread(job, resamples, workers)
    for done, (number, values) in enumerate(stream, start=1):
        found[number] = values
        if progress:
            progress(done, resamples)
    return found


def _spread(job: Job, resamples: int, workers: int) -> Iterator[Found]:
    queue: Queue[Found | None] = Queue()
    children = [_start() for _ in range(workers)]
    try:
        for place, child in enumerate(children):
            share = range(place, resamples, workers)
            reader = threading.Thread(target=_gather, args=(child, job.dump(share), job, queue), daemon=True)
            reader.start()
        ended = 0
        while ended < workers:
            item = queue.get()
            if item is None:
                ended += 1
            else:
                yield item
        if any(child.wait() for child in children):
            raise PolicyGraphError("a resampling process ended early", hint="try again with workers=1")
    finally:
        for child in children:
            child.kill()
            child.wait()


def _start() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(p for p in sys.path if p)
    return subprocess.Popen(
        [sys.executable, "-m", "policygraph.network.resample"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _gather(child: subprocess.Popen[bytes], job: bytes, shape: Job, queue: Queue[Found | None]) -> None:
    """Hand a child its job and put what it finds into the queue, None at the end."""
    size = 8 * (1 + shape.n * len(shape.measures))
    try:
        if child.stdin and child.stdout:
            with child.stdin as inlet:
                inlet.write(job)
            while len(block := child.stdout.read(size)) == size:
                number, values = array("q", block[:8]), array("d", block[8:])
                queue.put((number[0], values))
            child.stdout.close()
    except OSError:
        child.kill()
    finally:
        queue.put(None)
