"""Incidents as they stand in a graph: written as quads, read back by scans.

Only what merges something is written: an event that stands alone on one report
is an incident of its own without a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.incidents.model import Incident
from policygraph.incidents.reports import article_copies
from policygraph.records import Counts
from policygraph.scanning import quads

if TYPE_CHECKING:
    import pyoxigraph as ox

    from policygraph.interfaces import GraphReader

_COUNTS = ("reportCount", "independentSourceCount", "copyCount")


def incident_quads(incidents: Iterable[Incident], label: str) -> Iterator[ox.Quad]:
    """A node in the graph `incidents` for each that merges something; `label` is the strategy with its version."""
    import pyoxigraph as ox

    graph = ox.NamedNode(iris.INCIDENTS_GRAPH)
    term = {name: ox.NamedNode(iris.term(name)) for name in (*_COUNTS, "groupsEvent", "mainEvent", "groupedBy")}
    kind, by = ox.NamedNode(iris.term("EventGroup")), ox.Literal(label)
    whole = ox.NamedNode(iris.XSD + "integer")
    for incident in incidents:
        if not incident.merged:
            continue
        node, counts = ox.NamedNode(incident.iri), incident.counts
        yield ox.Quad(node, ox.NamedNode(iris.RDF + "type"), kind, graph)
        yield ox.Quad(node, term["groupedBy"], by, graph)
        yield ox.Quad(node, term["mainEvent"], ox.NamedNode(incident.main), graph)
        for event in incident.events:
            yield ox.Quad(node, term["groupsEvent"], ox.NamedNode(event), graph)
        for name, number in zip(_COUNTS, (counts.reports, counts.sources, counts.copies), strict=True):
            yield ox.Quad(node, term[name], ox.Literal(str(number), datatype=whole), graph)


def copy_quads(reader: GraphReader) -> Iterator[ox.Quad]:
    """What the graph `incidents` says of articles that are copies of others."""
    import pyoxigraph as ox

    graph, copy_of = ox.NamedNode(iris.INCIDENTS_GRAPH), ox.NamedNode(iris.term("copyOf"))
    documents = [q.subject.value for q in quads(reader, iris.RDF + "type", iris.term("SourceDocument"))]
    days = {q.subject.value: q.object.value for q in quads(reader, iris.term("publishedOn"))}
    for document, (original, _) in sorted(article_copies(reader, documents, days).items()):
        if original != document:
            yield ox.Quad(ox.NamedNode(document), copy_of, ox.NamedNode(original), graph)


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
