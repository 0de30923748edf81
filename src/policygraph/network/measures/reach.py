"""How many nodes can reach each node, for whole networks at once."""

from __future__ import annotations

from policygraph.network.compact import CompactGraph


def can_reach(graph: CompactGraph) -> list[int]:
    """Number of other nodes from which each node can be reached.

    Nodes that reach each other share their answer; between such groups, sets of
    nodes are united as bits of one integer along the order of the groups.

    >>> from policygraph.network.compact import collapse
    >>> can_reach(collapse("abc", True, [0, 1], [1, 2], [1.0, 1.0]))
    [0, 1, 2]
    """
    g = graph.igraph()
    groups = g.connected_components(mode="strong" if graph.directed else "weak").membership
    count = max(groups, default=-1) + 1
    members = [0] * count
    sizes = [0] * count
    for node, group in enumerate(groups):
        sizes[group] += 1
        members[group] |= 1 << node if graph.directed and count > 1 else 0
    if count == 1 or not graph.directed:
        return [sizes[group] - 1 for group in groups]
    into: list[set[int]] = [set() for _ in range(count)]
    for s, t in zip(graph.source, graph.target, strict=True):
        if groups[s] != groups[t]:
            into[groups[t]].add(groups[s])
    reached = _united(members, into)
    return [reached[group].bit_count() - 1 for group in groups]


def _united(members: list[int], into: list[set[int]]) -> list[int]:
    """Each group's members with those of all groups before it."""
    done: list[int | None] = [None] * len(members)
    for start in range(len(members)):
        stack = [start]
        while stack:
            group = stack[-1]
            waiting = [g for g in into[group] if done[g] is None]
            if waiting:
                stack += waiting
                continue
            stack.pop()
            if done[group] is None:
                total = members[group]
                for before in into[group]:
                    total |= done[before] or 0
                done[group] = total
    return [bits or 0 for bits in done]
