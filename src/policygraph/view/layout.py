"""Where the drawn names stand: the same graph and seed give the same picture.

Each connected part is laid out by itself, then the parts are set beside each
other, the largest first. With igraph small parts are laid out by stress (Kamada
and Kawai 1989), large ones by forces (Fruchterman and Reingold 1991); without
it networkx lays out small parts by forces, and large ones stand on rings.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

Point = tuple[float, float]
Edge = tuple[int, int]

_SPACING = 130.0
_STRETCH = 1.2  # wider than high, as screens are and labels need
_MOST_FOR_STRESS = _MOST_FOR_NETWORKX = 500
_CLEARANCE = 62.0
_CROWD = 6
_MOST_BESIDE = 5


def place(count: int, edges: Sequence[Edge], rings: Sequence[int] = (), seed: int = 0) -> list[Point]:
    """Positions, in pixels, of `count` nodes joined by `edges`.

    `rings` gives the kind of each node for the fallback that sets every kind on
    a ring of its own.

    >>> len(place(3, [(0, 1)]))
    3
    """
    parts = _parts(count, edges)
    boxes = []
    for part in parts:
        inner = {node: i for i, node in enumerate(part)}
        own = [(inner[a], inner[b]) for a, b in edges if a in inner]
        points = _one_part(len(part), own, [rings[n] if rings else 0 for n in part], seed)
        boxes.append((part, _spread(_staggered(points, own))))
    return _pack(boxes, count)


def attach(points: Sequence[Point], count: int, edges: Sequence[Edge]) -> list[Point]:
    """Places for `count` further nodes that leave the first ones where they are.

    Small groups that hang on a placed node stand beside it, all others below.
    Nodes are numbered on from the placed ones; `edges` may join any two.

    >>> len(attach([(0.0, 0.0), (90.0, 0.0)], 1, [(0, 2)]))
    3
    """
    first = len(points)
    inner = [(a - first, b - first) for a, b in edges if a >= first and b >= first]
    holds = {max(a, b): min(a, b) for a, b in edges if min(a, b) < first <= max(a, b)}
    out: list[Point] = [*points, *[(0.0, 0.0)] * count]
    apart: list[int] = []
    taken = list(points)
    for part in _parts(count, inner):
        nodes = [n + first for n in part]
        hung = [n for n in nodes if n in holds]
        if not hung or len(nodes) > _MOST_BESIDE:
            apart += nodes
            continue
        for node in sorted(nodes, key=lambda n: (n not in holds, n)):
            out[node] = _beside(out[holds.get(node, hung[0])], taken)
            taken.append(out[node])
    number = {node: i for i, node in enumerate(apart)}
    own = [(number[a], number[b]) for a, b in edges if a in number and b in number]
    left, below = min((x for x, _ in taken), default=0.0), max((y for _, y in taken), default=-_SPACING) + _SPACING
    for node, (x, y) in zip(apart, place(len(apart), own), strict=True):
        out[node] = (round(x + left, 1), round(y + below, 1))
    return out


def _beside(centre: Point, taken: Sequence[Point]) -> Point:
    """The first free place on a spiral around a node."""
    spot = centre
    for k in range(1, 600):
        angle, far = k * 2.4, 80 + 14 * math.sqrt(k * 6)
        spot = (round(centre[0] + far * math.cos(angle) * _STRETCH, 1), round(centre[1] + far * math.sin(angle), 1))
        if all(math.dist(spot, other) > _CLEARANCE for other in taken):
            break
    return spot


def _staggered(points: Sequence[Point], edges: Sequence[Edge]) -> list[Point]:
    """Set every second of many leaves around one node farther out, so that their names find room."""
    joined: dict[int, set[int]] = defaultdict(set)
    for a, b in edges:
        joined[a].add(b)
        joined[b].add(a)
    moved = list(points)
    for hub in sorted(joined):
        leaves = [n for n in joined[hub] if len(joined[n]) == 1]
        if len(leaves) < _CROWD:
            continue
        (x, y), turn = (
            points[hub],
            {n: math.atan2(points[n][1] - points[hub][1], points[n][0] - points[hub][0]) for n in leaves},
        )
        for n in sorted(leaves, key=lambda n: (turn[n], n))[::2]:
            moved[n] = (x + (points[n][0] - x) * 1.6, y + (points[n][1] - y) * 1.6)
    return moved


def _parts(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    joined: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        joined[a].append(b)
        joined[b].append(a)
    seen: set[int] = set()
    parts = []
    for start in range(count):
        if start in seen:
            continue
        part, queue = [], [start]
        seen.add(start)
        while queue:
            node = queue.pop()
            part.append(node)
            fresh = [n for n in dict.fromkeys(joined[node]) if n not in seen]
            seen.update(fresh)
            queue += fresh
        parts.append(sorted(part))
    return sorted(parts, key=lambda p: (-len(p), p[0]))


def _one_part(count: int, edges: Sequence[Edge], rings: Sequence[int], seed: int) -> list[Point]:
    if count <= 2:
        return [(i * _SPACING, 0.0) for i in range(count)]
    simple = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    points = _igraph(count, simple, seed) or _networkx(count, simple, seed) or _rings(rings)
    return _scaled(points, simple)


def _igraph(count: int, edges: Sequence[Edge], seed: int) -> list[Point] | None:
    try:
        import igraph
    except ImportError:
        return None
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        start = [_on_circle(i, count) for i in range(count)]
        graph = igraph.Graph(n=count, edges=list(edges))
        if count > _MOST_FOR_STRESS:
            grid = "grid" if count >= 1000 else "nogrid"
            coords = graph.layout_fruchterman_reingold(niter=300, seed=start, start_temp=1.5, grid=grid).coords
        else:
            coords = graph.layout_kamada_kawai(seed=start, weights=_lengths(graph.degree(), edges) or None).coords
        return [(x, y) for x, y in coords]
    finally:
        igraph.set_random_number_generator(random)


def _lengths(degrees: Sequence[int], edges: Sequence[Edge]) -> list[float]:
    """How long each line wants to be: longer between names with many lines, so that all find room around them.

    >>> _lengths([1, 4, 4], [(0, 1), (1, 2)])
    [1.0, 1.4]
    """
    return [round(0.6 + 0.2 * math.sqrt(degrees[a] * degrees[b]), 6) for a, b in edges]


def _networkx(count: int, edges: Sequence[Edge], seed: int) -> list[Point] | None:
    if count > _MOST_FOR_NETWORKX:
        return None
    try:
        import networkx as nx
        import numpy  # noqa: F401  (networkx lays out with it, but does not require it)
    except ImportError:
        return None
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(edges)
    start = {i: _on_circle(i, count) for i in range(count)}
    found = nx.spring_layout(graph, pos=start, seed=seed, iterations=80)
    return [(float(found[i][0]), float(found[i][1])) for i in range(count)]


def _rings(kinds: Sequence[int]) -> list[Point]:
    """Every kind of node on a ring of its own, the largest kind outside."""
    members: dict[int, list[int]] = defaultdict(list)
    for node, kind in enumerate(kinds):
        members[kind].append(node)
    points: list[Point] = [(0.0, 0.0)] * len(kinds)
    radius = 0.0
    for _, nodes in sorted(members.items(), key=lambda m: (len(m[1]), m[0])):
        radius = max(radius + 1.0, len(nodes) / (2 * math.pi))
        for i, node in enumerate(nodes):
            x, y = _on_circle(i, len(nodes))
            points[node] = (x * radius, y * radius)
    return points


def _on_circle(i: int, count: int) -> Point:
    angle = 2 * math.pi * i / max(count, 1)
    return math.cos(angle), math.sin(angle)


def _scaled(points: Sequence[Point], edges: Sequence[Edge]) -> list[Point]:
    """Scale so that the middling line has the usual length, and pull in what lies far out."""
    lengths = sorted(math.dist(points[a], points[b]) for a, b in edges)
    scale = _SPACING / (lengths[len(lengths) // 2] or 1.0) if lengths else _SPACING
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    moved = [((x - middle[0]) * scale, (y - middle[1]) * scale) for x, y in points]
    reach = sorted(math.hypot(*p) for p in moved)[int(len(moved) * 0.93)] or 1.0
    return [_pulled(p, reach) for p in moved]


def _pulled(point: Point, reach: float) -> Point:
    far = math.hypot(*point)
    factor = 1.0 if far <= reach else (reach + (far - reach) * 0.35) / far
    return point[0] * factor * _STRETCH, point[1] * factor


def _spread(points: Sequence[Point]) -> list[Point]:
    """Push apart nodes that would touch, a few rounds."""
    moved = [list(p) for p in points]
    order = range(len(moved))
    for _ in range(24 if len(moved) <= 400 else 4):
        touched = False
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i in order:
            cells[int(moved[i][0] // _CLEARANCE), int(moved[i][1] // _CLEARANCE)].append(i)
        for i in order:
            cx, cy = int(moved[i][0] // _CLEARANCE), int(moved[i][1] // _CLEARANCE)
            near = [j for dx in (-1, 0, 1) for dy in (-1, 0, 1) for j in cells.get((cx + dx, cy + dy), ()) if j > i]
            for j in near:
                touched |= _push(moved[i], moved[j], i + j)
        if not touched:
            break
    return [(x, y) for x, y in moved]


def _push(a: list[float], b: list[float], salt: int) -> bool:
    dx, dy = b[0] - a[0], b[1] - a[1]
    far = math.hypot(dx, dy)
    if far >= _CLEARANCE:
        return False
    if far < 1e-6:
        dx, dy = _on_circle(salt, 7)
        far = 1.0
    shift = (_CLEARANCE - min(far, _CLEARANCE)) / 2 + 0.5
    a[0], a[1] = a[0] - dx / far * shift, a[1] - dy / far * shift
    b[0], b[1] = b[0] + dx / far * shift, b[1] + dy / far * shift
    return True


def _pack(boxes: Sequence[tuple[list[int], list[Point]]], count: int) -> list[Point]:
    """Set the parts in rows, largest first, about as wide as high times the stretch."""
    sized = []
    for nodes, points in boxes:
        left, top = min(x for x, _ in points), min(y for _, y in points)
        width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
        sized.append((nodes, [(x - left, y - top) for x, y in points], width + _SPACING, height + _SPACING))
    area = sum(w * h for _, _, w, h in sized)
    row_width = max(max((w for _, _, w, _ in sized), default=0.0), math.sqrt(area) * _STRETCH)
    out: list[Point] = [(0.0, 0.0)] * count
    x = y = row = 0.0
    for nodes, points, width, height in sized:
        if x and x + width > row_width:
            x, y, row = 0.0, y + row, 0.0
        for node, (px, py) in zip(nodes, points, strict=True):
            out[node] = (round(x + px, 1), round(y + py, 1))
        x, row = x + width, max(row, height)
    return out
