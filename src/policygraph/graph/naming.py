"""RDF terms and content names of what the graph holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox

from policygraph import iris
from policygraph.vocabulary import EntityType

Object = ox.NamedNode | ox.Literal

TYPE = ox.NamedNode(iris.RDF + "type")
LABEL = ox.NamedNode(iris.RDFS + "label")
PREF_LABEL = ox.NamedNode(iris.SKOS + "prefLabel")
ALT_LABEL = ox.NamedNode(iris.SKOS + "altLabel")
EDTF = ox.NamedNode(iris.EDTF)
NON_NEGATIVE = ox.NamedNode(iris.XSD + "nonNegativeInteger")

SCHEMA = ox.NamedNode(iris.SCHEMA_GRAPH)
REFERENCE = ox.NamedNode(iris.REFERENCE_GRAPH)
ENTITIES = ox.NamedNode(iris.ENTITIES_GRAPH)
EDGES = ox.NamedNode(iris.EDGES_GRAPH)
INFERRED = ox.NamedNode(iris.INFERRED_GRAPH)


@lru_cache(maxsize=4096)
def pg(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(iris.term(name))


def dcterms(name: str) -> ox.NamedNode:
    """A term of Dublin Core."""
    return ox.NamedNode(iris.DCTERMS + name)


def prov(name: str) -> ox.NamedNode:
    """A term of PROV-O."""
    return ox.NamedNode(iris.PROV + name)


def thing(local: str) -> ox.NamedNode:
    """An entity, record or document by its local name."""
    return ox.NamedNode(iris.thing(local))


def concept(path: str) -> ox.NamedNode:
    """A concept by scheme and code, `topic/migration`."""
    return ox.NamedNode(iris.VOCAB + path)


def type_of(kind: EntityType) -> ox.NamedNode:
    """The class of an entity."""
    return pg(kind.value)


def link(text: str) -> Object:
    """An address as an IRI where it is one, else as text.

    >>> link("https://example.org/a b")
    <Literal value=https://example.org/a b datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>
    """
    if text.startswith(("http://", "https://")):
        try:
            return ox.NamedNode(text)
        except ValueError:
            return ox.Literal(text)
    return ox.Literal(text)


def count(number: int) -> ox.Literal:
    """A position or length as xsd:nonNegativeInteger."""
    return ox.Literal(str(number), datatype=NON_NEGATIVE)


def proposition(subject: ox.NamedNode, predicate: ox.NamedNode, object: Object) -> ox.NamedNode:
    """The content that claims share: named by subject, predicate and object in N-Triples form.

    >>> a = thing("country/mex")
    >>> proposition(a, pg("within"), a) == proposition(a, pg("within"), a)
    True
    """
    return thing("proposition/" + iris.content_key(str(subject), str(predicate), str(object)))


def claim(
    doc_id: str,
    subject: ox.NamedNode,
    predicate: ox.NamedNode,
    object: Object,
    modality: str,
    speaker: ox.NamedNode | None,
) -> ox.NamedNode:
    """One stance of one document: running an extraction again gives the same name."""
    parts = (subject.value, predicate.value, str(object), modality, speaker.value if speaker else "")
    return thing("claim/" + iris.content_key(doc_id, *parts))


def labels(node: ox.NamedNode, name: str, others: Iterable[str], graph: ox.NamedNode) -> list[ox.Quad]:
    """The preferred name of a thing, in no language, and its other names, each once."""
    quads = [ox.Quad(node, PREF_LABEL, ox.Literal(name), graph)]
    extra = sorted({other for other in others if other and other != name})
    return quads + [ox.Quad(node, ALT_LABEL, ox.Literal(other), graph) for other in extra]
