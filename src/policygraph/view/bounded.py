"""Keeps a page small beside millions of coded events: of data sets it is given the newest events between known names.

A page carries some ten thousand statements; what it leaves out it need not read.
Articles and reference tables are never cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from policygraph import iris
from policygraph.scanning import graphs_with

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader
    from policygraph.table import Table

#: Events of data sets that a page is made from.
MOST_EVENTS = 20_000
_EVENT, _RECORD, _UNLINKED = iris.ID + "event/", iris.ID + "record/", iris.ID + "actor/"
_RECORDED_IN, _TYPE = iris.term("recordedIn"), iris.RDF + "type"
_SIDES = ("hasActor", "hasRecipient")
_MONTHS = f"""
SELECT ?graph (COUNT(*) AS ?events) {{
  GRAPH ?graph {{ ?event pg:originalCode ?code }} FILTER(STRSTARTS(STR(?graph), "{iris.DATASET_GRAPHS}"))
}} GROUP BY ?graph"""


def bounded(reader: GraphReader, focus: Sequence[str] = (), most: int = MOST_EVENTS) -> tuple[GraphReader, int]:
    """A reader with at most so many events of data sets, and how many it hides.

    Events of `focus` come first, then those of the newest months whose
    recipient is known to the reference data.
    """
    if next(islice(_quads(reader, "originalCode"), most, None), None) is None:
        return reader, 0
    months = Counter({str(graph): events for graph, events in reader.rows(_MONTHS)})
    kept: set[str] = set()
    for event in _chosen(reader, focus, sorted(months, reverse=True)):
        kept.add(event)
        if len(kept) >= most:
            break
    return _Bounded(reader, frozenset(kept)), months.total() - len(kept)


def _chosen(reader: GraphReader, focus: Sequence[str], months: Sequence[str]) -> Iterator[str]:
    import pyoxigraph as ox

    for name in focus:
        for label in ("prefLabel", "altLabel"):
            for named in reader.scan(predicate=ox.NamedNode(iris.SKOS + label), object=ox.Literal(name)):
                for side in _SIDES:
                    yield from (quad.subject.value for quad in _quads(reader, side, object=named.subject))
    for month in months:
        for quad in _quads(reader, "hasRecipient", graph=ox.NamedNode(month)):
            if not quad.object.value.startswith(_UNLINKED):
                yield quad.subject.value


def _quads(reader: GraphReader, name: str, **pattern: Any) -> Iterator[Any]:
    """What data sets say with a property of the ontology."""
    import pyoxigraph as ox

    return (quad for quad in reader.scan(predicate=ox.NamedNode(iris.term(name)), **pattern) if _is_coded(quad))


def _is_coded(quad: Any) -> bool:
    return bool(getattr(quad.graph_name, "value", "").startswith(iris.DATASET_GRAPHS))


class _Bounded:
    """A graph without most events of its data sets, and without the reports that only those rest on."""

    def __init__(self, reader: GraphReader, events: frozenset[str]) -> None:
        self._reader = reader
        self._said: dict[str, list[Any]] = {}
        self._graphs: dict[str, list[str]] = {}
        reports = {quad.object.value for quad in self._take_in(events) if quad.predicate.value == _RECORDED_IN}
        self._kept = events | reports
        for _ in self._take_in(reports):
            pass

    def _take_in(self, nodes: Iterable[str]) -> Iterator[Any]:
        """What is said of what is kept, by property: read once, and never found again among all that is hidden."""
        import pyoxigraph as ox

        for node in sorted(nodes):
            quads: Iterator[Any] = self._reader.scan(subject=ox.NamedNode(node))
            for quad in quads:
                if _is_coded(quad):
                    self._said.setdefault(quad.predicate.value, []).append(quad)
                yield quad

    def scan(self, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None) -> Iterator[Any]:
        """As that of the graph."""
        # Few things are looked up by an object, but for the members of a class.
        if subject is graph is None and predicate and (object is None or predicate.value == _TYPE):
            return self._column(predicate, object)
        quads: Iterator[Any] = self._reader.scan(subject, predicate, object, graph)
        return (quad for quad in quads if self._shows(quad))

    def _shows(self, quad: Any) -> bool:
        name = quad.subject.value
        return name in self._kept or not (name.startswith((_EVENT, _RECORD)) and _is_coded(quad))

    def _column(self, predicate: Any, object: Any) -> Iterator[Any]:
        """All quads with a property: those outside data sets, and those of what is kept."""
        import pyoxigraph as ox

        name = predicate.value
        if name not in self._graphs:
            self._graphs[name] = graphs_with(self._reader, name)[name]
        for graph in self._graphs[name]:
            if not graph.startswith(iris.DATASET_GRAPHS):
                yield from self._reader.scan(predicate=predicate, object=object, graph=ox.NamedNode(graph))
        yield from (quad for quad in self._said.get(name, ()) if object in (None, quad.object))

    def select(self, sparql: str, bindings: Any = None) -> Table:
        """As that of the graph, hidden events included."""
        return self._reader.select(sparql, bindings)

    def graphs(self) -> list[str]:
        """As those of the graph."""
        return self._reader.graphs()

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """As that of the graph, hidden events included."""
        return self._reader.rows(sparql)

    def source_text(self, doc_id: str) -> str | None:
        """As that of the graph."""
        return self._reader.source_text(doc_id)
