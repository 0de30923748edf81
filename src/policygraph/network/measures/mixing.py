"""Measures of a whole network: density, reciprocity, assortativity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

from policygraph.network.compact import CompactGraph, compact
from policygraph.network.measures.engine import pick, scipy_needed, undefined


def density(graph: Any) -> float:
    """Share of the possible pairs that have a tie, 0 to 1; parallel edges are one.

    >>> import networkx as nx
    >>> density(nx.complete_graph(4))
    1.0

    Raises:
        UsageError: there are fewer than two nodes.
    """
    g = compact(graph)
    if g.n < 2:
        raise undefined("density", "there are fewer than two actors", "widen the projection")
    return g.m / (g.n * (g.n - 1) / (1 if g.directed else 2))


def reciprocity(graph: Any, *, engine: str = "auto") -> float:
    """Share of the ties that are returned, 0 to 1.

    Raises:
        UsageError: ties have no direction, or there are none.

    Notes:
        r = |{(i, j): i -> j and j -> i}| / |{(i, j): i -> j}|; parallel edges are one.

    References:
        Wasserman and Faust (1994), Social Network Analysis, chapter 13.

    >>> import networkx as nx
    >>> round(reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")])), 3)
    0.667
    """
    g = compact(graph)
    if not g.directed:
        raise undefined("reciprocity", "these ties have no direction", "use the layer claims or events")
    if not g.m:
        raise undefined("reciprocity", "there are no ties", "widen the projection")
    if pick(engine) == "networkx":
        import networkx as nx

        return float(nx.overall_reciprocity(g.networkx()))
    return float(g.igraph().reciprocity())


def degree_assortativity(graph: Any, *, engine: str = "auto") -> float:
    """Correlation of the degrees at the two ends of ties, -1 to 1.

    Positive: the busy deal with the busy. With direction, the out-degree of the source is held
    against the in-degree of the target.

    Raises:
        UsageError: all ends have the same degree, so that nothing can correlate.

    Notes:
        Pearson's r over edges; parallel edges are one, weights do not count.

    References:
        Newman (2003), "Mixing patterns in networks", Physical Review E 67.

    >>> import networkx as nx
    >>> round(degree_assortativity(nx.path_graph(4)), 3)
    -0.5
    """
    g = compact(graph)
    if not _varied(g):
        raise undefined("degree assortativity", "the ends of all ties have the same degree", "look at density instead")
    if pick(engine) == "networkx":
        import networkx as nx

        def call() -> Any:
            return nx.degree_assortativity_coefficient(g.networkx(), x="out", y="in")

        return float(scipy_needed("Degree assortativity", call))
    return float(g.igraph().assortativity_degree(directed=g.directed))


def _varied(g: CompactGraph) -> bool:
    out, into = Counter(g.source), Counter(g.target)
    if not g.directed:
        out = into = out + into
        return len({out[n] for n in (*g.source, *g.target)}) > 1
    return len({out[s] for s in g.source}) > 1 and len({into[t] for t in g.target}) > 1


def attribute_assortativity(graph: Any, groups: Mapping[Hashable, str], *, engine: str = "auto") -> float:
    """How far ties keep to one group (country, class, bloc), up to 1; 0 as by chance.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        groups: node to group; nodes without one form the group ''.
        engine: `auto`, `igraph` or `networkx`.

    Raises:
        UsageError: there are no ties, or all ends are of one group.

    Notes:
        r = (tr e - ||e^2||) / (1 - ||e^2||), e the share of ties between each two groups; parallel
        edges are one, weights do not count.

    References:
        Newman (2003), "Mixing patterns in networks", Physical Review E 67.

    >>> import networkx as nx
    >>> attribute_assortativity(nx.Graph([(1, 2), (3, 4)]), {1: "a", 2: "a", 3: "b", 4: "b"})
    1.0
    """
    g = compact(graph)
    labels = [str(groups.get(name, "")) for name in g.names]
    if len({labels[n] for n in (*g.source, *g.target)}) < 2:
        raise undefined("assortativity", "the ends of all ties are of one group", "choose another grouping")
    if pick(engine) == "networkx":
        import networkx as nx

        plain = g.networkx().copy()
        nx.set_node_attributes(plain, dict(enumerate(labels)), "group")
        found = scipy_needed("Assortativity", lambda: nx.attribute_assortativity_coefficient(plain, "group"))
        return float(found)
    number = {label: i for i, label in enumerate(sorted(set(labels)))}
    return float(g.igraph().assortativity_nominal([number[x] for x in labels], directed=g.directed))
