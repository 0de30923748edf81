"""What a build found, for people and for `report.json`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policygraph import __version__
from policygraph.graph.store import EmbeddedStore


@dataclass(frozen=True)
class Report:
    """What a build found; `errors` are sources that could not be taken in."""

    out: Path
    counts: dict[str, int]
    modalities: dict[str, int]
    sources: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    seconds: float
    read_again: int
    changed: bool

    @property
    def exit_code(self) -> int:
        """0, or 1 where a source could not be taken in."""
        return 1 if self.errors else 0

    def as_json(self, title: str, started: dt.datetime) -> dict[str, Any]:
        """The content of `report.json`."""
        plain = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name != "out"}
        return {"policygraph": __version__, "title": title, "started": started.isoformat(), **plain}


def counts(store: EmbeddedStore) -> dict[str, int]:
    """How much a graph holds, by kind of thing."""

    def count(pattern: str) -> int:
        return int(store.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows[0][0])

    return {
        "sources": count("?x a pg:SourceDocument"),
        "claims": count("?x a pg:Claim"),
        "evidence": count("?x a pg:Evidence"),
        "entities": count("SELECT DISTINCT ?x { ?x pg:mentionedIn ?y }"),
        "events": _events(store),
        "reference records": count("GRAPH graph:reference { ?x a pg:Record }"),
        "edges": count("GRAPH graph:edges { ?s ?p ?o }"),
        "inferred": count("GRAPH graph:inferred { ?s ?p ?o }"),
        "triples": len(store),
    }


def _events(store: EmbeddedStore) -> int:
    """Events that sources tell of; those on record are counted with their tables."""
    found = store.select("SELECT (COUNT(DISTINCT ?it) AS ?n) { ?claim pg:subject ?it . ?it a pg:Event }")
    return int(found.rows[0][0])


def modalities(store: EmbeddedStore) -> dict[str, int]:
    """The number of claims by modality, the most first."""
    rows = store.select(
        "SELECT ?m (COUNT(?c) AS ?n) { ?c a pg:Claim ; pg:modality ?m } GROUP BY ?m ORDER BY DESC(?n) ?m"
    ).rows
    return {modality.rsplit("/", 1)[-1]: number for modality, number in rows}
