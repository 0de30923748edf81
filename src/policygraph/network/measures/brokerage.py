"""Brokerage between groups: the five roles of Gould and Fernandez."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from policygraph.network.compact import compact


class Roles(NamedTuple):
    """How often a node brokers, by role."""

    coordinator: int = 0
    itinerant: int = 0
    gatekeeper: int = 0
    representative: int = 0
    liaison: int = 0

    @property
    def total(self) -> int:
        """All roles together."""
        return sum(self)


def brokerage(graph: Any, groups: Mapping[Hashable, str]) -> dict[Hashable, Roles]:
    """Counts the roles that each node plays between others who have no direct tie.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        groups: node to its group (country, bloc); a node without one takes part in no role.

    Returns:
        Node to counts: coordinator (a, b and c of one group), itinerant (a and c of one, b of
        another), gatekeeper (b and c of one: b lets a in), representative (a and b of one: b
        speaks for a), liaison (three groups).

    Notes:
        b brokers between a and c when a -> b -> c and not a -> c, a != c. Ties without direction
        run both ways, so that each pair counts twice. Parallel edges are one; weights do not count.

    References:
        Gould and Fernandez (1989), "Structures of mediation: a formal approach to brokerage in
        transaction networks", Sociological Methodology 19.

    >>> import networkx as nx
    >>> brokerage(nx.DiGraph([("a", "b"), ("b", "c")]), {"a": "x", "b": "y", "c": "y"})["b"].gatekeeper
    1
    """
    g = compact(graph)
    after: list[set[int]] = [set() for _ in range(g.n)]
    before: list[set[int]] = [set() for _ in range(g.n)]
    for s, t in zip(g.source, g.target, strict=True):
        for a, b in [(s, t)] if g.directed else [(s, t), (t, s)]:
            after[a].add(b)
            before[b].add(a)
    group = [groups.get(name) or None for name in g.names]
    return {name: _roles(b, after, before, group) for b, name in enumerate(g.names)}


def _roles(b: int, after: list[set[int]], before: list[set[int]], group: list[str | None]) -> Roles:
    counts = [0] * 5
    own = group[b]
    if own is None:
        return Roles()
    for a in before[b]:
        theirs = group[a]
        if theirs is None:
            continue
        for c in after[b] - after[a]:
            other = group[c]
            if other is not None and c != a:
                counts[_role(theirs, own, other)] += 1
    return Roles(*counts)


def _role(a: str, b: str, c: str) -> int:
    if a == c:
        return 0 if a == b else 1
    if b == c:
        return 2
    return 3 if a == b else 4
