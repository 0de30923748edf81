"""What is in a graph: its entities and its sources, as tables."""

from __future__ import annotations

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.graph import naming as n
from policygraph.interfaces import GraphReader
from policygraph.table import Table
from policygraph.vocabulary import EntityType

_ENTITIES = """
SELECT ?entity ?name (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?document) AS ?sources) {
  VALUES ?graph { graph:entities graph:reference }
  GRAPH ?graph { ?entity a ?type ; skos:prefLabel ?name }
  OPTIONAL { { ?claim pg:subject ?entity } UNION { ?claim pg:object ?entity } }
  OPTIONAL { ?entity pg:mentionedIn ?document }
} GROUP BY ?entity ?name ORDER BY DESC(?claims) ?name ?entity"""

_SOURCES = """
SELECT ?title ?publisher ?published (COUNT(DISTINCT ?claim) AS ?claims) ?document {
  ?document a pg:SourceDocument ; dcterms:title ?title
  OPTIONAL { ?document dcterms:publisher ?publisher }
  OPTIONAL { ?document pg:publishedOn ?published }
  OPTIONAL { ?claim a pg:Claim ; pg:evidence/pg:source ?document }
} GROUP BY ?title ?publisher ?published ?document ORDER BY ?published ?title"""


def entities(reader: GraphReader, search: str = "", type: str | None = None) -> Table:
    """Entities with their type, other names and how much is said of them, the most first.

    Raises:
        UnknownNameError: no such type.
    """
    kinds = {kind.value for kind in EntityType}
    if type is not None and type not in kinds:
        raise UnknownNameError("type of entity", type, kinds)
    rows = []
    for entity, name, claims, sources in reader.select(_ENTITIES).rows:
        node = ox.NamedNode(entity)
        others = tuple(
            sorted(q.object.value for q in reader.scan(node, n.ALT_LABEL) if isinstance(q.object, ox.Literal))
        )
        found = _type(reader, node)
        wanted = found in kinds and any(search.casefold() in text.casefold() for text in (name, *others))
        if wanted and type in (None, found):
            rows.append((name, found, others, claims, sources, entity))
    note = "" if rows else f"no entity has '{search}' in its name"
    return Table(("name", "type", "other names", "claims", "sources", "entity"), rows, note=note)


def _type(reader: GraphReader, node: ox.NamedNode) -> str:
    """The class given to it, not those above that rules add."""
    for graph in (n.ENTITIES, n.REFERENCE):
        for quad in reader.scan(node, n.TYPE, None, graph):
            if isinstance(quad.object, ox.NamedNode):
                return quad.object.value.removeprefix(iris.ONT)
    return ""


def sources(reader: GraphReader) -> Table:
    """The documents of a graph, the oldest first; those without a day come first of all."""
    return reader.select(_SOURCES)
