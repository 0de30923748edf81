"""The five layers: how statements become ties.

========== =============================== ==========================================
layer      a tie runs                      for each
========== =============================== ==========================================
claims     actor to actor                  claim that relates two actors, and event
events     actor to recipient              event, signed by its quad class
initiatives actor with policy instrument   claim that relates the two
places     actor with place                visit claimed, and event set in a place
mentions   actor with actor                document that names both
========== =============================== ==========================================

An event without a recipient ties all who act or take part in it, both ways, as
does a claim whose relation is symmetric (`meets`). The last three layers are
undirected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import nan
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.network import scan
from policygraph.network.nodes import family
from policygraph.network.onrecord import EventParts, Evidenced, Records, recorded_events
from policygraph.network.scores import relations, score_of
from policygraph.network.ties import Ties

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

UNDIRECTED = ("initiatives", "places", "mentions")
#: What stands as modality on ties from reference tables and on co-mentions.
RECORDED = "recorded"
MENTIONED = "mentioned"
_OF_EVENTS = ("claims", "events", "places")
_ROLES = ("hasActor", "hasRecipient", "hasParticipant")
_SETTINGS = ("occursAt", "hasDestination")
_FACETS = ("eventType", "eventMode", "edtf")


@dataclass(slots=True)
class Collector:
    """Reads one layer of one graph into ties."""

    reader: GraphReader
    types: dict[str, str]
    modalities: tuple[str, ...]
    reference: bool
    confidence: bool
    ties: Ties = field(default_factory=Ties)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)

    def collect(self, layer: str) -> Ties:
        """All ties of the layer that have one of the modalities."""
        self.published = scan.read_published(self.reader)
        top = {name: family(name) for name in set(self.types.values())}
        self.families = {iri: top[name] for iri, name in self.types.items()}
        if layer == "mentions":
            self._mentions()
            return self.ties
        self.bounds = scan.read_bounds(self.reader)
        events = layer in _OF_EVENTS
        claims = self._claims(layer, events)
        self._direct(layer, claims)
        if events:
            self._events(layer, claims)
        if self.reference and "asserted" in self.modalities:
            records = Records.with_datasets(self.reader) if events else Records.of_tables(self.reader)
            self._recorded_relations(layer, records)
            if events:
                self._recorded_events(layer, records)
        return self.ties

    def _claims(self, layer: str, events: bool) -> scan.Claims:
        wanted = [r.predicate for r in relations().values() if layer in r.layers]
        if events:
            wanted += [*_ROLES, *_FACETS, *(_SETTINGS if layer == "places" else ())]
        return scan.read_claims(self.reader, wanted, self.modalities, confidence=self.confidence)

    def _direct(self, layer: str, claims: scan.Claims) -> None:
        table = relations()
        for row, predicate in enumerate(claims.predicate):
            relation = table.get(predicate)
            pair = self._pair(layer, claims.subject[row], claims.object[row]) if relation else None
            if relation and pair:
                iri, document = claims.iri[row], claims.document[row]
                dates = self._dates(self.bounds.get(iri), document)
                for ends in _both_ways(pair) if relation.symmetric and layer not in UNDIRECTED else (pair,):
                    self.ties.add(
                        ends,
                        predicate=predicate,
                        modality=claims.modality[row],
                        document=document,
                        unit=iri,
                        claims=(iri,),
                        sign=relation.sign,
                        dates=dates,
                        confidence=claims.confidence[row],
                    )

    def _pair(self, layer: str, a: str, b: str) -> tuple[str, str] | None:
        """The two ends in the order of the layer; None if they are not of its families."""
        first, second = self.families.get(a), self.families.get(b)
        if a == b or "Actor" not in (first, second):
            return None
        other = {"places": "Place", "initiatives": "PolicyInstrument"}.get(layer, "Actor")
        if first == "Actor" and second == other:
            return a, b
        return (b, a) if first == other and second == "Actor" else None

    def _dates(self, own: tuple[int, int] | None, document: str) -> tuple[int, int, bool]:
        if own and (own[0] or own[1]):
            return own[0], own[1], True
        day = self.published.get(document, 0)
        return day, day, False

    def _events(self, layer: str, claims: scan.Claims) -> None:
        for (event, document, modality), parts in _grouped(claims).items():
            if not any(parts.days):
                parts.days = self.bounds.get(event, (0, 0))
            self._tie_event(layer, event, parts, document=document, modality=modality)

    def _tie_event(self, layer: str, event: str, parts: EventParts, *, document: str, modality: str) -> None:
        kind = score_of(parts.type or None, parts.mode)
        dates = self._dates(parts.days, document)
        for one, other in _ends(layer, parts):
            pair = self._pair(layer, one.iri, other.iri)
            if pair:
                self.ties.add(
                    pair,
                    predicate=parts.type or "event",
                    modality=modality,
                    document=document,
                    unit=event,
                    claims=(one.claim,) if one.claim == other.claim else (one.claim, other.claim),
                    sign=kind.sign if kind else 0,
                    score=kind.score if kind else nan,
                    dates=dates,
                    confidence=min(one.confidence, other.confidence),
                )

    def _recorded_relations(self, layer: str, records: Records) -> None:
        for relation in relations().values():
            if layer not in relation.layers:
                continue
            pattern = scan.quads(self.reader, iris.term(relation.predicate), graph=iris.REFERENCE_GRAPH)
            for quad in pattern:
                subject, object = quad.subject.value, quad.object.value
                pair = self._pair(layer, subject, object)
                if pair is None:
                    continue
                record = records.of(subject, object)
                dated = self.bounds.get(subject) or self.bounds.get(object)
                for ends in _both_ways(pair) if relation.symmetric and layer not in UNDIRECTED else (pair,):
                    self.ties.add(
                        ends,
                        predicate=relation.predicate,
                        modality=RECORDED,
                        document=records.source(record),
                        unit=record,
                        claims=(record,),
                        sign=relation.sign,
                        dates=self._dates(dated, ""),
                    )

    def _recorded_events(self, layer: str, records: Records) -> None:
        for event, record, parts in recorded_events(self.reader, layer, records):
            self._tie_event(layer, event, parts, document=records.source(record), modality=RECORDED)

    def _mentions(self) -> None:
        named: dict[str, set[str]] = {}
        for quad in scan.quads(self.reader, iris.term("mentionedIn")):
            entity = quad.subject.value
            if self.families.get(entity) == "Actor":
                named.setdefault(quad.object.value, set()).add(entity)
        for document in sorted(named):
            dates = self._dates(None, document)
            for pair in combinations(sorted(named[document]), 2):
                self.ties.add(
                    pair,
                    predicate="mentionedWith",
                    modality=MENTIONED,
                    document=document,
                    unit=document,
                    claims=(document,),
                    dates=dates,
                )


def _both_ways(pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return pair, (pair[1], pair[0])


def _grouped(claims: scan.Claims) -> dict[tuple[str, str, str], EventParts]:
    """Claims about events by event, document and modality."""
    found: dict[tuple[str, str, str], EventParts] = {}
    table = relations()
    for row, predicate in enumerate(claims.predicate):
        if predicate in table:
            continue
        value = claims.object[row]
        parts = found.setdefault((claims.subject[row], claims.document[row], claims.modality[row]), EventParts())
        if predicate == "eventType":
            parts.type = max(parts.type, value.rpartition("/")[2])
        elif predicate == "eventMode":
            parts.mode = max(parts.mode, value.rpartition("/")[2])
        elif predicate == "edtf":
            parts.days = max(parts.days, scan.edtf_days(value))
        else:
            evidenced = Evidenced(value, claims.iri[row], claims.confidence[row])
            parts.roles.setdefault(predicate, []).append(evidenced)
    return found


def _ends(layer: str, parts: EventParts) -> Iterator[tuple[Evidenced, Evidenced]]:
    actors = parts.filling("hasActor")
    if layer == "places":
        places = parts.filling("hasDestination", "occursAt")
        yield from ((actor, place) for actor in actors for place in places)
        return
    recipients = parts.filling("hasRecipient")
    if actors and recipients:
        yield from ((actor, recipient) for actor in actors for recipient in recipients)
        return
    for one, other in combinations(parts.filling("hasActor", "hasParticipant"), 2):
        yield one, other
        yield other, one
