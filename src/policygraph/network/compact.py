"""The simple graph that measures run on: numbered nodes, one weighted edge a pair.

How parallel edges collapse: every edge of a pair, whatever its predicate,
modality or statement, adds its weight; the sum is the weight of the one edge.
Edges of an undirected graph add up whichever way they are stored. An edge of an
actor with itself says nothing about its position and is left out.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from policygraph.errors import UsageError

#: Distances are whole multiples of 1/232792560 (the least common multiple of 1 to
#: 20), so that lengths of paths add up exactly in floating point and two equally
#: long paths are equal for every engine.
DISTANCE_UNITS = 232_792_560


@dataclass(slots=True)
class CompactGraph:
    """Nodes 0 to n - 1 named by `names`; edge i runs from `source[i]` to `target[i]`.

    `built` caches the graph in an engine's own form.
    """

    names: Sequence[Hashable]
    directed: bool
    source: array[int]
    target: array[int]
    weight: array[float]
    built: dict[str, Any] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.names)

    @property
    def m(self) -> int:
        """Number of edges."""
        return len(self.source)

    def networkx(self) -> Any:
        """As networkx graph with attributes `weight` and `distance`; nodes are numbers."""
        if "networkx" not in self.built:
            import networkx as nx

            graph: Any = nx.DiGraph() if self.directed else nx.Graph()
            graph.add_nodes_from(range(self.n))
            distances = self.distances()
            graph.add_edges_from(
                (s, t, {"weight": w, "distance": d})
                for s, t, w, d in zip(self.source, self.target, self.weight, distances, strict=True)
            )
            self.built["networkx"] = graph
        return self.built["networkx"]

    def igraph(self) -> Any:
        """As igraph graph with edge attributes `weight` and `distance`, without a networkx round trip."""
        if "igraph" not in self.built:
            import igraph as ig

            edges = list(zip(self.source, self.target, strict=True))
            graph = ig.Graph(n=self.n, edges=edges, directed=self.directed)
            graph.es["weight"] = self.weight
            graph.es["distance"] = self.distances()
            self.built["igraph"] = graph
        return self.built["igraph"]

    def distances(self) -> list[float]:
        """Length of each edge, 1 / weight, in units of 1 / `DISTANCE_UNITS`.

        Newman (2001), "Scientific collaboration networks II": a strong tie is a short one.
        """
        return [float(max(1, round(DISTANCE_UNITS / w))) if w > 0 else float("inf") for w in self.weight]

    def undirected(self) -> CompactGraph:
        """The same nodes with a -> b and b -> a added up to one edge."""
        if not self.directed:
            return self
        if "undirected" not in self.built:
            self.built["undirected"] = collapse(self.names, False, self.source, self.target, self.weight)
        return self.built["undirected"]  # type: ignore[no-any-return]


def collapse(
    names: Sequence[Hashable], directed: bool, source: Sequence[int], target: Sequence[int], weight: Sequence[float]
) -> CompactGraph:
    """Add parallel edges up; edges come out in the order of their ends.

    >>> g = collapse(["a", "b"], True, [0, 0, 1], [1, 1, 1], [1.0, 2.0, 9.0])
    >>> list(g.source), list(g.target), list(g.weight)
    ([0], [1], [3.0])
    """
    n = len(names)
    total: dict[int, float] = {}
    for s, t, w in zip(source, target, weight, strict=True):
        if s != t:
            key = s * n + t if directed or s < t else t * n + s
            total[key] = total.get(key, 0.0) + w
    keys = sorted(total)
    return CompactGraph(
        names,
        directed,
        array("q", [k // n for k in keys]),
        array("q", [k % n for k in keys]),
        array("d", [total[k] for k in keys]),
    )


def compact(graph: Any, weight: str = "weight") -> CompactGraph:
    """Whatever holds a network, as a compact graph.

    Takes a compact graph, a `Network`, or any networkx graph; edges without the
    weight attribute weigh 1. Nodes keep the order of the graph.

    Raises:
        UsageError: it is none of these, or a weight is not a positive number.
    """
    if isinstance(graph, CompactGraph):
        return graph
    if hasattr(graph, "compact"):
        return graph.compact()  # type: ignore[no-any-return]
    if not hasattr(graph, "edges") or not hasattr(graph, "is_directed"):
        raise UsageError(f"{type(graph).__name__} is not a network", hint="pass a Network or a networkx graph")
    names = list(graph)
    at = {name: i for i, name in enumerate(names)}
    edges = [(at[s], at[t], float(w)) for s, t, w in graph.edges(data=weight, default=1.0)]
    for s, t, w in edges:
        if not 0 < w < float("inf"):
            raise UsageError(f"the edge {names[s]!r} to {names[t]!r} weighs {w}", hint="weights must be above 0")
    return collapse(names, graph.is_directed(), [e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges])
