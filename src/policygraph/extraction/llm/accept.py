"""Turns a model's answer into records, and turns away what the text does not carry.

Every quote is searched in the passage; the offsets are those of the find. What
fails is counted with its reason, never mended.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from policygraph.extraction.llm.schema import STATEMENT_OBJECTS
from policygraph.iris import slug
from policygraph.records import Attribution, Claim, Document, Entity, Event, Participant, PlaceRef, Span
from policygraph.vocabulary import ID_FOLDER, EntityType, EventType, Modality

#: Finds the entity that a span of the document names, if the rules know one.
Linker = Callable[[Span], Entity | None]

_CONFIDENCE = 0.7

E = TypeVar("E", EventType, Modality)


class Rejected(Exception):
    """One record of an answer cannot be used; the text says why."""


@dataclass
class Accepted:
    """Records taken from answers, and how many were turned away for which reason."""

    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)


class Acceptor:
    """Checks the answers for one document."""

    def __init__(self, document: Document, linker: Linker, extractor: str) -> None:
        self.document = document
        self.linker = linker
        self.extractor = extractor
        self.result = Accepted()

    def take(self, answer: str, start: int, end: int) -> None:
        """Take the records of an answer to the passage `text[start:end]`."""
        try:
            data = json.loads(answer)
        except ValueError:
            self.result.rejected["the answer is not JSON"] += 1
            return
        if not isinstance(data, dict):
            self.result.rejected["the answer is not an object"] += 1
            return
        for record in _listed(data, "events"):
            self._keep(record, lambda r: self.result.events.append(self._event(r, start, end)))
        for record in _listed(data, "statements"):
            self._keep(record, lambda r: self.result.claims.append(self._claim(r, start, end)))

    def _keep(self, record: Any, keep: Callable[[dict[str, Any]], None]) -> None:
        try:
            if not isinstance(record, dict):
                raise Rejected("a record is not an object")
            keep(record)
        except Rejected as reason:
            self.result.rejected[str(reason)] += 1

    def _event(self, record: dict[str, Any], start: int, end: int) -> Event:
        quote = self._find(record.get("quote"), start, end, "quote")
        kind = _enum(EventType, record.get("type"), "event type")
        modality = _enum(Modality, record.get("modality"), "modality")
        actors = self._participants(record.get("actors"), quote, start, end)
        recipients = self._participants(record.get("recipients"), quote, start, end)
        if not actors and not recipients:
            raise Rejected("an event names nobody")
        place = record.get("place")
        doc8 = self.document.id[:8]
        return Event(
            id=f"event/{doc8}-{kind.code}-{quote.start}",
            name=quote.quote,
            class_=EntityType.EVENT,
            type=kind,
            plover=kind if modality is Modality.ASSERTED else None,
            source=actors,
            target=recipients,
            place=self._place(place, quote, start, end) if place else None,
            modality=modality,
            negated=modality is Modality.DENIED,
            attribution=self._speaker(record.get("speaker"), quote, start, end),
            evidence=(quote,),
            confidence=_CONFIDENCE,
            extractor=self.extractor,
            method="language model",
        )

    def _claim(self, record: dict[str, Any], start: int, end: int) -> Claim:
        quote = self._find(record.get("quote"), start, end, "quote")
        predicate = record.get("predicate")
        if predicate not in STATEMENT_OBJECTS:
            raise Rejected("unknown predicate")
        subject = self._find_near(record.get("subject"), quote, start, end, "subject")
        target = self._find_near(record.get("object"), quote, start, end, "object")
        who = self.linker(subject)
        if who is None:
            raise Rejected("the subject of a statement is not a known entity")
        what = self.linker(target) or self._mint(target, STATEMENT_OBJECTS[predicate])
        return Claim(
            subject=who.id,
            predicate=predicate,
            object=what.id,
            modality=_enum(Modality, record.get("modality"), "modality"),
            evidence=(quote,),
            attribution=self._speaker(record.get("speaker"), quote, start, end),
            surface_subject=subject.quote,
            surface_object=target.quote,
            confidence=_CONFIDENCE,
            extractor=self.extractor,
            method="language model",
        )

    def _mint(self, span: Span, class_name: str) -> Entity:
        if not class_name:
            raise Rejected("the object of a statement is not a known entity")
        kind = EntityType(class_name)
        local = f"{ID_FOLDER[kind]}/{self.document.id[:8]}-{slug(span.quote)}"
        name = span.quote[:1].upper() + span.quote[1:]
        return self.result.entities.setdefault(local, Entity(id=local, type=kind, name=name))

    def _participants(self, texts: Any, quote: Span, start: int, end: int) -> tuple[Participant, ...]:
        if not isinstance(texts, list):
            raise Rejected("participants are not a list")
        found = []
        for text in texts:
            span = self._find_near(text, quote, start, end, "participant")
            entity = self.linker(span)
            found.append(
                Participant(
                    text=span.quote,
                    span=span,
                    entity=entity.id if entity else None,
                    country=entity.country if entity else None,
                    method="language model",
                )
            )
        return tuple(found)

    def _place(self, text: Any, quote: Span, start: int, end: int) -> PlaceRef:
        span = self._find_near(text, quote, start, end, "place")
        entity = self.linker(span)
        known = entity if entity and entity.type.is_place else None
        return PlaceRef(span.quote, span, known.id if known else None, known.country if known else None)

    def _speaker(self, text: Any, quote: Span, start: int, end: int) -> Attribution | None:
        if text is None:
            return None
        span = self._find_near(text, quote, start, end, "speaker")
        entity = self.linker(span)
        return Attribution(entity=entity.id if entity else None, span=span)

    def _find(self, text: Any, start: int, end: int, what: str) -> Span:
        if not isinstance(text, str) or not text.strip():
            raise Rejected(f"no {what}")
        at = self.document.text.find(text, start, end)
        if at < 0:
            raise Rejected(f"{what} not in the text")
        return Span.of(self.document.text, at, at + len(text))

    def _find_near(self, text: Any, quote: Span, start: int, end: int, what: str) -> Span:
        """A find inside the quote wins; else the last one before it; else any in the passage."""
        try:
            return self._find(text, quote.start, quote.end, what)
        except Rejected:
            if not isinstance(text, str) or not text.strip():
                raise
        at = self.document.text.rfind(text, start, quote.start)
        return Span.of(self.document.text, at, at + len(text)) if at >= 0 else self._find(text, start, end, what)


def _listed(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name, [])
    return value if isinstance(value, list) else []


def _enum(kind: type[E], value: Any, what: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise Rejected(f"unknown {what}") from None
