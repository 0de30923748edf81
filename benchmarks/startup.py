"""How long the program takes to begin: CPU seconds of whole processes.

Run `python -m benchmarks.startup [BUILD]` from the top of the repository; a question and a query are
asked of that build, or of a small one. The median of several rounds taken in turn counts.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measuring import note  # noqa: E402

ROUNDS = 7
AIMS = {"policygraph --help": "≤ 0.15", "ask modality-mix": "≤ 0.4", "query, one row": "≤ 0.4"}
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
    """Measure all cases in turn and note them; without a build folder a small project is built for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        build = sys.argv[1] if len(sys.argv) > 1 else small_build(Path(folder))
        measured = cases(build)
        times: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(ROUNDS):
            for name, call in measured.items():
                times[name].append(cpu_seconds(*call))
    for name, taken in times.items():
        note("start", name, taken, aim=AIMS.get(name, ""))


def small_build(folder: Path) -> str:
    """A graph of the example article that a new project begins with."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for words in (
        ("init", str(folder / "project")),
        ("build", "--project", str(folder / "project" / "policygraph.toml")),
    ):
        command = [sys.executable, "-c", PROGRAM, *words]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return str(folder / "project" / "build")


if __name__ == "__main__":
    main()
