"""What stands behind a name or a pair: the sentences, the rows of reference tables and the reports of data sets."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph import reports
from policygraph.graph.groups import counted
from policygraph.graph.names import find_entity, label
from policygraph.graph.reports import RECORDED
from policygraph.graph.terms import value
from policygraph.interfaces import GraphReader
from policygraph.table import Table

COLUMNS = (
    "subject",
    "relation",
    "object",
    "modality",
    "confidence",
    "speaker",
    "quote",
    "source",
    "published",
    "start",
    "end",
    "document",
    "claim",
)
#: Links of reference data that say how things are filed, not what happened.
_FILING = {"recordedIn", "mentionedIn", "within", "governs", "sector", "memberOf", "bodyOf", "actsFor", "capital"}
_FILING |= {"seatedIn", "postIn"}


@dataclass(frozen=True)
class EvidenceTable(Table):
    """Evidence, one row a statement and span; in a notebook it shows as quotations.

    A fact from a reference table has modality `recorded` and no quote; `source`
    then names table, row and the table's own source. An event of a data set is
    `recorded` too; `source` names the set and the report, `claim` the event,
    and `quote` holds the set's own text where it has one.
    """

    def _repr_html_(self) -> str:
        head = f"<h4>{html.escape(self.title)}</h4>" if self.title else ""
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return f"<section>{head}{''.join(map(_card, self))}{note}</section>"


def evidence(reader: GraphReader, name: str, other: str | None = None) -> EvidenceTable:
    """The words behind everything said of an entity, or behind the link of two.

    A country stands for its government and the places in it as well. Two
    entities are linked by a claim from one to the other, or by an event that
    both take part in.

    Raises:
        UnknownNameError: nothing has that name; near ones are offered.
    """
    first = find_entity(reader, name)
    if other is None:
        rows = _of_one(reader, first)
        events = reports.events_of(reader, first)
        title = label(reader, first)
    else:
        second = find_entity(reader, other)
        one, two = _circle(reader, first), _circle(reader, second)
        rows, events = _of_two(reader, one, two), reports.events_between(reader, one, two)
        title = f"{label(reader, first)} and {label(reader, second)}"
    reported, number = reports.rows(reader, events)
    unique = sorted(
        dict.fromkeys([*rows, *reported]),
        key=lambda r: (str(r[8] or ""), str(r[11]), r[9] or 0, r[10] or 0, *map(str, r)),
    )
    merged = counted(reader, (str(row[12]) for row in unique if row[12]))
    return EvidenceTable(COLUMNS, unique, title=title, note=_note(title, unique, number, merged))


def _note(title: str, rows: list[Row], events: int, merged: str) -> str:
    if not rows:
        return f"no source says anything about {title}, and no table has a row on it"
    parts = [merged] if merged else []
    if any(reports.NO_TEXT in str(row[7]) for row in rows):
        parts.append(
            "data sets pass on no text: their rows have no quote, and lead to the report where it has an address"
        )
    if events > reports.MOST:
        parts.append(f"of {events:,} events in data sets the first {reports.MOST:,} are shown")
    return "; ".join(parts)


Row = tuple[Any, ...]


def _circle(reader: GraphReader, entity: ox.NamedNode) -> set[ox.NamedNode]:
    """The entity; for a country also its government and the places within it."""
    around = {entity}
    if any(q.object == n.pg("Country") for q in reader.scan(entity, n.TYPE)):
        for name in ("governs", "within"):
            around.update(
                q.subject for q in reader.scan(None, n.pg(name), entity) if isinstance(q.subject, ox.NamedNode)
            )
    return around


def _of_one(reader: GraphReader, entity: ox.NamedNode) -> Iterator[Row]:
    for claim in _claims_about(reader, [entity]):
        yield from _claim_rows(reader, claim)
    for quad in (*reader.scan(entity, graph=n.REFERENCE), *reader.scan(object=entity, graph=n.REFERENCE)):
        yield from _fact_rows(reader, quad)


def _of_two(reader: GraphReader, one: set[ox.NamedNode], two: set[ox.NamedNode]) -> Iterator[Row]:
    ends: dict[ox.NamedNode, tuple[ox.NamedNode, Any]] = {}
    shared: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for claim in _claims_about(reader, sorted(one | two, key=str)):
        subject, object = _part(reader, claim, "subject"), _part(reader, claim, "object")
        ends[claim] = (subject, object)
        if (subject in one and object in two) or (subject in two and object in one):
            yield from _claim_rows(reader, claim)
        shared.setdefault(subject, set()).add(claim)
    for about, claims in shared.items():
        met = {ends[claim][1] for claim in claims}
        if about not in one | two and met & one and met & two:
            for claim in sorted(claims, key=str):
                yield from _claim_rows(reader, claim)
    yield from _facts_of_two(reader, one, two)


def _facts_of_two(reader: GraphReader, one: set[ox.NamedNode], two: set[ox.NamedNode]) -> Iterator[Row]:
    """Reference facts from one to the other, and those of a thing that names both."""
    pointing: dict[ox.NamedNode, list[ox.Quad]] = {}
    for node in sorted(one | two, key=str):
        for quad in reader.scan(object=node, graph=n.REFERENCE):
            if isinstance(quad.subject, ox.NamedNode):
                pointing.setdefault(quad.subject, []).append(quad)
    for subject, quads in pointing.items():
        met = {quad.object for quad in quads}
        direct = (subject in one and met & two) or (subject in two and met & one)
        if direct or (subject not in one | two and met & one and met & two):
            for quad in quads:
                yield from _fact_rows(reader, quad)


def _claims_about(reader: GraphReader, entities: Iterable[ox.NamedNode]) -> Iterator[ox.NamedNode]:
    for entity in entities:
        for name in ("subject", "object", "attributedTo"):
            for quad in reader.scan(None, n.pg(name), entity):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject


def _part(reader: GraphReader, node: ox.NamedNode, name: str) -> Any:
    return next((q.object for q in reader.scan(node, n.pg(name))), None)


def _words(reader: GraphReader, term: Any) -> str | None:
    return label(reader, term) if isinstance(term, ox.NamedNode) else value(term)


def _claim_rows(reader: GraphReader, claim: ox.NamedNode) -> Iterator[Row]:
    said = {q.predicate.value.removeprefix(iris.ONT): q.object for q in reader.scan(claim)}
    for quad in reader.scan(claim, n.pg("evidence")):
        if not isinstance(quad.object, ox.NamedNode):
            continue
        span = {q.predicate.value.removeprefix(iris.ONT): q.object for q in reader.scan(quad.object)}
        document = span["source"]
        about = {q.predicate: q.object for q in reader.scan(document)} if isinstance(document, ox.NamedNode) else {}
        yield (
            _words(reader, said.get("subject")),
            _words(reader, said.get("predicate")),
            _words(reader, said.get("object", said.get("value"))),
            _words(reader, said.get("modality")),
            value(said.get("confidence")),
            _words(reader, said.get("attributedTo")),
            value(span.get("quote")),
            value(about.get(n.dcterms("title"))),
            value(about.get(n.pg("publishedOn"))),
            value(span.get("start")),
            value(span.get("end")),
            value(document),
            value(claim),
        )


def _fact_rows(reader: GraphReader, quad: ox.Quad) -> Iterator[Row]:
    """A reference fact between two things, for each row that it may come from."""
    relation = quad.predicate.value.removeprefix(iris.ONT)
    subject, object = quad.subject, quad.object
    if relation.startswith("http") or relation in _FILING or not isinstance(subject, ox.NamedNode):
        return
    if not isinstance(object, ox.NamedNode) or not object.value.startswith(iris.ID):
        return
    # A sponsor proposes what has a row; a visit has the row itself.
    holder = object if relation == "proposes" else subject
    for record in sorted((q.object for q in reader.scan(holder, n.pg("recordedIn"))), key=str):
        if isinstance(record, ox.NamedNode):
            said = (_words(reader, subject), _words(reader, quad.predicate), _words(reader, object))
            where = _record_words(reader, record)
            yield (*said, RECORDED, None, None, None, where, None, None, None, value(record), None)


def _record_words(reader: GraphReader, record: ox.NamedNode) -> str:
    table, row = value(_part(reader, record, "table")), value(_part(reader, record, "row"))
    sources = sorted(
        q.object.value for q in reader.scan(record, n.dcterms("source")) if not isinstance(q.object, ox.Triple)
    )
    place = f"{table}, row {row}" if row else str(table)
    return f"{place} ({'; '.join(sources)})" if sources else place


def _card(row: dict[str, Any]) -> str:
    def text(key: str) -> str:
        return html.escape("" if row[key] is None else str(row[key]))

    said = f"<b>{text('subject')}</b> {text('relation')} <b>{text('object')}</b> <small>({text('modality')})</small>"
    if row["quote"] is None:
        return f"<div>{said}<br><small>{text('source')}</small></div>"
    details = [text("source"), text("published"), f"characters {text('start')} to {text('end')}"]
    details += [f"according to {text('speaker')}"] if row["speaker"] else []
    details += [f"confidence {text('confidence')}"]
    small = " · ".join(filter(None, details))
    return f"<div>{said}<blockquote>{text('quote')}</blockquote><small>{small}</small></div>"
