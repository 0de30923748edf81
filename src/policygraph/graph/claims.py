"""Claims as quads: the proposition, the stance and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph.events import local_group
from policygraph.graph.terms import decimal, to_term
from policygraph.records import Attribution, Claim, Document, Span

#: Predicates that hold both ways; one direction is kept, the smaller IRI first.
SYMMETRIC = frozenset({"meets"})
_VALUE_TYPES = {"edtf": iris.EDTF, "date": iris.XSD + "date", "integer": iris.XSD + "integer"}


@dataclass
class _Statement:
    """All claims of one document with the same content and stance."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: n.Object
    speaker: ox.NamedNode | None
    modality: str
    detail: str | None = None
    confidence: float = 0.0
    evidence: dict[tuple[int, int], Span] = field(default_factory=dict)
    words: set[tuple[str, str]] = field(default_factory=set)
    conditions: set[str] = field(default_factory=set)
    extractor: str = ""
    methods: set[str] = field(default_factory=set)

    def add(self, claim: Claim, swapped: bool) -> None:
        """Take in one more record with the same content."""
        self.detail = self.detail or claim.modality_detail
        self.confidence = max(self.confidence, claim.confidence)
        self.evidence.update({(s.start, s.end): s for s in claim.evidence})
        said = (
            (claim.surface_object, claim.surface_subject) if swapped else (claim.surface_subject, claim.surface_object)
        )
        self.words.update((p, w) for p, w in zip(("surfaceSubject", "surfaceObject"), said, strict=True) if w)
        self.conditions.update(claim.condition)
        self.extractor = self.extractor or claim.extractor
        self.methods.update([claim.method] if claim.method else [])


def object_term(claim: Claim) -> n.Object:
    """What a claim record points to: an entity, a concept or a literal."""
    if claim.object is not None:
        return n.concept(claim.object) if claim.object_is_concept else n.thing(claim.object)
    datatype = _VALUE_TYPES.get(claim.value_type or "", claim.value_type)
    text = claim.value or ""
    return ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text)


def speaker_of(doc_id: str, attribution: Attribution | None) -> str | None:
    """The local name of who says so; words that nothing links become a group of the document."""
    if attribution is None:
        return None
    if attribution.entity is None:
        return local_group(doc_id, attribution.span.quote)
    if attribution.entity.startswith("country/"):
        return "government/" + attribution.entity.removeprefix("country/")
    return attribution.entity


def claim_quads(
    document: Document, claims: Iterable[Claim], extractions: Mapping[str, ox.NamedNode]
) -> Iterator[ox.Quad]:
    """The quads of a document's claims, in its own graph.

    Records with the same content, stance and speaker become one claim with all
    their evidence and the highest confidence. `extractions` gives the node of
    the run for each extractor name.
    """
    graph = ox.NamedNode(iris.source_graph(document.id))
    statements: dict[ox.NamedNode, _Statement] = {}
    by_key: dict[str, ox.NamedNode] = {}
    for record in claims:
        node, statement, swapped = _place(document.id, record)
        statements.setdefault(node, statement).add(record, swapped)
        if record.key:
            by_key[record.key] = node
    spans: dict[tuple[int, int], Span] = {}
    for node, statement in statements.items():
        yield from _statement_quads(node, statement, document.id, by_key, extractions, graph)
        spans.update(statement.evidence)
    for span in spans.values():
        yield from _evidence_quads(document.id, span, graph)


def _place(doc_id: str, record: Claim) -> tuple[ox.NamedNode, _Statement, bool]:
    subject, predicate, object = n.thing(record.subject), n.pg(record.predicate), object_term(record)
    swapped = record.predicate in SYMMETRIC and isinstance(object, ox.NamedNode) and object.value < subject.value
    if swapped and isinstance(object, ox.NamedNode):
        subject, object = object, subject
    who = speaker_of(doc_id, record.attribution)
    speaker = n.thing(who) if who else None
    node = n.claim(doc_id, subject, predicate, object, record.modality, speaker)
    return node, _Statement(subject, predicate, object, speaker, record.modality), swapped


def _statement_quads(
    node: ox.NamedNode,
    it: _Statement,
    doc_id: str,
    by_key: Mapping[str, ox.NamedNode],
    extractions: Mapping[str, ox.NamedNode],
    graph: ox.NamedNode,
) -> Iterator[ox.Quad]:
    pairs: list[tuple[str, n.Object]] = [
        ("subject", it.subject),
        ("predicate", it.predicate),
        ("object" if isinstance(it.object, ox.NamedNode) else "value", it.object),
        ("states", n.proposition(it.subject, it.predicate, it.object)),
        ("modality", n.concept(f"modality/{it.modality}")),
        ("confidence", decimal(it.confidence)),
        ("extraction", extractions[it.extractor]),
    ]
    pairs += [("modalityDetail", n.concept(f"modality-detail/{it.detail}"))] if it.detail else []
    pairs += [("attributedTo", it.speaker)] if it.speaker else []
    pairs += [("evidence", _evidence_node(doc_id, span)) for span in it.evidence.values()]
    pairs += [("condition", by_key[key]) for key in sorted(it.conditions) if key in by_key and by_key[key] != node]
    pairs += [(name, to_term(words)) for name, words in sorted(it.words)]
    pairs += [("method", to_term(method)) for method in sorted(it.methods)]
    yield ox.Quad(node, n.TYPE, n.pg("Claim"), graph)
    # Two condition keys may lead to one claim.
    for name, object in dict.fromkeys(pairs):
        yield ox.Quad(node, n.pg(name), object, graph)


def _evidence_node(doc_id: str, span: Span) -> ox.NamedNode:
    return ox.NamedNode(iris.evidence(doc_id, span.start, span.end))


def _evidence_quads(doc_id: str, span: Span, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    node = _evidence_node(doc_id, span)
    yield ox.Quad(node, n.TYPE, n.pg("Evidence"), graph)
    yield ox.Quad(node, n.pg("start"), n.count(span.start), graph)
    yield ox.Quad(node, n.pg("end"), n.count(span.end), graph)
    yield ox.Quad(node, n.pg("quote"), ox.Literal(span.quote), graph)
    yield ox.Quad(node, n.pg("source"), ox.NamedNode(iris.document(doc_id)), graph)
