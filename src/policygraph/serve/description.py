"""What this endpoint can do and what is in it: SPARQL Service Description with VoID statistics.

Sources: W3C "SPARQL 1.1 Service Description" and "Describing Linked Datasets with the VoID Vocabulary".
"""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from policygraph.iris import RDF, XSD
from policygraph.serve.formats import SOLUTIONS, TRIPLES
from policygraph.serve.pool import PoolError
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
DESCRIPTION_PREFIXES = {"sd": _SD, "void": _VOID, "formats": _FORMATS, "xsd": XSD}
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
}
_STATISTICS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
}
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_CLASSES = "SELECT ?g (COUNT(*) AS ?n) { ?s a ?g } GROUP BY ?g ORDER BY DESC(?n) ?g LIMIT 100"
_PROPERTIES = "SELECT ?g (COUNT(*) AS ?n) { ?s ?g ?o } GROUP BY ?g ORDER BY DESC(?n) ?g LIMIT 200"
_PARTITIONS = (
    ("classPartition", "class", "entities", _CLASSES),
    ("propertyPartition", "property", "triples", _PROPERTIES),
)


async def describe(service: Service, endpoint: str, settings: Settings) -> list[ox.Triple]:
    """The description of the endpoint at this address, with the statistics of the present graph.

    A statistic that goes beyond a limit of the server is left out.
    """
    triples = _abilities(endpoint, settings)
    dataset = ox.NamedNode(endpoint + "#dataset")
    for name, query in _STATISTICS.items():
        for _, number in await counts(service, query):
            triples.append(ox.Triple(dataset, ox.NamedNode(_VOID + name), number))
    graphs = await counts(service, _GRAPHS)
    for link, key, amount, query in _PARTITIONS:
        for position, (iri, number) in enumerate(await counts(service, query), 1):
            part = ox.NamedNode(f"{endpoint}#{key}-{position}")
            triples += _facts(dataset, _VOID + link, part)
            triples += _facts(part, _VOID + key, iri) + _facts(part, _VOID + amount, number)
    for position, (iri, number) in enumerate(graphs, 1):
        named, content = ox.NamedNode(f"{endpoint}#graph-{position}"), ox.NamedNode(f"{endpoint}#content-{position}")
        triples += _facts(dataset, _SD + "namedGraph", named)
        triples += _facts(named, RDF + "type", ox.NamedNode(_SD + "NamedGraph")) + _facts(named, _SD + "name", iri)
        triples += _facts(named, _SD + "graph", content) + _facts(content, RDF + "type", ox.NamedNode(_SD + "Graph"))
        triples += _facts(content, _VOID + "triples", number)
    return triples


async def counts(service: Service, query: str) -> list[tuple[Any, ox.Literal]]:
    """Rows of a query for `?g` (may be missing) and the number `?n`, as terms."""
    try:
        answer = await service.query(query.encode())
    except PoolError:
        return []
    rows = json.loads(answer.body)["results"]["bindings"]
    integer = ox.NamedNode(XSD + "integer")
    return [
        (ox.NamedNode(r["g"]["value"]) if "g" in r else None, ox.Literal(r["n"]["value"], datatype=integer))
        for r in rows
    ]


def _abilities(endpoint: str, settings: Settings) -> list[ox.Triple]:
    node, dataset = ox.NamedNode(endpoint + "#service"), ox.NamedNode(endpoint + "#dataset")
    default = ox.NamedNode(endpoint + "#default")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if settings.writable else [])]
    triples = [
        *_facts(node, RDF + "type", ox.NamedNode(_SD + "Service")),
        *_facts(node, _SD + "endpoint", ox.NamedNode(endpoint)),
        *_facts(node, _SD + "defaultDataset", dataset),
        *_facts(node, _SD + "feature", ox.NamedNode(_SD + "UnionDefaultGraph")),
        *_facts(dataset, RDF + "type", ox.NamedNode(_SD + "Dataset")),
        *_facts(dataset, RDF + "type", ox.NamedNode(_VOID + "Dataset")),
        *_facts(dataset, _VOID + "sparqlEndpoint", ox.NamedNode(endpoint)),
        *_facts(dataset, _SD + "defaultGraph", default),
        *_facts(default, RDF + "type", ox.NamedNode(_SD + "Graph")),
    ]
    for language in languages:
        triples += _facts(node, _SD + "supportedLanguage", ox.NamedNode(_SD + language))
    if settings.services:
        triples += _facts(node, _SD + "feature", ox.NamedNode(_SD + "BasicFederatedQuery"))
    for name in (*SOLUTIONS, *TRIPLES):
        format = ox.NamedNode(_FORMATS + _FORMAT_NAMES[name])
        triples += _facts(node, _SD + "resultFormat", format)
        if settings.writable and name in TRIPLES and name not in ("trig", "nquads"):
            triples += _facts(node, _SD + "inputFormat", format)
    return triples


def _facts(subject: ox.NamedNode, predicate: str, value: Any) -> list[ox.Triple]:
    return [ox.Triple(subject, ox.NamedNode(predicate), value)]
