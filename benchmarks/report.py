"""The results of a run as a page for the documentation: `python -m benchmarks.report` keeps the last run.

It writes `benchmarks/results.json`, from which the page is made whenever the documentation is built.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import RESULTS, ratios, reached, shown

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
        found[result["part"], result["what"], result["peer"]] = result
    return list(found.values())


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
    text = _HEAD + f"Taken on {about['day']}, {about['processors']} processors, Python {about['python']}"
    text += f", {libraries}.\n" if libraries else ".\n"
    for part in dict.fromkeys(result["part"] for result in kept["results"]):
        text += (
            f"\n## {part[:1].upper() + part[1:]}\n\n| what | policygraph | beside | takes | ratio | aim | reached |\n"
        )
        text += "|---|---|---|---|---|---|---|\n"
        for result in kept["results"]:
            if result["part"] == part:
                text += _row(result)
    return text


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
    """Write the last run into the repository."""
    results = latest(RESULTS.read_text(encoding="utf-8").splitlines())
    KEPT.write_text(
        json.dumps({"machine": machine(), "results": results}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    return KEPT


if __name__ == "__main__":
    print(keep())
