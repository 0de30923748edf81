"""How closely knit a network is around its nodes: clustering and cores."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from policygraph.network.compact import compact
from policygraph.network.measures.engine import by_node, in_order, pick


def clustering(graph: Any, *, engine: str = "auto") -> dict[Hashable, float]:
    """Share of a node's pairs of contacts that have a tie with each other.

    Returns:
        Node to value, 0 to 1; 0 for a node with fewer than two contacts.

    Notes:
        C_i = 2 T_i / (k_i (k_i - 1)) with T_i triangles through i. Direction, weight and number of
        parallel edges do not count.

    References:
        Watts and Strogatz (1998), "Collective dynamics of 'small-world' networks", Nature 393.

    >>> import networkx as nx
    >>> clustering(nx.complete_graph(3))
    {0: 1.0, 1: 1.0, 2: 1.0}
    """
    g = compact(graph).undirected()
    if pick(engine) == "networkx":
        import networkx as nx

        return by_node(g, in_order(g, nx.clustering(g.networkx())))
    return by_node(g, g.igraph().transitivity_local_undirected(mode="zero") if g.n else [])


def core_number(graph: Any, *, engine: str = "auto") -> dict[Hashable, float]:
    """The largest k for which a node belongs to a part where everybody has k contacts in it.

    Returns:
        Node to k, from 0.

    Notes:
        Direction, weight and number of parallel edges do not count.

    References:
        Seidman (1983), "Network structure and minimum degree", Social Networks 5;
        Batagelj and Zaveršnik (2003), "An O(m) algorithm for cores decomposition of networks".

    >>> import networkx as nx
    >>> core_number(nx.path_graph(3))
    {0: 1.0, 1: 1.0, 2: 1.0}
    """
    g = compact(graph).undirected()
    if pick(engine) == "networkx":
        import networkx as nx

        return by_node(g, in_order(g, nx.core_number(g.networkx()))) if g.n else {}
    return by_node(g, [float(k) for k in g.igraph().coreness()])
