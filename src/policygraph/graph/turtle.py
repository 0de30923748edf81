"""RDF files into named graphs: the ontology, and reference facts that users write themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from policygraph import iris, resources
from policygraph.errors import DataError
from policygraph.graph import naming as n


def turtle_quads(path: Path, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """The triples of a Turtle file, in a named graph.

    Blank nodes are named in the order in which they come, so that reading the
    same file again gives the same quads.

    Raises:
        DataError: the file cannot be read or is not Turtle; names file and line.
    """
    names: dict[str, ox.BlankNode] = {}
    stem = iris.slug(path.stem)

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, ox.BlankNode(f"{stem.replace('-', '')}{len(names)}"))
        if isinstance(term, ox.Triple):
            raise DataError("a triple term (RDF 1.2) cannot be read here", where=path, hint="write plain triples")
        return term

    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject = named(quad.subject)
            if not isinstance(subject, ox.Literal):
                yield ox.Quad(subject, quad.predicate, named(quad.object), graph)
    except SyntaxError as error:
        raise DataError(f"this is not Turtle: {error}", where=f"{path}:{error.lineno or '?'}") from None
    except OSError as error:
        raise DataError(f"the file cannot be read: {error}", where=path) from error


def schema_files() -> list[Path]:
    """The files of the `schema` graph: the ontology, its alignments and vocabularies."""
    folder = resources.ontology()
    return [folder / "policygraph.ttl", folder / "alignments.ttl", *sorted((folder / "vocab").glob("*.ttl"))]


def schema_quads() -> Iterator[ox.Quad]:
    """The quads of the `schema` graph, each once."""
    return iter(dict.fromkeys(q for path in schema_files() for q in turtle_quads(path, n.SCHEMA)))


def user_quads(paths: Iterable[Path]) -> Iterator[ox.Quad]:
    """Facts of the user's Turtle files, for the `reference` graph; blank nodes become IRIs of their own.

    Each thing of such a file points to a record that names the file.
    """
    for path in paths:
        record = n.thing(f"record/{iris.slug(path.stem)}/turtle")
        yield ox.Quad(record, n.TYPE, n.pg("Record"), n.REFERENCE)
        yield ox.Quad(record, n.pg("table"), ox.Literal(path.name), n.REFERENCE)
        yield ox.Quad(record, n.dcterms("source"), ox.Literal(path.name), n.REFERENCE)
        for quad in turtle_quads(path, n.REFERENCE):
            subject, object = _skolem(quad.subject, path), _skolem(quad.object, path)
            yield ox.Quad(subject, quad.predicate, object, n.REFERENCE)
            if quad.predicate == n.TYPE:
                yield ox.Quad(subject, n.pg("recordedIn"), record, n.REFERENCE)


def _skolem(term: object, path: Path) -> ox.NamedNode:
    if isinstance(term, ox.BlankNode):
        return n.thing(f"node/{iris.slug(path.stem)}-{term.value}")
    return term  # type: ignore[return-value]
