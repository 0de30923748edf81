"""A graph behind any SPARQL 1.1 endpoint, read as the embedded one is.

Two differences between servers are levelled here. The default graph is made
the union of all named graphs by naming them in the request where the server
does not do so itself. An answer that a server cuts off is fetched in pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from policygraph.errors import QueryError, ServiceError
from policygraph.graph import sparql as text
from policygraph.graph.http import Access, Connection
from policygraph.graph.results import Triples, table
from policygraph.graph.worker import Answer
from policygraph.iris import PREFIXES
from policygraph.table import Table

if TYPE_CHECKING:
    import httpx

Bindings = Mapping[str, ox.NamedNode | ox.Literal]
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_PAGE = 5000
_ACCEPT = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": _JSON,
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


class RemoteStore:
    """A graph at an address; implements `interfaces.GraphReader`. Nothing is sent before it is asked."""

    def __init__(self, url: str, access: Access | None = None, *, page: int = _PAGE) -> None:
        self.connection = Connection(url, access)
        self.url, self.page = url, page
        self._dataset: list[tuple[str, str]] | None = None

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()

    def query(self, sparql: str, bindings: Bindings | None = None, *, timeout: float | None = None) -> Answer:
        """Answer any query, as `EmbeddedStore.query` does; `timeout` in seconds bounds each wait for the server.

        Raises:
            QueryError, QueryLimitError, ServiceError: see `http.Connection.read`.
        """
        bound = _declared(text.bind(sparql, bindings)[0])
        form = query_form(bound)
        if form == "SELECT":
            return self._table(bound, timeout)
        if form == "ASK":
            return self._truth(bound, timeout)
        with self._send(bound, _TRIPLES, timeout=timeout) as response:
            return Triples.of(list(_parsed_triples(response)))

    def select(self, sparql: str, bindings: Bindings | None = None, *, timeout: float | None = None) -> Table:
        """Answer a SELECT query."""
        found = self.query(sparql, bindings, timeout=timeout)
        if not isinstance(found, Table):
            raise QueryError("a SELECT query was expected here")
        return found

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT query."""
        return iter(self.select(sparql).rows)

    def ask(self, sparql: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query."""
        found = self.query(sparql, bindings)
        if not isinstance(found, bool):
            raise QueryError("an ASK query was expected here")
        return found

    def construct(self, sparql: str, bindings: Bindings | None = None) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE query."""
        found = self.query(sparql, bindings)
        if not isinstance(found, Triples):
            raise QueryError("a CONSTRUCT or DESCRIBE query was expected here")
        return found

    def write_answer(self, sparql: str, output: IO[bytes], format: str, bindings: Bindings | None = None) -> None:
        """Pass the server's answer on as it comes, in a format that the server speaks."""
        accept = _ACCEPT.get(format)
        if accept is None:
            raise QueryError(f"a server does not answer in '{format}'", hint=f"one of {', '.join(_ACCEPT)}")
        with self._send(_declared(text.bind(sparql, bindings)[0]), accept) as response:
            for piece in response.iter_bytes():
                output.write(piece)

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads that fit the pattern, fetched in pages of a fixed order."""
        given = {"s": subject, "p": predicate, "o": object, "g": graph}
        words = {name: str(term) if term is not None else f"?{name}" for name, term in given.items()}
        free = [f"?{name}" for name, term in given.items() if term is None]
        pattern = f"GRAPH {words['g']} {{ {words['s']} {words['p']} {words['o']} }}"
        if not free:
            if self._truth(f"ASK {{ {pattern} }}"):
                whole: list[Any] = list(given.values())
                yield ox.Quad(*whole)
            return
        names = " ".join(free)
        for row in self._paged(f"SELECT {names} {{ {pattern} }} ORDER BY {names}", names):
            terms: list[Any] = [row[n] if term is None else term for n, term in given.items()]
            yield ox.Quad(*terms)

    def quads(self) -> Iterator[ox.Quad]:
        """Everything in the named graphs, graph by graph; a graph that a server cuts off is fetched in pages."""
        for name in self.graphs():
            graph = ox.NamedNode(name)
            form = [("query", f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")]
            with self.connection.read(form, _TRIPLES) as response:
                triples = list(_parsed_triples(response))
            if len(triples) == self.size(name):
                yield from (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
            else:
                yield from self.scan(graph=graph)

    def source_text(self, doc_id: str) -> str | None:
        """None: a SPARQL endpoint keeps no texts; quotes stand in the graph itself."""
        return None

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        rows = self._paged("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", "?g")
        return sorted(r["g"].value for r in rows)

    def size(self, graph: str) -> int:
        """How many triples a named graph holds at this moment."""
        (row,) = self._rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")
        return int(row["n"].value)

    def __len__(self) -> int:
        (row,) = self._rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        return int(row["n"].value)

    def _table(self, sparql: str, timeout: float | None = None) -> Table:
        with self._send(sparql, _JSON, timeout=timeout) as response:
            found = table(_solutions(response))
            most = response.headers.get("x-sparql-maxrows", "")
        if not most.isdigit() or len(found.rows) < int(most):
            return found
        if re.search(r"\b(LIMIT|OFFSET)\s+\d+\s*$", sparql.strip(), re.IGNORECASE):
            return found
        rows, step = list(found.rows), int(most)
        while len(rows) % step == 0:
            with self._send(f"{sparql} LIMIT {step} OFFSET {len(rows)}", _JSON, timeout=timeout) as response:
                more = table(_solutions(response)).rows
            if not more:
                break
            rows += more
        return Table(found.columns, rows, found.title, found.note)

    def _paged(self, ordered: str, names: str) -> Iterator[ox.QuerySolution]:
        """All rows of a query with a fixed order, in pages that no server cuts off."""
        offset = 0
        while True:
            # The order stands in a sub-query: some servers bound a sorted LIMIT with OFFSET otherwise.
            page = f"SELECT {names} {{ {{ {ordered} }} }} LIMIT {self.page} OFFSET {offset}"
            with self._send(page, _JSON, dataset=False) as response:
                rows = list(_solutions(response))
                most = response.headers.get("x-sparql-maxrows", "")
            yield from rows
            offset += len(rows)
            if len(rows) < (min(self.page, int(most)) if most.isdigit() else self.page):
                return

    def _rows(self, sparql: str) -> Iterator[ox.QuerySolution]:
        with self._send(sparql, _JSON, dataset=False) as response:
            yield from _solutions(response)

    def _truth(self, sparql: str, timeout: float | None = None) -> bool:
        with self._send(sparql, _JSON, timeout=timeout) as response:
            return _boolean(response)

    def _send(self, sparql: str, accept: str, *, dataset: bool = True, timeout: float | None = None) -> _Sending:
        form = [("query", sparql), *(self._union() if dataset else [])]
        return self.connection.read(form, accept, timeout)

    def _union(self) -> list[tuple[str, str]]:
        """Form fields that make the default graph the union; asked for once."""
        if self._dataset is None:
            graphs = self.graphs()
            self._dataset = []
            if graphs and not self._sees_all(graphs):
                self._dataset = [("default-graph-uri", g) for g in graphs] + [("named-graph-uri", g) for g in graphs]
        return self._dataset

    def _sees_all(self, graphs: list[str]) -> bool:
        probe = f"ASK {{ GRAPH <{graphs[0]}> {{ ?s ?p ?o }} ?s ?p ?o }}"
        with self._send(probe, _JSON, dataset=False) as response:
            return _boolean(response)


if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    _Sending = AbstractContextManager[httpx.Response]


class _Body(io.RawIOBase):
    """A streamed response as a file that the engine's parsers read from."""

    def __init__(self, response: httpx.Response) -> None:
        self._pieces = response.iter_bytes()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _parsed_triples(response: httpx.Response) -> Iterator[ox.Triple]:
    turtle = "turtle" in response.headers.get("content-type", "")
    format = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.N_TRIPLES
    try:
        for quad in ox.parse(io.BufferedReader(_Body(response)), format=format):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise ServiceError(f"the answer is not a graph: {error}", where=str(response.url)) from None


def _parsed(response: httpx.Response) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(io.BufferedReader(_Body(response)), format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise ServiceError(f"the answer is not a SPARQL result: {error}", where=str(response.url)) from None


def _solutions(response: httpx.Response) -> ox.QuerySolutions:
    found = _parsed(response)
    if isinstance(found, ox.QueryBoolean):
        raise ServiceError("rows were expected, a truth value came", where=str(response.url))
    return found


def _boolean(response: httpx.Response) -> bool:
    found = _parsed(response)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    # Virtuoso 7 answers ASK with a table: one row for yes, none for no.
    if [v.value for v in found.variables] == ["__ASK_RETVAL"]:
        return any(str(row[0].value) == "1" for row in found)
    raise ServiceError("a truth value was expected, rows came", where=str(response.url))


def query_form(sparql: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> query_form("PREFIX select: <urn:x> ASK { ?s ?p ?o }")
    'ASK'

    Raises:
        QueryError: it is none of the four.
    """
    for kind, word, _ in text.tokens(sparql):
        if kind == "word" and word.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return word.upper()
    raise QueryError("a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _declared(sparql: str) -> str:
    """The query with the prefixes that it uses and does not declare, as the embedded store knows them."""
    words = [word for kind, word, _ in text.tokens(sparql) if kind == "word" and ":" in word]
    used = {word.split(":")[0] for word in words}
    declared = set(re.findall(r"(?i)\bPREFIX\s+([\w.-]*):", sparql))
    lines = [f"PREFIX {p}: <{PREFIXES[p]}>" for p in sorted(used - declared) if p in PREFIXES]
    return "\n".join([*lines, sparql])
