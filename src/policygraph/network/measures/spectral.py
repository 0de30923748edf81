"""Measures that give weight to ties with weighty others: PageRank, eigenvector, Katz, HITS."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from policygraph.errors import UsageError
from policygraph.network.compact import CompactGraph, collapse, compact
from policygraph.network.measures.engine import by_node, in_order, pick, undefined

_STEPS = 20_000
_TOLERANCE = 1e-14


def pagerank(
    graph: Any, *, damping: float = 0.85, weighted: bool = True, engine: str = "auto"
) -> dict[Hashable, float]:
    """Share of time that a random walker along the ties spends at a node.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        damping: chance to follow a tie rather than to jump anywhere.
        weighted: follow ties in proportion to their weight.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Node to value; the values add up to 1.

    Notes:
        p(v) = (1 - d) / n + d * sum over u -> v of p(u) w(u, v) / s_out(u); a node without ties
        outwards jumps anywhere. Ties *received* raise the value. Parallel edges are one edge with
        the sum of their weights; undirected ties are walked both ways.

    References:
        Brin and Page (1998), "The anatomy of a large-scale hypertextual Web search engine".

    >>> import networkx as nx
    >>> ranks = pagerank(nx.DiGraph([("a", "c"), ("b", "c")]))
    >>> max(ranks, key=ranks.get)
    'c'
    """
    g = compact(graph)
    if not g.n:
        return {}
    weight = "weight" if weighted else None
    if pick(engine) == "networkx":
        import networkx as nx

        try:
            ranks = nx.pagerank(g.networkx(), alpha=damping, weight=weight, max_iter=_STEPS, tol=_TOLERANCE)
        except ImportError:
            return by_node(g, _walk(g, damping, weighted))
        return by_node(g, in_order(g, ranks))
    found = g.igraph().pagerank(damping=damping, weights=weight, directed=g.directed)
    return by_node(g, found)


def _walk(g: CompactGraph, damping: float, weighted: bool) -> list[float]:
    """PageRank by repeated steps, for installations without scipy, which networkx asks for."""
    ties = list(zip(g.source, g.target, g.weight if weighted else [1.0] * g.m, strict=True))
    if not g.directed:
        ties += [(t, s, w) for s, t, w in ties]
    sent = [0.0] * g.n
    for s, _, w in ties:
        sent[s] += w
    value = [1.0 / g.n] * g.n
    for _ in range(_STEPS):
        jumping = sum(v for v, out in zip(value, sent, strict=True) if not out)
        after = [(1 - damping + damping * jumping) / g.n] * g.n
        for s, t, w in ties:
            after[t] += damping * value[s] * w / sent[s]
        change = sum(abs(a - b) for a, b in zip(after, value, strict=True))
        value = after
        if change < _TOLERANCE * g.n:
            break
    return value


def eigenvector(graph: Any, *, weighted: bool = True, engine: str = "auto") -> dict[Hashable, float]:
    """Centrality as the sum of the centralities of those who have ties to the node.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: count ties by weight.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Node to value; the squares add up to 1.

    Raises:
        UsageError: the vector is not unique (the network falls into parts or, with direction, not
            everybody reaches everybody), or it was not found.

    Notes:
        The vector x with lambda x = A^T x for the largest lambda: ties *received* count. Parallel
        edges are one edge with the sum of their weights.

    References:
        Bonacich (1987), "Power and centrality: a family of measures", American Journal of
        Sociology 92(5).

    >>> import networkx as nx
    >>> {n: round(v, 3) for n, v in eigenvector(nx.path_graph(3)).items()}
    {0: 0.5, 1: 0.707, 2: 0.5}
    """
    import networkx as nx

    g = compact(graph)
    if not g.n:
        return {}
    whole = g.m and (nx.is_strongly_connected if g.directed else nx.is_connected)(g.networkx())
    if not whole:
        why = "not every actor reaches every other" if g.directed else "the network falls into parts"
        raise undefined("eigenvector centrality", why, "use pagerank or katz, which every network has")
    weight = "weight" if weighted else None
    if pick(engine) == "igraph":
        # True also for undirected graphs: igraph 1.0 reads False as a mode it does not know.
        found = g.igraph().eigenvector_centrality(directed=True, weights=weight)
        length = sum(value * value for value in found) ** 0.5
        return by_node(g, [abs(value) / length for value in found])
    try:
        values = nx.eigenvector_centrality(g.networkx(), max_iter=_STEPS, tol=_TOLERANCE, weight=weight)
    except nx.PowerIterationFailedConvergence:
        raise undefined("eigenvector centrality", f"no value after {_STEPS:,} steps", "use pagerank") from None
    return by_node(g, in_order(g, values))


def katz(
    graph: Any, *, alpha: float | None = None, weighted: bool = True, engine: str = "auto"
) -> dict[Hashable, float]:
    """Number of walks that end at a node, longer ones counting less.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        alpha: how much each further step counts; must be below 1 / lambda. By default 0.85 over the
            largest (weighted) degree, which always is.
        weighted: count ties by weight.
        engine: taken for symmetry; igraph has no Katz centrality, networkx does the work.

    Returns:
        Node to value; the squares add up to 1.

    Raises:
        UsageError: alpha is too large for the sum to have a value.

    Notes:
        x = alpha A^T x + 1: ties *received* count. Parallel edges are one edge with the sum of
        their weights.

    References:
        Katz (1953), "A new status index derived from sociometric analysis", Psychometrika 18.

    >>> import networkx as nx
    >>> values = katz(nx.DiGraph([("a", "c"), ("b", "c")]))
    >>> max(values, key=values.get)
    'c'
    """
    import networkx as nx

    pick(engine)
    g = compact(graph)
    if not g.n:
        return {}
    step = 0.85 / _bound(g, weighted) if alpha is None else alpha
    weight = "weight" if weighted else None
    try:
        values = nx.katz_centrality(g.networkx(), alpha=step, max_iter=_STEPS, tol=_TOLERANCE, weight=weight)
    except (nx.PowerIterationFailedConvergence, OverflowError):
        raise undefined(
            "Katz centrality", f"alpha={step:g} is above 1 / lambda", f"use alpha below {1 / _bound(g, weighted):.3g}"
        ) from None
    return by_node(g, in_order(g, values))


def _bound(graph: CompactGraph, weighted: bool) -> float:
    """No eigenvalue exceeds the largest row sum, nor the largest column sum."""
    rows, columns = [0.0] * graph.n, [0.0] * graph.n
    for s, t, w in zip(graph.source, graph.target, graph.weight, strict=True):
        step = w if weighted else 1.0
        rows[s] += step
        columns[t] += step
        if not graph.directed:
            rows[t] += step
            columns[s] += step
    return min(max(rows), max(columns)) or 1.0


def hits(
    graph: Any, *, weighted: bool = True, engine: str = "auto"
) -> tuple[dict[Hashable, float], dict[Hashable, float]]:
    """Hubs, who have ties to good authorities, and authorities, to whom good hubs have ties.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        weighted: count ties by weight.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        Hub values and authority values by node; each adds up to 1.

    Raises:
        UsageError: the values are not unique, because senders and receivers fall into groups that
            share no ties.

    Notes:
        h = A a, a = A^T h, for the largest singular value of A; found as the eigenvector of the
        graph of senders and receivers. Parallel edges are one edge with the sum of their weights.

    References:
        Kleinberg (1999), "Authoritative sources in a hyperlinked environment", J. ACM 46(5).

    >>> import networkx as nx
    >>> hubs, authorities = hits(nx.DiGraph([("a", "c"), ("b", "c")]))
    >>> round(hubs["a"], 6), round(authorities["c"], 6)
    (0.5, 1.0)
    """
    g = compact(graph)
    if not g.n:
        return {}, {}
    if not g.m:
        raise undefined("HITS", "there are no ties", "widen the projection")
    parts = _senders_and_receivers(g)
    try:
        values = eigenvector(parts, weighted=weighted, engine=engine)
    except UsageError:
        why = "senders and receivers fall into groups that share no ties"
        raise undefined("HITS", why, "use pagerank, which every network has") from None
    hubs = _shares([values.get(("sends", i), 0.0) for i in range(g.n)])
    authorities = _shares([values.get(("receives", i), 0.0) for i in range(g.n)])
    return by_node(g, hubs), by_node(g, authorities)


def _senders_and_receivers(g: CompactGraph) -> CompactGraph:
    """Each node split in two, tied by what the one half sends to another's other half.

    The eigenvector of this undirected graph holds hubs and authorities side by side.
    """
    ties = list(zip(g.source, g.target, g.weight, strict=True))
    if not g.directed:
        ties += [(t, s, w) for s, t, w in ties]
    names = sorted({("receives", t) for _, t, _ in ties} | {("sends", s) for s, _, _ in ties})
    at = {name: i for i, name in enumerate(names)}
    senders, receivers = [at["sends", s] for s, _, _ in ties], [at["receives", t] for _, t, _ in ties]
    return collapse(names, False, senders, receivers, [w for _, _, w in ties])


def _shares(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
