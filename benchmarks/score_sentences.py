"""Score coded sentences against labelled ones: `python benchmarks/score_sentences.py GOLD.jsonl CODED.jsonl`.

GOLD is one of `tests/data/sentences/`, CODED what `benchmarks/code_sentences.py` wrote for it, the main event
first. Only the first event of a sentence is judged, so coding more events wins nothing; their number stands beside.
A triple is right when type and the countries of both sides agree, an empty side being a value of its own. Two
labelled sources without a target act on each other: there the parties may stand on either side. A sentence labelled
as holding no event is right in all respects when nothing is coded.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]
#: How often each type (or "-") was coded for each labelled type.
Pairs = Counter[tuple[str, str]]


def countries(actors: Sequence[Record]) -> frozenset[str]:
    """The known country codes of some actors.

    >>> sorted(countries([{"country": "PER"}, {"country": None}]))
    ['PER']
    """
    return frozenset(a["country"] for a in actors if a.get("country"))


def reciprocal(gold: Record) -> bool:
    """Whether the labelled parties act on each other."""
    return len(gold["source"]) > 1 and not gold["target"]


def sides_right(gold: Record, event: Record) -> tuple[bool, bool]:
    """Whether the countries of source and target are the labelled ones.

    >>> gold = {"source": [{"country": "FIN"}, {"country": "EST"}], "target": []}
    >>> sides_right(gold, {"source": [{"country": "FIN"}], "target": [{"country": "EST"}]})
    (True, True)
    >>> sides_right(gold, {"source": [{"country": "FIN"}], "target": []})
    (False, False)
    """
    source, target = countries(event["source"]), countries(event["target"])
    if reciprocal(gold):
        both = source | target == countries(gold["source"])
        return both, both
    return source == countries(gold["source"]), target == countries(gold["target"])


def score(
    gold: Sequence[Record], coded: Mapping[str, Sequence[Record]]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How many sentences are right in each respect, and how often each type was coded for each labelled type."""
    n: Counter[str] = Counter(sentences=len(gold))
    pairs: Pairs = Counter()
    for record in gold:
        events = coded.get(record["id"], [])
        n["events"] += len(events)
        n["with mode"] += record["mode"] is not None
        first = events[0] if events else None
        pairs[record["event"] or "-", first["event"] if first else "-"] += 1
        n["silent"] += first is None
        if first is None or record["event"] is None:
            if first is None and record["event"] is None:
                n.update(("type", "source", "target", "triple"))
            continue
        kind, (source, target) = first["event"] == record["event"], sides_right(record, first)
        n["type"] += kind
        n["source"] += source
        n["target"] += target
        n["triple"] += kind and source and target
        n["mode"] += kind and record["mode"] is not None and first.get("mode") == record["mode"]
    return n, pairs


def report(n: Counter[str], pairs: Pairs) -> str:
    """The figures as lines of text."""

    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:5.1f}" if whole else "    -"

    lines = [f"{n['sentences']} sentences, {n['events']} events coded, {n['silent']} sentences without any"]
    lines += [f"{name:8} {share(n[name], n['sentences'])} %" for name in ("type", "source", "target", "triple")]
    lines.append(f"{'mode':8} {share(n['mode'], n['with mode'])} % of {n['with mode']}")
    for kind in dict.fromkeys(wanted for wanted, _ in pairs):
        others = Counter({got: c for (wanted, got), c in pairs.items() if wanted == kind and got != kind})
        whole = pairs[kind, kind] + others.total()
        slips = ", ".join(f"{got} {c}" for got, c in sorted(others.items(), key=lambda x: (-x[1], x[0])))
        lines.append(f"  {kind:10} {pairs[kind, kind]:3} of {whole:3}  {slips}".rstrip())
    return "\n".join(lines)


def read_lines(path: Path) -> list[Any]:
    """One JSON value a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(argv: list[str]) -> int:
    """Print the figures of one file."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    gold, coded = (read_lines(Path(name)) for name in argv)
    unknown = {r["id"] for r in coded} - {r["id"] for r in gold}
    if unknown:
        print(f"{argv[1]}: no sentence {min(unknown)} in {argv[0]}; code that file again", file=sys.stderr)
        return 1
    print(report(*score(gold, {r["id"]: r["events"] for r in coded})))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
