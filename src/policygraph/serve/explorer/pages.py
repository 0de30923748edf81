"""Gathers what a page shows, as plain dictionaries; templates do the rest."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph.generations import read_json
from policygraph.graph.terms import value
from policygraph.serve.explorer.reader import ServedGraph

Row = dict[str, Any]


@cache
def query(name: str) -> str:
    """The text of one of the explorer's queries."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def rows(graph: ServedGraph, name: str, thing: str | None = None) -> list[Row]:
    """The rows of a query about one thing."""
    bindings = {"thing": ox.NamedNode(thing)} if thing else None
    return list(graph.select(query(name), bindings))


def start(graph: ServedGraph, generation: Path) -> Row:
    """What is in the graph."""
    report = read_json(generation / "report.json")
    return {
        "title": report.get("title", "policygraph"),
        "counts": report.get("counts", {}),
        "modalities": report.get("modalities", {}),
        "sources": report.get("sources", []),
        "leading": rows(graph, "leading"),
    }


def search(graph: ServedGraph, words: str) -> list[Row]:
    """Things with these words in one of their names."""
    if not words.strip():
        return []
    return list(graph.select(query("search"), {"words": ox.Literal(words.strip().lower())}))


def entity(graph: ServedGraph, iri: str) -> Row | None:
    """Everything about one thing, or None where the graph does not know it."""
    known = rows(graph, "names", iri)
    if not known:
        return None
    claims = rows(graph, "claims", iri)
    return {
        "name": known[0]["name"],
        "types": _each(known, "type"),
        "others": [o for o in _each(known, "other") if o != known[0]["name"]],
        "definition": next(iter(_each(known, "definition")), None),
        "roles": rows(graph, "roles", iri),
        "relations": [(r, list(g)) for r, g in groupby(claims, key=lambda c: c["relation"])],
        "records": rows(graph, "records", iri),
        "claims": len({c["claim"] for c in claims}),
        "more": len(claims) >= 500,
    }


def document(graph: ServedGraph, doc_id: str) -> Row | None:
    """A source with every quote marked, or None where its text is not kept."""
    text = graph.source_text(doc_id)
    if text is None:
        return None
    iri = iris.document(doc_id)
    about = {q.predicate.value: value(q.object) for q in graph.scan(ox.NamedNode(iri))}

    def said(name: str) -> str | None:
        found = about.get(name)
        return None if found is None else str(found)

    spans = rows(graph, "spans", iri)
    return {
        "title": said(iris.DCTERMS + "title") or doc_id,
        "publisher": said(iris.DCTERMS + "publisher"),
        "published": said(iris.term("publishedOn")),
        "address": said(iris.DCTERMS + "source"),
        "pieces": pieces(text, spans),
        "spans": [(key, list(group)) for key, group in groupby(spans, key=lambda s: (s["start"], s["end"]))],
    }


def pieces(text: str, spans: Iterable[Row]) -> list[tuple[str, tuple[int, int] | None]]:
    """The text cut where marks begin and end, each piece with the shortest span that covers it.

    >>> pieces("abcdef", [{"start": 1, "end": 4}, {"start": 2, "end": 3}])
    [('a', None), ('b', (1, 4)), ('c', (2, 3)), ('d', (1, 4)), ('ef', None)]
    """
    marks = sorted({(s["start"], s["end"]) for s in spans if 0 <= s["start"] < s["end"] <= len(text)})
    cuts = sorted({0, len(text), *(c for mark in marks for c in mark)})
    found: list[tuple[str, tuple[int, int] | None]] = []
    active: list[tuple[int, int]] = []
    waiting = iter([*marks, None])
    coming = next(waiting)
    for begin, end in pairwise(cuts):
        active = [m for m in active if m[1] > begin]
        while coming is not None and coming[0] <= begin:
            active.append(coming)
            coming = next(waiting)
        found.append((text[begin:end], min(active, key=lambda m: (m[1] - m[0], m)) if active else None))
    return found


def _each(found: list[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(r[name]) for r in found if r.get(name)))
