"""Records of one article as JSON lines and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from policygraph.records import Claim, Event, Extraction, to_plain
from policygraph.table import Table


def lines(found: Extraction) -> Iterator[str]:
    """One JSON object a line: the document, then entities, events, claims, rows, items and topics.

    >>> from policygraph.reading import read_bytes
    >>> next(lines(Extraction(read_bytes(b"Talks went on.", "a.txt"))))[:28]
    '{"kind": "document", "id": "'
    """
    document = found.document
    head: dict[str, Any] = {"id": document.id, "name": document.name, "title": document.title}
    head |= {"length": len(document.text), "sha256": document.sha256, "warnings": list(document.warnings)}
    yield _line("document", head)
    kinds = ("entity", found.entities), ("event", found.events), ("claim", found.claims)
    more = ("row", found.rows), ("item", found.items), ("topic", found.topics)
    for kind, records in (*kinds, *more):
        for record in records:
            yield _line(kind, to_plain(record))


def _line(kind: str, record: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, **record}, ensure_ascii=False)


def table(found: Extraction) -> Table:
    """Events and claims, one row each: who, relation, what, modality, speaker, words."""
    names = {e.id: e.name for e in found.entities}
    rows = [_event_row(e) for e in found.events] + [_claim_row(c, names) for c in found.claims]
    columns = ("kind", "who", "relation", "what", "modality", "confidence", "quote")
    return Table(
        columns, rows, title=found.document.title, note=f"{len(found.entities)} entities, {len(rows)} statements"
    )


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
