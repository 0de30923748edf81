"""Finds the thing that a user means by a name."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.graph import naming as n
from policygraph.interfaces import GraphReader

#: Classes of records about things; their names are not looked up.
_RECORDS = frozenset(
    n.pg(name) for name in ("SourceDocument", "Claim", "Evidence", "Record", "Extraction", "Extractor")
)


def find_entity(reader: GraphReader, name: str) -> ox.NamedNode:
    """The entity of an IRI, a local name (`person/marco-rubio`), or any of its names.

    Case does not matter. A preferred name goes before other names; among several
    things of one name, the one with most links is meant.

    Raises:
        UnknownNameError: nothing has that name; near ones are offered.
    """
    direct = _direct(reader, name)
    if direct:
        return direct
    folded = name.casefold()
    for predicate in (n.PREF_LABEL, n.ALT_LABEL):
        # The index finds the exact name at once; another case needs a look at all names.
        exact = {node for node, _ in _named(reader, predicate, ox.Literal(name))}
        found = exact or {node for node, text in _named(reader, predicate) if text.casefold() == folded}
        if found:
            return min(found, key=lambda node: (-_links(reader, node), node.value))
    known = {text for predicate in (n.PREF_LABEL, n.ALT_LABEL) for _, text in _named(reader, predicate)}
    raise UnknownNameError("entity", name, known)


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


def _named(
    reader: GraphReader, predicate: ox.NamedNode, name: ox.Literal | None = None
) -> Iterator[tuple[ox.NamedNode, str]]:
    for quad in reader.scan(None, predicate, name):
        node, text = quad.subject, quad.object
        if isinstance(node, ox.NamedNode) and isinstance(text, ox.Literal) and _is_entity(reader, node):
            yield node, text.value


def _is_entity(reader: GraphReader, node: ox.NamedNode) -> bool:
    return node.value.startswith(iris.ID) and not any(q.object in _RECORDS for q in reader.scan(node, n.TYPE))


def _links(reader: GraphReader, node: ox.NamedNode) -> int:
    said = sum(1 for name in ("subject", "object") for _ in reader.scan(None, n.pg(name), node))
    return said * 1000 + sum(1 for _ in reader.scan(None, None, node))
