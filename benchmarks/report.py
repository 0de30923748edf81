"""The results of the last runs as a page for the documentation: `python -m benchmarks.report` keeps them.

It writes `benchmarks/results.json`, from which the page is made whenever the documentation is built.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import ratios, reached, results, shown

KEPT = Path(__file__).with_name("results.json")
_LIBRARIES = ("pyoxigraph", "rdflib", "networkx", "igraph", "pyvis")
_HEAD = """# Benchmarks

`make bench` measures policygraph beside the tools that it is built on or stands next to, in one run on one machine.
A figure in seconds says little about another machine; the **ratio** does, since both sides took turns. Each cell holds
the median and, in brackets, the least and the greatest of the rounds. Aims are those that the project holds itself to:
"≤" means that the ratio of ours to the other (or the figure itself) is to be no greater, "≥" that the other takes at
least so many times as long.

"""


def latest(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The results of a run; of one measured twice the last counts."""
    found = {}
    for text in lines:
        result = json.loads(text)
        found[result["part"], result["what"], result["peer"], result["unit"]] = result
    return list(found.values())


@dataclass
class End:
    """How a part ended, when, and after how many seconds."""

    how: str = ""
    day: str = ""
    seconds: float = 0.0


@contextlib.contextmanager
def note_end(name: str) -> Iterator[End]:
    """Forget what a part measured before, and note how it ends."""
    results().mkdir(parents=True, exist_ok=True)
    (results() / f"{name}.jsonl").unlink(missing_ok=True)
    end, begin = End(day=dt.datetime.now(dt.UTC).date().isoformat()), time.monotonic()
    try:
        yield end
    finally:
        end.seconds = time.monotonic() - begin
        (results() / "ended.json").write_text(json.dumps(ended() | {name: asdict(end)}, indent=1) + "\n", "utf-8")


def ended() -> dict[str, dict[str, Any]]:
    """How each part ended when it was run last."""
    path = results() / "ended.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def measured(name: str) -> list[dict[str, Any]]:
    """What a part has measured."""
    path = results() / f"{name}.jsonl"
    return latest(path.read_text("utf-8").splitlines()) if path.is_file() else []


def machine() -> dict[str, Any]:
    """What the results were taken on."""
    versions = {}
    for name in _LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "libraries": versions,
    }


def markdown(kept: Mapping[str, Any]) -> str:
    """The page.

    >>> result = {"part": "graph", "what": "load", "unit": "s CPU", "ours": [1.0], "peer": "rdflib", "theirs": [30.0],
    ...           "aim": "≥ 20"}
    >>> print(markdown({"machine": {"day": "2026-01-01", "python": "3.11", "processors": 2, "libraries": {}},
    ...                 "results": [result]}).splitlines()[-1])
    | load | 1.00 s CPU | rdflib | 30.0 | 30.0 | ≥ 20 | yes |
    """
    about = kept["machine"]
    libraries = ", ".join(f"{name} {version}" for name, version in about["libraries"].items())
    ends = kept.get("ended", {})
    days = sorted({about["day"], *(end["day"] for end in ends.values())})
    day = " to ".join(dict.fromkeys((days[0], days[-1])))
    text = _HEAD + f"Taken on {day}, {about['processors']} processors, Python {about['python']}"
    text += f", {libraries}.\n" if libraries else ".\n"
    for part in dict.fromkeys(result["part"] for result in kept["results"]):
        text += (
            f"\n## {part[:1].upper() + part[1:]}\n\n| what | policygraph | beside | takes | ratio | aim | reached |\n"
        )
        text += "|---|---|---|---|---|---|---|\n"
        for result in kept["results"]:
            if result["part"] == part:
                text += _row(result)
    missing = [f"{name} ({end['how']})" for name, end in ends.items() if end["how"] != "done"]
    return text + (f"\nNot measured to the end: {', '.join(missing)}.\n" if missing else "")


def _row(result: Mapping[str, Any]) -> str:
    said = {True: "yes", False: "**no**", None: ""}[reached(result)]
    ratio = shown(ratios(result)) if result["theirs"] else ""
    theirs = shown(result["theirs"]) if result["theirs"] else ""
    cells = (
        result["what"],
        f"{shown(result['ours'])} {result['unit']}",
        result["peer"],
        theirs,
        ratio,
        result["aim"],
        said,
    )
    return f"| {' | '.join(cells)} |\n"


def keep() -> Path:
    """Write what the parts measured last into the repository."""
    ends = ended()
    found = [result for name in ends for result in measured(name)]
    about = machine() | {"day": max(end["day"] for end in ends.values())}
    kept = {"machine": about, "ended": ends, "results": found}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return KEPT


if __name__ == "__main__":
    if not ended():
        sys.exit("nothing has been measured: run 'python -m benchmarks' first")
    print(keep())
