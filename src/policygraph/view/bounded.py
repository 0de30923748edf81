"""Keeps a page small beside millions of coded events: of data sets it is given the newest events between known names.

A page carries some ten thousand statements; what it leaves out it need not read.
Articles and reference tables are never cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from policygraph import iris

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader
    from policygraph.table import Table

#: Events of data sets that a page is made from.
MOST_EVENTS = 20_000
_EVENT, _RECORD, _UNLINKED = iris.ID + "event/", iris.ID + "record/", iris.ID + "actor/"
_SIDES = ("hasActor", "hasRecipient")


def bounded(reader: GraphReader, focus: Sequence[str] = (), most: int = MOST_EVENTS) -> tuple[GraphReader, int]:
    """A reader with at most so many events of data sets, and how many it hides.

    Events of `focus` come first, then those of the newest months whose
    recipient is known to the reference data.
    """
    months = Counter(quad.graph_name.value for quad in _quads(reader, "originalCode"))
    if months.total() <= most:
        return reader, 0
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
        import pyoxigraph as ox

        self._reader = reader
        recorded = ox.NamedNode(iris.term("recordedIn"))
        found: Iterator[Any] = (q for e in events for q in reader.scan(subject=ox.NamedNode(e), predicate=recorded))
        reports = {quad.object.value for quad in found}
        self._kept = events | reports

    def scan(self, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None) -> Iterator[Any]:
        """As that of the graph."""
        kept = self._kept
        quads: Iterator[Any] = self._reader.scan(subject, predicate, object, graph)
        for quad in quads:
            name = quad.subject.value
            if name in kept or not (name.startswith((_EVENT, _RECORD)) and _is_coded(quad)):
                yield quad

    def select(self, sparql: str, bindings: Any = None) -> Table:
        """As that of the graph, hidden events included."""
        return self._reader.select(sparql, bindings)

    def graphs(self) -> list[str]:
        """As those of the graph."""
        return self._reader.graphs()

    def source_text(self, doc_id: str) -> str | None:
        """As that of the graph."""
        return self._reader.source_text(doc_id)
