"""How benchmarks measure and note: rounds taken in turn, CPU time, ratios with medians and spread.

A figure is worth something beside another one of the same run only, so ours and
theirs take turns in every round and the ratio of a round is what is kept.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: A work that takes less is done again and again for so many seconds.
_LEAST = 0.2


def results() -> Path:
    """The folder that results go to: a file for each part with one JSON line a result, read by `benchmarks.report`."""
    return Path(os.environ.get("BENCH_RESULTS", ROOT / ".bench" / "results"))


def cpu_seconds(work: Callable[[], Any]) -> float:
    """CPU seconds of a call: this process with its threads, and processes that it started and that ended."""
    gc.collect()
    own, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    below = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
    return time.process_time() - own + below


def wall_seconds(work: Callable[[], Any]) -> float:
    """Seconds by the clock."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def a_call(work: Callable[[], Any]) -> float:
    """CPU seconds of a call that may be too short for the clock: the mean of as many as it takes."""
    first = cpu_seconds(work)
    times = int(_LEAST / max(first, 1e-4))
    return cpu_seconds(lambda: [work() for _ in range(times)]) / times if times > 1 else first


def rounds(
    works: Mapping[str, Callable[[], Any]], number: int, measure: Callable[[Callable[[], Any]], float] = cpu_seconds
) -> dict[str, list[float]]:
    """The times of each work, all taken in turn in every round, so that other load hits them alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(number):
        for name, work in works.items():
            taken[name].append(measure(work))
    return taken


def both_clocks(
    works: Mapping[str, Callable[[], Any]], number: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """CPU seconds, and seconds by the clock, of the same rounds."""
    cpu: dict[str, list[float]] = {name: [] for name in works}
    timed = {name: lambda n=name, w=work: cpu[n].append(cpu_seconds(w)) for name, work in works.items()}
    wall = rounds(timed, number, wall_seconds)
    return cpu, wall


def note(
    part: str,
    what: str,
    ours: Sequence[float],
    *,
    peer: str = "",
    theirs: Sequence[float] = (),
    aim: str = "",
    unit: str = "s CPU",
) -> None:
    """Print a result, and keep it where it is one of a run of `python -m benchmarks`.

    With a peer the ratio is ours to theirs where the aim is "at most", theirs
    to ours where it is "at least"; without one the aim is for the figure itself.
    """
    result = {"part": part, "what": what, "unit": unit, "ours": list(ours), "peer": peer, "theirs": list(theirs)}
    result["aim"] = aim
    if "BENCH_RESULTS" in os.environ:
        # A part is run as a module, `python -m benchmarks.NAME`.
        with (results() / f"{Path(sys.argv[0]).stem}.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(result, ensure_ascii=False) + "\n")
    print(line(result), flush=True)


def ratios(result: Mapping[str, Any]) -> list[float]:
    """The ratio of each round, or of the medians where the sides have different numbers of rounds; none without a peer.

    >>> ratios({"ours": [1.0, 2.0], "theirs": [3.0, 4.0], "aim": "≥ 2"})
    [3.0, 2.0]
    """
    ours, theirs = list(result["ours"]), list(result["theirs"])
    if not theirs:
        return []
    if len(ours) != len(theirs):
        ours, theirs = [statistics.median(ours)], [statistics.median(theirs)]
    pairs = zip(ours, theirs, strict=True)
    return [b / a if result["aim"].startswith("≥") else a / b for a, b in pairs]


def reached(result: Mapping[str, Any]) -> bool | None:
    """Whether the median is within the aim; None where there is none.

    >>> reached({"ours": [0.1, 0.3, 0.2], "theirs": [], "aim": "≤ 0.15"})
    False
    """
    if not result["aim"]:
        return None
    sign, _, number = result["aim"].partition(" ")
    value = statistics.median(ratios(result) or result["ours"])
    return bool(value >= float(number) if sign == "≥" else value <= float(number))


def shown(values: Sequence[float]) -> str:
    """A median with the spread around it.

    >>> shown([1.0, 1.2, 5.0]), shown([0.0123])
    ('1.20 (1.00–5.00)', '0.0123')
    """
    middle = statistics.median(values)
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2 if middle >= 1 else 3 if middle >= 0.1 else 4
    if len(values) == 1:
        return f"{middle:,.{digits}f}"
    return f"{middle:,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def line(result: Mapping[str, Any]) -> str:
    """One result in words."""
    text = f"{result['what']}: {shown(result['ours'])} {result['unit']}"
    if result["theirs"]:
        text += f", {result['peer']} {shown(result['theirs'])}, ratio {shown(ratios(result))}"
    if result["aim"]:
        text += f"; aim {result['aim']}{'' if reached(result) else ' MISSED'}"
    return text
