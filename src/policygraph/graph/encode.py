"""An extraction as quads: the graph of its document, and what it says of entities.

Types and names of entities go to the shared `entities` graph, everything else
to the graph of the document, so that no triple stands in two graphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from policygraph import __version__, iris
from policygraph.graph import naming as n
from policygraph.graph.claims import claim_quads, speaker_of
from policygraph.graph.events import event_claims, unlinked
from policygraph.records import Claim, Document, Entity, Extraction
from policygraph.vocabulary import EntityType


@dataclass(frozen=True)
class Named:
    """What one document says an entity of its own is; `facts` are (property, local name) pairs."""

    id: str
    type: str
    name: str
    others: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Encoded:
    """One document in quads, and the entities that the reference data does not know."""

    doc_id: str
    quads: tuple[ox.Quad, ...]
    named: tuple[Named, ...]
    claims: int
    warnings: tuple[str, ...] = ()


def encode(extraction: Extraction) -> Encoded:
    """All of an extraction as quads.

    >>> from policygraph.records import Document, SourceInfo
    >>> text = Document("ab" * 8, "a.txt", "Words.", "0" * 64, SourceInfo(), (), ())
    >>> encode(Extraction(text)).claims
    0
    """
    document = extraction.document
    entities = _entities(extraction)
    given = claims_of(extraction)
    claims = [c for c in given if c.evidence]
    warnings = [f"a claim without evidence was left out: {c.subject} {c.predicate}" for c in given if not c.evidence]
    runs = {name: _run(document.id, name) for name in sorted({c.extractor for c in claims})}
    quads = dict.fromkeys(_document_quads(document, extraction))
    quads.update(dict.fromkeys(_run_quads(document.id, runs)))
    quads.update(dict.fromkeys(claim_quads(document, claims, runs)))
    mentioned = ox.NamedNode(iris.document(document.id))
    graph = ox.NamedNode(iris.source_graph(document.id))
    quads.update(dict.fromkeys(ox.Quad(n.thing(local), n.pg("mentionedIn"), mentioned, graph) for local in entities))
    named = [_named(entity) for entity in entities.values() if not entity.known]
    count = sum(quad.predicate == n.TYPE and quad.object == n.pg("Claim") for quad in quads)
    return Encoded(document.id, tuple(quads), (*named, *map(_extractor, runs)), count, tuple(warnings))


def _entities(extraction: Extraction) -> dict[str, Entity]:
    """All entities of a document by local name: those found, its events, and actors known by words only."""
    doc_id = extraction.document.id
    found = {entity.id: entity for entity in extraction.entities}
    for event in extraction.events:
        found.setdefault(event.id, Entity(event.id, event.class_, event.name))
        for group, participant in unlinked(doc_id, event):
            facts = list(found[group.id].facts) if group.id in found else []
            if participant.country:
                fact = "mayActFor" if participant.inferred else "actsFor"
                facts.append((fact, f"country/{participant.country.lower()}"))
            facts += [("sector", f"sector/{participant.sector.lower()}")] if participant.sector else []
            found[group.id] = replace(found.get(group.id, group), facts=tuple(dict.fromkeys(facts)))
    said_by = [c.attribution for c in extraction.claims] + [e.attribution for e in extraction.events]
    for attribution in said_by:
        who = speaker_of(doc_id, attribution)
        if who and attribution and attribution.entity is None:
            found.setdefault(who, Entity(who, EntityType.SOCIAL_GROUP, attribution.span.quote))
    return dict(sorted(found.items()))


def _named(entity: Entity) -> Named:
    facts = list(entity.facts)
    if entity.country and entity.type.is_actor:
        facts.append(("actsFor", f"country/{entity.country.lower()}"))
    if entity.country and entity.type.is_place and not entity.within:
        facts.append(("within", f"country/{entity.country.lower()}"))
    facts += [("within", entity.within)] if entity.within else []
    facts += [("describesInstance", entity.concept)] if entity.concept else []
    facts += [("mayDenote", candidate) for candidate in entity.may_denote]
    return Named(entity.id, entity.type.value, entity.name, entity.aliases, tuple(dict.fromkeys(facts)))


def entity_quads(named: Iterable[Named]) -> Iterator[ox.Quad]:
    """The `entities` graph from what all documents say, the same in whatever order they come.

    Where documents differ on the type or the preferred name, the one given most
    often is taken, then the first in the alphabet; other names are kept.
    """
    by_id: dict[str, list[Named]] = {}
    for one in named:
        by_id.setdefault(one.id, []).append(one)
    for local, said in sorted(by_id.items()):
        node = n.thing(local)
        yield ox.Quad(node, n.TYPE, n.pg(_most(one.type for one in said)), n.ENTITIES)
        others = {name for one in said for name in (one.name, *one.others)}
        yield from n.labels(node, _most(one.name for one in said), others, n.ENTITIES)
        for fact, target in sorted({pair for one in said for pair in one.facts}):
            yield ox.Quad(node, n.pg(fact), _target(fact, target), n.ENTITIES)


def _target(fact: str, target: str) -> ox.NamedNode:
    return n.concept(target) if fact in ("describesInstance", "sector") else n.thing(target)


def _most(values: Iterable[str]) -> str:
    return min(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _document_quads(document: Document, extraction: Extraction) -> Iterator[ox.Quad]:
    node, graph = ox.NamedNode(iris.document(document.id)), ox.NamedNode(iris.source_graph(document.id))
    info = document.info
    yield ox.Quad(node, n.TYPE, n.pg("SourceDocument"), graph)
    yield ox.Quad(node, n.dcterms("title"), ox.Literal(document.title), graph)
    yield ox.Quad(node, n.dcterms("identifier"), ox.Literal(document.name), graph)
    yield ox.Quad(node, n.pg("sha256"), ox.Literal(document.sha256), graph)
    yield ox.Quad(node, n.pg("textLength"), n.count(len(document.text)), graph)
    if info.published:
        day = ox.Literal(info.published.isoformat(), datatype=ox.NamedNode(iris.XSD + "date"))
        yield ox.Quad(node, n.pg("publishedOn"), day, graph)
    for name, words in (("publisher", info.publisher), ("creator", info.author), ("language", info.language)):
        if words:
            yield ox.Quad(node, n.dcterms(name), ox.Literal(words), graph)
    for name, address in (("source", info.url), ("license", info.licence)):
        if address:
            yield ox.Quad(node, n.dcterms(name), n.link(address), graph)
    for topic in extraction.topics:
        yield ox.Quad(node, n.dcterms("subject"), n.concept(topic.concept), graph)


def _run(doc_id: str, extractor: str) -> ox.NamedNode:
    return n.thing(f"extraction/{doc_id}-{iris.slug(extractor)}")


def _run_quads(doc_id: str, runs: dict[str, ox.NamedNode]) -> Iterator[ox.Quad]:
    """PROV without clock times: when a run took place stands in the build report."""
    graph, document = ox.NamedNode(iris.source_graph(doc_id)), ox.NamedNode(iris.document(doc_id))
    for extractor, node in runs.items():
        yield ox.Quad(node, n.TYPE, n.pg("Extraction"), graph)
        yield ox.Quad(node, n.prov("used"), document, graph)
        yield ox.Quad(node, n.prov("wasAssociatedWith"), n.thing(_extractor(extractor).id), graph)


def _extractor(name: str) -> Named:
    version = name if "/" in name else f"{name}/{__version__}"
    return Named(f"extractor/{iris.slug(version)}", "Extractor", version)


def claims_of(extraction: Extraction) -> list[Claim]:
    """All claims of an extraction as records, those of its events included."""
    doc_id = extraction.document.id
    return [*extraction.claims, *(c for e in extraction.events for c in event_claims(doc_id, e))]
