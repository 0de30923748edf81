"""Structural holes: how far an actor's contacts are tied to each other (Burt)."""

from __future__ import annotations

from collections.abc import Hashable
from math import nan
from typing import Any

from policygraph.network.compact import compact
from policygraph.network.measures.engine import by_node, in_order, pick


def constraint(graph: Any, *, weighted: bool = True, engine: str = "auto") -> dict[Hashable, float]:
    """How much an actor's ties lead back to the same group; low values mark brokers.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: count ties by weight.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Node to value, about 0 to 1.125; nan for a node without ties, which has none.

    Notes:
        c_i = sum over j of (p_ij + sum over q of p_iq p_qj)^2 with p_ij the share of j in the ties
        of i, both directions added up. Parallel edges are one edge with the sum of their weights.

    References:
        Burt (1992), Structural Holes: The Social Structure of Competition, chapter 2.

    >>> import networkx as nx
    >>> constraint(nx.star_graph(3))[0]
    0.3333333333333333
    """
    g = compact(graph).undirected()
    weight = "weight" if weighted else None
    if not g.m:
        return by_node(g, [nan] * g.n)
    if pick(engine) == "networkx":
        import networkx as nx

        return by_node(g, in_order(g, nx.constraint(g.networkx(), weight=weight)))
    found = g.igraph().constraint(weights=weight)
    return by_node(g, [nan if value is None else value for value in found])


def effective_size(graph: Any, *, weighted: bool = True, engine: str = "auto") -> dict[Hashable, float]:
    """Number of an actor's contacts less those that are redundant.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: count ties by weight.
        engine: taken for symmetry; igraph has no effective size, networkx does the work.

    Returns:
        Node to value, up to its number of contacts; nan for a node without ties, which has none.

    Notes:
        e_i = sum over j of (1 - sum over q of p_iq m_jq), m_jq being the tie of j with q over j's
        strongest; both directions added up. Unweighted: contacts less their mean number of ties
        with each other (Borgatti 1997). Parallel edges are one edge with the sum of their weights.

    References:
        Burt (1992), Structural Holes, chapter 2; Borgatti (1997), "Structural holes: unpacking
        Burt's redundancy measures", Connections 20(1).

    >>> import networkx as nx
    >>> effective_size(nx.star_graph(3), weighted=False)[0]
    3.0
    """
    import networkx as nx

    pick(engine)
    g = compact(graph).undirected()
    weight = "weight" if weighted else None
    if not g.m:
        return by_node(g, [nan] * g.n)
    return by_node(g, in_order(g, nx.effective_size(g.networkx(), weight=weight)))
