"""How long the program takes to begin: CPU seconds of whole processes, as ratios to an empty Python.

Run `python -m benchmarks.startup [BUILD]` from the top of the repository; with a build folder, a question and a
query on it are measured as well. The median of several rounds taken in turn counts.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7
PROGRAM = "import sys; from policygraph.cli import main; main()"


def cpu_seconds(code: str, *arguments: str) -> float:
    """User and system time of one Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cases(build: str | None) -> dict[str, tuple[str, ...]]:
    """What is measured: a name, the code and its arguments."""
    found = {
        "an empty Python": ("pass",),
        "import click": ("import click",),
        "policygraph --help": (PROGRAM, "--help"),
        "policygraph build --help": (PROGRAM, "build", "--help"),
        "import rdflib": ("import rdflib",),
    }
    if build:
        found["ask modality-mix"] = (PROGRAM, "ask", "modality-mix", "--graph", build)
        found["query, one row"] = (PROGRAM, "query", "SELECT ?c { ?c a pg:Claim } LIMIT 1", "--graph", build)
    return found


def main() -> None:
    """Measure all cases in turn and print medians and ratios."""
    measured = cases(sys.argv[1] if len(sys.argv) > 1 else None)
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS):
        for name, call in measured.items():
            times[name].append(cpu_seconds(*call))
    base = statistics.median(times["an empty Python"])
    print(f"{'case':<26} {'CPU s':>8} {'ratio':>8}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:<26} {middle:>8.3f} {middle / base:>8.1f}")


if __name__ == "__main__":
    main()
