"""Where the points of a drawing stand: forces first, then crowds opened and empty stretches closed."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from policygraph.network.model import Network


def layout(network: Network, shown: Sequence[int], seed: int) -> dict[int, tuple[float, float]]:
    """Where the nodes `shown` stand, by number; the same seed gives the same places."""
    import networkx as nx

    g = network.compact().undirected()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(shown)
    inside = set(shown)
    for s, t, w in zip(g.source, g.target, g.weight, strict=True):
        if s in inside and t in inside:
            graph.add_edge(s, t, weight=1 + 0.2 * w**0.5)
    # Loose threads keep parts without ties to each other on the same sheet.
    for part in sorted(nx.connected_components(graph), key=min):
        graph.add_edge(shown[0], min(part, key=shown.index), weight=0.4)
    graph.remove_edges_from([(shown[0], shown[0])])
    distance = 2.2 / max(1, len(shown)) ** 0.5
    found = nx.spring_layout(graph, seed=seed, k=distance, iterations=200)
    across, up = (_evened([float(found[n][axis]) for n in shown]) for axis in (0, 1))
    return dict(zip(shown, _apart(list(zip(across, up, strict=True))), strict=True))


def _evened(values: Sequence[float]) -> list[float]:
    """Half where the layout put them, half in even steps, from 0 to 1: crowds open and empty stretches close."""
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    step = {i: place / max(1, len(values) - 1) for place, i in enumerate(order)}
    low, span = min(values), (max(values) - min(values)) or 1.0
    return [0.5 * (value - low) / span + 0.5 * step[i] for i, value in enumerate(values)]


def _apart(spots: list[tuple[float, float]], rounds: int = 60) -> list[tuple[float, float]]:
    """Push points away from each other until none is nearer than a share of the even distance."""
    least = 0.6 / max(1.0, len(spots) ** 0.5)
    moved = [list(spot) for spot in spots]
    for _ in range(rounds):
        for i, one in enumerate(moved):
            for other in moved[:i]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                gap = (dx * dx + dy * dy) ** 0.5
                if gap < least:
                    # Two points in one spot part along a direction of their own.
                    ux, uy = (dx / gap, dy / gap) if gap else (cos(i), sin(i))
                    push = (least - gap) / 2
                    one[0], one[1] = one[0] + ux * push, one[1] + uy * push
                    other[0], other[1] = other[0] - ux * push, other[1] - uy * push
    return [(x, y) for x, y in moved]
