"""The whole graph in other shapes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.graph import naming as n
from policygraph.graph import plover
from policygraph.graph.results import FILE_PREFIXES
from policygraph.graph.snapshot import in_order, sorted_quads

_REIFIES = ox.NamedNode(iris.RDF + "reifies")
_SHAPES: dict[str, ox.RdfFormat] = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
    "rdf12": ox.RdfFormat.TRIG,
}
#: What `export` can write.
FORMATS = (*_SHAPES, "plover")


def export(store: ox.Store, format: str, target: Path | IO[bytes]) -> None:
    """Write the graph to a file or stream.

    `trig`, `nquads` and `jsonld` keep the named graphs. `turtle` is their union,
    each triple once. `rdf12` is TriG of RDF 1.2, in which each claim also
    reifies its statement as a triple term: `claim rdf:reifies <<( s p o )>>`.
    `plover` is the events alone, as PLOVER JSON lines (see `graph.plover`).
    The same graph always gives the same bytes.

    Raises:
        UnknownNameError: no such format.
    """
    if format not in FORMATS:
        raise UnknownNameError("export format", format, FORMATS)
    if format in _WRITERS:
        with contextlib.ExitStack() as stack:
            _WRITERS[format](store, stack.enter_context(target.open("wb")) if isinstance(target, Path) else target)
        return
    output = str(target) if isinstance(target, Path) else target
    if format == "turtle":
        ox.serialize(_union(store), output, format=_SHAPES[format], prefixes=FILE_PREFIXES)
        return
    quads = _with_triple_terms(store) if format == "rdf12" else sorted_quads(store)
    ox.serialize(quads, output, format=_SHAPES[format], prefixes=FILE_PREFIXES)


def _union(store: ox.Store) -> list[ox.Triple]:
    """Each triple once, ordered as one graph."""
    return [quad.triple for quad in in_order({ox.Quad(q.subject, q.predicate, q.object) for q in store})]


def _with_triple_terms(store: ox.Store) -> Iterator[ox.Quad]:
    for quad in sorted_quads(store):
        yield quad
        if quad.predicate == n.pg("states") and isinstance(quad.subject, ox.NamedNode):
            yield ox.Quad(quad.subject, _REIFIES, _statement(store, quad.subject), quad.graph_name)


def _statement(store: ox.Store, claim: ox.NamedNode) -> ox.Triple:
    parts = {q.predicate: q.object for q in store.quads_for_pattern(claim, None, None, None)}
    object = parts[n.pg("object")] if n.pg("object") in parts else parts[n.pg("value")]
    subject, predicate = parts[n.pg("subject")], parts[n.pg("predicate")]
    return ox.Triple(subject, predicate, object)  # type: ignore[arg-type]


def _write_jsonld(store: ox.Store, target: IO[bytes]) -> None:
    """JSON-LD with the project's prefixes as its context, indented by graph."""
    text = ox.serialize(sorted_quads(store), format=ox.RdfFormat.JSON_LD, prefixes=FILE_PREFIXES)
    target.write(json.dumps(json.loads(text or b"[]"), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")


#: What is not written by the engine itself.
_WRITERS: dict[str, Callable[[ox.Store, IO[bytes]], None]] = {"jsonld": _write_jsonld, "plover": plover.write}
