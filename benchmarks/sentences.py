"""The event coder on labelled sentences: `python -m benchmarks.sentences [GOLD.jsonl …]`.

Without a file, those that the variable BENCH_GOLD names (several: divided by `:`) are scored, else the first half of
the project's own. Each sentence is coded alone; see `score_sentences` for what counts as right.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.code_sentences import code  # noqa: E402
from benchmarks.measuring import note  # noqa: E402
from benchmarks.score_sentences import read_lines, report, score  # noqa: E402
from policygraph.extraction.gazetteer import Gazetteer  # noqa: E402
from policygraph.importing.reference import load_reference  # noqa: E402

OWN = ROOT / "tests" / "data" / "sentences" / "a.jsonl"


def main(names: list[str]) -> int:
    """Score each file."""
    files = names or [name for name in os.environ.get("BENCH_GOLD", "").split(":") if name] or [str(OWN)]
    gazetteer = Gazetteer.from_reference(load_reference())
    for name in files:
        if not Path(name).is_file():
            print(f"{name}: there is no such file", file=sys.stderr)
            return 2
        gold = read_lines(Path(name))
        # Word lists are read with the first sentence.
        code(gold[:1], gazetteer)
        begin = time.process_time()
        coded = code(gold, gazetteer)
        speed = len(gold) / (time.process_time() - begin)
        n, pairs = score(gold, {record["id"]: record["events"] for record in coded})
        print(f"{name}\n{report(n, pairs)}")
        for part in ("type", "source", "target", "triple"):
            note("sentences", f"{Path(name).name}: {part} right", [100 * n[part] / n["sentences"]], unit="%")
        what = f"{Path(name).name}: sentences coded a second of processor time"
        note("sentences", what, [speed], unit="a second", aim="≥ 2000")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
