"""Measures of friendly and hostile ties: signed degree and structural balance."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from policygraph.errors import UsageError
from policygraph.network.measures.engine import undefined


@dataclass(frozen=True, slots=True)
class SignedPairs:
    """Node names and, for each ordered pair of numbers, its friendly and hostile weight."""

    names: list[Hashable]
    weight: dict[tuple[int, int], tuple[float, float]]


def signed_pairs(graph: Any) -> SignedPairs:
    """Add up friendly and hostile weight of each pair of a Network or a networkx graph.

    Edges of a networkx graph carry `sign` (1, 0 or -1) and may carry `weight`.

    Raises:
        UsageError: edges without a sign.
    """
    if hasattr(graph, "ties"):
        ties = graph.ties
        names: list[Hashable] = [node.iri for node in graph.nodes]
        edges = zip(ties.source, ties.target, ties.weight, ties.sign, strict=True)
        return SignedPairs(names, _added(edges))
    names = list(graph)
    at = {name: i for i, name in enumerate(names)}
    rows = [(at[s], at[t], data.get("weight", 1.0), data.get("sign")) for s, t, data in graph.edges(data=True)]
    if any(row[3] not in (-1, 0, 1) for row in rows):
        raise UsageError("an edge has no sign", hint="set the attribute 'sign' to 1, 0 or -1")
    return SignedPairs(names, _added(rows))


def _added(edges: Any) -> dict[tuple[int, int], tuple[float, float]]:
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for s, t, weight, sign in edges:
        if s != t and sign:
            friendly, hostile = found.get((s, t), (0.0, 0.0))
            found[s, t] = (friendly + weight, hostile) if sign > 0 else (friendly, hostile + weight)
    return found


@dataclass(frozen=True, slots=True)
class SignedDegree:
    """Weight of friendly and hostile ties sent and received."""

    positive_out: float = 0.0
    negative_out: float = 0.0
    positive_in: float = 0.0
    negative_in: float = 0.0

    @property
    def net(self) -> float:
        """Friendly less hostile weight, both directions."""
        return self.positive_out + self.positive_in - self.negative_out - self.negative_in


def signed_degree(graph: Any, *, weighted: bool = True) -> dict[Hashable, SignedDegree]:
    """Friendly and hostile ties that each node sends and receives.

    Args:
        graph: a Network, or a networkx graph with `sign` on its edges.
        weighted: add weights up instead of counting pairs.

    Returns:
        Node to degrees; a pair with ties of both signs counts on both sides.

    Notes:
        d+_out(i) = sum over j of w+_ij, and so on; neutral ties do not count. Parallel edges add up
        by sign.

    References:
        Wasserman and Faust (1994), Social Network Analysis, chapter 6 (signed graphs).

    >>> import networkx as nx
    >>> g = nx.DiGraph([("a", "b", {"sign": -1})])
    >>> signed_degree(g)["b"].negative_in
    1.0
    """
    pairs = signed_pairs(graph)
    totals = [[0.0] * 4 for _ in pairs.names]
    for (s, t), weights in pairs.weight.items():
        for side, weight in enumerate(weights):
            step = weight if weighted else float(weight > 0)
            totals[s][side] += step
            totals[t][2 + side] += step
    return {name: SignedDegree(*row) for name, row in zip(pairs.names, totals, strict=True)}


@dataclass(frozen=True, slots=True)
class Balance:
    """Triangles by their number of friendly ties; `share` of them is balanced."""

    ppp: int
    ppn: int
    pnn: int
    nnn: int

    @property
    def triangles(self) -> int:
        """All signed triangles."""
        return self.ppp + self.ppn + self.pnn + self.nnn

    @property
    def share(self) -> float:
        """Balanced triangles (+++ and +--) over all.

        Raises:
            UsageError: there are no triangles.
        """
        if not self.triangles:
            raise undefined(
                "structural balance", "no three actors all have signed ties with each other", "look at signed_degree"
            )
        return (self.ppp + self.pnn) / self.triangles


def structural_balance(graph: Any) -> Balance:
    """Counts triangles in which the friend of a friend is a friend, and the like.

    Args:
        graph: a Network, or a networkx graph with `sign` on its edges.

    Notes:
        Both directions and parallel edges are added up; the sign of a pair is that of friendly less
        hostile weight, and a pair that comes out even has none. +++ and +-- are balanced.

    References:
        Cartwright and Harary (1956), "Structural balance: a generalization of Heider's theory",
        Psychological Review 63(5).

    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b", {"sign": 1}), ("b", "c", {"sign": -1}), ("a", "c", {"sign": -1})])
    >>> structural_balance(g).share
    1.0
    """
    pairs = signed_pairs(graph)
    net: dict[tuple[int, int], float] = {}
    for (s, t), (friendly, hostile) in pairs.weight.items():
        key = (min(s, t), max(s, t))
        net[key] = net.get(key, 0.0) + friendly - hostile
    signs = {key: 1 if value > 0 else -1 for key, value in net.items() if value}
    above: list[set[int]] = [set() for _ in pairs.names]
    for a, b in signs:
        above[a].add(b)
    counts = [0] * 4
    for a, b in signs:
        for c in above[a] & above[b]:
            friendly_ties = (signs[a, b] > 0) + (signs[b, c] > 0) + (signs[a, c] > 0)
            counts[friendly_ties] += 1
    return Balance(ppp=counts[3], ppn=counts[2], pnn=counts[1], nnn=counts[0])
