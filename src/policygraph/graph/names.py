"""Finds the thing that a user means by a name."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.graph import naming as n
from policygraph.interfaces import GraphReader
from policygraph.scanning import outside_datasets

#: Classes of records about things; their names are not looked up.
_RECORDS = frozenset(
    n.pg(name) for name in ("SourceDocument", "Claim", "Evidence", "Record", "Extraction", "Extractor")
)


def find_entity(reader: GraphReader, name: str) -> ox.NamedNode:
    """The entity of an IRI, a local name (`person/marco-rubio`), or any of its names.

    Case does not matter, but for titles of events of data sets. What is spelt the same goes
    first, a preferred name before other names; among several things of one name, the one
    with most links is meant.

    Raises:
        UnknownNameError: nothing has that name; near ones are offered.
    """
    direct = _direct(reader, name)
    if direct:
        return direct
    properties = n.PREF_LABEL, n.ALT_LABEL
    # The index finds the exact name at once; another case needs a look at all names.
    for predicate in properties:
        exact = (quad.subject for quad in reader.scan(None, predicate, ox.Literal(name)))
        if found := _entities(reader, (node.value for node in exact if isinstance(node, ox.NamedNode))):
            return _most_linked(reader, found)
    folded = name.casefold()
    called: list[tuple[str, str]] = []
    for predicate in properties:
        names = [(iri, text) for iri, text, _ in outside_datasets(reader, predicate.value)]
        if found := _entities(reader, (iri for iri, text in names if text.casefold() == folded)):
            return _most_linked(reader, found)
        called += names
    known = {node.value for node in _entities(reader, (iri for iri, _ in called))}
    raise UnknownNameError("entity", name, {text for iri, text in called if iri in known})


def label(reader: GraphReader, node: ox.NamedNode) -> str:
    """The preferred name of a thing or concept, of a property its label, else the short form of its IRI."""
    for predicate in (n.PREF_LABEL, n.LABEL):
        found = sorted(q.object.value for q in reader.scan(node, predicate) if isinstance(q.object, ox.Literal))
        if found:
            return found[0]
    return iris.shorten(node.value)


def _direct(reader: GraphReader, name: str) -> ox.NamedNode | None:
    iri = name.removeprefix("<").removesuffix(">")
    try:
        node = ox.NamedNode(iri if iri.startswith(("http://", "https://")) else iris.thing(iri.removeprefix("id:")))
    except ValueError:
        return None
    return node if next(iter(reader.scan(node, n.TYPE)), None) else None


def _entities(reader: GraphReader, things: Iterable[str]) -> set[ox.NamedNode]:
    """Those of some things that are no records about things."""
    nodes = {ox.NamedNode(iri) for iri in things if iri.startswith(iris.ID)}
    return {node for node in nodes if not any(q.object in _RECORDS for q in reader.scan(node, n.TYPE))}


def _most_linked(reader: GraphReader, nodes: set[ox.NamedNode]) -> ox.NamedNode:
    """The thing that most is said of, then the one with most links, then the first by name."""
    if len(nodes) == 1:
        return next(iter(nodes))
    return min(nodes, key=lambda node: (-_links(reader, node), node.value))


def _links(reader: GraphReader, node: ox.NamedNode) -> int:
    # Counted in the engine: a country may be named by a million events.
    said, linked = (
        next(reader.rows(f"SELECT (COUNT(*) AS ?links) {{ GRAPH ?graph {{ ?from {properties} {node} }} }}"))[0]
        for properties in (f"{n.pg('subject')}|{n.pg('object')}", "?property")
    )
    return int(said) * 1000 + int(linked)
