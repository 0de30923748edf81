"""Spreads resamples over child processes and gathers what they find."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from policygraph.child import cores
from policygraph.network.children import spread
from policygraph.network.resample import Job, run

Progress = Callable[[int, int], None]
Found = tuple[int, "array[float]"]
#: Below this many ties times resamples, starting processes costs more than it saves.
WORTH_IT = 2_000_000


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
    jobs = [job.dump(range(place, resamples, workers)) for place in range(workers)]
    for block in spread("policygraph.network.resample", jobs, 8 * (1 + job.n * len(job.measures))):
        yield array("q", block[:8])[0], array("d", block[8:])
