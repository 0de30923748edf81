"""Records of one article as JSON lines and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from policygraph.iris import local_name
from policygraph.records import Attribution, Claim, Entity, Event, Extraction, Item, Participant, Row, Span, Topic
from policygraph.table import Table


def lines(found: Extraction) -> Iterator[str]:
    """One JSON object a line: the document, then entities, events, claims, rows, items and topics.

    Offsets are code points into the document's text, end-exclusive.

    >>> from policygraph.reading import read_bytes
    >>> json.loads(next(lines(Extraction(read_bytes(b"Talks went on.", "a.txt")))))["length"]
    14
    """
    document = found.document
    about = {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "length": len(document.text),
        "sha256": document.sha256,
        "warnings": [*document.warnings, *found.warnings],
    }
    yield _line("document", about)
    yield from (_line("entity", _entity(e)) for e in found.entities)
    yield from (_line("event", _event(e)) for e in found.events)
    yield from (_line("claim", _claim(c, document.id)) for c in found.claims)
    yield from (_line("row", _row(r)) for r in found.rows)
    yield from (_line("item", _item(i)) for i in found.items)
    yield from (_line("topic", _topic(t)) for t in found.topics)


def _line(kind: str, record: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, **record}, ensure_ascii=False)


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _spans(spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]


def _entity(e: Entity) -> dict[str, Any]:
    mentions = [{**_span(m.span), "kind": m.kind, "method": m.method, "score": m.score} for m in e.mentions]
    return {
        "id": e.id,
        "type": e.type,
        "name": e.name,
        "country": e.country,
        "aliases": list(e.aliases),
        "known": e.known,
        "concept": e.concept,
        "may_denote": list(e.may_denote),
        "mentions": mentions,
    }


def _event(e: Event) -> dict[str, Any]:
    place = e.place and {"entity": e.place.entity, "text": e.place.text, "country": e.place.country}
    return {
        "id": e.id,
        "name": e.name,
        "class": e.class_,
        "type": e.type,
        "plover": e.plover,
        "mode": e.mode,
        "context": list(e.contexts),
        "source": [_participant(p) for p in e.source],
        "target": [_participant(p) for p in e.target],
        "place": place,
        "date": e.date and {"edtf": e.date.edtf},
        "modality": e.modality,
        "modality_detail": e.modality_detail,
        "negated": e.negated,
        "attribution": _speaker(e.attribution),
        "confidence": e.confidence,
        "evidence": _spans(e.evidence),
        "extractor": e.extractor,
    }


def _participant(p: Participant) -> dict[str, Any]:
    return {"entity": p.entity, "text": p.text, "country": p.country, "sector": p.sector, "inferred": p.inferred}


def _speaker(said: Attribution | None) -> dict[str, Any] | None:
    return None if said is None else {"entity": said.entity, "text": said.span.quote}


def _claim(c: Claim, doc_id: str) -> dict[str, Any]:
    return {
        "id": _claim_id(c, doc_id),
        "subject": c.subject,
        "predicate": c.predicate,
        "object": c.object,
        "value": c.value,
        "modality": c.modality,
        "modality_detail": c.modality_detail,
        "attribution": _speaker(c.attribution),
        "confidence": c.confidence,
        "evidence": _spans(c.evidence),
        "extractor": c.extractor,
    }


def _claim_id(c: Claim, doc_id: str) -> str:
    """The local name that the claim has in a graph."""
    import pyoxigraph as ox

    from policygraph.graph import naming
    from policygraph.graph.claims import SYMMETRIC, object_term, speaker_of

    subject, object_ = naming.thing(c.subject), object_term(c)
    if c.predicate in SYMMETRIC and isinstance(object_, ox.NamedNode) and object_.value < subject.value:
        subject, object_ = object_, subject
    who = speaker_of(doc_id, c.attribution)
    speaker = naming.thing(who) if who else None
    return local_name(naming.claim(doc_id, subject, naming.pg(c.predicate), object_, c.modality, speaker).value)


def _row(r: Row) -> dict[str, Any]:
    cells = {header: cell.quote for header, cell in r.cells}
    kept = {"type": r.type, "cells": cells, "entity": r.entity, "modality": r.modality}
    return {"table": r.table, "row": r.row, **kept, "evidence": _spans(r.evidence)}


def _item(i: Item) -> dict[str, Any]:
    kept = {"type": i.type, "label": i.label, "text": i.text, "entity": i.entity, "modality": i.modality}
    return {"list": i.list, "item": i.item, **kept, "evidence": _spans(i.evidence)}


def _topic(t: Topic) -> dict[str, Any]:
    return {"concept": t.concept, "method": t.method, "confidence": t.confidence, "evidence": [_span(t.span)]}


def table(found: Extraction) -> Table:
    """Events and claims, one row each: who, relation, what, modality, speaker, words."""
    names = {e.id: e.name for e in found.entities}
    rows = [_event_row(e) for e in found.events] + [_claim_row(c, names) for c in found.claims]
    columns = ("kind", "who", "relation", "what", "modality", "confidence", "quote")
    note = f"{len(found.entities)} entities, {len(rows)} statements"
    return Table(columns, rows, title=found.document.title, note=note)


def _event_row(event: Event) -> tuple[Any, ...]:
    who = ", ".join(p.text for p in event.source)
    to = ", ".join(p.text for p in event.target)
    act = event.type.code if event.type else event.class_.value
    quote = event.evidence[0].quote if event.evidence else ""
    return ("event", who, act, to, event.modality.value, event.confidence, quote)


def _claim_row(claim: Claim, names: dict[str, str]) -> tuple[Any, ...]:
    what = names.get(claim.object, claim.object) if claim.object else claim.value
    who = names.get(claim.subject, claim.subject)
    return ("claim", who, claim.predicate, what, claim.modality.value, claim.confidence, claim.evidence[0].quote)
