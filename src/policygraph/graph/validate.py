"""Validation: SHACL Core for the form of each node, lint for what spans several.

The shapes run in pyshacl over plain rdflib graphs, some thousand nodes at a
time with just the triples that shapes look at, so that memory stays flat. Links
across named graphs are followed, as each piece is cut from their union.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph import iris, resources
from policygraph.errors import MissingExtraError
from policygraph.graph.findings import Finding, Report, Severity
from policygraph.graph.lint import lint

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_TYPE = iris.RDF + "type"
#: Nodes in one run of pyshacl; fewer runs are faster, more need less memory.
_BATCH = 20_000
#: Up to so many quads a graph is checked in memory, some 250 MB, where lookups are far faster than on disk.
_IN_MEMORY = 500_000


def validate(store: ox.Store) -> Report:
    """Check the whole graph by shapes and lint.

    Raises:
        MissingExtraError: pyshacl is not installed (extra `validate`).
        DataError: a lint check is malformed.

    >>> import pyoxigraph as ox
    >>> validate(ox.Store()).summary()
    '0 violations, 0 warnings, 0 info'
    """
    copy = _in_memory(store)
    return check_shapes(copy) + lint(copy)


def _in_memory(store: ox.Store) -> ox.Store:
    """A copy in memory of a store that is not too large for it."""
    import pyoxigraph as ox

    if len(store) > _IN_MEMORY:
        return store
    copy = ox.Store()
    copy.bulk_extend(store)
    return copy


def check_shapes(store: ox.Store, shapes: Path | None = None) -> Report:
    """Check every typed node against the SHACL shapes.

    Raises:
        MissingExtraError: pyshacl is not installed (extra `validate`).
    """
    try:
        import pyshacl
    except ImportError as error:
        raise MissingExtraError("Checking a graph against its shapes", "validate") from error
    import rdflib

    shapes_graph = rdflib.Graph().parse(shapes or resources.ontology() / "shapes.ttl", format="turtle")
    cutter = _Cutter(store, shapes_graph)
    findings: list[Finding] = []
    nodes = _typed_nodes(store)
    while batch := dict.fromkeys(islice(nodes, _BATCH)):
        _, results, _ = pyshacl.validate(cutter.cut(batch), shacl_graph=shapes_graph, inference="none")
        findings += _findings(results, shapes_graph, {node.value for node in batch})
    return Report.of(findings)


def _typed_nodes(store: ox.Store) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """Every node with a class that was written, not inferred."""
    import pyoxigraph as ox

    for graph in store.named_graphs():
        if graph.value != iris.INFERRED_GRAPH:
            for quad in store.quads_for_pattern(None, ox.NamedNode(_TYPE), None, graph):
                if not isinstance(quad.subject, ox.Triple):
                    yield quad.subject


class _Cutter:
    """Cuts out of the store what the shapes need to judge some nodes."""

    def __init__(self, store: ox.Store, shapes: rdflib.Graph) -> None:
        import pyoxigraph as ox
        import rdflib

        paths = shapes.objects(None, rdflib.URIRef(_SH + "inversePath"))
        self._store = store
        self._type = ox.NamedNode(_TYPE)
        self._looked_at = {str(o) for o in shapes.objects() if isinstance(o, rdflib.URIRef)} | {_TYPE}
        self._inverse = [ox.NamedNode(str(path)) for path in paths]
        self._classes = list(self._written(None, ox.NamedNode(iris.RDFS + "subClassOf"), None))

    def cut(self, nodes: Iterable[ox.NamedNode | ox.BlankNode]) -> rdflib.Graph:
        """The triples of the nodes, the classes of what they point to, and the tree of classes."""
        import pyoxigraph as ox
        import rdflib

        graph = rdflib.Graph()
        seen = set(nodes)

        def add(quads: Iterable[ox.Quad]) -> None:
            for quad in quads:
                graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))

        add(self._classes)
        for node in list(seen):
            around = list(self._around(node))
            add(around)
            for target in {quad.object for quad in around if isinstance(quad.object, ox.NamedNode)} - seen:
                seen.add(target)
                add(self._written(target, self._type, None))
        return graph

    def _around(self, node: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
        yield from (q for q in self._written(node, None, None) if q.predicate.value in self._looked_at)
        for predicate in self._inverse:
            yield from self._written(None, predicate, node)

    def _written(self, subject: Any, predicate: Any, object: Any) -> Iterator[ox.Quad]:
        """Quads of a pattern but for the inferred ones, which the tree of classes makes up for."""
        quads = self._store.quads_for_pattern(subject, predicate, object, None)
        return (q for q in quads if getattr(q.graph_name, "value", "") != iris.INFERRED_GRAPH)


def _rdflib(term: Any) -> Any:
    """A term of Oxigraph as one of rdflib, with its spelling kept."""
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _findings(results: Any, shapes: rdflib.Graph, nodes: set[str]) -> Iterator[Finding]:
    """The results of pyshacl in our words; those about nodes of another batch are left out."""
    import rdflib

    def sh(name: str) -> rdflib.URIRef:
        return rdflib.URIRef(_SH + name)

    for result in results.subjects(rdflib.RDF.type, sh("ValidationResult")):
        focus = results.value(result, sh("focusNode"))
        if str(focus) not in nodes:
            continue
        shape = results.value(result, sh("sourceShape"))
        value = results.value(result, sh("value"))
        message = str(shapes.value(shape, sh("message")) or results.value(result, sh("resultMessage")))
        if value is not None and value != focus:
            message += f", found '{iris.shorten(str(value))}'"
        yield Finding(
            Severity(str(results.value(result, sh("resultSeverity"))).removeprefix(_SH).lower()),
            iris.shorten(str(shape)).removeprefix(iris.SHAPES),
            str(focus),
            message,
            str(shapes.value(shape, sh("description")) or ""),
        )
