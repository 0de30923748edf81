"""How times grow with the rows imported: `python -m benchmarks.growth [ROWS …]`, each size ten times the one before.

By itself 3,000 and 30,000 rows; `50000 500000 5000000` takes hours and some 15 GB of disk. The rows are made up
(`synthetic_gdelt`) and stand beside the demo article and all reference data. The ratio is what counts: of ten times
the rows, ten times the time is in step with the data.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.measuring import cpu_seconds, note  # noqa: E402
from benchmarks.synthetic_gdelt import write  # noqa: E402
from policygraph.building import build  # noqa: E402
from policygraph.dataimport import import_events  # noqa: E402
from policygraph.project import open_folder  # noqa: E402
from policygraph.projectfile import Project  # noqa: E402

SIZES = (3_000, 30_000)
Works = dict[str, Callable[[], Any]]


def works(out: Path) -> Works:
    """What analysts do with an import, by name."""
    graph = open_folder(out)
    return {
        "timeline of all events": lambda: graph.ask("timeline"),
        "timeline of a year": lambda: graph.ask("timeline", since="2023-01-01", until="2023-12-31"),
        "dyads": lambda: graph.ask("dyads"),
        "events-between": lambda: graph.ask("events-between", **{"from": "USA", "to": "MEX"}),
        "evidence on a pair": lambda: graph.evidence("Marco Rubio", "Mexico"),
        "evidence on two countries": lambda: graph.evidence("Mexico", "United States"),
        "network of claims": lambda: graph.network(),
        "network of initiatives": lambda: graph.network("initiatives"),
        "view": lambda: graph.view(),
    }


def measured(rows: int, built: Path, folder: Path) -> dict[str, float]:
    """CPU seconds of an import of so many rows into a copy of a built graph, and of all works on it."""
    data, out = folder / "rows.export.CSV", folder / "out"
    write(rows, data)
    shutil.copytree(built, out, symlinks=True)
    times = {"import": cpu_seconds(lambda: import_events(out, "gdelt", [data]))}
    data.unlink()
    for name, work in works(out).items():
        times[name] = cpu_seconds(work)
        print(f"  {rows:,} rows: {name} {times[name]:.2f} s CPU", flush=True)
    shutil.rmtree(out)
    return times


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Measure and note."""
    with tempfile.TemporaryDirectory(prefix="policygraph-bench-") as name:
        built = Path(name) / "built"
        build(Project.load(ROOT / "policygraph.toml", out=built), files=())
        times = {rows: measured(rows, built, Path(name)) for rows in sizes}
    for less, more in pairwise(sizes):
        for what, taken in times[more].items():
            note("growth", f"{what}, {more:,} rows", [taken], peer=f"{less:,} rows", theirs=[times[less][what]])


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
