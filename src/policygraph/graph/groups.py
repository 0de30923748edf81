"""What an event counts for as an incident, in words: the reports that were merged with it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from policygraph.graph import naming as n
from policygraph.graph.names import label
from policygraph.graph.terms import value
from policygraph.interfaces import GraphReader
from policygraph.records import Counts

#: More incidents than this are counted, not told one by one.
_TOLD = 3


def group_of(reader: GraphReader, event: ox.NamedNode) -> tuple[ox.NamedNode, Counts] | None:
    """The main event of the incident that an event was merged into, and its reports; None where it stands alone."""
    for quad in reader.scan(None, n.pg("groupsEvent"), event):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        said = {q.predicate: q.object for q in reader.scan(quad.subject)}
        numbers = (value(said.get(n.pg(name))) for name in ("reportCount", "independentSourceCount", "copyCount"))
        main = said.get(n.pg("mainEvent"), event)
        if isinstance(main, ox.NamedNode):
            return main, Counts(*(int(number or 0) for number in numbers))
    return None


def counted(reader: GraphReader, nodes: Iterable[str]) -> str:
    """One sentence on the incidents that some claims and events belong to; empty where nothing was merged."""
    found: dict[ox.NamedNode, Counts] = {}
    for node in dict.fromkeys(nodes):
        for event in _events(reader, ox.NamedNode(node)):
            group = group_of(reader, event)
            if group:
                found.setdefault(*group)
    told = [f"{label(reader, main)}: {found[main].words}" for main in sorted(found, key=lambda main: main.value)]
    more = [f"and {len(told) - _TOLD:,} more incidents"] if len(told) > _TOLD else []
    return "counted together: " + "; ".join([*told[:_TOLD], *more]) if told else ""


def _events(reader: GraphReader, node: ox.NamedNode) -> list[ox.NamedNode]:
    """The node itself, and what it says something of where it is a claim."""
    subjects = (q.object for q in reader.scan(node, n.pg("subject")))
    return [node, *(subject for subject in subjects if isinstance(subject, ox.NamedNode))]
