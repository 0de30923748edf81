"""Measures over shortest paths: betweenness, closeness and harmonic centrality.

Unweighted by default: a path is as long as it has steps. Weighted, a tie is
1 / weight long, so that strong ties are short (see `compact.distances`).
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from policygraph.network.compact import DISTANCE_UNITS, CompactGraph, compact
from policygraph.network.measures.engine import by_node, in_order, pick
from policygraph.network.measures.reach import can_reach
from policygraph.network.measures.shares import shared_betweenness


def betweenness(graph: Any, *, weighted: bool = False, engine: str = "auto") -> dict[Hashable, float]:
    """Share of the shortest paths between others that pass through a node.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: paths of length 1 / weight a tie instead of 1.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Node to value, 0 to 1: divided by the (n - 1)(n - 2) ordered pairs of others, or half as
        many where ties have no direction; 0 where there are fewer than three nodes.

    Notes:
        c_B(v) = sum over s != v != t of sigma(s, t | v) / sigma(s, t). Paths follow the direction
        of ties. Parallel edges are one edge with the sum of their weights.

    References:
        Freeman (1977), "A set of measures of centrality based on betweenness", Sociometry 40;
        Brandes (2001), "A faster algorithm for betweenness centrality", J. Math. Sociology 25(2).

    >>> import networkx as nx
    >>> betweenness(nx.path_graph(3))
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    g = compact(graph)
    if g.n < 3 or not g.m:
        return by_node(g, [0.0] * g.n)
    distance = "distance" if weighted else None
    if pick(engine) == "networkx":
        import networkx as nx

        return by_node(g, in_order(g, nx.betweenness_centrality(g.networkx(), weight=distance)))
    raw = shared_betweenness(g.igraph(), distance)
    pairs = (g.n - 1) * (g.n - 2) / (1 if g.directed else 2)
    return by_node(g, [value / pairs for value in raw])


def closeness(graph: Any, *, weighted: bool = False, engine: str = "auto") -> dict[Hashable, float]:
    """How near a node is to those that can reach it.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: paths of length 1 / weight a tie instead of 1.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Node to value; 0 to 1 unless weighted; 0 for a node that nobody reaches.

    Notes:
        With r nodes that reach v, C(v) = r / (n - 1) * r / sum of d(u, v): Wasserman and Faust's
        form, which compares nodes of different parts. Distances are those *towards* the node.
        Parallel edges are one edge with the sum of their weights.

    References:
        Freeman (1979), "Centrality in social networks", Social Networks 1;
        Wasserman and Faust (1994), Social Network Analysis, p. 201.

    >>> import networkx as nx
    >>> closeness(nx.DiGraph([("a", "b"), ("b", "c")]))["c"]
    0.6666666666666666
    """
    g = compact(graph)
    if not g.m:
        return by_node(g, [0.0] * g.n)
    unit = DISTANCE_UNITS if weighted else 1
    distance = "distance" if weighted else None
    if pick(engine) == "networkx":
        import networkx as nx

        found = in_order(g, nx.closeness_centrality(g.networkx(), distance=distance))
        return by_node(g, [value * unit for value in found])
    inverse = g.igraph().closeness(mode="in", weights=distance, normalized=False)
    reached = can_reach(g)
    values = [r * r / (g.n - 1) * c * unit if r else 0.0 for r, c in zip(reached, inverse, strict=True)]
    return by_node(g, values)


def harmonic(graph: Any, *, weighted: bool = False, engine: str = "auto") -> dict[Hashable, float]:
    """Mean nearness of all others to a node; those who cannot reach it count 0.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: paths of length 1 / weight a tie instead of 1.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Node to value; 0 to 1 unless weighted. Better behaved than closeness in networks that
        fall into parts.

    Notes:
        H(v) = 1 / (n - 1) * sum over u != v of 1 / d(u, v). Distances are those *towards* the
        node. Parallel edges are one edge with the sum of their weights.

    References:
        Boldi and Vigna (2014), "Axioms for centrality", Internet Mathematics 10.

    >>> import networkx as nx
    >>> harmonic(nx.path_graph(3))
    {0: 0.75, 1: 1.0, 2: 0.75}
    """
    g = compact(graph)
    if not g.m:
        return by_node(g, [0.0] * g.n)
    unit = DISTANCE_UNITS if weighted else 1
    distance = "distance" if weighted else None
    if pick(engine) == "networkx":
        import networkx as nx

        found = in_order(g, nx.harmonic_centrality(g.networkx(), distance=distance))
        return by_node(g, [value * unit / (g.n - 1) for value in found])
    found = g.igraph().harmonic_centrality(mode="in", weights=distance, normalized=True)
    return by_node(g, [value * unit for value in found])


def nearest_paths(graph: CompactGraph, start: int, end: int) -> list[list[int]]:
    """All shortest paths in steps from one node to another, as lists of nodes.

    >>> import networkx as nx
    >>> nearest_paths(compact(nx.cycle_graph(4)), 0, 2)
    [[0, 1, 2], [0, 3, 2]]
    """
    import networkx as nx

    try:
        return sorted(nx.all_shortest_paths(graph.networkx(), start, end))
    except nx.NetworkXNoPath:
        return []
