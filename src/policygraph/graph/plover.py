"""Events as PLOVER JSON lines: those of data sets, and those that articles report.

A record needs a type, an actor and a date; events that lack one are left out.
What lies ahead gets the code that a PLOVER data set would give it (a visit to
come is AGREE), and what is denied, advised or merely possible none at all.
Layout: PLOVER manual (2.0 draft), with the keys `dataset`, `original_code`,
`revision`, `fatalities` and `reports` beside it where an event has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any
from urllib.parse import unquote

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph.edtf import bounds
from policygraph.plover import plover_code, quad_class
from policygraph.vocabulary import EventType, Modality

_WIKIDATA = "http://www.wikidata.org/entity/"
_SAME_AS = ox.NamedNode(iris.SCHEMA_ORG + "sameAs")
_CODEBOOK = "PLOVER 2.0 draft"
#: PLOVER's codes where they are not those of ISO 3166-1.
_CODES = {"XKX": "KOS"}
Facts = Mapping[str, list[Any]]


def write(store: ox.Store, target: IO[bytes]) -> None:
    """Write a record a line, data sets first; the same graph always gives the same bytes."""
    for record in records(store):
        target.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")


def records(store: ox.Store) -> Iterator[dict[str, Any]]:
    """The records of all events that PLOVER can hold.

    >>> list(records(ox.Store()))
    []
    """
    graph = _Graph(store)
    for name in sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)):
        if name.startswith(iris.DATASET_GRAPHS) and not name.endswith("/reports"):
            yield from _of_dataset(graph, ox.NamedNode(name))
    for name in sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)):
        if name.startswith(iris.SOURCE_GRAPHS):
            yield from _of_article(graph, ox.NamedNode(name))


def _of_dataset(graph: _Graph, name: ox.NamedNode) -> Iterator[dict[str, Any]]:
    dataset = name.value.removeprefix(iris.DATASET_GRAPHS).partition("/")[0]
    coded = graph.store.quads_for_pattern(None, n.pg("originalCode"), None, name)
    for event in sorted(quad.subject.value for quad in coded if isinstance(quad.subject, ox.NamedNode)):
        facts = graph.facts(event)
        kind = _type(facts)
        if kind and facts.get("hasActor"):
            id = unquote(event.removeprefix(iris.ID + "event/")).removeprefix(f"{dataset}-")
            yield _filled(_dataset_record(graph, facts, dataset, id, kind))


def _dataset_record(graph: _Graph, facts: Facts, dataset: str, id: str, kind: EventType) -> dict[str, Any]:
    first, last = _one(facts, "earliest"), _one(facts, "latest")
    code = _one(facts, "originalCode")
    reports = sorted((graph.report(record) for record in facts.get("recordedIn", ())), key=json.dumps)
    return {
        "id": id,
        "dataset": dataset if dataset != "plover" else None,
        "date": first if first == last else f"{first}/{last}",
        "actor": [graph.entity(node) for node in facts["hasActor"]],
        "recipient": [graph.entity(node) for node in facts.get("hasRecipient", ())],
        "event": [kind.value],
        "mode": _modes(facts, kind),
        "context": _contexts(facts),
        "quad_code": quad_class(kind),
        "event_scale": _number(_one(facts, "intensity")),
        "event_loc": next((graph.place(node) for node in facts.get("occursAt", ())), None),
        "original_code": code if code != kind.value else None,
        "fatalities": _number(_one(facts, "fatalities")),
        "revision": _number(_one(facts, "revision")),
        **(reports[0] if reports else {}),
        "reports": reports[1:],
    }


def _of_article(graph: _Graph, name: ox.NamedNode) -> Iterator[dict[str, Any]]:
    """Claims about one event in one modality make one record."""
    together: dict[tuple[str, str], list[Facts]] = {}
    claims = graph.store.quads_for_pattern(None, n.pg("modality"), None, name)
    for claim in sorted(quad.subject.value for quad in claims if isinstance(quad.subject, ox.NamedNode)):
        facts = graph.facts(claim)
        if _one(facts, "subject").startswith(iris.ID + "event/") and not _is_over(facts):
            key = _one(facts, "subject"), _one(facts, "modality").rpartition("/")[2]
            together.setdefault(key, []).append(facts)
    doc_id = name.value.removeprefix(iris.SOURCE_GRAPHS)
    document = graph.facts(iris.document(doc_id))
    for (event, modality), said in sorted(together.items(), key=lambda pair: pair[0]):
        record = _article_record(graph, event, Modality(modality), said, document)
        if record["event"] and record["actor"] and record["date"]:
            yield _filled({"id": f"{record.pop('id')}-{doc_id[:8]}-{modality}"} | record)


def _article_record(
    graph: _Graph, event: str, modality: Modality, said: list[Facts], document: Facts
) -> dict[str, Any]:
    parts: dict[str, list[Facts]] = {}
    for facts in said:
        parts.setdefault(_one(facts, "predicate").removeprefix(iris.ONT), []).append(facts)
    values = {name: [_one(c, "object") or _one(c, "value") for c in claims] for name, claims in parts.items()}
    base = _type(values)
    kind = plover_code(base, modality, modality is Modality.DENIED)
    # What lies ahead is coded as the word given, on the day it is given.
    said_on, happens = _one(document, "publishedOn"), _date(values.get("edtf", [""])[0])
    where = values.get("hasDestination") or values.get("occursAt")
    return {
        "id": iris.local_name(event).removeprefix("event/"),
        "dataset": "articles",
        "date": said_on if modality is not Modality.ASSERTED and said_on else happens or said_on,
        "actor": [graph.entity(_one(c, "object"), _one(c, "surfaceObject")) for c in parts.get("hasActor", ())],
        "recipient": [graph.entity(_one(c, "object"), _one(c, "surfaceObject")) for c in parts.get("hasRecipient", ())],
        "event": [kind.value] if kind else [],
        "mode": _modes(values, base) if base and kind is base else [],
        "context": _contexts(values),
        "quad_code": quad_class(kind) if kind else None,
        "event_loc": graph.place(where[0]) if where else None,
        "event_text": min((_one(c, "surfaceSubject") for c in said if c.get("surfaceSubject")), default=""),
        **graph.words(said, document),
        "comment": None if modality is Modality.ASSERTED else f"reported as {modality.value}",
    }


class _Graph:
    """Looks things up; names and countries are short texts or nothing."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def facts(self, node: str) -> Facts:
        """Values of a node by the local name of the property, sorted."""
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(node), None, None, None):
            if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                name = quad.predicate.value.removeprefix(iris.ONT).removeprefix(iris.DCTERMS)
                found.setdefault(name, set()).add(quad.object.value)
        return {name: sorted(values) for name, values in found.items()}

    def entity(self, node: str, words: str = "") -> dict[str, Any]:
        """Who takes part: as said, and as known."""
        facts = self.facts(node)
        name = _one(facts, n.PREF_LABEL.value) or iris.local_name(node)
        address = _one(facts, _SAME_AS.value)
        # What only the words of one document, or a data set, describe has no identifier of ours.
        known = None if "unlinked" in facts or iris.local_name(node).startswith("group/") else node
        identifier = address.removeprefix(_WIKIDATA) or known
        countries = facts.get("governs") or facts.get("actsFor") or facts.get("mayActFor") or [""]
        return _filled(
            {
                "code": self.code(countries[0]),
                "sector": [sector.rpartition("/")[2].upper() for sector in facts.get("sector", ())],
                "entity_text": words or name,
                "identifier_id": identifier,
                "identifier_text": name if identifier and (words and words != name) else None,
            }
        )

    def code(self, country: str) -> str:
        """ISO alpha-3 of a country's IRI, or PLOVER's own code."""
        iso3 = country.rpartition("/")[2].upper()
        return _CODES.get(iso3, iso3)

    def place(self, node: str) -> dict[str, Any]:
        """Where, with the fineness that is known."""
        facts = self.facts(node)
        local = iris.local_name(node)
        if local.startswith("country/"):
            return {"entity_text": _one(facts, n.PREF_LABEL.value), "code": self.code(node), "precision": "country"}
        within = [place for place in facts.get("within", ()) if "/country/" in place]
        return _filled(
            {
                "entity_text": _one(facts, n.PREF_LABEL.value),
                "identifier_id": None if "placePrecision" in facts else node,
                "code": self.code(within[0]) if within else None,
                "precision": _one(facts, "placePrecision"),
                "latitude": _number(_one(facts, "latitude")),
                "longitude": _number(_one(facts, "longitude")),
            }
        )

    def report(self, record: str) -> dict[str, Any]:
        """A report of a data set."""
        facts = self.facts(record)
        source = _one(facts, "source")
        # A source without an address is known by its title.
        named = {"title": source}
        if source.startswith(("http://", "https://")) or "title" in facts:
            named = {"url": source, "title": _one(facts, "title")}
        text, start = _one(facts, "excerpt"), _number(_one(facts, "offset"))
        end = start + len(text) if text and start is not None else None
        return _filled(
            {
                "text": text,
                "text_info": _filled({"sequence": _number(_one(facts, "sentence")), "start": start, "end": end}),
                "cite_info": _filled(
                    {
                        **named,
                        "publication": _one(facts, "publisher"),
                        "date": _one(facts, "issued"),
                        "language": _one(facts, "language"),
                        "licence": _one(facts, "license"),
                        "coder": _one(facts, "coder"),
                        "codebook": _one(facts, "coderVersion"),
                        "confidence": _number(_one(facts, "codingConfidence")),
                    }
                ),
            }
        )

    def words(self, said: Iterable[Facts], document: Facts) -> dict[str, Any]:
        """The longest quotation behind the claims, and the article that it stands in."""
        spans = [self.facts(span) for claim in said for span in claim.get("evidence", ())]
        best = max(spans, key=lambda s: (len(_one(s, "quote")), -int(_one(s, "start") or 0)), default={})
        confidence = max((float(_one(claim, "confidence") or 0) for claim in said), default=0)
        runs = sorted({run for claim in said for run in claim.get("extraction", ())})
        return {
            "text": _one(best, "quote"),
            "text_info": _filled({"start": _number(_one(best, "start")), "end": _number(_one(best, "end"))}),
            "cite_info": _filled(
                {
                    "url": _one(document, "source"),
                    "title": _one(document, "title"),
                    "publication": _one(document, "publisher"),
                    "date": _one(document, "publishedOn"),
                    "language": _one(document, "language"),
                    "licence": _one(document, "license"),
                    "coder": self._coder(runs[0]) if runs else "",
                    "codebook": _CODEBOOK,
                    "confidence": confidence or None,
                }
            ),
        }

    def _coder(self, run: str) -> str:
        agent = _one(self.facts(run), iris.PROV + "wasAssociatedWith")
        return _one(self.facts(agent), n.PREF_LABEL.value) if agent else ""


def _one(facts: Facts, name: str) -> str:
    """The first value of a property, or nothing."""
    return str(facts[name][0]) if facts.get(name) else ""


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def _type(facts: Facts) -> EventType | None:
    code = _one(facts, "eventType").rpartition("/")[2].upper()
    return EventType(code) if code in EventType.__members__ else None


def _modes(facts: Facts, kind: EventType) -> list[str]:
    names = (mode.rpartition("/")[2] for mode in facts.get("eventMode", ()))
    return [name.removeprefix(f"{kind.code}-") for name in names if name.startswith(f"{kind.code}-")]


def _contexts(facts: Facts) -> list[str]:
    return [context.rpartition("/")[2].replace("-", "_") for context in facts.get("eventContext", ())]


def _number(text: str) -> int | float | None:
    if not text:
        return None
    number = float(text)
    return int(number) if number == int(number) else number


def _date(edtf: str) -> str:
    """A day, or first and last day; nothing where an end is open."""
    first, last = bounds(edtf) or (None, None)
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _is_over(claim: Facts) -> bool:
    """Whether the claim was replaced or taken back."""
    return bool(claim.get("claimStatus")) and not _one(claim, "claimStatus").endswith("/active")
