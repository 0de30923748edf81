"""Pattern scans over a graph, read into plain columns.

Each function makes one pass over one predicate and keeps strings, not terms: a
claim costs a handful of dictionary look-ups and no rdflib object at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.network.dates import edtf_bounds, ordinal
from policygraph.scanning import graphs_with as graphs_with
from policygraph.scanning import grouped as grouped
from policygraph.scanning import mapping as mapping
from policygraph.scanning import mapping_outside as mapping_outside
from policygraph.scanning import pairs as pairs
from policygraph.scanning import quads as quads

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

_DOCUMENTS = iris.ID + "document/"
_ACTIVE = iris.concept("claim-status", "active")


def document_of(graph: str) -> str:
    """The document behind the name of a source graph.

    >>> document_of("https://w3id.org/policygraph/graph/source/dda66c4ed79506b4")
    'https://w3id.org/policygraph/id/document/dda66c4ed79506b4'
    """
    return _DOCUMENTS + graph[len(iris.SOURCE_GRAPHS) :] if graph.startswith(iris.SOURCE_GRAPHS) else graph


@dataclass(slots=True)
class Claims:
    """Claims as columns; row i of each column is about the same claim.

    `object` holds the IRI of an entity or concept, or the text of a value.
    """

    iri: list[str] = field(default_factory=list)
    predicate: list[str] = field(default_factory=list)
    modality: list[str] = field(default_factory=list)
    document: list[str] = field(default_factory=list)
    subject: list[str] = field(default_factory=list)
    object: list[str] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.iri)


def read_claims(
    reader: GraphReader, predicates: Iterable[str], modalities: Iterable[str], *, confidence: bool = False
) -> Claims:
    """All active claims with one of the predicates and one of the modalities.

    Confidence is read only when asked for; otherwise it is 1.
    """
    modality_of: dict[str, str] = {}
    for modality in modalities:
        pattern = quads(reader, iris.term("modality"), iris.concept("modality", modality))
        modality_of.update((quad.subject.value, modality) for quad in pattern)
    for quad in quads(reader, iris.term("claimStatus")):
        if quad.object.value != _ACTIVE:
            modality_of.pop(quad.subject.value, None)
    claims, rows = _rows(reader, predicates, modality_of)
    claims.subject = _column(reader, ("subject",), rows)
    claims.object = _column(reader, ("object", "value"), rows)
    claims.confidence = [1.0] * len(claims)
    if confidence:
        given = _column(reader, ("confidence",), rows)
        claims.confidence = [float(text) if text else 1.0 for text in given]
    return claims


def _rows(reader: GraphReader, predicates: Iterable[str], modality_of: dict[str, str]) -> tuple[Claims, dict[str, int]]:
    claims = Claims()
    rows: dict[str, int] = {}
    documents: dict[str, str] = {}
    for name in predicates:
        for quad in quads(reader, iris.term("predicate"), iris.term(name)):
            iri = quad.subject.value
            modality = modality_of.get(iri)
            if modality is None or iri in rows:
                continue
            graph = quad.graph_name.value
            rows[iri] = len(rows)
            claims.iri.append(iri)
            claims.predicate.append(name)
            claims.modality.append(modality)
            claims.document.append(documents.get(graph) or documents.setdefault(graph, document_of(graph)))
    return claims, rows


def _column(reader: GraphReader, names: tuple[str, ...], rows: dict[str, int]) -> list[str]:
    values = [""] * len(rows)
    shared: dict[str, str] = {}
    if not rows:
        return values
    for name in names:
        for quad in quads(reader, iris.term(name)):
            row = rows.get(quad.subject.value)
            if row is not None:
                value = quad.object.value
                values[row] = shared.setdefault(value, value)
    return values


def read_bounds(reader: GraphReader) -> dict[str, tuple[int, int]]:
    """First and last day (day numbers, 0 unknown) of what has `pg:earliest` or `pg:latest`; not of coded events."""
    first, last = (mapping_outside(reader, iris.term(name)) for name in ("earliest", "latest"))
    return {iri: (day_number(first.get(iri)), day_number(last.get(iri))) for iri in {**first, **last}}


def edtf_days(text: str) -> tuple[int, int]:
    """Bounds of an EDTF text as day numbers, 0 where unknown or open."""
    first, last = edtf_bounds(text)
    return ordinal(first), ordinal(last)


def day_number(given: str | dt.date | None) -> int:
    """The number of a day, 0 where there is none.

    >>> day_number("2023-01-01"), day_number(dt.date(2023, 1, 1)), day_number("soon")
    (738521, 738521, 0)
    """
    if isinstance(given, dt.date):
        return given.toordinal()
    text = given
    try:
        return dt.date.fromisoformat(text[:10]).toordinal() if text else 0
    except ValueError:
        return 0


def read_published(reader: GraphReader) -> dict[str, int]:
    """Publication day of the documents that have one."""
    days = {iri: day_number(text) for iri, text in mapping(reader, iris.term("publishedOn")).items()}
    return {iri: day for iri, day in days.items() if day}


@dataclass(frozen=True, slots=True)
class SourceNames:
    """What sources are called: document or record source to title and publisher."""

    title: dict[str, str]
    publisher: dict[str, str]

    def names(self, source: str) -> tuple[str, ...]:
        """Everything a user may call a source: IRI, short id, title, publisher."""
        found = (source, source.removeprefix(_DOCUMENTS), self.title.get(source), self.publisher.get(source))
        return tuple(dict.fromkeys(n for n in found if n))

    def outlet(self, source: str) -> str:
        """The publisher where known, else the source itself."""
        return self.publisher.get(source, source)

    def label(self, source: str) -> str:
        """The title where known, else the source itself."""
        return self.title.get(source, source)


def read_source_names(reader: GraphReader) -> SourceNames:
    """Titles and publishers, from Dublin Core."""
    return SourceNames(mapping(reader, iris.DCTERMS + "title"), mapping(reader, iris.DCTERMS + "publisher"))
