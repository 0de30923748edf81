"""What a query answers with: a table, or triples that write themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from policygraph.errors import UsageError
from policygraph.graph.terms import value
from policygraph.iris import ID, PREFIXES
from policygraph.table import Table
from policygraph.vocabulary import ID_FOLDER

#: Short names of result formats that SELECT and ASK can be written in.
RESULT_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
#: Short names of formats that triples can be written in.
GRAPH_FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}

#: In files, a prefix for each kind of thing keeps names free of escaped slashes.
FILE_PREFIXES: dict[str, str] = {p: iri for p, iri in PREFIXES.items() if p not in ("id", "v", "graph")} | {
    kind: f"{ID}{kind}/" for kind in sorted({*ID_FOLDER.values(), "claim", "proposition", "extraction", "extractor"})
}


@dataclass(frozen=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE query, each once, sorted.

    >>> s = ox.NamedNode("https://w3id.org/policygraph/id/country/mex")
    >>> found = Triples.of([ox.Triple(s, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal("Mexico"))])
    >>> len(found), found.ntriples().endswith('"Mexico" .\\n')
    (1, True)
    """

    triples: Sequence[ox.Triple]

    @classmethod
    def of(cls, triples: Iterator[ox.Triple] | Sequence[ox.Triple]) -> Triples:
        """Take each triple once, in the order of its N-Triples line."""
        return cls(sorted(set(triples), key=str))

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def serialize(self, format: str = "turtle") -> str:
        """The triples in one of `GRAPH_FORMATS`.

        Raises:
            UsageError: no such format.
        """
        rdf = GRAPH_FORMATS.get(format)
        if rdf is None:
            raise UsageError(f"triples cannot be written as '{format}'", hint=f"one of {', '.join(GRAPH_FORMATS)}")
        out = io.BytesIO()
        ox.serialize(self.triples, out, format=rdf, prefixes=FILE_PREFIXES)
        return out.getvalue().decode()

    def turtle(self) -> str:
        """The triples as Turtle with this project's prefixes."""
        return self.serialize("turtle")

    def ntriples(self) -> str:
        """The triples as N-Triples, one a line."""
        return self.serialize("ntriples")

    def table(self) -> Table:
        """The triples as a table of three columns."""
        rows = [(value(t.subject), value(t.predicate), value(t.object)) for t in self.triples]
        return Table(("subject", "predicate", "object"), rows)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def table(solutions: ox.QuerySolutions) -> Table:
    """The rows of a SELECT query as Python values."""
    return Table(tuple(v.value for v in solutions.variables), [tuple(map(value, solution)) for solution in solutions])
