"""The whole graph as one sorted TriG file: same content, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from policygraph.graph import naming as n
from policygraph.graph.results import FILE_PREFIXES
from policygraph.iris import INCIDENTS_GRAPH, is_imported


def sorted_quads(store: ox.Store, imported: bool = True) -> Iterator[ox.Quad]:
    """All quads by graph, subject, predicate (the type first) and object; one graph at a time in memory.

    `imported` says whether the graphs of data sets are among them.
    """
    graphs = sorted(store.named_graphs(), key=str)
    left_out = {name for graph in graphs if is_imported(name := str(graph)[1:-1])}
    # Incidents would speak of events that are not there.
    left_out |= {INCIDENTS_GRAPH} if left_out else set()
    for graph in graphs:
        if imported or str(graph)[1:-1] not in left_out:
            yield from in_order(store.quads_for_pattern(None, None, None, graph))


def in_order(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Quads of one graph in the order of the file."""
    return sorted(quads, key=lambda q: (str(q.subject), q.predicate != n.TYPE, q.predicate.value, str(q.object)))


def write_trig(store: ox.Store, path: Path) -> None:
    """Write every named graph as TriG with this project's prefixes.

    The graphs of data sets are left out: they may hold millions of events, and
    the files they came from say the same.
    """
    ox.serialize(sorted_quads(store, imported=False), str(path), format=ox.RdfFormat.TRIG, prefixes=FILE_PREFIXES)
