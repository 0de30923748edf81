"""Communities: groups with more ties inside than chance would give, and how stable they are."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any

from policygraph.errors import MissingExtraError, UnknownNameError, UsageError
from policygraph.network.compact import CompactGraph, compact
from policygraph.network.measures.agreement import adjusted_rand, normalised_mutual_information
from policygraph.network.measures.engine import pick, undefined

METHODS = ("auto", "leiden", "louvain")


@dataclass(frozen=True, slots=True)
class Communities:
    """The best partition found, and how the runs agree.

    `group` numbers communities from 0, the largest first. `nmi` and `ari` are means over all pairs
    of runs: near 1 the partition hardly depends on the seed; well below, read it with care.
    """

    group: dict[Hashable, int]
    modularity: float
    nmi: float
    ari: float
    method: str
    runs: int

    @property
    def sizes(self) -> list[int]:
        """Number of members of each community."""
        counts = Counter(self.group.values())
        return [counts[i] for i in range(len(counts))]


def communities(
    graph: Any, *, method: str = "auto", resolution: float = 1.0, runs: int = 20, seed: int = 0, engine: str = "auto"
) -> Communities:
    """Divide a network into communities by modularity.

    Args:
        graph: a Network, a networkx graph or a compact graph.
        method: `leiden` (needs igraph), `louvain`, or `auto` for Leiden where it can be had.
        resolution: above 1 more and smaller communities, below 1 fewer.
        runs: how many seeds to try; the partition with the highest modularity is kept.
        seed: where the seeds start; the same seed gives the same result.
        engine: `auto`, `igraph` or `networkx`.

    Raises:
        UsageError: the network has no ties, or a number is out of range.
        MissingExtraError: Leiden is asked for without igraph.

    Notes:
        Direction is left out: a -> b and b -> a add up. Q = 1 / 2m * sum over i, j of
        (w_ij - resolution * s_i s_j / 2m) for i and j in one community.

    References:
        Blondel, Guillaume, Lambiotte, Lefebvre (2008), "Fast unfolding of communities in large
        networks"; Traag, Waltman, van Eck (2019), "From Louvain to Leiden", Scientific Reports 9.

    >>> import networkx as nx
    >>> found = communities(nx.barbell_graph(4, 0), method="louvain", runs=3)
    >>> found.sizes, found.ari
    ([4, 4], 1.0)
    """
    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS)
    if runs < 1:
        raise UsageError(f"{runs} runs find nothing", hint="use 1 or more, such as 20")
    if not resolution > 0:
        raise UsageError(f"a resolution of {resolution:g} is not above 0", hint="use 1, or 2 for smaller communities")
    chosen = pick(engine)
    if method == "auto":
        method = "leiden" if chosen == "igraph" else "louvain"
    if method == "leiden" and chosen != "igraph":
        raise MissingExtraError("Leiden", "fast")
    g = compact(graph).undirected()
    if not g.m:
        raise undefined("a division into communities", "there are no ties", "widen the projection")
    found = [_ordered(_run(g, method, chosen, resolution, seed + i)) for i in range(runs)]
    scored = [modularity(g, groups, resolution=resolution) for groups in found]
    best = max(range(len(found)), key=lambda i: (scored[i], -i))
    pairs = list(combinations(found, 2))
    return Communities(
        group=dict(zip(g.names, found[best], strict=True)),
        modularity=scored[best],
        nmi=fmean(normalised_mutual_information(a, b) for a, b in pairs) if pairs else 1.0,
        ari=fmean(adjusted_rand(a, b) for a, b in pairs) if pairs else 1.0,
        method=method,
        runs=len(found),
    )


def _run(g: CompactGraph, method: str, engine: str, resolution: float, seed: int) -> list[int]:
    if engine == "networkx":
        import networkx as nx

        parts = nx.community.louvain_communities(g.networkx(), weight="weight", resolution=resolution, seed=seed)
        groups = [0] * g.n
        for number, members in enumerate(parts):
            for node in members:
                groups[node] = number
        return groups
    import igraph as ig

    ig.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        graph = g.igraph()
        if method == "louvain":
            return list(graph.community_multilevel(weights="weight", resolution=resolution).membership)
        return list(
            graph.community_leiden(
                objective_function="modularity", weights="weight", resolution=resolution, n_iterations=-1
            ).membership
        )
    finally:
        ig.set_random_number_generator(random)


def _ordered(groups: Sequence[int]) -> list[int]:
    """Communities numbered by size, then by their first member."""
    counts = Counter(groups)
    first = {group: groups.index(group) for group in counts}
    order = sorted(counts, key=lambda group: (-counts[group], first[group]))
    number = {group: i for i, group in enumerate(order)}
    return [number[group] for group in groups]


def modularity(graph: Any, groups: Sequence[int], *, resolution: float = 1.0) -> float:
    """Modularity of a division, at most 1; 0 as by chance. `groups` follows the order of the nodes.

    References:
        Newman and Girvan (2004), "Finding and evaluating community structure in networks",
        Physical Review E 69; Reichardt and Bornholdt (2006) for the resolution.

    >>> import networkx as nx
    >>> modularity(nx.Graph([(0, 1), (2, 3)]), [0, 0, 1, 1])
    0.5
    """
    g = compact(graph).undirected()
    total = sum(g.weight)
    if not total:
        raise undefined("modularity", "there are no ties", "widen the projection")
    strength: dict[int, float] = defaultdict(float)
    inside = 0.0
    for s, t, w in zip(g.source, g.target, g.weight, strict=True):
        strength[groups[s]] += w
        strength[groups[t]] += w
        inside += w if groups[s] == groups[t] else 0.0
    return inside / total - resolution * sum(s * s for s in strength.values()) / (4 * total * total)
