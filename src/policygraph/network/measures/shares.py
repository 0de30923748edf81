"""Betweenness of a large network in shares: the paths from one set of starts after another, on all cores.

Betweenness is a sum over where paths start (Brandes 2001, "A faster algorithm for betweenness
centrality", section 4), so the shares can be counted apart. They are always as many, and added up
in their order: the result does not depend on the number of cores.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from policygraph.child import cores
from policygraph.network.children import spread

SHARES = 24
#: Below this many nodes times edges the whole is counted in one go: starting processes costs more than it saves.
WORTH_IT = 100_000_000


def shared_betweenness(graph: Any, weights: str | None) -> list[float]:
    """What `graph.betweenness(weights=weights)` of an igraph graph gives, up to the last bits.

    Raises:
        PolicyGraphError: a child process died.

    >>> import igraph
    >>> shared_betweenness(igraph.Graph.Ring(5), None)
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    if graph.vcount() * graph.ecount() < WORTH_IT:
        return graph.betweenness(directed=graph.is_directed(), weights=weights)  # type: ignore[no-any-return]
    workers = min(cores(), SHARES)
    if workers == 1:
        found = dict(_count(graph, weights, range(SHARES)))
    else:
        jobs = [_dump(graph, weights, range(place, SHARES, workers)) for place in range(workers)]
        blocks = spread(__name__, jobs, 8 * (1 + graph.vcount()))
        found = {array("q", block[:8])[0]: array("d", block[8:]) for block in blocks}
    return [sum(column) for column in zip(*(found[share] for share in range(SHARES)), strict=True)]


def _count(graph: Any, weights: str | None, shares: Sequence[int]) -> Iterator[tuple[int, array[float]]]:
    for share in shares:
        starts = range(share, graph.vcount(), SHARES)
        counted = graph.betweenness(directed=graph.is_directed(), weights=weights, sources=list(starts))
        yield share, array("d", counted)


def _dump(graph: Any, weights: str | None, shares: Sequence[int]) -> bytes:
    edges = array("q", (end for edge in graph.get_edgelist() for end in edge))
    lengths = array("d", graph.es[weights] if weights else ())
    head = array("q", [graph.vcount(), graph.is_directed(), bool(weights), len(shares), *shares])
    return array("q", [len(head)]).tobytes() + head.tobytes() + lengths.tobytes() + edges.tobytes()


def _load(stream: BinaryIO) -> tuple[Any, str | None, list[int]]:
    import igraph as ig

    head = array("q", stream.read(8 * array("q", stream.read(8))[0]))
    n, directed, weighted, count = head[:4]
    rest = stream.read()
    lengths = array("d")
    if weighted:
        lengths.frombytes(rest[: len(rest) // 3])
    ends = array("q", rest[8 * len(lengths) :])
    graph = ig.Graph(n=n, edges=list(zip(ends[::2], ends[1::2], strict=True)), directed=bool(directed))
    if weighted:
        graph.es["distance"] = lengths
    return graph, "distance" if weighted else None, list(head[4 : 4 + count])


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Work off a job: for each share its number and the nodes' counts, as raw numbers."""
    graph, weights, shares = _load(source)
    for share, counted in _count(graph, weights, shares):
        target.write(array("q", [share]).tobytes() + counted.tobytes())
        target.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
