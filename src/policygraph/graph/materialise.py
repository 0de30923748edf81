"""Plain triples for what is asserted: the graph that most questions are asked of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph.edtf import bounds
from policygraph.graph.terms import to_term

#: Below this, a claim stays a claim and does not become a plain triple.
MIN_CONFIDENCE = 0.5

_ASSERTED = f"""
SELECT DISTINCT ?s ?p ?o {{ GRAPH ?document {{
  ?claim pg:modality m:asserted ; pg:confidence ?confidence ; pg:subject ?s ; pg:predicate ?p .
  {{ ?claim pg:object ?o }} UNION {{ ?claim pg:value ?o }}
  FILTER(?confidence >= {MIN_CONFIDENCE})
  FILTER NOT EXISTS {{ ?claim pg:claimStatus ?status FILTER(?status != status:active) }}
}} }}"""
Triple = tuple[ox.NamedNode, ox.NamedNode, n.Object]


def materialise(store: ox.Store) -> int:
    """Fill the `edges` graph anew from asserted, active claims; returns the number of edges.

    A claim counts from a confidence of 0.5. No other modality ever becomes a
    plain triple, and no triple that stands in another graph is written again.
    Claims of a date add the first and last possible day of what they date.
    """
    store.remove_graph(n.EDGES)
    triples = sorted(_edges(store), key=lambda t: (t[0].value, t[1].value, str(t[2])))
    store.bulk_extend(ox.Quad(*triple, n.EDGES) for triple in triples)
    return len(triples)


def _edges(store: ox.Store) -> set[Triple]:
    edges: set[Triple] = set()
    days: dict[ox.NamedNode, list[tuple[dt.date | None, dt.date | None]]] = {}
    for subject, predicate, object in _asserted(store):
        edges.add((subject, predicate, object))
        found = bounds(object.value) if predicate == n.pg("edtf") else None
        if found:
            days.setdefault(subject, []).append(found)
    for subject, spans in days.items():
        edges.update(_day_edges(subject, spans))
    return {edge for edge in edges if next(store.quads_for_pattern(*edge, None), None) is None}


def _day_edges(subject: ox.NamedNode, spans: list[tuple[dt.date | None, dt.date | None]]) -> Iterator[Triple]:
    """Where sources date a thing differently, its bounds span them all; an open end stays open."""
    first, last = [a for a, _ in spans if a], [b for _, b in spans if b]
    if len(first) == len(spans):
        yield subject, n.pg("earliest"), to_term(min(first))
    if len(last) == len(spans):
        yield subject, n.pg("latest"), to_term(max(last))


def _asserted(store: ox.Store) -> Iterator[Triple]:
    rows = store.query(_ASSERTED, prefixes=iris.PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT query gives nothing else
    for subject, predicate, object in rows:
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
            yield subject, predicate, object
