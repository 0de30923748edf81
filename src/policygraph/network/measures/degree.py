"""Degree: with how many others an actor has ties, and how heavy they are."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from policygraph.errors import UnknownNameError
from policygraph.network.compact import compact
from policygraph.network.measures.engine import by_node

DIRECTIONS = ("all", "in", "out")


def degree(graph: Any, *, direction: str = "all", weighted: bool = False) -> dict[Hashable, float]:
    """Number of ties of each node, or the sum of their weights.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        direction: `in`, `out`, or `all` for both; without meaning in undirected graphs.
        weighted: add weights up (strength) instead of counting.

    Returns:
        Node to degree, 0 to n - 1 for one direction (2n - 2 for both).

    Raises:
        UnknownNameError: no such direction.

    Notes:
        k_i = sum_j [w_ij > 0], strength s_i = sum_j w_ij. Parallel edges are one edge with
        the sum of their weights; loops are left out.

    References:
        Barrat, Barthélemy, Pastor-Satorras, Vespignani (2004), "The architecture of complex
        weighted networks", PNAS 101(11).

    >>> import networkx as nx
    >>> degree(nx.DiGraph([("a", "b"), ("c", "b")]), direction="in")
    {'a': 0.0, 'b': 2.0, 'c': 0.0}
    """
    if direction not in DIRECTIONS:
        raise UnknownNameError("direction", direction, DIRECTIONS)
    g = compact(graph)
    values = [0.0] * g.n
    outgoing = direction != "in" or not g.directed
    incoming = direction != "out" or not g.directed
    for s, t, w in zip(g.source, g.target, g.weight, strict=True):
        step = w if weighted else 1.0
        if outgoing:
            values[s] += step
        if incoming:
            values[t] += step
    return by_node(g, values)
