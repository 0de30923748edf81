"""The words behind a tie: quotes of claims, rows of tables, documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph import iris
from policygraph.network.scan import SourceNames, document_of, mapping, quads, read_source_names

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader
    from policygraph.network.model import Network


@dataclass(frozen=True, slots=True)
class Quote:
    """What a source says, word for word.

    `text` is empty where there are no words: the claim is a row of a table, a coded event, or no more
    than that a document names both. `source` then names table and row, or the document.
    """

    claim: str
    text: str
    source: str
    said_by: str | None
    confidence: float


@dataclass(slots=True)
class Evidence:
    """Looks up the words behind claims, one claim at a time."""

    reader: GraphReader
    names: SourceNames

    @classmethod
    def of(cls, reader: GraphReader) -> Evidence:
        """Evidence of a graph."""
        return cls(reader, read_source_names(reader))

    def quotes(self, claim: str) -> list[Quote]:
        """All quotes of a claim; one entry for a record or a document."""
        facts: dict[str, list[Any]] = {}
        graph = ""
        for quad in quads(self.reader, None, subject=claim):
            facts.setdefault(quad.predicate.value, []).append(quad.object)
            graph = quad.graph_name.value
        if iris.term("table") in facts:
            return [self._record(claim, facts)]
        if iris.term("evidence") not in facts:
            return [Quote(claim, "", self.names.label(claim), None, 1.0)]
        speakers = [self._label(term.value) for term in facts.get(iris.term("attributedTo"), [])]
        confidence = float(_first(facts, iris.term("confidence"), "1"))
        source = self.names.label(document_of(graph))
        said_by = ", ".join(sorted(speakers)) or None
        spans = sorted(term.value for term in facts[iris.term("evidence")])
        return [Quote(claim, self._text(span), source, said_by, confidence) for span in spans]

    def best(self, claims: Iterable[str]) -> Quote | None:
        """The quote of highest confidence; among equals the shortest, then the first in alphabetical order."""
        found = [quote for claim in claims for quote in self.quotes(claim)]
        return min(found, key=lambda q: (-q.confidence, not q.text, len(q.text), q.text, q.claim), default=None)

    def _record(self, record: str, facts: dict[str, list[Any]]) -> Quote:
        table, row = _first(facts, iris.term("table"), ""), _first(facts, iris.term("row"), "")
        excerpt = _first(facts, iris.term("excerpt"), "")
        origin = _first(facts, iris.DCTERMS + "source", "")
        place = f"{table}, row {row}" if row else table if excerpt else f"{table}, no text"
        return Quote(record, excerpt, f"{place} ({origin})" if origin else place, None, 1.0)

    def _text(self, span: str) -> str:
        pattern = quads(self.reader, iris.term("quote"), subject=span)
        return next((quad.object.value for quad in pattern), "")

    def _label(self, iri: str) -> str:
        labels = sorted(quad.object.value for quad in quads(self.reader, iris.SKOS + "prefLabel", subject=iri))
        return labels[0] if labels else iris.local_name(iri)


def wordless(quotes: Sequence[object]) -> str:
    """A sentence for the reader on ties that have no quote; empty where all have one.

    >>> wordless([None, "He came."])
    '1 of 2 has no quote: it rests on a table or coded data, or a document only names both; see its source.'
    """
    bare = sum(not quote for quote in quotes)
    if not bare:
        return ""
    verb, end = ("has no quote: it rests", "its source") if bare == 1 else ("have no quote: they rest", "their sources")
    return f"{bare} of {len(quotes)} {verb} on a table or coded data, or a document only names both; see {end}."


def _first(facts: dict[str, list[Any]], predicate: str, otherwise: str) -> str:
    return min((term.value for term in facts.get(predicate, [])), default=otherwise)


def tie_confidence(network: Network) -> list[float]:
    """Confidence of each tie: that of its least certain claim; records count 1."""
    known = mapping(network.reader, iris.term("confidence"))
    return [min((float(known.get(claim, 1)) for claim in claims), default=1.0) for claims in network.ties.claims]
