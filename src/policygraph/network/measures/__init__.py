"""The measures, one module a family; each takes a Network, a networkx graph or a compact graph."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from policygraph.errors import UnknownNameError
from policygraph.network.measures.agreement import adjusted_rand, normalised_mutual_information
from policygraph.network.measures.brokerage import Roles, brokerage
from policygraph.network.measures.cohesion import clustering, core_number
from policygraph.network.measures.communities import Communities, communities, modularity
from policygraph.network.measures.degree import degree
from policygraph.network.measures.holes import constraint, effective_size
from policygraph.network.measures.mixing import attribute_assortativity, degree_assortativity, density, reciprocity
from policygraph.network.measures.pathbased import betweenness, closeness, harmonic
from policygraph.network.measures.signed import Balance, SignedDegree, signed_degree, structural_balance
from policygraph.network.measures.spectral import eigenvector, hits, katz, pagerank

__all__ = [
    "MEASURES",
    "Balance",
    "Communities",
    "Roles",
    "SignedDegree",
    "adjusted_rand",
    "attribute_assortativity",
    "betweenness",
    "brokerage",
    "closeness",
    "clustering",
    "communities",
    "constraint",
    "core_number",
    "degree",
    "degree_assortativity",
    "density",
    "effective_size",
    "eigenvector",
    "harmonic",
    "hits",
    "katz",
    "measure",
    "modularity",
    "normalised_mutual_information",
    "pagerank",
    "reciprocity",
    "signed_degree",
    "structural_balance",
]

Values = dict[Hashable, float]


def _degree(graph: Any, *, engine: str, direction: str, weighted: bool) -> Values:
    return degree(graph, direction=direction, weighted=weighted)


def _hits(graph: Any, *, engine: str, side: int) -> Values:
    return hits(graph, engine=engine)[side]


#: Measures that give each node a number, by name.
MEASURES: dict[str, Callable[..., Values]] = {
    "degree": partial(_degree, direction="all", weighted=False),
    "in_degree": partial(_degree, direction="in", weighted=False),
    "out_degree": partial(_degree, direction="out", weighted=False),
    "strength": partial(_degree, direction="all", weighted=True),
    "in_strength": partial(_degree, direction="in", weighted=True),
    "out_strength": partial(_degree, direction="out", weighted=True),
    "pagerank": pagerank,
    "betweenness": betweenness,
    "weighted_betweenness": partial(betweenness, weighted=True),
    "closeness": closeness,
    "weighted_closeness": partial(closeness, weighted=True),
    "harmonic": harmonic,
    "eigenvector": eigenvector,
    "katz": katz,
    "hub": partial(_hits, side=0),
    "authority": partial(_hits, side=1),
    "constraint": constraint,
    "effective_size": effective_size,
    "clustering": clustering,
    "core_number": core_number,
}
#: Measures for which a low value marks the central actor.
LOW_IS_CENTRAL = frozenset({"constraint", "clustering"})


def measure(name: str) -> Callable[..., Values]:
    """The measure of that name; call it with a graph and `engine`.

    >>> import networkx as nx
    >>> measure("degree")(nx.path_graph(2), engine="networkx")
    {0: 1.0, 1: 1.0}

    Raises:
        UnknownNameError: there is none; near names are offered.
    """
    if name not in MEASURES:
        raise UnknownNameError("measure", name, MEASURES)
    return MEASURES[name]
