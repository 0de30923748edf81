"""IRIs: how things are named, and how names are kept stable.

The rules stand in the ontology guide: a slug is folded to ASCII, a document is
named by its bytes, a claim and a proposition by their content.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

BASE = "https://w3id.org/policygraph/"
ONT = BASE + "ont#"
SHAPES = BASE + "shapes#"
VOCAB = BASE + "vocab/"
ID = BASE + "id/"
GRAPHS = BASE + "graph/"

SCHEMA_GRAPH = GRAPHS + "schema"
REFERENCE_GRAPH = GRAPHS + "reference"
ENTITIES_GRAPH = GRAPHS + "entities"
EDGES_GRAPH = GRAPHS + "edges"
INFERRED_GRAPH = GRAPHS + "inferred"
#: Which events are taken for one, and which articles are copies.
INCIDENTS_GRAPH = GRAPHS + "incidents"
SOURCE_GRAPHS = GRAPHS + "source/"
#: Events of foreign data sets, by data set and month, and the reports they rest on.
DATASET_GRAPHS = GRAPHS + "dataset/"
#: Actors and places that were first met in a data set.
IMPORTED_GRAPH = GRAPHS + "imported"
#: Values of networks that somebody asked to keep.
MEASUREMENTS_GRAPH = GRAPHS + "measurements"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA_ORG = "https://schema.org/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

#: Prefixes for queries, serialisations and short names, the same everywhere.
PREFIXES: dict[str, str] = {
    "pg": ONT,
    "id": ID,
    "v": VOCAB,
    "m": VOCAB + "modality/",
    "md": VOCAB + "modality-detail/",
    "status": VOCAB + "claim-status/",
    "et": VOCAB + "event-type/",
    "mode": VOCAB + "event-mode/",
    "context": VOCAB + "event-context/",
    "sector": VOCAB + "sector/",
    "topic": VOCAB + "topic/",
    "kind": VOCAB + "initiative-kind/",
    "graph": GRAPHS,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "schema": SCHEMA_ORG,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}

_MAX_SLUG = 60
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class IRI(str):
    """A string that is an IRI; lets tables tell an IRI from a text."""

    __slots__ = ()


def slug(text: str) -> str:
    """Fold `text` to `[a-z0-9-]`, at most 60 characters, cut at a hyphen.

    >>> slug("São Paulo, Brazil")
    'sao-paulo-brazil'
    >>> slug("…")
    'x'
    """
    plain = text.lower() if text.isascii() else _without_accents(text).lower()
    joined = _NO_SLUG.sub("-", plain).strip("-")
    if len(joined) > _MAX_SLUG:
        head = joined[: _MAX_SLUG + 1]
        joined = head[: head.rfind("-")] if "-" in head else joined[:_MAX_SLUG]
    if joined:
        return joined
    # Names without Latin letters still need a stable, distinct slug.
    return "x" if not any(c.isalnum() for c in text) else "x" + sha256(text.encode())[:12]


def _without_accents(text: str) -> str:
    return "".join([c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)])


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def content_key(*parts: str) -> str:
    """Twenty hex digits that stand for the parts, kept apart by a NUL.

    >>> content_key("a", "bc") == content_key("ab", "c")
    False
    """
    return sha256("\0".join(parts).encode())[:20]


def document_id(data: bytes) -> str:
    """The name of a source: the first 16 hex digits of the hash of its bytes."""
    return sha256(data)[:16]


def thing(local: str) -> IRI:
    """The IRI of an entity, claim or document from its local name.

    >>> thing("person/marco-rubio")
    'https://w3id.org/policygraph/id/person/marco-rubio'
    """
    return IRI(ID + local)


def local_name(iri: str) -> str:
    """The inverse of `thing`; an IRI from elsewhere is returned as it is.

    >>> local_name("https://w3id.org/policygraph/id/person/marco-rubio")
    'person/marco-rubio'
    """
    return iri[len(ID) :] if iri.startswith(ID) else iri


def term(name: str) -> IRI:
    """The IRI of an ontology term.

    >>> term("Claim")
    'https://w3id.org/policygraph/ont#Claim'
    """
    return IRI(ONT + name)


def concept(scheme: str, code: str) -> IRI:
    """The IRI of a concept in one of the vocabularies.

    >>> concept("modality", "planned")
    'https://w3id.org/policygraph/vocab/modality/planned'
    """
    return IRI(f"{VOCAB}{scheme}/{code}")


def document(doc_id: str) -> IRI:
    """The IRI of a source document."""
    return thing(f"document/{doc_id}")


def evidence(doc_id: str, start: int, end: int) -> IRI:
    """The IRI of a span of a document, an RFC 5147 text fragment.

    >>> evidence("dda66c4ed79506b4", 97, 116)
    'https://w3id.org/policygraph/id/document/dda66c4ed79506b4#char=97,116'
    """
    return IRI(f"{document(doc_id)}#char={start},{end}")


def evidence_place(iri: str) -> tuple[str, int, int] | None:
    """The inverse of `evidence`: the IRI of the document, start and end; None for another IRI.

    >>> evidence_place(evidence("dda66c4ed79506b4", 97, 116))
    ('https://w3id.org/policygraph/id/document/dda66c4ed79506b4', 97, 116)
    """
    whole, _, fragment = iri.partition("#char=")
    start, _, end = fragment.partition(",")
    if not (start.isdecimal() and end.isdecimal() and fragment.isascii()):
        return None
    return whole, int(start), int(end)


def source_graph(doc_id: str) -> IRI:
    """The named graph that holds everything taken from one document."""
    return IRI(SOURCE_GRAPHS + doc_id)


def dataset_graph(dataset: str, part: str) -> IRI:
    """The named graph of a month (`2015-10`) of a data set, or of its `reports`."""
    return IRI(f"{DATASET_GRAPHS}{dataset}/{part}")


def month_of(graph: str) -> str:
    """The month whose coded events a named graph holds, nothing of any other graph.

    >>> month_of(dataset_graph("icews", "2015-10")), month_of(dataset_graph("icews", "reports"))
    ('2015-10', '')
    """
    month = graph.removeprefix(DATASET_GRAPHS).partition("/")[2] if graph.startswith(DATASET_GRAPHS) else ""
    return month if re.fullmatch(r"\d{4}-\d\d", month, re.ASCII) else ""


def is_imported(graph: str) -> bool:
    """Whether a named graph holds what was imported from data sets."""
    return graph.startswith(DATASET_GRAPHS) or graph == IMPORTED_GRAPH


def shorten(iri: str) -> str:
    """Prefixed form of an IRI where one of `PREFIXES` fits, else the IRI.

    >>> shorten("https://w3id.org/policygraph/ont#Claim")
    'pg:Claim'
    """
    best = max(
        (p for p in PREFIXES.items() if iri.startswith(p[1]) and len(iri) > len(p[1])),
        key=lambda p: len(p[1]),
        default=None,
    )
    return iri if best is None else f"{best[0]}:{iri[len(best[1]) :]}"
