"""The seams between rooms: what a room may ask of a graph without knowing the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    import pyoxigraph as ox

    from policygraph.table import Table


class GraphReader(Protocol):
    """A graph that can be read: embedded on disk, in memory, or behind an endpoint.

    The default graph is always the union of all named graphs.
    """

    def select(self, sparql: str, bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None) -> Table:
        """Answer a SELECT query; `bindings` fix variables to values, never by text."""
        ...

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT query as they come, for answers that are too long to be kept."""
        ...

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads that fit the pattern, in no given order."""
        ...

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        ...

    def source_text(self, doc_id: str) -> str | None:
        """The stored text of a source document, where this graph keeps it."""
        ...


@runtime_checkable
class GraphwiseReader(GraphReader, Protocol):
    """A graph whose named graphs can each be read cheaply by themselves."""

    def pairs(self, predicate: str, graph: str) -> Iterator[tuple[str, str]]:
        """Subject and object of every triple of one named graph with a property."""
        ...

    def count(self, predicate: str, graph: str) -> int:
        """How many triples of one named graph have a property."""
        ...
