"""`make bench`: the parts of the benchmark, each in processes of its own, one after the other.

python -m benchmarks                  all parts; on two quiet cores within 45 minutes
python -m benchmarks view network     some of them; what the others measured earlier stays
python -m benchmarks --list           the parts, what they measure and how long each may take
python -m benchmarks --smallest       all at their smallest size: whether they work, no figures to keep
python -m benchmarks --large          the larger sizes; hours

A part that fails, or is not done within its minutes, is noted and stops no other. What a part measures is kept
at once, in `.bench/results/` (of other sizes in `.bench/smallest/` and `.bench/large/`), also after Ctrl-C. Then
`python -m benchmarks.report` puts it into the repository, from where the documentation takes it. With BENCH_OFFLINE no
peer is fetched.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.measuring import ROOT, line, reached, results
from benchmarks.report import ended, measured, note_end

#: Minutes that a whole run may take, and how many times as long the larger sizes may.
TOTAL, LARGE = 45, 20


@dataclass(frozen=True)
class Part:
    """One part: the module `benchmarks.NAME`, the minutes it may take, its arguments by size."""

    name: str
    minutes: float
    about: str
    smallest: tuple[str, ...] = ()
    large: tuple[str, ...] = ()

    def command(self, size: str) -> list[str]:
        """What is run for a size: `smallest`, `usual` or `large`."""
        arguments = {"smallest": self.smallest, "large": self.large}.get(size, ())
        return [sys.executable, "-m", f"benchmarks.{self.name}", *arguments]


PARTS = (
    Part("peers", 5, "fetches peers that policygraph does not depend on, once"),
    Part("startup", 2, "how long commands take to begin"),
    Part("graph", 7, "load, queries, build: pyoxigraph directly, rdflib", ("300",), ("100000",)),
    Part("data_import", 6, "event data: pyoxigraph's bulk loader", ("1000",), ("1000000",)),
    Part("growth", 4, "how times grow with the events", ("200", "2000"), ("50000", "500000")),
    Part("incidents", 1, "reports of one event merged: labelled pairs"),
    Part("sentences", 1, "the event coder on labelled sentences"),
    Part("extraction", 1, "the event coder on labelled articles"),
    Part(
        "network", 10, "centralities and graphs: networkx, igraph, rdflib, kglab",
        tuple("--nodes 300 --edges 2000 --statements 3000 --rounds 1 --sample 2".split()),
        tuple("--nodes 20000 --edges 500000 --statements 1000000".split()),
    ),
    Part("view", 5, "the page: stock pyvis", ("50",), ("100", "1000", "20000", "50000")),
    Part("endpoint", 3, "answers over HTTP: Oxigraph's server; an attack", ("20000", "1"), ("5000000", "10")),
)  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Run the named parts, or all; 1 where one failed, 130 after Ctrl-C."""
    known = {part.name: part for part in PARTS}
    options = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    options.formatter_class = argparse.RawDescriptionHelpFormatter
    options.add_argument("names", nargs="*", metavar="PART", help=", ".join(known))
    options.add_argument("--list", action="store_true", help="list the parts")
    size = options.add_mutually_exclusive_group()
    for name in ("smallest", "large"):
        size.add_argument(f"--{name}", dest="size", action="store_const", const=name, default="usual")
    chosen = options.parse_args(words)
    unknown = sorted(set(chosen.names) - set(known))
    if unknown:
        print(f"There is no part {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    parts = [known[name] for name in dict.fromkeys(chosen.names)] or list(PARTS)
    if chosen.list:
        print("\n".join(f"{part.name:12} {part.minutes:2} min  {part.about}" for part in parts))
        return 0
    if chosen.size != "usual":
        # Figures of another size must not take the place of those that are kept.
        os.environ.setdefault("BENCH_RESULTS", str(ROOT / ".bench" / chosen.size))
    code = run_all(parts, chosen.size)
    tell([part.name for part in parts])
    return code


def run_all(parts: Sequence[Part], size: str) -> int:
    """Run parts one after the other; the exit code of the run."""
    longer = LARGE if size == "large" else 1
    most = sum(part.minutes for part in parts) * longer
    print(f"{len(parts)} parts, at most {most:g} minutes", flush=True)
    worst = 0
    for part in parts:
        print(f"\n== {part.name}: {part.about} ==", flush=True)
        with note_end(part.name) as end:
            end.how = "stopped"
            try:
                end.how = run(part.command(size), part.minutes * 60 * longer)
            except KeyboardInterrupt:
                print("\nstopped; what was measured is kept")
                return 130
        print(f"({end.how}, {end.seconds:.0f} s)", flush=True)
        worst = max(worst, end.how != "done")
    return worst


def run(command: Sequence[str], limit: float) -> str:
    """Run one part and hand on what it prints; `done`, or how it ended. Nothing that it started or wrote stays."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": folder, "BENCH_RESULTS": str(results())},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # Ctrl-C comes here alone, and all that the part starts can be ended as one.
            start_new_session=True,
        )
        last = [""]
        reader = threading.Thread(target=_hand_on, args=(process.stdout, last))
        reader.start()
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            return f"not done within {limit / 60:g} minutes"
        finally:
            # What it leaves running would hold the pipe open.
            _end(process)
            process.wait()
            reader.join()
    return "done" if code == 0 else f"failed: {last[0]}"


def _hand_on(lines: Iterable[str], last: list[str]) -> None:
    """Print lines as they come, and remember the last that says something."""
    for text in lines:
        print(text, end="", flush=True)
        last[0] = text.strip() or last[0]


def _end(process: subprocess.Popen[str]) -> None:
    """End a part with all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def tell(names: Sequence[str]) -> None:
    """Say how the parts ended and which aims were missed."""
    found = [result for name in names for result in measured(name)]
    missed = [result for result in found if reached(result) is False]
    print(f"\n{len(found)} results; {len(missed)} aims missed")
    for result in missed:
        print(f"  {line(result)}")
    for name, about in ended().items():
        if name in names and about["how"] != "done":
            print(f"  {name}: {about['how']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
