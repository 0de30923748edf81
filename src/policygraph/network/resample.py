"""One draw of a network from itself: the unit of work that `stability` repeats and spreads over processes.

Run as a module it is a worker: it reads a job from standard input and writes one
block of numbers for each draw to standard output. A plain child process, unlike a
process pool, never imports the user's script a second time.
"""

from __future__ import annotations

import json
import random
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from typing import BinaryIO

from policygraph.errors import UsageError
from policygraph.network.compact import CompactGraph, collapse
from policygraph.network.measures import measure


@dataclass(slots=True)
class Job:
    """What to draw from and what to measure.

    Ties run from `source` to `target` with `weight`; `unit` says what they are
    drawn by (source document, outlet, statement), numbered from 0 to `units` - 1.
    """

    n: int
    directed: bool
    units: int
    measures: tuple[str, ...]
    engine: str
    seed: int
    source: array[int]
    target: array[int]
    unit: array[int]
    weight: array[float]

    def graph(self, times: Sequence[int] | None = None) -> CompactGraph:
        """The simple graph, each tie's weight times how often its unit was drawn."""
        if times is None:
            return collapse(range(self.n), self.directed, self.source, self.target, self.weight)
        kept = [row for row, unit in enumerate(self.unit) if times[unit]]
        return collapse(
            range(self.n),
            self.directed,
            [self.source[row] for row in kept],
            [self.target[row] for row in kept],
            [self.weight[row] * times[self.unit[row]] for row in kept],
        )

    def draw(self, number: int) -> list[int]:
        """How often each unit is drawn in resample `number`: as many draws as units, with replacement.

        The same numbers whoever asks, in whatever order.
        """
        rng = random.Random(f"{self.seed}/{number}")  # noqa: S311
        times = [0] * self.units
        for unit in rng.choices(range(self.units), k=self.units):
            times[unit] += 1
        return times

    def values(self, times: Sequence[int] | None = None) -> array[float]:
        """All measures one after another, n values each; nan throughout where one is not defined."""
        graph = self.graph(times)
        found = array("d")
        for name in self.measures:
            try:
                found.extend(float(v) for v in measure(name)(graph, engine=self.engine).values())
            except UsageError:
                if times is None:
                    raise
                found.extend([nan] * self.n)
        return found

    def dump(self, numbers: Sequence[int]) -> bytes:
        """The job and the resamples to do as bytes."""
        head = {
            "n": self.n,
            "directed": self.directed,
            "units": self.units,
            "measures": self.measures,
            "engine": self.engine,
            "seed": self.seed,
        }
        text = json.dumps({**head, "ties": len(self.source), "numbers": list(numbers)}).encode()
        body = b"".join(column.tobytes() for column in (self.source, self.target, self.unit, self.weight))
        return text + b"\n" + body


def load(stream: BinaryIO) -> tuple[Job, list[int]]:
    """A job and its resamples from bytes (see `Job.dump`)."""
    head = json.loads(stream.readline())
    ties, numbers = head.pop("ties"), head.pop("numbers")
    columns: list[array[int]] = []
    for _ in range(3):
        column = array("q")
        column.frombytes(stream.read(8 * ties))
        columns.append(column)
    weight = array("d")
    weight.frombytes(stream.read(8 * ties))
    head["measures"] = tuple(head["measures"])
    return Job(**head, source=columns[0], target=columns[1], unit=columns[2], weight=weight), numbers


def run(job: Job, numbers: Sequence[int]) -> Iterator[tuple[int, array[float]]]:
    """The values of each resample."""
    for number in numbers:
        yield number, job.values(job.draw(number))


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Work off a job: for each resample its number and its values, as raw numbers."""
    job, numbers = load(source)
    for number, values in run(job, numbers):
        target.write(array("q", [number]).tobytes() + values.tobytes())
        target.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
