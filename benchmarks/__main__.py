"""`make bench`: every benchmark of the project, each in a process of its own, one after the other.

Usage: python -m benchmarks [NAME …]. Labelled sentences are scored as well where the variable
BENCH_GOLD names their file. The results are kept in `.bench/results.jsonl`; `python -m benchmarks.report`
puts those of the last run into the repository, from where the documentation takes them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import RESULTS, line, reached
from benchmarks.report import latest

HERE = Path(__file__).resolve().parent
#: Tools that benchmarks call, not benchmarks themselves.
_HELPERS = {
    "__init__", "__main__", "code_sentences", "incident_pairs", "measuring", "peers", "report", "score_sentences",
    "synthetic_gdelt",
}  # fmt: skip


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the exit code is that of the worst."""
    known = sorted(p.stem for p in HERE.glob("*.py") if p.stem not in _HELPERS)
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    worst = 0
    RESULTS.unlink(missing_ok=True)
    for name in names or known:
        print(f"\n== {name} ==", flush=True)
        begin = time.monotonic()
        worst = max(worst, subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent).returncode)
        print(f"({time.monotonic() - begin:.0f} s)", flush=True)
    if RESULTS.is_file():
        results = latest(RESULTS.read_text(encoding="utf-8").splitlines())
        missed = [result for result in results if reached(result) is False]
        print(f"\n{len(results)} results in {RESULTS}; {len(missed)} aims missed")
        for result in missed:
            print(f"  {line(result)}")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
