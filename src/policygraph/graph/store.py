"""The embedded store: one folder on disk, or memory, queried as one graph.

The default graph is always the union of all named graphs. Query text always
goes to Oxigraph; rdflib sees the same data through `EmbeddedStore.rdflib`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from policygraph.errors import GraphError, QueryError, StoreMissingError, UsageError
from policygraph.graph import sparql as text
from policygraph.graph.results import FILE_PREFIXES, GRAPH_FORMATS, RESULT_FORMATS, Triples
from policygraph.graph.terms import value
from policygraph.graph.worker import Answer, answer, limited, run
from policygraph.iris import PREFIXES
from policygraph.table import Table

if TYPE_CHECKING:
    import rdflib

Bindings = Mapping[str, ox.NamedNode | ox.Literal]
_Format = TypeVar("_Format", ox.RdfFormat, ox.QueryResultsFormat)


class EmbeddedStore:
    """A graph in an Oxigraph store; implements `interfaces.GraphReader`.

    >>> store = EmbeddedStore.memory()
    >>> store.update("INSERT DATA { GRAPH graph:entities { pg:example skos:prefLabel 'Mexico' } }")
    >>> store.select("SELECT ?name { ?x skos:prefLabel ?name }").rows
    [('Mexico',)]
    >>> store.select("SELECT ?x { ?x skos:prefLabel ?name }", {"name": ox.Literal("Peru")}).rows
    []

    The prefixes of `iris.PREFIXES` are known to every query.
    """

    def __init__(self, engine: ox.Store, folder: Path | None = None, sources: Path | None = None) -> None:
        self.engine = engine
        self.folder = folder
        self._sources = sources

    @classmethod
    def memory(cls, sources: Path | None = None) -> EmbeddedStore:
        """An empty store in memory; `sources` is a folder of stored texts."""
        return cls(ox.Store(), None, sources)

    @classmethod
    def create(cls, folder: Path, sources: Path | None = None) -> EmbeddedStore:
        """Open or make a writable store on disk; one process at a time may hold it.

        Raises:
            GraphError: another process writes to it, or the disk refuses.
        """
        # Not through a link: a later build may turn it to another store.
        folder = folder.resolve()
        try:
            return cls(ox.Store(str(folder)), folder, sources)
        except (OSError, RuntimeError) as error:
            raise GraphError(f"the store cannot be opened for writing: {error}", where=folder) from error

    @classmethod
    def read(cls, folder: Path, sources: Path | None = None) -> EmbeddedStore:
        """Open a store on disk for reading; any number of processes may do so at once.

        Raises:
            StoreMissingError: there is no store in that folder.
            GraphError: what is there is not a store.
        """
        folder = folder.resolve()
        if not (folder / "CURRENT").is_file():
            raise StoreMissingError("there is no graph here", where=folder, hint="run 'policygraph build'")
        try:
            return cls(ox.Store.read_only(str(folder)), folder, sources)
        except (OSError, RuntimeError) as error:
            raise GraphError(f"the store cannot be read: {error}", where=folder, hint="build it again") from error

    # --- asking --------------------------------------------------------------

    def query(self, sparql: str, bindings: Bindings | None = None, *, timeout: float | None = None) -> Answer:
        """Answer any query: SELECT gives a `Table`, ASK a bool, CONSTRUCT and DESCRIBE `Triples`.

        `bindings` give values to variables of the outermost group; `timeout`
        in seconds runs the query in a process that is ended when time is up.

        Raises:
            QueryError: it cannot be read or evaluated; the place is shown.
            QueryLimitError: the time was up.
        """
        text.refuse_requests(sparql)
        bound, at, inserted = text.bind(sparql, bindings)
        try:
            if timeout is None:
                return answer(self.engine, bound)
            self._check(bound)
        except SyntaxError as error:
            raise text.syntax_error(sparql, str(error), at, inserted) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error
        if self.folder is None:
            raise UsageError("a time limit needs a graph on disk", hint="build the graph, then open its folder")
        return limited(self.folder, bound, timeout)

    @staticmethod
    def _check(sparql: str) -> None:
        """Raise SyntaxError for text that cannot be read, without touching any data."""
        ox.Store().query(sparql, prefixes=PREFIXES)

    def select(self, sparql: str, bindings: Bindings | None = None, *, timeout: float | None = None) -> Table:
        """Answer a SELECT query.

        Raises:
            QueryError: as `query`, and for another query form.
        """
        found = self.query(sparql, bindings, timeout=timeout)
        if not isinstance(found, Table):
            raise QueryError("a SELECT query was expected here")
        return found

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT query as they come; raises `QueryError` as `select` does."""
        try:
            solutions = run(self.engine, sparql)
            if not isinstance(solutions, ox.QuerySolutions):
                raise QueryError("a SELECT query was expected here")
            for solution in solutions:
                yield tuple(map(value, solution))
        except SyntaxError as error:
            raise text.syntax_error(sparql, str(error)) from None
        except RuntimeError as error:
            raise QueryError(f"the query cannot be answered: {error}") from error

    def ask(self, sparql: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query; raises `QueryError` as `query` does."""
        found = self.query(sparql, bindings)
        if not isinstance(found, bool):
            raise QueryError("an ASK query was expected here")
        return found

    def construct(self, sparql: str, bindings: Bindings | None = None) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE query; raises `QueryError` as `query` does."""
        found = self.query(sparql, bindings)
        if not isinstance(found, Triples):
            raise QueryError("a CONSTRUCT or DESCRIBE query was expected here")
        return found

    def write_answer(self, sparql: str, output: IO[bytes], format: str, bindings: Bindings | None = None) -> None:
        """Write the answer to `output` as it comes, in a format of `RESULT_FORMATS` or `GRAPH_FORMATS`.

        Raises:
            UsageError: the format does not fit the query form.
        """
        text.refuse_requests(sparql)
        bound, at, inserted = text.bind(sparql, bindings)
        try:
            result = run(self.engine, bound)
            if isinstance(result, ox.QueryTriples):
                ox.serialize(result, output, format=_format(format, GRAPH_FORMATS), prefixes=FILE_PREFIXES)
            else:
                result.serialize(output, format=_format(format, RESULT_FORMATS))
        except SyntaxError as error:
            raise text.syntax_error(sparql, str(error), at, inserted) from None
        except RuntimeError as error:
            raise QueryError(f"the query cannot be answered: {error}") from error

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads that fit the pattern, in no given order."""
        return self.engine.quads_for_pattern(subject, predicate, object, graph)

    def pairs(self, predicate: str, graph: str) -> Iterator[tuple[str, str]]:
        """Subject and object of every triple of one named graph with a property.

        Cheaper than `scan`, which also reads the names of property and graph for every quad.

        >>> store = EmbeddedStore.memory()
        >>> store.update("INSERT DATA { GRAPH graph:entities { pg:example skos:prefLabel 'Mexico' } }")
        >>> list(store.pairs(PREFIXES["skos"] + "prefLabel", PREFIXES["graph"] + "entities"))
        [('https://w3id.org/policygraph/ont#example', 'Mexico')]
        """
        pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s {ox.NamedNode(predicate)} ?o }}"
        found: Any = self.engine.query(f"SELECT ?s ?o {{ {pattern} }}")
        return ((s.value, o.value) for s, o in found)

    def count(self, predicate: str, graph: str) -> int:
        """How many triples of one named graph have a property."""
        pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s {ox.NamedNode(predicate)} ?o }}"
        found: Any = self.engine.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        ((number,),) = found
        return int(number.value)

    def source_text(self, doc_id: str) -> str | None:
        """The stored text of a source document; None where it is not kept."""
        if self._sources is None or not doc_id.isalnum():
            return None
        path = self._sources / f"{doc_id}.txt"
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        return sorted(g.value for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode))

    def __len__(self) -> int:
        return len(self.engine)

    # --- changing ------------------------------------------------------------

    def update(self, sparql: str) -> None:
        """Run a SPARQL update; unlike in a query, patterns must name their graph (GRAPH ?g or USING).

        Raises:
            QueryError: it cannot be read or run, or the store is read-only.
        """
        text.refuse_requests(sparql)
        try:
            self.engine.update(sparql, prefixes=PREFIXES)
        except SyntaxError as error:
            raise text.syntax_error(sparql, str(error)) from None
        except (RuntimeError, OSError) as error:
            raise QueryError(f"the update cannot be run: {error}") from error

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; an iterator of any length is not kept in memory."""
        self.engine.bulk_extend(quads)

    def load(self, path: Path, format: str = "nquads") -> None:
        """Add the quads of a file in a format of `GRAPH_FORMATS`, at the engine's full speed.

        Raises:
            GraphError: the file cannot be read or is not in that format.
        """
        try:
            self.engine.bulk_load(path=str(path), format=_format(format, GRAPH_FORMATS))
        except (OSError, SyntaxError, ValueError) as error:
            raise GraphError(f"the file cannot be loaded: {error}", where=path) from error

    def replace_graph(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        """Put `quads` in the place of all quads of a named graph."""
        self.engine.remove_graph(graph)
        self.engine.bulk_extend(quads)

    # --- rdflib --------------------------------------------------------------

    @property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset on the same data; its text queries are answered by Oxigraph."""
        from policygraph.graph.rdflib_access import dataset

        return dataset(self.engine)


def _format(name: str, formats: Mapping[str, _Format]) -> _Format:
    if name not in formats:
        raise UsageError(f"this answer cannot be written as '{name}'", hint=f"one of {', '.join(formats)}")
    return formats[name]
