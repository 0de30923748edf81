"""Counts an incident once for each pair, however many reports it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.network import scan
from policygraph.network.ties import Ties

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader


def read_groups(reader: GraphReader) -> dict[str, tuple[str, bool]]:
    """Event to the group that it was merged into, and whether it is the group's main event."""
    main = {quad.object.value for quad in scan.quads(reader, iris.term("mainEvent"))}
    pattern = scan.quads(reader, iris.term("groupsEvent"))
    return {quad.object.value: (quad.subject.value, quad.object.value in main) for quad in pattern}


def once_an_incident(ties: Ties, groups: dict[str, tuple[str, bool]]) -> Ties:
    """One tie for each pair and incident: that of the main event where it has one, else of the first by name.

    The claims and records of the others stay with it, so that its evidence is that
    of all reports. Ties of nothing that was merged stay as they are.
    """
    best: dict[tuple[int, int, str], int] = {}
    others: dict[int, list[int]] = {}
    kept: list[int] = []
    units = ties.units.values

    def rank(row: int) -> tuple[bool, str]:
        unit = units[ties.unit[row]]
        return not groups.get(unit, ("", False))[1], unit

    for row in sorted(range(len(ties)), key=rank):
        group = groups.get(units[ties.unit[row]])
        first = best.setdefault((ties.source[row], ties.target[row], group[0]), row) if group else row
        if first == row:
            kept.append(row)
        else:
            others.setdefault(first, []).append(row)
    kept.sort()
    taken = ties.take(kept)
    for at, row in enumerate(kept):
        more = [claim for other in others.get(row, ()) for claim in ties.claims[other]]
        taken.claims[at] = tuple(dict.fromkeys((*taken.claims[at], *sorted(more))))
    return taken
