"""The served graph for the rooms that read a graph: queries go through the pool and its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from policygraph.graph import sparql as text
from policygraph.graph.results import table
from policygraph.graph.store import EmbeddedStore
from policygraph.serve.service import Service
from policygraph.table import Table

Bindings = Mapping[str, ox.NamedNode | ox.Literal]


class ServedGraph:
    """A `GraphReader` for use in a thread beside the server's loop.

    Patterns are read from the store itself: they are ours and bounded. Queries
    run in a worker like everybody's.
    """

    def __init__(self, service: Service, loop: asyncio.AbstractEventLoop) -> None:
        self._service, self._loop = service, loop
        folder = service.folder
        self._store = EmbeddedStore.read(folder / "store", folder / "sources")

    def select(self, sparql: str, bindings: Bindings | None = None) -> Table:
        """Answer a SELECT query within the server's limits; raises `PoolError` beyond them."""
        bound = text.bind(sparql, bindings)[0].encode()
        answer = asyncio.run_coroutine_threadsafe(self._service.query(bound), self._loop).result()
        source: Any = answer.file or answer.body
        options = {"path": source} if answer.file else {"input": source}
        found = ox.parse_query_results(format=ox.QueryResultsFormat.JSON, **options)
        return table(found) if isinstance(found, ox.QuerySolutions) else Table((), [])

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads that fit the pattern."""
        return self._store.scan(subject, predicate, object, graph)

    def source_text(self, doc_id: str) -> str | None:
        """The stored text of a source document."""
        return self._store.source_text(doc_id)
