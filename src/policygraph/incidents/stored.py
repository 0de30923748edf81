"""Incidents as they stand in a graph: written as quads, read back by scans.

Only what merges something is written: an event that stands alone on one report
is an incident of its own without a node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.incidents.model import Grouped, Incident
from policygraph.incidents.reports import article_copies
from policygraph.records import Counts
from policygraph.scanning import quads

if TYPE_CHECKING:
    import pyoxigraph as ox

    from policygraph.interfaces import GraphReader

_COUNTS = ("reportCount", "independentSourceCount", "copyCount")


def incident_quads(reader: GraphReader, grouped: Grouped) -> Iterator[ox.Quad]:
    """The content of the graph `incidents`: one node for each that merges something, and which articles are copies."""
    import pyoxigraph as ox

    graph = ox.NamedNode(iris.INCIDENTS_GRAPH)
    term = {
        name: ox.NamedNode(iris.term(name)) for name in (*_COUNTS, "groupsEvent", "mainEvent", "groupedBy", "copyOf")
    }
    kind, label = ox.NamedNode(iris.term("EventGroup")), ox.Literal(grouped.strategy.label)
    whole = ox.NamedNode(iris.XSD + "integer")
    for incident in grouped.incidents:
        if not incident.merged:
            continue
        node, counts = ox.NamedNode(incident.iri), incident.counts
        yield ox.Quad(node, ox.NamedNode(iris.RDF + "type"), kind, graph)
        yield ox.Quad(node, term["groupedBy"], label, graph)
        yield ox.Quad(node, term["mainEvent"], ox.NamedNode(incident.main), graph)
        for event in incident.events:
            yield ox.Quad(node, term["groupsEvent"], ox.NamedNode(event), graph)
        for name, number in zip(_COUNTS, (counts.reports, counts.sources, counts.copies), strict=True):
            yield ox.Quad(node, term[name], ox.Literal(str(number), datatype=whole), graph)
    for copy, original in _copies(reader):
        yield ox.Quad(ox.NamedNode(copy), term["copyOf"], ox.NamedNode(original), graph)


def _copies(reader: GraphReader) -> Iterator[tuple[str, str]]:
    documents = [q.subject.value for q in quads(reader, iris.RDF + "type", iris.term("SourceDocument"))]
    days = {q.subject.value: q.object.value for q in quads(reader, iris.term("publishedOn"))}
    for document, (original, _) in sorted(article_copies(reader, documents, days).items()):
        if original != document:
            yield document, original


def read_incidents(reader: GraphReader) -> tuple[str, list[Incident]]:
    """The strategy with its version, and the incidents that stand in a graph; the reports of each are not read."""
    label = ""
    for quad in quads(reader, iris.term("groupedBy")):
        label = max(label, quad.object.value)
    members: dict[str, list[str]] = {}
    for quad in quads(reader, iris.term("groupsEvent")):
        members.setdefault(quad.subject.value, []).append(quad.object.value)
    main = {q.subject.value: q.object.value for q in quads(reader, iris.term("mainEvent"))}
    numbers: dict[str, dict[str, int]] = {name: {} for name in _COUNTS}
    for name in _COUNTS:
        numbers[name] = {q.subject.value: int(q.object.value) for q in quads(reader, iris.term(name))}
    found = [
        Incident(tuple(sorted(events)), main[node], Counts(*(numbers[name].get(node, 0) for name in _COUNTS)), ())
        for node, events in members.items()
        if node in main
    ]
    return label, sorted(found, key=lambda incident: incident.events)
