"""The served graph for the rooms that read a graph: queries go through the pool and its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph import sparql as text
from policygraph.graph.results import Triples
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.terms import value
from policygraph.serve.service import Service
from policygraph.table import Table

Bindings = Mapping[str, ox.NamedNode | ox.Literal]
#: Rows that are read at most: a large result must not fill this process.
MOST_ROWS = 100_000


class ServedGraph:
    """A `GraphReader` for use in a thread beside the server's loop.

    Patterns are read from the store itself: they are ours and bounded. Queries
    run in a worker like everybody's.
    """

    def __init__(self, service: Service, store: EmbeddedStore, loop: asyncio.AbstractEventLoop) -> None:
        self._service, self._store, self._loop = service, store, loop

    def select(self, sparql: str, bindings: Bindings | None = None) -> Table:
        """Answer a SELECT query within the server's limits; raises `PoolError` beyond them."""
        found = self.answer(sparql, bindings)
        if not isinstance(found, Table):
            raise QueryError("a SELECT query was expected here")
        return found

    def answer(self, sparql: str, bindings: Bindings | None = None, most: int = MOST_ROWS) -> Table:
        """Answer any query as a table: rows, triples, or one truth value."""
        bound = text.bind(sparql, bindings)[0].encode()
        asked = self._service.query(bound, triples="ntriples")
        answer = asyncio.run_coroutine_threadsafe(asked, self._loop).result()
        source: Any = {"path": answer.file} if answer.file else {"input": answer.body}
        try:
            if answer.format == "ntriples":
                quads = islice(ox.parse(format=ox.RdfFormat.N_TRIPLES, **source), most)
                return Triples.of([q.triple for q in quads]).table()
            return _table(ox.parse_query_results(format=ox.QueryResultsFormat.JSON, **source), most)
        finally:
            self._loop.call_soon_threadsafe(self._service.release, answer)

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query of ours, read from the store itself."""
        return self._store.rows(sparql)

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads that fit the pattern."""
        return self._store.scan(subject, predicate, object, graph)

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        return self._store.graphs()

    def source_text(self, doc_id: str) -> str | None:
        """The stored text of a source document."""
        return self._store.source_text(doc_id)


def _table(found: ox.QuerySolutions | ox.QueryBoolean, most: int) -> Table:
    if isinstance(found, ox.QueryBoolean):
        return Table(("answer",), [("yes" if found else "no",)])
    rows = [tuple(map(value, solution)) for solution in islice(found, most)]
    more = f"Only the first {most:,} rows were read." if len(rows) == most else ""
    return Table(tuple(v.value for v in found.variables), rows, note=more)
